"""The Parquet files of a lake in S3, which DuckDB reads and writes itself (httpfs), with keys and endpoint from the environment.

The variables are those of AWS's own tools: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN; AWS_ENDPOINT_URL where the store is
not Amazon's; AWS_REGION. The keys go into a secret of one connection, held in memory, good for the folder of the lake alone; no statement
holds them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from etl.errors import SettingsError
from etl.publish.attaching import extension_file, load, load_statements, quoted
from etl.storage import StorePath

_S3 = "s3://"
_PROTOCOLS = ("s3", "s3a")
_PLAIN = re.compile(r"[\w./=-]+")  # [q] and * are patterns to DuckDB, and it does not escape & when it deletes
_KEYS = {"KEY_ID": "AWS_ACCESS_KEY_ID", "SECRET": "AWS_SECRET_ACCESS_KEY", "SESSION_TOKEN": "AWS_SESSION_TOKEN"}
_FORGET = ("RESET s3_access_key_id", "RESET s3_secret_access_key", "RESET s3_session_token")
"""When it is loaded, the extension puts the keys into settings, where duckdb_settings() would tell them."""


def place_of(folder: StorePath) -> str:
    """The folder as DuckDB is told it, with a slash at its end.

    Raises:
        SettingsError: it lies in another kind of store, or has a name that DuckDB would misread.
    """
    if isinstance(folder, Path):
        return f"{folder.resolve()}/"
    setting = f"ETL_WAREHOUSE=ducklake:… with ETL_STORE={folder.parent}"
    if folder.protocol not in _PROTOCOLS:
        raise SettingsError(
            f"{setting}: the files of a lake have to lie in a local folder or in S3 (s3://bucket/prefix), not in {folder.protocol}://"
        )
    if not _PLAIN.fullmatch(folder.path):
        raise SettingsError(f"{setting}: the address of a lake in S3 may hold letters, digits and . _ - = / only")
    return f"{_S3}{folder.path}/"


def is_in_s3(place: str) -> bool:
    """Whether DuckDB reaches that place by httpfs."""
    return place.startswith(_S3)


def reach(connection: duckdb.DuckDBPyConnection, place: str) -> None:
    """Make the files of a lake readable for this connection; for a local folder there is nothing to do.

    Raises:
        SettingsError: the package of the extension or a variable is missing, or an address is none.
    """
    if not is_in_s3(place):
        return
    load(connection, extension_file("httpfs"))
    connection.execute("SET enable_server_cert_verification = true")
    for statement in _FORGET:
        connection.execute(statement)
    names = _names_of_keys(place)
    connection.execute(
        _secret(place, {option: f"${name}" for option, name in names.items()}), {name: os.environ[name] for name in names.values()}
    )


def statements_for_shell(place: str, version: str) -> list[str]:
    """The same for DuckDB's own shell of that version, which finds the keys in the environment itself: they stand in no command line.

    Raises:
        SettingsError: as `reach`.
    """
    if not is_in_s3(place):
        return []
    keys = {option: f"getenv({quoted(name)})" for option, name in _names_of_keys(place).items()}
    return [*load_statements([extension_file("httpfs", version)]), *_FORGET, _secret(place, keys)]


def _names_of_keys(place: str) -> dict[str, str]:
    """The variables that hold the keys, by the option of the secret that they are for."""
    if missing := [name for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if not os.environ.get(name)]:
        raise SettingsError(f"the files of the lake lie in {place}: set {' and '.join(missing)} (DuckDB reads no ~/.aws)")
    return {option: name for option, name in _KEYS.items() if os.environ.get(name)}


def _secret(place: str, keys: dict[str, str]) -> str:
    """The statement that makes the secret; `keys` are expressions. No option is left to a setting, which a statement could change."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    options = {**keys, "REGION": quoted(region), **_endpoint(region), "SCOPE": quoted(place)}
    return f"CREATE OR REPLACE TEMPORARY SECRET lake_files (TYPE s3, {', '.join(f'{name} {value}' for name, value in options.items())})"


def _endpoint(region: str) -> dict[str, str]:
    """Where the store is: http://127.0.0.1:9000 is host and port without TLS, with the bucket in the path."""
    name = "AWS_ENDPOINT_URL_S3" if os.environ.get("AWS_ENDPOINT_URL_S3") else "AWS_ENDPOINT_URL"
    url = os.environ.get(name)
    if not url:
        domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
        return {"ENDPOINT": quoted(f"s3.{region}.{domain}"), "USE_SSL": "true", "URL_STYLE": "'vhost'"}
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or parts.path.strip("/") or parts.query:
        raise SettingsError(f"{name} must be an address such as https://s3.example.org or http://127.0.0.1:9000, with nothing behind it")
    return {"ENDPOINT": quoted(parts.netloc), "USE_SSL": str(parts.scheme == "https").lower(), "URL_STYLE": "'path'"}
