"""The manifest in a store: an object for each answer, since there is no append, put together once in a run.

    manifest/<put at>-<hash of the line>.jsonl                  one answer
    manifest/<first>-<last>-<hash of the content>.jsonl         answers that were put between two times, in their order

All are JSON lines, and no other copy of what they say exists. An object is put whole and never changed; one with a single answer is
removed once its line stands in another object. So whatever the moment at which a process is killed, and if two processes put together at
once, every line stands in at least one object; where it stands in two, readers know it by its hash and pass over the second.
Names are in the order of time; of processes on several machines by their clocks.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, sha256

from etl import storage
from etl.archive.lines import Line, encode_line
from etl.archive.manifest import Manifest, Moved, Place
from etl.errors import ArchiveError
from etl.storage import StorePath

log = logging.getLogger(__name__)

_NAME = re.compile(r"(?P<first>\d{8}T\d{12})-((?P<last>\d{8}T\d{12})-)?(?P<digest>[0-9a-f]{32})\.jsonl")
_TIME = "%Y%m%dT%H%M%S%f"
_PUT_AT_ONCE = 4_000_000  # bytes
_READ_AT_ONCE = 16_000_000  # bytes


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """One object. `digest` is that of its only line, null where several were put together (or somebody has copied a file there)."""

    first: str
    last: str
    name: str
    size: int
    digest: str | None


class ManifestObjects(Manifest):
    """The objects below one folder of a store."""

    def __init__(self, path: StorePath, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path = path
        self._now = now
        self._put_at = datetime.min.replace(tzinfo=UTC)

    def append(self, line: Line) -> None:
        """Put the line as an object of its own.

        Raises:
            OSError: it cannot be put.
        """
        raw = encode_line(line)
        self._put_at = max(self._now(), self._put_at + timedelta(microseconds=1))
        storage.write_whole(self.path / f"{self._put_at:{_TIME}}-{_digest(raw)}.jsonl", raw)

    def settle(self) -> int:
        """Put answers that stand alone together, and remove those that already stand in another object.

        Raises:
            OSError: the store cannot be read or written.
        """
        pieces = self.pieces()
        doubled = self._doubled(pieces)
        if doubled:
            storage.remove([self.path / piece.name for piece in doubled])
        alone = [piece for piece in pieces if piece.digest is not None and piece not in doubled]
        for part in _by_size(alone, _PUT_AT_ONCE):
            if len(part) > 1:
                self._put_together(part)
        return len(alone)

    def leftovers(self) -> list[StorePath]:
        """Objects that are no JSON lines."""
        return [self.path / name for name in storage.sizes(self.path) if not name.endswith(".jsonl")]

    def pieces(self) -> list[Piece]:
        """All objects, by the time at which they were put."""
        found = storage.sizes(self.path).items()
        return sorted(_piece(name, size) for name, size in found if name.endswith(".jsonl"))

    def lines_of(self, piece: Piece) -> Iterable[bytes]:
        """The lines of one object with their ends; of a large one a part of it is in memory at a time."""
        path = self.path / piece.name
        is_large = piece.digest is None and piece.size > _READ_AT_ONCE
        return storage.read_lines(path) if is_large else io.BytesIO(storage.read_bytes(path))

    def _put_together(self, part: list[Piece]) -> None:
        paths = [self.path / piece.name for piece in part]
        try:
            content = b"".join(storage.read_all(paths))
        except FileNotFoundError:
            log.info("%s: another process puts the answers together", self.path)
            return
        storage.write_whole(self.path / f"{part[0].first}-{part[-1].last}-{_digest(content)}.jsonl", content)
        storage.remove(paths)

    def _doubled(self, pieces: list[Piece]) -> set[Piece]:
        """Answers that still stand alone although another object has them: its maker was killed before it had removed them."""
        doubtful = _overlapping(pieces)
        alone = [piece for piece in doubtful if piece.digest is not None]
        together = [piece for piece in doubtful if piece.digest is None] if alone else []
        digests = {_digest(raw) for piece in together for raw in self.lines_of(piece)}
        return {piece for piece in alone if piece.digest in digests}

    def _raw_lines(self, place: Place) -> Iterator[tuple[StorePath, int, bytes]]:
        """The lines as they stood when reading began; what is put meanwhile is left to the next reader."""
        try:
            yield from _Reading(self, place).lines()
        except OSError as error:
            raise ArchiveError(f"{self.path}: cannot be read: {error.strerror}; {storage.advice(self.path)}") from error


class _Reading:
    """One pass over the objects, while other processes put more there, and put them together."""

    def __init__(self, manifest: ManifestObjects, place: Place) -> None:
        """Look what is there.

        Raises:
            Moved: the objects before `place` are others, or objects behind it have lines of them.
        """
        self._manifest = manifest
        self._place = place
        self._pieces = manifest.pieces()
        self._doubtful = _overlapping(self._pieces)
        self._done: list[Piece] = []
        self._seen: set[str] = set()
        before, behind = self._pieces[: place.offset], self._pieces[place.offset :]
        if before and behind and behind[0].first <= max(piece.last for piece in before):
            raise Moved
        if place.offset and (len(before) < place.offset or place.mark != _mark(before)):
            raise Moved

    def lines(self) -> Iterator[tuple[StorePath, int, bytes]]:
        """Object, number in it and bytes of each line, each once."""
        todo = self._pieces[self._place.offset :]
        is_undisturbed = True
        while todo:
            part = next(_by_size(todo, _READ_AT_ONCE))
            try:
                contents = self._contents(part)
            except FileNotFoundError as error:  # put together meanwhile
                if self._place.offset:
                    raise Moved from error
                todo, is_undisturbed = self._look_again(), False
                continue
            for piece, lines in zip(part, contents, strict=True):
                yield from self._new_lines(piece, lines)
            todo = todo[len(part) :]
        self._place.offset = len(self._pieces)
        self._place.mark = _mark(self._pieces) if is_undisturbed else ""

    def _contents(self, part: list[Piece]) -> list[Iterable[bytes]]:
        if len(part) == 1:
            return [self._manifest.lines_of(part[0])]
        return [io.BytesIO(content) for content in storage.read_all([self._manifest.path / piece.name for piece in part])]

    def _new_lines(self, piece: Piece, lines: Iterable[bytes]) -> Iterator[tuple[StorePath, int, bytes]]:
        is_doubtful = piece.digest is not None or piece in self._doubtful
        path = self._manifest.path / piece.name
        for number, raw in enumerate(lines, start=1):
            self._place.number += 1
            if is_doubtful:
                digest = _digest(raw)
                if digest in self._seen:
                    continue
                self._seen.add(digest)
            yield path, number, raw
        self._done.append(piece)

    def _look_again(self) -> list[Piece]:
        """What is there now and has not been read; all its lines are compared with those that were."""
        done = set(self._done)
        todo = [piece for piece in self._manifest.pieces() if piece not in done]
        for piece in self._done:
            if piece.digest is None and piece not in self._doubtful and any(_overlap(piece, other) for other in todo):
                self._seen.update(_digest(raw) for raw in self._manifest.lines_of(piece))
        self._doubtful |= set(todo)
        return todo


def _piece(name: str, size: int) -> Piece:
    match = _NAME.fullmatch(name)
    if match is None:  # a manifest that somebody has copied there
        return Piece(name, name, name, size, None)
    first, last = match["first"], match["last"]
    return Piece(first, last or first, name, size, match["digest"] if last is None else None)


def _overlap(one: Piece, other: Piece) -> bool:
    return one.first <= other.last and other.first <= one.last


def _overlapping(pieces: list[Piece]) -> set[Piece]:
    """Of pieces in order, those whose times are among those of others: they may have the same lines."""
    found: set[Piece] = set()
    group: list[Piece] = []
    for piece in pieces:
        if group and piece.first > max(each.last for each in group):
            group = []
        group.append(piece)
        if len(group) > 1:
            found.update(group[-2:])
    return found


def _by_size(pieces: list[Piece], limit: int) -> Iterator[list[Piece]]:
    """Pieces in parts of up to `limit` bytes, or of one piece."""
    part: list[Piece] = []
    size = 0
    for piece in pieces:
        if part and size + piece.size > limit:
            yield part
            part, size = [], 0
        part.append(piece)
        size += piece.size
    if part:
        yield part


def _digest(raw: bytes) -> str:
    return blake2b(raw, digest_size=16).hexdigest()


def _mark(pieces: list[Piece]) -> str:
    return sha256("\n".join(piece.name for piece in pieces).encode()).hexdigest()
