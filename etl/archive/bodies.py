"""Bodies by content: `raw/ab/<sha256>`, written once, whole or not at all, and read only when the bytes match their name.

On a disk a kill leaves a stray `.part` file at worst, in a store nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from etl import storage
from etl.errors import ArchiveError
from etl.storage import StorePath

_READ_ONLY = 0o444
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Bodies:
    """The folder of bodies."""

    def __init__(self, folder: StorePath) -> None:
        self.folder = folder

    def path(self, digest: str) -> StorePath:
        return self.folder / digest[:2] / digest

    def put(self, body: bytes) -> str:
        """Store a body and return its SHA-256. A body that is there already stays; a damaged one is written anew.

        Raises:
            OSError: the folder cannot be written.
        """
        digest = sha256(body).hexdigest()
        path = self.path(digest)
        if not self._holds(path, digest):
            storage.write_whole(path, body, mode=_READ_ONLY)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes with that SHA-256.

        Raises:
            ArchiveError: they are missing, or are no longer what they were.
        """
        path = self.path(digest)
        try:
            body = storage.read_bytes(path)
        except OSError as error:
            raise ArchiveError(f"{path}: the archived bytes cannot be read: {error.strerror}; restore them from a backup") from error
        if sha256(body).hexdigest() != digest:
            raise ArchiveError(f"{path}: the archived bytes do not match their hash; restore them from a backup")
        return body

    def strays(self) -> Iterator[StorePath]:
        """Files that are no bodies: unfinished ones that a killed process has left, and what somebody has put there."""
        yield from (path for path in storage.walk(self.folder) if not _is_body(path))

    def digests(self) -> Iterator[str]:
        """Names of all bodies that are there, unfinished ones left out."""
        yield from sorted(path.name for path in storage.walk(self.folder) if _is_body(path))

    def _holds(self, path: StorePath, digest: str) -> bool:
        try:
            return sha256(storage.read_bytes(path)).hexdigest() == digest
        except FileNotFoundError:
            return False


def _is_body(path: StorePath) -> bool:
    return bool(_DIGEST.fullmatch(path.name)) and path.parent.name == path.name[:2]
