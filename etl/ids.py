"""Stable identifiers: a hash of content and place, never a sequence, so that any step can run twice."""

import hashlib

_SEPARATOR = "\x1f"


def stable_id(*parts: object) -> str:
    """16 hexadecimal characters (64 bits of SHA-256) of the parts, which must not contain U+001F."""
    return hashlib.sha256(_SEPARATOR.join(map(str, parts)).encode()).hexdigest()[:16]


def text_sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
