"""The outline: which lines are headings of which level and part, and what every other line is.

In: folded text, its title and the report's year. Out: `Outline` with sections in order and one `Block` a line (title, salutation,
body, table row, signature …), each in its section and part. Run-in heads (一)标题。正文… become a section and a body block.
Splitting body blocks into measures is done in `measures`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from etl.models import Part
from etl.parse import parts
from etl.parse.lexicon import load, words

BlockKind = Literal["title", "salutation", "body", "row", "signature", "date", "closing"]

_CHINESE_ORDINAL = "[一二三四五六七八九十]{1,3}"
# 一、标题   第一部分 标题   (一)标题   1.标题   1、标题   (1)标题
_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"({_CHINESE_ORDINAL})[、.．]\s*(?=\S)")),
    (1, re.compile(rf"(第{_CHINESE_ORDINAL}(?:部分|章))[\s、:.]*(?=\S)")),
    (2, re.compile(rf"(\({_CHINESE_ORDINAL}\))[、.]?\s*(?=\S)")),
    (3, re.compile(r"([0-9]{1,2}[.、])(?![0-9])\s*(?=\S)")),
    (3, re.compile(r"(\([0-9]{1,2}\))[、.]?\s*(?=\S)")),
)
_RUN_IN = re.compile(rf"({_CHINESE_ORDINAL}是)\s*(?=\S)")
_INNER = re.compile(rf"[。:;]\s*(?:{_CHINESE_ORDINAL}是|①|\(1\)|1[.、](?![0-9])|首先|一要|其一)")
_FURNITURE = load("parts")["furniture"]
_SALUTATION, _CLOSING, _DATE = (re.compile(_FURNITURE[name]) for name in ("salutation", "closing", "date"))
_SIGNATURE = re.compile(r"(?:政府|局|委员会|委|办公室|办|办事处|中心|厅|院|队|党组|党委|公司|处|署|会|[区市县镇乡])(?:\s*\(.{0,8}\))?$")
_APPENDIX = re.compile("附[表件录]")
_LONGEST_HEADING = 50
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found; offsets are of the heading without its ordinal and its final 。, `ordinal` is a span."""

    level: int
    ordinal: tuple[int, int] | None
    part: Part
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Block:
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


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def read_outline(text: str, title: str, year: int | None) -> Outline:
    """Classify every line of folded `text`."""
    lines = _lines(text)
    sections: list[Heading] = []
    blocks: list[Block] = []
    stack = parts.PartStack(year)
    for number, line in enumerate(lines):
        section = len(sections) - 1 if sections else None
        if number < 3 and _same(line.text, title) and _looks_like_title(line.text):
            blocks.append(Block("title", line.start, line.end, None, "other"))
            continue
        kind = _furniture(lines, number, bool(sections))
        if kind:
            blocks.append(Block(kind, line.start, line.end, section, stack.part))
            continue
        heading = _heading(lines, number, stack)
        if heading is None:
            row = stack.in_appendix and not line.text.endswith(("。", ";", "!"))
            blocks.append(Block("row" if row or is_row(line.text) else "body", line.start, line.end, section, stack.part))
            continue
        found, rest = heading
        if found is not None:
            sections.append(found)
            section = len(sections) - 1
        if rest:
            blocks.append(Block("body", rest[0], rest[1], section, stack.part, enumerator=rest[2]))
    return Outline(tuple(sections), tuple(blocks))


def is_row(line: str) -> bool:
    """A row of a flattened table: at least three cells, the last ones short, no sentence: 办理行政许可 52800 件."""
    cells = line.split()
    return len(cells) >= 3 and not re.search("[。;,]", line) and all(len(cell) <= 24 for cell in cells)


_Rest = tuple[int, int, tuple[int, int] | None]


def _heading(lines: list[_Line], number: int, stack: parts.PartStack) -> tuple[Heading | None, _Rest | None] | None:
    """The heading on a line and the body behind it; a heading of null with a body is an enumerated measure."""
    line = lines[number]
    for level, pattern in _LEVELS:
        match = pattern.match(line.text)
        if match:
            return _numbered(lines, number, level, match, stack)
    match = _RUN_IN.match(line.text)
    if match:
        body = line.text[match.end() :]
        if not re.search("[。;:]", body.rstrip("。")) and len(body) <= _LONGEST_TITLE and _opens_body(lines, number):
            return _section(line, 3, match.span(1), match.end(), len(line.text), stack), None
        return None
    if _is_bare_heading(lines, number):
        return _section(line, 1, None, 0, len(line.text), stack), None
    return None


