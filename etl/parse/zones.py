"""Places of a text in which numerals are no figures, whatever stands around them: titles, document numbers, names in quotation marks.

In: folded text. Out: `Zones`, disjoint and sorted, found in one pass and looked up by bisection. What single numerals are, is in
`masks`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from etl.models import NumeralClass

Zone = tuple[int, int, NumeralClass]

_BRACKETS = re.compile("[《》〈〉“”‘’「」『』\n]")
_CLOSING = {"》": "《", "〉": "〈", "”": "“", "’": "‘", "」": "「", "』": "『"}
_TITLES = "《〈"
_LONGEST_NAME = 26  # a longer quotation, or one with a full stop in it, is quoted speech, whose figures count
_STOP = re.compile("[。;!?]")
# "1+5"文件: quotation marks that do not tell the opening from the closing, in pairs on one line
_STRAIGHT = re.compile(rf'"[^"\n。;!?]{{1,{_LONGEST_NAME}}}"')

# 〔2023〕12号  [2024]3号  (2022)第5号  ﹝2021﹞7号  (2023)沪0106行初128号, with the letters of the issuing body in front left out
_DOCUMENT_NUMBER = re.compile(
    r"[〔\[(【﹝〖{<](?:19|20)[0-9]{2}[〕\])】﹞〗}>]\s?"
    r"(?:(?:第\s?)?[0-9]+(?:-[0-9]+)?\s?号|[\u4e00-\u9fff]{1,2}[0-9]{0,6}[\u4e00-\u9fff]{1,6}[0-9]+号)"
)
NUMBER_OPENS = frozenset("〔[(【﹝〖{<")
# http://www.example.gov.cn/2023/1.html   fzb@example.gov.cn
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]{1,400}|[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]{1,100}")


@dataclass(frozen=True, slots=True)
class Zones:
    """Disjoint spans in which numerals are no figures, sorted: titles (《》 and document numbers) and quoted names."""

    spans: tuple[Zone, ...]
    starts: tuple[int, ...] = field(repr=False)

    def at(self, offset: int) -> Zone | None:
        """The zone that holds `offset`, or null."""
        i = bisect_right(self.starts, offset) - 1
        return self.spans[i] if i >= 0 and offset < self.spans[i][1] else None


def find_zones(text: str) -> Zones:
    """Titles with everything nested in them, document numbers, addresses, and quotations short enough to be names."""
    found = _bracketed(text)
    found += [(m.start(), m.end(), "title") for m in _DOCUMENT_NUMBER.finditer(text)]
    if "@" in text or "www." in text or "://" in text:
        found += [(m.start(), m.end(), "name") for m in _ADDRESS.finditer(text)]
    if '"' in text:
        found += _between_straight_marks(text)
    kept: list[Zone] = []
    for zone in sorted(found, key=lambda z: (z[0], -z[1])):
        if not kept or zone[0] >= kept[-1][1]:
            kept.append(zone)
    return Zones(tuple(kept), tuple(z[0] for z in kept))


def _bracketed(text: str) -> list[Zone]:
    """Titles and quotations by their brackets; what is not closed on its line is none, and inner quotations are part of the outer."""
    found: list[Zone] = []
    stack: list[tuple[str, int]] = []
    open_marks: dict[str, int] = {}
    for match in _BRACKETS.finditer(text):
        mark = match.group()
        if mark == "\n":
            stack.clear()
            open_marks.clear()
        elif mark not in _CLOSING:
            stack.append((mark, match.start()))
            open_marks[mark] = open_marks.get(mark, 0) + 1
        elif open_marks.get(_CLOSING[mark]):
            start = _pop(stack, open_marks, _CLOSING[mark])
            if _CLOSING[mark] in _TITLES:
                found.append((start, match.end(), "title"))
            elif not stack and match.start() - start <= _LONGEST_NAME + 1 and not _STOP.search(text, start, match.start()):
                found.append((start, match.end(), "name"))
    return found


def _pop(stack: list[tuple[str, int]], open_marks: dict[str, int], opening: str) -> int:
    """Where the bracket that is now closed was opened; brackets left open within it are forgotten."""
    while True:
        mark, start = stack.pop()
        open_marks[mark] -= 1
        if mark == opening:
            return start


def _between_straight_marks(text: str) -> list[Zone]:
    found: list[Zone] = []
    start = 0
    for line in text.split("\n"):
        if '"' in line and line.count('"') % 2 == 0:
            found += [(start + m.start(), start + m.end(), "name") for m in _STRAIGHT.finditer(line)]
        start += len(line) + 1
    return found
