"""The manifest on a disk: a file that is only ever appended to.

A line is one write at the end of the file, under a lock, and synced. A process killed in the middle leaves a torn last line:
it was never an answer. Readers report and ignore it; the next append closes it with a mark and goes on below, so that not
even torn bytes are removed. Readers hold one line at a time, and the lock only while they learn how long the file is.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from etl.archive.lines import Line, encode_line
from etl.archive.manifest import Manifest, Moved, Place
from etl.errors import ArchiveError
from etl.storage import StorePath, sync_folder

log = logging.getLogger(__name__)

_TORN_MARK = b" #torn\n"  # no JSON line ends so
_BUFFER = 1 << 20
_MARKED = 4096


class ManifestFile(Manifest):
    """The file of answers."""

    def __init__(self, path: Path) -> None:
        self.path: Path = path

    def append(self, line: Line) -> None:
        """Add one line; it is on disk when this returns.

        Raises:
            OSError: the file cannot be written, or the disk is full.
        """
        raw = encode_line(line)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            raw = self._closing(descriptor) + raw
            if os.write(descriptor, raw) != len(raw):
                raise OSError(0, "the disk is full, the last line is torn")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            sync_folder(self.path.parent)

    def settle(self) -> int:
        """Nothing: all lines stand in one file."""
        return 0

    def leftovers(self) -> list[StorePath]:
        """Unfinished files beside the manifest."""
        return sorted(self.path.parent.glob(".*.part"))

    def _closing(self, descriptor: int) -> bytes:
        size = os.fstat(descriptor).st_size
        if size == 0 or os.pread(descriptor, 1, size - 1) == b"\n":
            return b""
        log.warning("%s: the last line is torn (a process was killed while it wrote); marked, going on below it", self.path)
        return _TORN_MARK

    def _raw_lines(self, place: Place) -> Iterator[tuple[StorePath, int, bytes]]:
        """The lines as they stood when reading began; what is appended meanwhile is left to the next reader."""
        try:
            with self.path.open("rb", buffering=_BUFFER) as file:
                yield from self._behind(file, place)
        except FileNotFoundError as error:
            if place.mark:
                raise Moved from error
        except OSError as error:
            raise ArchiveError(f"{self.path}: cannot be read: {error.strerror}; check the folder's rights") from error

    def _behind(self, file: BinaryIO, place: Place) -> Iterator[tuple[StorePath, int, bytes]]:
        # a line that is being written must not look torn
        fcntl.flock(file.fileno(), fcntl.LOCK_SH)
        left = os.fstat(file.fileno()).st_size - place.offset
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
        if place.mark and place.mark != _mark(file, place.offset):
            raise Moved
        file.seek(place.offset)
        while left > 0 and (line := file.readline()):
            raw = line[:left]  # a torn line may have been closed in the meantime
            if not raw.endswith(b"\n"):
                log.warning("%s: line %d is torn (a process was killed while it wrote); ignored", self.path, place.number + 1)
                break
            left -= len(line)
            place.offset += len(raw)
            place.number += 1
            if not raw.endswith(_TORN_MARK):
                yield self.path, place.number, raw
        place.mark = _mark(file, place.offset) or ""


def _mark(file: BinaryIO, offset: int) -> str | None:
    """A hash of the bytes that stand before `offset`; null if there are fewer."""
    start = max(0, offset - _MARKED)
    before = os.pread(file.fileno(), offset - start, start)
    return sha256(before).hexdigest() if len(before) == offset - start else None
