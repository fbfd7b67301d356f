"""The outline: which lines are headings of which level and part, and what every other line is.

In: folded text, its title and the report's year. Out: `Outline` with sections in order and one `Block` a line (title, salutation,
body, table row, signature …), each in its section and part. Run-in heads (一)标题。正文… become a section and a body block.
Splitting body blocks into measures is done in `measures`; which lines are no content is said by `furniture`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from etl.models import NumeralClass, Part
from etl.parse import parts
from etl.parse.furniture import BlockKind, Furniture
from etl.parse.headings import Headings, head_end
from etl.parse.lines import Line, read_lines
from etl.parse.ordinals import HAN

# 一是 at the start of a line
_RUN_IN = re.compile(rf"([{HAN}]{{1,2}}是)\s*(?=\S)")
_SENTENCE = re.compile("[。;!?:]")
_WORDS = re.compile(r"\w")
_DIGITS = re.compile("[0-9]+")
_WORD = re.compile("(?![第页共])[\u4e00-\u9fff]")  # what a page number is not made of
_HAN_MARK = re.compile(rf"[{HAN}(]")  # an entry of a table of contents
_ENDS = ("。", ";", ":", "!", "?", ")", "”", "》")
_LONGEST_TITLE = 40
_OF_LETTERS = ("body", "closing", "note", "row")


class Heading(NamedTuple):
    """A heading found; offsets are of the heading without its ordinal and its final 。, `ordinal` is a span."""

    level: int
    ordinal: tuple[int, int] | None
    part: Part
    char_start: int
    char_end: int


class Block(NamedTuple):
    """A line, or what follows a run-in head on it. `enumerator` is a span, set where the line itself is an enumerated measure."""

    kind: BlockKind
    char_start: int
    char_end: int
    section: int | None
    part: Part
    enumerator: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections and blocks in the order of the text."""

    sections: tuple[Heading, ...]
    blocks: tuple[Block, ...]


def read_outline(text: str, title: str, year: int | None) -> Outline:
    """Classify every line of folded `text`."""
    reader = _Reader(read_lines(text), title, year)
    reader.read()
    return Outline(tuple(reader.sections), tuple(reader.blocks))


def page_numerals(text: str, outline: Outline) -> list[tuple[int, int, NumeralClass]]:
    """Digit runs on lines set around the report: page numbers (ordinal), telephones, counts of views, figures of a cover letter (name)."""
    found: list[tuple[int, int, NumeralClass]] = []
    for block in outline.blocks:
        if block.kind in ("page", "letter"):
            line = text[block.char_start : block.char_end]
            kind: NumeralClass = "ordinal" if not _WORD.search(line) or _HAN_MARK.match(line) else "name"
            found += [(block.char_start + run.start(), block.char_start + run.end(), kind) for run in _DIGITS.finditer(line)]
    return found