def _numbered(
    lines: list[_Line], number: int, level: int, match: re.Match[str], stack: parts.PartStack
) -> tuple[Heading | None, _Rest | None] | None:
    line = lines[number]
    start = match.end()
    stop = line.text.find("。", start)
    rest_at = stop + 1
    while 0 < rest_at < len(line.text) and line.text[rest_at] == " ":
        rest_at += 1
    has_body = 0 < rest_at < len(line.text)
    head_end = stop if stop >= 0 else len(line.text)
    head_length = head_end - start
    body: _Rest = (line.start + start, line.end, (line.start + match.start(1), line.start + match.end(1)))
    if level == 3:
        inner = has_body and head_length <= _LONGEST_TITLE and _INNER.search(line.text, head_end)
        alone = not has_body and head_length <= _LONGEST_TITLE and not line.text.endswith((";", ":"))
        if not inner and not (alone and ":" not in line.text[start:] and (stop < 0 or _opens_body(lines, number))):
            return None, body
    elif level == 2 and stop >= 0 and not has_body and not _opens_body(lines, number):
        return None, body
    elif stop >= 0 and head_length > _LONGEST_HEADING:
        return (None, body) if level == 2 else (None, (line.start, line.end, None))
    section = _section(line, level, match.span(1), start, head_end, stack)
    return section, ((line.start + rest_at, line.end, None) if has_body else None)


def _section(line: _Line, level: int, ordinal: tuple[int, int] | None, start: int, end: int, stack: parts.PartStack) -> Heading:
    heading = line.text[start:end].rstrip("。 ")
    marked = None
    if ordinal:
        mark = line.text[slice(*ordinal)].rstrip("、.") if level < 3 else line.text[slice(*ordinal)]
        marked = (line.start + ordinal[0], line.start + ordinal[0] + len(mark))
    return Heading(level, marked, stack.enter(level, heading), line.start + start, line.start + start + len(heading))


def _opens_body(lines: list[_Line], number: int) -> bool:
    """Whether plain text follows, so that the line can head it; a list of short items is a list of measures."""
    following = lines[number + 1].text if number + 1 < len(lines) else ""
    enumerated = any(pattern.match(following) for _, pattern in _LEVELS) and not following.startswith(("(1)", "1."))
    signed = len(following) <= 40 and not re.search("[。;,:]", following) and _SIGNATURE.search(following) is not None
    return bool(following) and not (enumerated or signed or _RUN_IN.match(following) or _APPENDIX.match(following))


def _is_bare_heading(lines: list[_Line], number: int) -> bool:
    """A short line without ordinal that names a part (存在的主要问题), or an appendix title."""
    text = lines[number].text
    if _APPENDIX.match(text) and len(text) <= _LONGEST_HEADING and number:
        return number + 1 < len(lines)
    if len(text) > 30 or re.search(r"[。;:!?]", text) or number + 1 >= len(lines) or number == 0:
        return False
    return parts.named_part(text) is not None and len(text.split()) == 1 and len(lines[number + 1].text) > len(text)


def _furniture(lines: list[_Line], number: int, in_sections: bool) -> BlockKind | None:
    text = lines[number].text
    if _CLOSING.match(text):
        return "closing"
    if _DATE.match(text.replace(" ", "")):
        return "date"
    if not in_sections and number < 6 and _SALUTATION.match(text) and not re.search("如下|主要", text):
        return "salutation"
    near_end = all(len(line.text) <= 40 for line in lines[number:]) and len(lines) - number <= 6
    short = len(text) <= 40 and not re.search("[。;:0-9]", text) and number > 0
    dated = any(_DATE.match(line.text.replace(" ", "")) for line in lines[number + 1 : number + 3])
    last = number == len(lines) - 1 or dated
    if short and last and (near_end or dated) and _SIGNATURE.search(text) and not any(p.match(text) for _, p in _LEVELS):
        return "signature"
    return None


def _lines(text: str) -> list[_Line]:
    found = []
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            found.append(_Line(start, start + len(stripped), stripped))
    return found


def _same(line: str, title: str) -> bool:
    return re.sub(r"\s", "", line) == re.sub(r"\s", "", title)


def _looks_like_title(line: str) -> bool:
    return len(line) <= 100 and "。" not in line


def table_heads() -> frozenset[str]:
    """Words that may stand in the first line of a flattened table."""
    return frozenset(words("parts", "table", "heads"))
