"""From bytes to characters, and how that was decided, so that a wrong decision can be found again.

In: bytes as received, and the Content-Type header. Out: `Decoded`. The order is BOM, strict UTF-8, header, meta, GB18030:
pages say utf-8 and are GBK, or say nothing; bytes that are valid UTF-8 are hardly ever anything else. What a portal itself has
decoded wrongly before it sent it is told by `find_mojibake`; it is named and never repaired, since a guess may change a figure.
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


# 锟斤拷 is U+FFFD in UTF-8 read as GBK; 烫烫烫 and 屯屯屯 is memory that was never written
_GARBAGE = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯")
# Bytes that GBK leaves to its users end here. Above are the symbols of Wingdings (U+F06C), which Word uses for bullets.
_PRIVATE = re.compile("[\ue000-\uefff]")
_FEW_PRIVATE = 3
# runs in which a wrong decoding shows: 娉曟不鏀垮簻寤鸿  ,  æ³•æ²»æ”¿åºœ  ,  ·¨ÖÎÕþ¸®
_HAN_RUN = re.compile("[\u3000-\u9fff\uff00-\uffef€]{6,}")
_LATIN_RUN = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{8,}")
_HAN = re.compile("[\u4e00-\u9fff]")
_RUNS_LOOKED_AT = 400


def find_mojibake(text: str) -> str | None:
    """What shows that a text was decoded wrongly before it was read here, in words; null where nothing does.

    A run of characters counts as decoded wrongly where its bytes are, as a whole, Chinese in another charset: in true Chinese the
    bytes of six characters are never that by chance.
    """
    if found := _GARBAGE.search(text):
        return f"{found.group()!r}"
    if len(private := _PRIVATE.findall(text)) >= _FEW_PRIVATE:
        return f"{len(private)} characters for private use, such as {private[0]!r}"
    for pattern, written, meant in ((_HAN_RUN, "gb18030", "utf-8"), (_LATIN_RUN, "cp1252", "utf-8"), (_LATIN_RUN, "latin-1", "gb2312")):
        for number, run in enumerate(pattern.finditer(text)):
            if number >= _RUNS_LOOKED_AT:
                break
            if (other := _reversed(run.group(), written, meant)) is not None:
                return f"{run.group()[:12]!r}, which is {other[:6]!r} in {meant} read as {written}"
    return None


def _reversed(run: str, written: str, meant: str) -> str | None:
    """What a run says in the charset that was meant; null where its bytes are no Chinese there. The last character may be cut."""
    try:
        raw = run.encode(written) if written != "cp1252" else b"".join(map(_byte, run))
        text = codecs.getincrementaldecoder(meant)().decode(raw)
    except UnicodeError:
        return None
    return text if len(_HAN.findall(text)) * 2 > len(text) else None


def _byte(character: str) -> bytes:
    """A character's byte in cp1252, which leaves five bytes undefined that browsers keep as they are."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
