"""The warehouse as a DuckLake: catalogue in PostgreSQL, Parquet files in a folder or in S3, one snapshot a publication, named by its run.

A publication fills a scratch file (`etl.publish.fill`, the same as for a warehouse that is a file), copies it into the lake within one
transaction, checks the lake there and commits: readers see the last snapshot until then, and hold on to the one that they opened.
What a killed publication leaves is a transaction that PostgreSQL forgets, and Parquet files that the next publications remove.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from duckdb import StatementType

from etl.errors import PublishError, QueryError, SettingsError
from etl.publish.attaching import (
    ask_catalogue,
    attach_catalogue,
    attach_lake,
    attach_statement,
    connect,
    extension_files,
    load_statements,
    quoted,
)
from etl.publish.checks import check
from etl.publish.copying import ViewText, replace_all, views_of_snapshot
from etl.publish.fill import fill
from etl.publish.in_s3 import is_in_s3, place_of, reach, statements_for_shell
from etl.publish.inputs import Inputs
from etl.publish.reading import Parameters, Reader
from etl.publish.snapshots import AUTHOR, Snapshot, current_of, expirable, read_snapshots, versions_of
from etl.publish.warehouses import Version, before_current
from etl.publish.wording import one_line
from etl.schema import VIEWS
from etl.storage import StorePath

_WRITES = {StatementType.COPY, StatementType.COPY_DATABASE, StatementType.EXPORT, StatementType.ATTACH, StatementType.PREPARE}
_WRITES_IN_WORDS = re.compile(r"\b(copy|export|attach|prepare)\b", re.IGNORECASE)  # EXPLAIN ANALYZE does what it explains

_MAKES = {StatementType.CREATE, StatementType.DROP}

_LOCK = "SELECT pg_try_advisory_xact_lock(7238210114) AS held"
# A number of our own: PostgreSQL's advisory locks are numbers, one set for each database. It is given back when the transaction ends,
# also where the process or its machine is gone.


@dataclass(frozen=True, slots=True)
class DuckLake:
    """The lake whose catalogue libpq's `words` name, with Parquet files in `folder`, which is local or in S3; a `Warehouse`.

    `scratch` is a local folder for the file that is filled first. A snapshot that is no longer kept can be read for at least `grace`
    after its successor came: so long a reader that was opened before may stay open.
    """

    words: str
    folder: StorePath
    scratch: Path
    grace: timedelta = timedelta(hours=12)

    def publish(self, run_id: str, inputs: Inputs, *, keep: int) -> dict[str, int]:
        """Commit the snapshot of this run and expire what is older than the last `keep` versions. Returns the counts of the build."""
        with self._one_publisher() as connection:
            self._clean(connection)
            counts = self._attach_filled(connection, inputs)
            now = datetime.now(UTC)
            with self._commit(connection, Snapshot(0, now, run_id, now, tuple(VIEWS))):
                replace_all(connection, "filled", "lake", [ViewText(view.name, view.sql, view.comment) for view in VIEWS.values()])
                connection.execute("USE lake")
                check(connection)
            self._expire(connection, keep)
        return counts

    def versions(self) -> list[Version]:
        """Published versions, newest first; a rollback keeps its place among them."""
        with connect() as connection:
            place = attach_catalogue(connection, self.words)
            if place is None:
                return []
            reach(connection, place)
            attach_lake(connection, self.words, "READ_ONLY")
            return versions_of(read_snapshots(connection))

    def rollback(self, run_id: str | None = None) -> Version:
        """Commit a new snapshot with the content of an older one, under the name of its run."""
        with self._one_publisher() as connection:
            snapshots = read_snapshots(connection)
            wanted = _version_wanted(snapshots, run_id, self.describe())
            if wanted != current_of(snapshots):
                attach_lake(connection, self.words, f"READ_ONLY, SNAPSHOT_VERSION {wanted.number}", "older")
                with self._commit(connection, wanted):
                    replace_all(connection, "older", "lake", views_of_snapshot(connection, "older", wanted.views))
            return next(version for version in versions_of(read_snapshots(connection)) if version.is_current)

    @contextmanager
    def read(self, run_id: str | None = None) -> Iterator[Reader]:
        """A read-only connection to the snapshot of that run, or the current one, with no access to files outside the lake."""
        with ExitStack() as opened:
            try:
                connection = opened.enter_context(connect())
                place = self._open_snapshot(connection, run_id)
                reader = LakeReader(connection)
                if is_in_s3(place):
                    connection.execute("SET lock_configuration = true")  # SET http_proxy would lead its requests elsewhere
            except (SettingsError, duckdb.Error) as error:
                raise QueryError(one_line(error)) from error
            yield reader

    def shell(self, version: str) -> list[str]:
        """Statements that attach the current snapshot, before the shell reads its first line."""
        with self.read() as reader:
            number, place = reader.query("SELECT id, data_path FROM ducklake_current_snapshot('lake'), ducklake_settings('lake')")[1][0]
        loads = [*load_statements(extension_files(version)), *statements_for_shell(place, version)]
        attach = attach_statement(self.words, f"READ_ONLY, SNAPSHOT_VERSION {number}", "lake")
        statements = "; ".join([*loads, attach, "USE lake", "SET TimeZone = 'Asia/Shanghai'"])
        return ["-cmd", ".output /dev/null", "-cmd", statements, "-cmd", ".output"]  # no word of success before the first line

    def describe(self) -> str:
        """The words of the catalogue, and the folder of the files."""
        return f"ducklake:postgres:{self.words}  ({self.folder})"

    def _open_snapshot(self, connection: duckdb.DuckDBPyConnection, run_id: str | None) -> str:
        """Attach one publication, the newest: not the lake, which would show the next one between two questions. Where its files lie."""
        wanted = None
        place = attach_catalogue(connection, self.words)
        if place is not None:
            reach(connection, place)
            attach_lake(connection, self.words, "READ_ONLY")
            snapshots = read_snapshots(connection)
            wanted = _version_wanted(snapshots, run_id, self.describe()) if run_id else current_of(snapshots)
        if place is None or wanted is None:
            raise QueryError(f"no warehouse at {self.describe()}: run `make run` first")
        connection.execute("DETACH lake")
        connection.execute("DETACH catalogue")
        attach_lake(connection, self.words, f"READ_ONLY, SNAPSHOT_VERSION {wanted.number}")
        connection.execute("USE lake")
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        connection.execute("SET allowed_directories = [?]", [place])
        connection.execute("SET enable_external_access = false")
        return place

    @contextmanager
    def _one_publisher(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection with the lake attached (made, if there is none), which nobody else publishes to meanwhile.

        Raises:
            PublishError: somebody does, or DuckDB refuses what is done there.
            SettingsError: server, files or scratch folder cannot be used.
        """
        try:
            if isinstance(self.folder, Path):
                self.folder.mkdir(parents=True, exist_ok=True)
            place = place_of(self.folder)
            self.scratch.mkdir(parents=True, exist_ok=True)
            with connect() as connection, connection.cursor() as lock:
                reach(connection, attach_catalogue(connection, self.words) or place)
                lock.execute("BEGIN")
                if not ask_catalogue(lock, _LOCK):
                    raise PublishError(f"another run is publishing to {self.describe()}: wait for it, then publish again")
                _remove(self._scratch_file)
                connection.execute("SET memory_limit = '1GB'")  # what needs more is put on disk, beside the scratch file
                connection.execute(f"SET temp_directory = {quoted(f'{self._scratch_file}.tmp')}")
                reach(connection, place)
                attach_lake(connection, self.words, f"DATA_PATH {quoted(place)}, DATA_INLINING_ROW_LIMIT 0")
                try:
                    yield connection
                finally:
                    _remove(self._scratch_file)
        except duckdb.IOException as error:
            raise SettingsError(f"cannot publish to {self.describe()}: {one_line(error)}") from error
        except duckdb.Error as error:
            raise PublishError(f"the new snapshot could not be made: {one_line(error)}") from error
        except OSError as error:
            fault = error.strerror or error
            raise SettingsError(f"cannot publish to {self.describe()}: {fault}; check the folder's rights and free space") from error

    @property
    def _scratch_file(self) -> Path:
        return self.scratch / ".lake.duckdb.part"

    def _attach_filled(self, connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> dict[str, int]:
        """Fill the scratch file and attach it as `filled`."""
        with duckdb.connect(str(self._scratch_file)) as filled:
            filled.execute("SET memory_limit = '1GB'")
            counts = fill(filled, inputs, stored=())
        connection.execute(f"ATTACH {quoted(str(self._scratch_file))} AS filled (READ_ONLY)")
        return counts

    @contextmanager
    def _commit(self, connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> Iterator[None]:
        """One transaction, which becomes one snapshot of that name; whatever goes wrong inside leaves the last one."""
        started = datetime.now(UTC).timestamp()
        connection.execute("BEGIN")
        try:
            yield
            if isinstance(self.folder, Path):
                _sync(self.folder, started)
            name = [AUTHOR, snapshot.run_id, snapshot.about]
            connection.execute("CALL ducklake_set_commit_message('lake', ?, ?, extra_info => ?)", name)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def _clean(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Remove files that belong to no snapshot: a killed publication left them. Younger ones may be somebody's next snapshot."""
        connection.execute("CALL ducklake_delete_orphaned_files('lake', older_than => ?)", [self._grace_ago()])

    def _expire(self, connection: duckdb.DuckDBPyConnection, keep: int) -> None:
        """Forget old snapshots, and remove files that were given up for longer than the grace."""
        if numbers := expirable(read_snapshots(connection), keep, self._grace_ago()):
            connection.execute(f"CALL ducklake_expire_snapshots('lake', versions => {numbers})")
        connection.execute("CALL ducklake_cleanup_old_files('lake', older_than => ?)", [self._grace_ago()])

    def _grace_ago(self) -> datetime:
        return datetime.now(UTC) - self.grace


class LakeReader(Reader):
    """A reader of a lake. Its files have to stay readable, so DuckDB would also let a statement write beside them: refused here."""

    def _execute(self, sql: str, parameters: Parameters) -> duckdb.DuckDBPyConnection:
        kinds = {statement.type for statement in self._connection.extract_statements(sql)}
        if kinds & _WRITES or (StatementType.EXPLAIN in kinds and _WRITES_IN_WORDS.search(sql)):
            raise QueryError("the warehouse is read-only, and so is its folder: no COPY, EXPORT, ATTACH or PREPARE")
        if kinds & _MAKES and "secret" in sql.lower():  # one of the statement's own would lead the requests for files elsewhere
            raise QueryError("the keys of the lake's files come from the environment: no CREATE SECRET or DROP SECRET")
        return super()._execute(sql, parameters)


def _version_wanted(snapshots: Sequence[Snapshot], run_id: str | None, where: str) -> Snapshot:
    versions = versions_of(snapshots)
    what = run_id or "before the current one"
    if run_id is None:
        older = before_current(versions)
        run_id = older.run_id if older else None
    found = [snapshot for snapshot in snapshots if run_id and snapshot.run_id == run_id]
    if not found:
        kept = ", ".join(version.run_id for version in versions) or "none"
        raise PublishError(f"no version {what} of {where}: kept are {kept}")
    return found[-1]


def _sync(folder: Path, since: float) -> None:
    """Have the files of this snapshot on disk before the catalogue says that they are there."""
    for path in [*folder.rglob("*.parquet"), *(place for place in folder.rglob("*") if place.is_dir())]:
        if path.stat().st_mtime >= since - 1:
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _remove(path: Path) -> None:
    """Remove the scratch file, and what DuckDB may have put beside it: its log, a folder of what did not fit into memory."""
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)
