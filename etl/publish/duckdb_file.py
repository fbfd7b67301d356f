"""Versions of the warehouse and the link that readers open.

Each publication is a file `reports-<run>.duckdb` that never changes again; `reports.duckdb` is a symbolic link to the newest,
swapped by one rename. A reader keeps the file that it opened, a new reader opens the new one, and DuckDB puts a write-ahead log
beside the file and not beside the link, so that a stray one can never poison the next version.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.errors import PublishError, QueryError, SettingsError
from etl.publish.build import build_warehouse
from etl.publish.inputs import Inputs
from etl.publish.reading import Reader
from etl.publish.warehouses import Version, before_current
from etl.publish.wording import one_line


@dataclass(frozen=True, slots=True)
class DuckDBFile:
    """The warehouse at `link`; a `Warehouse`. Versions lie beside the link."""

    link: Path

    def publish(self, run_id: str, inputs: Inputs, *, keep: int) -> dict[str, int]:
        """Build the version of this run, swap the link to it, keep the last `keep` versions. Returns the counts of the build."""
        version = self._file(run_id)
        partial = version.with_name(f".{version.name}.part")
        with self._one_publisher():
            try:
                counts = build_warehouse(partial, inputs)
                partial.chmod(0o444)
                _sync(partial)
                _log_of(version).unlink(missing_ok=True)  # somebody's, of the version that is replaced: it would be replayed
                partial.replace(version)
                _sync(version.parent)
                self._swap(version)
                self._prune(keep)
            finally:
                self._clean()
        return counts

    def versions(self) -> list[Version]:
        """Published versions, newest first."""
        current = self.link.resolve().name
        return [
            Version(
                run_id=path.name.removeprefix(f"{self.link.stem}-").removesuffix(self.link.suffix),
                name=path.name,
                published_at=datetime.fromtimestamp(status.st_mtime, UTC),
                is_current=path.name == current,
                size=status.st_size,
            )
            for path, status in self._files()
        ]

    def rollback(self, run_id: str | None = None) -> Version:
        """Swap the link to an older version, if it can be opened."""
        with self._one_publisher():
            version = self._version(run_id)
            with self._open(self._file(version.run_id)):
                self._swap(self._file(version.run_id))
        return replace(version, is_current=True)

    @contextmanager
    def read(self, run_id: str | None = None) -> Iterator[Reader]:
        """A read-only connection to the version of that run, or that the link points to now, with no access to other files."""
        if not self.link.exists():
            raise QueryError(f"no warehouse at {self.link}: run `make run` first")
        path = self.link.resolve() if run_id is None else self._file(self._version(run_id).run_id)
        with self._open(path) as connection:
            connection.execute("SET TimeZone = 'Asia/Shanghai'")
            yield Reader(connection)

    def shell(self, version: str) -> list[str]:
        """The file that the link points to now: any version of the shell that knows its format will do."""
        with self.read():
            return ["-readonly", str(self.link.resolve())]

    def describe(self) -> str:
        """The link, and the file that it points to."""
        return f"{self.link}  ({self.link.resolve().name})" if self.link.exists() else str(self.link)

    def _file(self, run_id: str) -> Path:
        return self.link.with_name(f"{self.link.stem}-{run_id}{self.link.suffix}")

    def _files(self) -> list[tuple[Path, os.stat_result]]:
        """Published files, newest first; one that is pruned while they are looked at is left out."""
        found = []
        for path in self.link.parent.glob(f"{self.link.stem}-*{self.link.suffix}"):
            with suppress(FileNotFoundError):
                found.append((path, path.lstat()))
        files = [(path, status) for path, status in found if stat.S_ISREG(status.st_mode)]
        return sorted(files, key=lambda each: (each[1].st_mtime_ns, each[0].name), reverse=True)

    def _version(self, run_id: str | None) -> Version:
        """The version of that run, or the one before the current."""
        found = self.versions()
        wanted = next((version for version in found if version.run_id == run_id), None) if run_id else before_current(found)
        if wanted is None:
            kept = ", ".join(version.run_id for version in found) or "none"
            raise PublishError(f"no version {run_id or 'before the current one'} of {self.link}: kept are {kept}")
        return wanted

    def _open(self, path: Path) -> duckdb.DuckDBPyConnection:
        try:
            return duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"})
        except duckdb.Error as error:
            raise QueryError(f"cannot open {path}: {one_line(error)}") from error

    @contextmanager
    def _one_publisher(self) -> Iterator[None]:
        """Hold the folder's lock, so that two runs at once cannot mix their steps; what the disk refuses is an error of one line."""
        folder = self.link.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / ".publish.lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    raise PublishError(f"another run is publishing to {self.link}: wait for it, then publish again") from error
                self._clean()
                yield
        except OSError as error:
            fault = error.strerror or error
            raise SettingsError(f"cannot publish to {self.link}: {fault}; check the folder's rights and free space") from error

    def _swap(self, version: Path) -> None:
        if self.link.exists() and not self.link.is_symlink():
            raise PublishError(f"{self.link} is a file and not a link to a version: move it away first")
        self._next.symlink_to(version.name)
        self._next.replace(self.link)
        _sync(self.link.parent)

    def _prune(self, keep: int) -> None:
        current = self.link.resolve()
        for old, _ in self._files()[keep:]:
            if old.resolve() != current:
                old.unlink()
                _log_of(old).unlink(missing_ok=True)

    def _clean(self) -> None:
        """Remove what this publication, or a killed one, has left: half a file, its log, what DuckDB has put on disk meanwhile."""
        for leftover in self.link.parent.glob(f".{self.link.stem}-*{self.link.suffix}.part*"):
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()
        self._next.unlink(missing_ok=True)

    @property
    def _next(self) -> Path:
        return self.link.with_name(f".{self.link.name}.next")


def _log_of(path: Path) -> Path:
    """Where DuckDB puts the write-ahead log of a file."""
    return path.with_name(path.name + ".wal")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
