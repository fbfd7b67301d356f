"""The manifest: one JSON line for each answer, in the order in which they came; several processes may append at once.

A line is one write at the end of the file, under a lock, and synced. A process killed in the middle leaves a torn last line:
it was never an answer. Readers report and ignore it; the next append closes it with a mark and goes on below, so that not
even torn bytes are removed. Any other line that cannot be read is damage, and an error. Readers hold one line at a time, and the lock
only while they learn how long the file is.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from etl.archive.bodies import sync_folder
from etl.archive.lines import Line, decode_line, encode_line
from etl.errors import ArchiveError

log = logging.getLogger(__name__)

_TORN_MARK = b" #torn\n"  # no JSON line ends so
_BUFFER = 1 << 20


@dataclass(slots=True)
class Place:
    """How far a reader has come: bytes and lines behind it."""

    offset: int = 0
    number: int = 0


class Manifest:
    """The file of answers."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, line: Line) -> None:
        """Add one line; it is on disk when this returns.

        Raises:
            OSError: the file cannot be written, or the disk is full.
        """
        raw = encode_line(line)
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

    def lines(self, on_damage: Callable[[ArchiveError], None] | None = None, place: Place | None = None) -> Iterator[Line]:
        """All answers behind `place` (which moves on with them), oldest first; with `on_damage`, lines that cannot be read are told to it.

        Raises:
            ArchiveError: the file cannot be read, or (without `on_damage`) a line other than a torn one.
        """
        place = place or Place()
        for raw in self._raw_lines(place.offset):
            if not raw.endswith(b"\n"):
                log.warning("%s: line %d is torn (a process was killed while it wrote); ignored", self.path, place.number + 1)
                return
            place.offset += len(raw)
            place.number += 1
            if raw.endswith(_TORN_MARK):
                continue
            try:
                line = decode_line(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                if on_damage is None:
                    raise self._damage(place.number, error) from error
                on_damage(self._damage(place.number, error))
            else:
                yield line

    def _closing(self, descriptor: int) -> bytes:
        size = os.fstat(descriptor).st_size
        if size == 0 or os.pread(descriptor, 1, size - 1) == b"\n":
            return b""
        log.warning("%s: the last line is torn (a process was killed while it wrote); marked, going on below it", self.path)
        return _TORN_MARK

    def before(self, offset: int, size: int) -> bytes | None:
        """Up to `size` bytes that stand before `offset`; null if the file is shorter, or cannot be read."""
        start = max(0, offset - size)
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                found = file.read(offset - start)
        except OSError:
            return None
        return found if len(found) == offset - start else None

    def _raw_lines(self, start: int) -> Iterator[bytes]:
        """The lines as they stood when reading began; what is appended meanwhile is left to the next reader."""
        try:
            with self.path.open("rb", buffering=_BUFFER) as file:
                # a line that is being written must not look torn
                fcntl.flock(file.fileno(), fcntl.LOCK_SH)
                left = os.fstat(file.fileno()).st_size - start
                fcntl.flock(file.fileno(), fcntl.LOCK_UN)
                file.seek(start)
                while left > 0 and (line := file.readline()):
                    yield line[:left]  # a torn line may have been closed in the meantime
                    left -= len(line)
        except FileNotFoundError:
            return
        except OSError as error:
            raise ArchiveError(f"{self.path}: cannot be read: {error.strerror}; check the folder's rights") from error

    def _damage(self, number: int, error: Exception) -> ArchiveError:
        what = "no answer of this version" if isinstance(error, msgspec.ValidationError) else "no JSON"
        return ArchiveError(f"{self.path}: line {number} is {what}: {error}; restore the file from a backup")
