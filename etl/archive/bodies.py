"""Bodies by content: `raw/ab/<sha256>`, written once, whole or not at all, and read only when the bytes match their name.

A body is written beside its place, synced and moved there, so that a kill leaves a stray `.part` file at worst.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from etl.errors import ArchiveError

_READ_ONLY = 0o444
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Bodies:
    """The folder of bodies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def put(self, body: bytes) -> str:
        """Store a body and return its SHA-256. A body that is there already stays; a damaged one is written anew.

        Raises:
            OSError: the folder cannot be written.
        """
        digest = sha256(body).hexdigest()
        path = self.path(digest)
        if path.exists() and sha256(path.read_bytes()).hexdigest() == digest:
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{digest}.{os.getpid()}.part")
        with partial.open("wb") as file:
            file.write(body)
            file.flush()
            os.fchmod(file.fileno(), _READ_ONLY)
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes with that SHA-256.

        Raises:
            ArchiveError: they are missing, or are no longer what they were.
        """
        path = self.path(digest)
        try:
            body = path.read_bytes()
        except OSError as error:
            raise ArchiveError(f"{path}: the archived bytes cannot be read: {error.strerror}; restore them from a backup") from error
        if sha256(body).hexdigest() != digest:
            raise ArchiveError(f"{path}: the archived bytes do not match their hash; restore them from a backup")
        return body

    def strays(self) -> Iterator[Path]:
        """Files that are no bodies: unfinished ones that a killed process has left, and what somebody has put there."""
        yield from sorted(path for path in self.folder.rglob("*") if path.is_file() and not _is_body(path))

    def digests(self) -> Iterator[str]:
        """Names of all bodies that are there, unfinished ones left out."""
        yield from sorted(path.name for path in self.folder.glob("??/*") if _is_body(path))


def _is_body(path: Path) -> bool:
    return bool(_DIGEST.fullmatch(path.name)) and path.parent.name == path.name[:2]


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
