"""The core of a report's text: what two systems of one portal have in common when they publish the same report.

In: title and text. Out: a hash. Left out are the title, the salutation, signature and date, what the portal set around it, and blanks;
characters of full and half width, quotation marks and dashes are one. Every figure stays, with its place among the words, so that a changed
figure always changes the core.
"""

from __future__ import annotations

import re
import unicodedata

from etl.ids import text_sha256
from etl.parse.folding import fold
from etl.parse.outline import Block, read_outline

_LEFT_OUT = frozenset({"title", "salutation", "signature", "date", "page", "letter"})
_WITH_DIGITS = frozenset({"date", "page", "letter"})
"""Of what is left out, only these may hold digits other than a year; a figure that looks like a title is kept."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DIGIT = re.compile(r"\d")
# between two digits a blank tells two figures of a table apart
_BLANK = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_ALIKE = {'"': "“”‘’„‟「」『』'", "-": "‐‑‒–—―−─~〜", "[": "〔【", "]": "〕】", "〇": "○"}
_SAME = str.maketrans({character: kept for kept, characters in _ALIKE.items() for character in characters})
_DASHES = re.compile("-{2,}")


def core_sha256(title: str, text: str, report_year: int | None = None) -> str:
    """Hash of the core of a text."""
    return text_sha256(core(title, text, report_year))


def core(title: str, text: str, report_year: int | None = None) -> str:
    """The core of a text, on one line."""
    folded = fold(text)
    kept: list[str] = []
    at = 0
    for block in read_outline(folded, fold(title).strip(), report_year).blocks:
        if _is_left_out(block, folded):
            kept.append(folded[at : block.char_start])
            at = block.char_end
    return _normalised("\n".join([*kept, folded[at:]]))


def _is_left_out(block: Block, folded: str) -> bool:
    digits = _DIGIT.search(_YEAR.sub("", folded[block.char_start : block.char_end]))
    return block.kind in _LEFT_OUT and (digits is None or block.kind in _WITH_DIGITS)


def _normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_SAME)
    return _BLANKS.sub(" ", _BLANK.sub("", _DASHES.sub("-", plain))).strip()
