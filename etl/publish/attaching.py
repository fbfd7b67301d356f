"""A DuckDB connection that knows DuckLake: extensions from installed packages, the catalogue in PostgreSQL, errors of one line.

Nothing is ever installed from the network: the extensions are files of packages in requirements.txt, one for each version of DuckDB.
PostgreSQL is found by libpq's own words and variables (PGPASSWORD, ~/.pgpass, PGSSLMODE …); no password passes through here.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import duckdb

from etl.errors import SettingsError
from etl.publish.wording import one_line

_EXTENSIONS = ("ducklake", "postgres_scanner")
_CATALOGUE = "catalogue"
_CONNECT_TIMEOUT_S = 10


def extension_files(version: str = duckdb.__version__) -> list[Path]:
    """The extension files for that version of DuckDB, in the order in which they are loaded.

    Raises:
        SettingsError: a package is missing, or is made for another version.
    """
    return [extension_file(name, version) for name in _EXTENSIONS]


def extension_file(name: str, version: str = duckdb.__version__) -> Path:
    """The file of one extension for that version of DuckDB.

    Raises:
        SettingsError: its package is missing, or is made for another version.
    """
    package = f"duckdb-extension-{name.replace('_', '-')}"
    spec = find_spec(package.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise SettingsError(f"ETL_WAREHOUSE=ducklake:… needs the package {package}=={version}: install requirements.txt")
    versions = Path(spec.origin).parent / "extensions"
    file = versions / f"v{version}" / f"{name}.duckdb_extension"
    if not file.is_file():
        found = ", ".join(sorted(folder.name.removeprefix("v") for folder in versions.glob("v*"))) or "none"
        raise SettingsError(f"{package} is made for DuckDB {found}, and this is DuckDB {version}: install requirements.txt")
    return file


def load_statements(files: Sequence[Path]) -> list[str]:
    """The statements that load those extensions."""
    return [f"LOAD {quoted(str(file))}" for file in files]


def connect() -> duckdb.DuckDBPyConnection:
    """A connection to nothing yet, with the extensions loaded.

    Raises:
        SettingsError: an extension is missing, or is refused.
    """
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    for file in extension_files():
        load(connection, file)
    return connection


def load(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Load one extension.

    Raises:
        SettingsError: it is refused.
    """
    try:
        connection.execute(*load_statements([file]))
    except duckdb.Error as error:
        raise SettingsError(f"{file.name} cannot be loaded: {one_line(error)}; install requirements.txt again") from error


def attach_catalogue(connection: duckdb.DuckDBPyConnection, words: str) -> str | None:
    """Attach the PostgreSQL database itself, read-only, and say where the files of its lake lie; null where there is no lake in it.

    Raises:
        SettingsError: no server, no such database, a wrong password, a word that libpq does not know.
    """
    try:
        connection.execute(f"ATTACH {quoted(_with_timeout(words))} AS {_CATALOGUE} (TYPE postgres, READ_ONLY)")
        if not ask_catalogue(connection, "SELECT to_regclass('public.ducklake_metadata') IS NOT NULL AS there"):
            return None
        return str(ask_catalogue(connection, "SELECT value FROM public.ducklake_metadata WHERE key = 'data_path'"))
    except duckdb.Error as error:
        fault = one_line(error).partition('": ')[2] or one_line(error)  # DuckDB repeats the words first
        raise SettingsError(f"cannot open the catalogue of the lake ({words}): {fault}; check ETL_WAREHOUSE and PGPASSWORD") from error


def ask_catalogue(connection: duckdb.DuckDBPyConnection, statement: str) -> object:
    """The one value that a statement in PostgreSQL's own words answers."""
    row = connection.execute(f"FROM postgres_query('{_CATALOGUE}', {quoted(statement)})").fetchone()
    return row[0] if row else None


def attach_lake(connection: duckdb.DuckDBPyConnection, words: str, options: str, name: str = "lake") -> None:
    """Attach the lake as `name`; `options` are those of DuckLake: READ_ONLY, SNAPSHOT_VERSION 3, DATA_PATH '…'.

    Raises:
        SettingsError: a catalogue of another version of DuckLake, or one whose files lie elsewhere.
    """
    try:
        connection.execute(attach_statement(words, options, name))
    except duckdb.Error as error:
        raise SettingsError(f"cannot open the lake ({words}): {one_line(error)} See docs/ducklake.md, If something is wrong") from error


def attach_statement(words: str, options: str, name: str) -> str:
    """The statement of `attach_lake`."""
    return f"ATTACH {quoted('ducklake:postgres:' + _with_timeout(words))} AS {name} ({options})"


def quoted(text: str) -> str:
    """A string of SQL, for the places where DuckDB takes no parameter."""
    return "'" + text.replace("'", "''") + "'"


def _with_timeout(words: str) -> str:
    """A server that never answers is told within seconds, unless the words say how long to wait."""
    return words if "connect_timeout" in words else f"{words} connect_timeout={_CONNECT_TIMEOUT_S}"
