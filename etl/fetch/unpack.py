"""Unpacking a body as it comes, in small pieces: whoever counts them can stop a bomb, and half a body is not taken for a whole one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

ACCEPTED = "gzip, deflate"

_PIECE = 2**18
_GZIP, _ZLIB, _DEFLATE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
_MEMBER = b"\x1f\x8b"


class BadPacking(Exception):
    """The body is not what Content-Encoding says, breaks off, or is packed in a way that was not asked for."""


class Unpacker:
    """Unpacks one body; `feed` it what comes, then `finish`.

    Raises:
        BadPacking: at once for an encoding that is not ours, later for bytes that cannot be unpacked.
    """

    def __init__(self, encoding: str) -> None:
        self._kind = encoding.strip().lower()
        if self._kind not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise BadPacking(f"packed as {encoding}, which was not asked for")
        self._is_plain = self._kind in {"", "identity"}
        self._unpacker = zlib.decompressobj(_ZLIB if self._kind == "deflate" else _GZIP)
        self._is_begun = False

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """The body's next pieces."""
        if self._is_plain:
            yield packed
            return
        is_full = False
        while packed or is_full:
            try:
                piece = self._unpack(packed)
            except zlib.error as error:
                raise BadPacking(f"is not packed as {self._kind}, as it says ({error})") from error
            yield piece
            is_full = len(piece) == _PIECE  # then zlib may hold more, though it took all
            packed = self._next_member() if self._unpacker.eof else self._unpacker.unconsumed_tail

    def finish(self) -> None:
        """Say that nothing follows."""
        if self._is_begun and not self._unpacker.eof:
            raise BadPacking(f"breaks off in the middle of {self._kind}")

    def _unpack(self, packed: bytes) -> bytes:
        is_first, self._is_begun = not self._is_begun, True
        try:
            return self._unpacker.decompress(packed, _PIECE)
        except zlib.error:
            if not (is_first and self._kind == "deflate"):
                raise
            # half of the servers send deflate without the zlib frame that RFC 9110 asks for
            self._unpacker = zlib.decompressobj(_DEFLATE)
            return self._unpacker.decompress(packed, _PIECE)

    def _next_member(self) -> bytes:
        """Gzip may hold several members; what else follows the end is padding."""
        rest = self._unpacker.unused_data
        if self._kind == "deflate" or not rest.startswith(_MEMBER):
            return b""
        self._unpacker = zlib.decompressobj(_GZIP)
        return rest
