"""Text of others made fit to be shown: what steers a terminal, or turns the direction of writing, becomes a visible sign."""

from __future__ import annotations

# ESC and NUL, but neither tab nor line feed
_CONTROLS = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# U+202E and its like show the words behind them in another order than they stand
_TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)
_SIGNS = _CONTROLS | _TURNING


def visible(text: str) -> str:
    """The text with such characters as signs, a character for a character."""
    return text.translate(_SIGNS)
