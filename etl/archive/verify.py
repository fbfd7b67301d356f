"""The archive looked through: every line of the manifest, every body, and what lies there unasked.

Damage is what loses something: a line that cannot be read, bytes that are missing or altered. Leftovers lose nothing: a process was
killed between the bytes and their line, and they may stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from etl.archive.bodies import Bodies
from etl.archive.manifest import Manifest
from etl.errors import ArchiveError

_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found, in one line."""

    words: str
    is_damage: bool


@dataclass(slots=True)
class Verification:
    """What was looked at. Counts are complete when `problems` has been used up."""

    manifest: Manifest
    bodies: Bodies
    lines: int = 0
    checked: int = 0
    size: int = 0
    damage: int = 0
    leftovers: int = 0
    _named: dict[bytes, str] = field(default_factory=dict)

    def problems(self, progress: Callable[[int, int], None] | None = None) -> Iterator[Problem]:
        """Everything that is wrong or left over, as it is found; `progress` is told bodies done and bodies in all."""
        for problem in self._found(progress):
            self.damage += problem.is_damage
            self.leftovers += not problem.is_damage
            yield problem

    def _found(self, progress: Callable[[int, int], None] | None) -> Iterator[Problem]:
        damaged: list[ArchiveError] = []
        try:
            for line in self.manifest.lines(damaged.append):
                self.lines += 1
                if line.sha256 is not None:
                    self._named.setdefault(_key(line.sha256), line.url)
        except ArchiveError as error:
            damaged.append(error)
        yield from (Problem(str(error), is_damage=True) for error in damaged)
        yield from self._bodies(progress or (lambda done, total: None))
        for path in (*self.bodies.strays(), *self.manifest.leftovers()):
            yield Problem(f"{path}: no body: left by a killed process, or put there by somebody", is_damage=False)

    def _bodies(self, progress: Callable[[int, int], None]) -> Iterator[Problem]:
        there = list(self.bodies.digests())
        for number, digest in enumerate(there):
            progress(number, len(there))
            url = self._named.pop(_key(digest), None)
            self.checked += 1
            try:
                self.size += len(self.bodies.get(digest))
            except ArchiveError as error:
                yield Problem(f"{error} ({url or 'no answer names it'})", is_damage=True)
            else:
                if url is None:
                    yield Problem(f"{self.bodies.path(digest)}: no answer names these bytes", is_damage=False)
        progress(len(there), len(there))
        for key, url in self._named.items():
            digest = key.hex() if len(key) == _DIGEST_BYTES else key.decode(errors="replace")
            yield Problem(f"{self.bodies.path(digest)}: the archived bytes are missing; restore them from a backup ({url})", is_damage=True)


def _key(digest: str) -> bytes:
    """Half the memory of the text; what is no digest stays itself."""
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return digest.encode()