class _Reader:
    """One pass over the lines of a text."""

    def __init__(self, lines: list[Line], title: str, year: int | None) -> None:
        self.sections: list[Heading] = []
        self.blocks: list[Block] = []
        self._lines = lines
        self._furniture = Furniture(lines, title)
        self._headings = Headings(lines, self._furniture)
        self._stack = parts.PartStack(year)
        self._section: int | None = None
        self._anchor = 0  # level of the last heading with an ordinal or the name of a part
        self._merged: frozenset[Part] = frozenset()  # parts that the last heading without ordinal named together
        self._in_appendix = False
        self._looked_at = 0  # blocks before this one were looked at for a cover letter
        self._in_text = False  # whether a heading or a body was met
        in_parts = any(line.opener and line.opener.kind == "part" for line in lines)
        self._levels = {"part": 1, "han": 1 + in_parts, "han_bracket": 2 + in_parts, "arabic": 3, "arabic_bracket": 3}
        self._numbered_tops = any(line.opener and line.opener.kind in ("part", "han") for line in lines)

    def read(self) -> None:
        """Give every line its block, and headings their sections."""
        number = 0
        while number < len(self._lines):
            number += self._read_line(number)

    def _read_line(self, number: int) -> int:
        """Read a line; the number of lines taken."""
        line = self._lines[number]
        kind = self._furniture.kind(number, in_text=self._in_text, in_sections=bool(self.sections))
        if kind == "title" and number > 2:
            self._begin_anew()
        if kind:
            self._block(kind, line.start, line.end)
        elif signed := self._furniture.signed_and_dated(number):
            self._block("signature", line.start, signed[0])
            self._block("date", signed[1], line.end)
        elif self._furniture.appendix(number):
            return self._appendix(number)
        elif not self._heading(number):
            is_row = self._in_appendix and not line.text.endswith(("。", ";", "!"))
            self._block("row" if is_row else "note" if self._in_appendix else "body", line.start, line.end)
        return 1

    def _begin_anew(self) -> None:
        self._stack.reset()
        self._section, self._anchor, self._in_appendix = None, 0, False
        if not self.sections:  # what stood above was a letter or a request: 现将报告上报。妥否，请批示。
            above = self.blocks[self._looked_at :]
            self.blocks[self._looked_at :] = [block._replace(kind="letter") if block.kind in _OF_LETTERS else block for block in above]
            self._looked_at = len(self.blocks)

    def _appendix(self, number: int) -> int:
        """附件1 and, where it stands alone, the title on the line below it."""
        line = self._lines[number]
        taken = 1 + self._furniture.appendix_title(number + 1)
        end = self._lines[number + taken - 1].end
        self._open(Heading(1, None, self._stack.enter(1, "附件"), line.start, end))
        self._in_appendix, self._anchor = True, 1
        return taken

    def _heading(self, number: int) -> bool:
        """Read a line as a heading, with a body behind it, or as an enumerated measure; false where it is neither."""
        line = self._lines[number]
        if line.opener:
            return self._numbered(number)
        if run_in := _RUN_IN.match(line.text):
            rest = line.text[run_in.end() :].rstrip("。")
            alone = len(rest) <= _LONGEST_TITLE and not _SENTENCE.search(rest) and not self._goes_on(number)
            if alone and self._headings.opens_body(number, listed=False):
                self._open(self._entered(line, 3, run_in.end(1), run_in.end(), len(line.text)))
                return True
            return False
        bare = None if self._in_appendix else self._headings.bare_start(number, after_stop=self._after_stop(number))
        if bare is None:
            return False
        self._open(self._entered(line, self._bare_level(line.text[bare:]), None, bare, len(line.text)))
        return True

    def _numbered(self, number: int) -> bool:
        line = self._lines[number]
        opener = line.opener
        assert opener
        level = self._levels[opener.kind]
        stop, rest = head_end(line.text, opener.end, level)
        if self._headings.is_item(number, level, stop, rest, listed=self._listed(number - 1)):
            marked = line.text[: opener.end].rstrip() if opener.kind == "han" else line.text[: opener.mark_end]  # 一、 but (一)
            mark = (line.start, line.start + len(marked))
            if _WORDS.search(line.text, opener.end):
                self._block("body", line.start + opener.end, line.end, enumerator=mark)
            return True
        self._open(self._entered(line, level, opener.mark_end, opener.end, stop))
        self._anchor = level
        if rest is not None:
            self._block("body", line.start + rest, line.end)
        return True

    def _goes_on(self, number: int) -> bool:
        """Whether the line above is an item of the same list: 一是…;|二是…."""
        return number > 0 and _RUN_IN.match(self._lines[number - 1].text) is not None and not self._heads(number - 1)

    def _after_stop(self, number: int) -> bool:
        """Whether the line above ends a sentence or is no text, so that this one begins something."""
        above = self._lines[number - 1].text if number else ""
        return above.endswith(_ENDS) or (bool(self.blocks) and self.blocks[-1].kind != "body") or self._heads(number - 1)

    def _listed(self, number: int) -> bool:
        """Whether the line above was read as a measure of a list."""
        return bool(self.blocks) and self.blocks[-1].enumerator is not None and self.blocks[-1].char_end == self._lines[number].end

    def _heads(self, number: int) -> bool:
        """Whether the line is the last heading read."""
        return bool(self.sections) and self.sections[-1].char_start >= self._lines[number].start

    def _bare_level(self, text: str) -> int:
        """Level of a heading without ordinal: 1 if it names a part, unless it is one of those that the merged heading above it named."""
        if not parts.names_part(text) or self._numbered_tops:
            return min(self._anchor + 1, 3)
        named = parts.named_parts(text)
        if len(named) == 1 and named[0] in self._merged:
            return 2
        self._merged = frozenset(named if len(named) > 1 else ())
        self._anchor = 1
        return 1

    def _entered(self, line: Line, level: int, mark_end: int | None, start: int, end: int) -> Heading:
        heading = line.text[start:end].rstrip("。: ")
        ordinal = None if mark_end is None else (line.start, line.start + len(line.text[:mark_end].rstrip()))
        part = self._stack.enter(level, heading)
        self._in_appendix = False
        return Heading(level, ordinal, part, line.start + start, line.start + start + len(heading))

    def _open(self, heading: Heading) -> None:
        self.sections.append(heading)
        self._in_text = True
        self._section = len(self.sections) - 1

    def _block(self, kind: BlockKind, start: int, end: int, enumerator: tuple[int, int] | None = None) -> None:
        self._in_text = self._in_text or kind == "body"
        self.blocks.append(Block(kind, start, end, self._section, self._stack.part, enumerator))
