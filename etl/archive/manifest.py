"""The manifest: one JSON line for each answer, in the order in which they came; several processes may append at once.

On a disk it is one file (`etl.archive.manifest_file`), in a store many objects (`etl.archive.manifest_objects`): what both promise, and
what a line is, stands here. A line that cannot be read is damage, and an error.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from etl.archive.lines import Line, decode_line
from etl.errors import ArchiveError
from etl.storage import StorePath


@dataclass(slots=True)
class Place:
    """How far a reader has come: bytes of a file, or objects of a store, and lines behind it.

    `mark` tells this manifest from another one; it is set when a reader has come to the end.
    """

    offset: int = 0
    number: int = 0
    mark: str = ""


class Moved(Exception):
    """A place of a reader is none of this manifest (any more): read from its beginning."""


class Manifest(ABC):
    """The answers that an archive has."""

    path: StorePath

    @abstractmethod
    def append(self, line: Line) -> None:
        """Add one line; it survives whatever comes when this returns.

        Raises:
            OSError: it cannot be written.
        """

    @abstractmethod
    def settle(self) -> int:
        """Put together what stands apart, and return how many answers did; nothing is lost if this is killed or done twice at once.

        Raises:
            OSError: the store cannot be read or written.
        """

    @abstractmethod
    def leftovers(self) -> list[StorePath]:
        """What lies beside the answers and is none: left by a killed process, or put there by somebody."""

    @abstractmethod
    def _raw_lines(self, place: Place) -> Iterator[tuple[StorePath, int, bytes]]:
        """File, number in it and bytes of every line behind `place`, which moves on with them."""

    def lines(self, on_damage: Callable[[ArchiveError], None] | None = None, place: Place | None = None) -> Iterator[Line]:
        """All answers behind `place` (which moves on with them), oldest first; with `on_damage`, lines that cannot be read are told to it.

        Raises:
            ArchiveError: the manifest cannot be read, or (without `on_damage`) a line other than a torn one.
            Moved: `place` has a mark, and is not of this manifest.
        """
        for path, number, raw in self._raw_lines(place or Place()):
            try:
                line = decode_line(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                damage = _damage(path, number, error)
                if on_damage is None:
                    raise damage from error
                on_damage(damage)
            else:
                yield line


def _damage(path: StorePath, number: int, error: Exception) -> ArchiveError:
    what = "no answer of this version" if isinstance(error, msgspec.ValidationError) else "no JSON"
    return ArchiveError(f"{path}: line {number} is {what}: {error}; restore the file from a backup")
