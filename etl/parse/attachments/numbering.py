"""Numbers that a word processor prints and does not store: 一、 （一） 1. of automatically numbered paragraphs.

In: a document of python-docx and its paragraphs in order. Out: the number as printed, empty where there is none. Formats that reports
hardly use (in words of Latin letters, of other scripts) are printed as digits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_PLACE = re.compile("%([1-9])")
_LEVELS = 9
_HAN = "零一二三四五六七八九"
_IDEOGRAPHS = frozenset({
    "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "japaneseDigitalTenThousand",
    "taiwaneseCounting", "taiwaneseCountingThousand", "taiwaneseDigital",
})  # fmt: skip


class Numbering:
    """The lists of one document, and how far each is counted."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._list_of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: defaultdict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        self._by_style = {style.style_id: style.element for style in document.styles if style.element is not None}
        root = _part(document)
        if root is None:
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            levels = {int(level.get(f"{_W}ilvl", "0")): level for level in abstract.iter(f"{_W}lvl")}
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for number in root.iter(f"{_W}num"):
            name = number.get(f"{_W}numId", "")
            self._list_of[name] = _value(number, "abstractNumId") or ""
            for override in number.iter(f"{_W}lvlOverride"):
                if start := _value(override, "startOverride"):
                    self._starts[name, int(override.get(f"{_W}ilvl", "0"))] = int(start)

    def number(self, paragraph: Any) -> str:
        """The number in front of a paragraph (an element), counted on."""
        placed = self._placed(paragraph)
        if placed is None:
            return ""
        name, level = placed
        levels = self._levels.get(self._list_of.get(name, ""), {})
        if level not in levels:
            return ""
        # lists with a start of their own count apart; all others of one kind go on where the last one ended
        counts = self._counts[name if (name, level) in self._starts else self._list_of[name]]
        before = counts[level]
        counts[level] = self._start(name, level, levels) if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        text = _value(levels[level], "lvlText") or ""
        return _PLACE.sub(lambda place: self._printed(int(place[1]) - 1, counts, name, levels), text)

    def _printed(self, level: int, counts: list[int | None], name: str, levels: dict[int, Any]) -> str:
        count = counts[level]
        count = self._start(name, level, levels) if count is None else count
        return in_format(count, _value(levels[level], "numFmt") or "decimal") if level in levels else ""

    def _start(self, name: str, level: int, levels: dict[int, Any]) -> int:
        return self._starts.get((name, level), int(_value(levels[level], "start") or 1) if level in levels else 1)

    def _placed(self, paragraph: Any) -> tuple[str, int] | None:
        """List and level of a paragraph, by itself or by its style; null where it is not numbered."""
        own = paragraph.find(f"{_W}pPr")
        name = level = None
        style = _value(own, "pStyle") if own is not None else None
        seen: set[str] = set()
        while own is not None:
            numbered = own.find(f"{_W}numPr")
            if numbered is not None:
                name = name or _value(numbered, "numId")
                level = level or _value(numbered, "ilvl")
            if name or style is None or style in seen or style not in self._by_style:
                break
            seen.add(style)
            element = self._by_style[style]
            own, style = element.find(f"{_W}pPr"), _value(element, "basedOn")
            own = element if own is None else own
        at = int(level or 0)
        return (name, at) if name and name != "0" and 0 <= at < _LEVELS else None


def in_format(count: int, kind: str) -> str:
    """A count as it is printed: 3 is 三, ③, III, c."""
    if kind in _IDEOGRAPHS or kind.startswith(("chinese", "ideograph")):
        return in_han(count)
    if kind.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if kind in ("bullet", "none"):
        return ""
    if kind in ("upperLetter", "lowerLetter") and 1 <= count <= 26:
        return chr(count + (64 if kind == "upperLetter" else 96))
    return str(count)


def in_han(count: int) -> str:
    """三, 十, 十二, 二十; digits beyond 99."""
    if not 0 <= count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    if not tens:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def _part(document: Any) -> Any:
    """The root of numbering.xml, null in a document without lists."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            return relation.target_part.element
    return None


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    value = None if found is None else found.get(_VAL)
    return None if value is None else str(value)
