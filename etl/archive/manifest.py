"""The manifest: one JSON line for each answer, in the order in which they came; several processes may append at once.

A line is one write at the end of the file, under a lock, and synced. A process killed in the middle leaves a torn last line:
it was never an answer. Readers report and ignore it; the next append closes it with a mark and goes on below, so that not
even torn bytes are removed. Any other line that cannot be read is damage, and an error.
"""

from __future__ import annotations

import dataclasses
import fcntl
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from etl.archive.bodies import sync_folder
from etl.errors import ArchiveError
from etl.models import Answer

log = logging.getLogger(__name__)

_TORN_MARK = b" #torn"  # no JSON line ends so
_FIELDS = {field.name for field in dataclasses.fields(Answer)}


class Manifest:
    """The file of answers."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, answer: Answer) -> None:
        """Add one line; it is on disk when this returns.

        Raises:
            OSError: the file cannot be written, or the disk is full.
        """
        line = json.dumps(dataclasses.asdict(answer), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        is_new = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            line = self._closing(descriptor) + line
            if os.write(descriptor, line) != len(line):
                raise OSError(0, "the disk is full, the last line is torn")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            sync_folder(self.path.parent)

    def answers(self) -> Iterator[Answer]:
        """All answers, oldest first.

        Raises:
            ArchiveError: a line other than a torn one cannot be read.
        """
        content = self._content()
        lines = content.split(b"\n")
        torn = lines.pop()
        if torn:
            log.warning("%s: line %d is torn (a process was killed while it wrote); ignored", self.path, len(lines) + 1)
        for number, line in enumerate(lines, start=1):
            if not line.endswith(_TORN_MARK):
                yield self._read(line, number)

    def _closing(self, descriptor: int) -> bytes:
        size = os.fstat(descriptor).st_size
        if size == 0 or os.pread(descriptor, 1, size - 1) == b"\n":
            return b""
        log.warning("%s: the last line is torn (a process was killed while it wrote); marked, going on below it", self.path)
        return _TORN_MARK + b"\n"

    def _content(self) -> bytes:
        try:
            with self.path.open("rb") as file:
                # a line that is being written must not look torn
                fcntl.flock(file.fileno(), fcntl.LOCK_SH)
                return file.read()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise ArchiveError(f"{self.path}: cannot be read: {error.strerror}; check the folder's rights") from error

    def _read(self, line: bytes, number: int) -> Answer:
        try:
            fields = json.loads(line)
        except ValueError as error:
            raise ArchiveError(f"{self.path}: line {number} is no JSON: {error}; restore the file from a backup") from error
        if not isinstance(fields, dict) or not fields.keys() <= _FIELDS:
            raise ArchiveError(f"{self.path}: line {number} is no answer of this version; restore the file from a backup")
        try:
            return Answer(**fields)
        except TypeError as error:
            raise ArchiveError(f"{self.path}: line {number} lacks a field: {error}; restore the file from a backup") from error
