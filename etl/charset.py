"""From bytes to characters, and how that was decided, so that a wrong decision can be found again.

In: bytes as received, and the Content-Type header. Out: `Decoded`. The order is BOM, strict UTF-8, header, meta, GB18030:
pages say utf-8 and are GBK, or say nothing; bytes that are valid UTF-8 are hardly ever anything else.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# Only charsets that refuse foreign bytes are believed: as iso-8859-1, which servers name by default, anything "decodes".
_BELIEVED = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "big5": "big5", "big5-hkscs": "big5hkscs"}

# text/html; charset=GBK
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?(?P<name>[\w-]+)", re.IGNORECASE)

# <meta charset="gb2312"> and <meta http-equiv=Content-Type content="text/html; charset=gb2312">
_IN_META = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*(?P<name>[\w-]+)", re.IGNORECASE)
_META_WITHIN = 4096

_DAMAGE = 0.02
"""Share of characters that may be broken in a text that is still UTF-8: a CMS cut it in the middle of a character."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, its charset, and what decided: bom, utf8, header, meta, utf8_damaged or fallback."""

    text: str
    charset: str
    decided_by: str


def decode(raw: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page; never fails, but may leave U+FFFD where bytes make no sense in any charset."""
    for bom, charset in _BOMS:
        if raw.startswith(bom):
            return Decoded(raw[len(bom) :].decode(charset, errors="replace"), charset, "bom")
    text = _strictly(raw, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", "utf8")
    if (text := _almost_utf8(raw)) is not None:
        return Decoded(text, "utf-8", "utf8_damaged")
    for charset, decided_by in _declared(raw, content_type):
        text = _strictly(raw, charset)
        if text is not None:
            return Decoded(text, charset, decided_by)
    return Decoded(raw.decode("gb18030", errors="replace"), "gb18030", "fallback")


def _declared(raw: bytes, content_type: str | None) -> list[tuple[str, str]]:
    header, meta = _IN_HEADER.search(content_type or ""), _IN_META.search(raw[:_META_WITHIN])
    names = [(header["name"], "header")] if header else []
    if meta:
        names.append((meta["name"].decode("ascii"), "meta"))
    return [(_BELIEVED[name.lower()], decided_by) for name, decided_by in names if name.lower() in _BELIEVED]


def _strictly(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return None


def _almost_utf8(raw: bytes) -> str | None:
    """The text as UTF-8 if only a few characters are broken. GBK read as UTF-8 breaks nearly everywhere."""
    text = raw.decode("utf-8", errors="replace")
    foreign = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if text.count("\ufffd") <= _DAMAGE * foreign else None
