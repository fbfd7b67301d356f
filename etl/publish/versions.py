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
from pathlib import Path

from etl.errors import PublishError, SettingsError
from etl.publish.build import Inputs, build_warehouse


def publish_version(link: Path, run_id: str, inputs: Inputs, *, keep: int) -> dict[str, int]:
    """Build the version of this run, swap the link to it, keep the last `keep` versions. Returns the counts of the build.

    A run published twice replaces its own version.

    Raises:
        PublishError: the build or one of its checks failed; the link still points to the last good version.
        SettingsError: the folder cannot be written.
    """
    version = link.with_name(f"{link.stem}-{run_id}{link.suffix}")
    partial = version.with_name(f".{version.name}.part")
    try:
        link.parent.mkdir(parents=True, exist_ok=True)
        with _one_publisher(link):
            _remove(partial)
            counts = build_warehouse(partial, inputs)
            partial.chmod(0o444)
            _sync(partial)
            partial.replace(version)
            _swap(link, version)
            _prune(link, keep)
    except OSError as error:
        raise SettingsError(f"cannot publish to {link}: {error.strerror or error}; check the folder's rights and free space") from error
    finally:
        if partial.parent.is_dir() and os.access(partial.parent, os.W_OK):
            _remove(partial)
    return counts


def versions(link: Path) -> list[Path]:
    """Published versions, newest first."""
    found = [path for path in link.parent.glob(f"{link.stem}-*{link.suffix}") if not path.is_symlink()]
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


@contextmanager
def _one_publisher(link: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two runs at once cannot mix their steps."""
    with (link.parent / ".publish.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublishError(f"another run is publishing to {link}: wait for it, then publish again") from error
        yield


def _swap(link: Path, version: Path) -> None:
    if link.exists() and not link.is_symlink():
        raise PublishError(f"{link} is a file and not a link to a version: move it away first")
    staged = link.with_name(f".{link.name}.next")
    _remove(staged)
    staged.symlink_to(version.name)
    staged.replace(link)
    _sync(link.parent)


def _prune(link: Path, keep: int) -> None:
    current = link.resolve()
    for old in versions(link)[keep:]:
        if old.resolve() != current:
            old.unlink()


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
