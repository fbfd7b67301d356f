"""Text of others made fit to be shown: control characters, and marks that turn the direction of writing, become visible signs."""

from __future__ import annotations

from urllib.parse import urlsplit

# ESC and NUL, but neither tab nor line feed; U+202E and its like would show the words behind them in another order than they stand
_VISIBLE = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)
_SIGNS = _VISIBLE | _TURNING


def clean(text: str) -> str:
    """The text, a character for a character."""
    return text.translate(_SIGNS)


def web_address(url: str | None) -> str | None:
    """The address if a browser may go there by a click: http and https only, never `javascript:` or a file."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
