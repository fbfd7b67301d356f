"""Versions of the warehouse and the link that readers open.

Each publication is a file `reports-<run>.duckdb` that never changes again; `reports.duckdb` is a symbolic link to the newest,
swapped by one rename. A reader keeps the file that it opened, a new reader opens the new one, and DuckDB puts a write-ahead log
beside the file and not beside the link, so that a stray one can never poison the next version.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.errors import PublishError, QueryError, SettingsError
from etl.publish.build import build_warehouse
from etl.publish.inputs import Inputs
from etl.publish.reading import Reader
from etl.publish.warehouses import Version
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
                _remove(partial)
                counts = build_warehouse(partial, inputs)
                partial.chmod(0o444)
                _sync(partial)
                partial.replace(version)
                self._swap(version)
                self._prune(keep)
            finally:
                _remove(partial)
        return counts

    def versions(self) -> list[Version]:
        """Published versions, newest first."""
        current = self.link.resolve().name
        return [
            Version(
                run_id=path.name.removeprefix(f"{self.link.stem}-").removesuffix(self.link.suffix),
                name=path.name,
                published_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
                is_current=path.name == current,
            )
            for path in self._files()
        ]

    def rollback(self, run_id: str | None = None) -> Version:
        """Swap the link to an older version."""
        found = self.versions()
        wanted = next((version for version in found if version.run_id == run_id), None) if run_id else _before_current(found)
        if wanted is None:
            kept = ", ".join(version.run_id for version in found) or "none"
            raise PublishError(f"no version {run_id or 'before the current one'} of {self.link}: kept are {kept}")
        with self._one_publisher():
            self._swap(self._file(wanted.run_id))
        return next(version for version in self.versions() if version.run_id == wanted.run_id)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A read-only connection to the version that the link points to now, with no access to other files."""
        if not self.link.exists():
            raise QueryError(f"no warehouse at {self.link}: run `make run` first")
        try:
            connection = duckdb.connect(str(self.link.resolve()), read_only=True, config={"enable_external_access": "false"})
        except duckdb.Error as error:
            raise QueryError(f"cannot open {self.link}: {one_line(error)}") from error
        with connection:
            connection.execute("SET TimeZone = 'Asia/Shanghai'")
            yield Reader(connection)

    def describe(self) -> str:
        """The link, and the file that it points to."""
        return f"{self.link}  ({self.link.resolve().name})" if self.link.exists() else str(self.link)

    def _file(self, run_id: str) -> Path:
        return self.link.with_name(f"{self.link.stem}-{run_id}{self.link.suffix}")

    def _files(self) -> list[Path]:
        found = [path for path in self.link.parent.glob(f"{self.link.stem}-*{self.link.suffix}") if not path.is_symlink()]
        return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)

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
                yield
        except OSError as error:
            fault = error.strerror or error
            raise SettingsError(f"cannot publish to {self.link}: {fault}; check the folder's rights and free space") from error

    def _swap(self, version: Path) -> None:
        if self.link.exists() and not self.link.is_symlink():
            raise PublishError(f"{self.link} is a file and not a link to a version: move it away first")
        staged = self.link.with_name(f".{self.link.name}.next")
        _remove(staged)
        staged.symlink_to(version.name)
        staged.replace(self.link)
        _sync(self.link.parent)

    def _prune(self, keep: int) -> None:
        current = self.link.resolve()
        for old in self._files()[keep:]:
            if old.resolve() != current:
                old.unlink()


def _before_current(versions: list[Version]) -> Version | None:
    """The version that was published last before the current one."""
    ages = [version.is_current for version in versions]
    older = versions[ages.index(True) + 1 :] if any(ages) else []
    return older[0] if older else None


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
