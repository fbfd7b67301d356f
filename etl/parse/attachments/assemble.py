"""The text of a report out of a page and its attachments.

In: the lines of the page and the attachments read, in the order of the page. Out: `Assembled`. Where the page only refers to a file
(报告全文见附件), or shows the beginning of it, the text is that of the file; otherwise it is the page's, with the tables of its
appendices below it. The same report is not taken twice, once as a page and once as a PDF to print.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from etl.parse.attachments.read import AttachmentText
from etl.parse.folding import fold
from etl.parse.lexicon import load
from etl.parse.lines import read_lines
from etl.parse.tables.lines import table_lines

Role = Literal["used_as_body", "appended", "same_text", "read", "unsupported", "no_text", "damaged"]

PAGE = "page"
_LONGEST_REFERRAL = 200
_LONGEST_LETTER = 1_000
_SHORTEST_REPORT = 300
_LONGER = 1.5
_SAME = 0.8
_SHINGLE = 8
_FIGURES = 8
_SAME_FIGURES = 0.9
_CAPTION = 40
_LONGEST_NAME = 50
_LINKS = re.compile(r"^附\s?件?\s?[0-9一二三]{0,2}[:.、]?[^。;]{0,80}$|^[^。;]{0,80}\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)$", re.IGNORECASE)
# 报告全文详见附件   （全文附后）   请点击下载
_REFERRAL = re.compile(
    r"(?:见|参阅|参看|查看|下载|阅读|打开)[^。;,]{0,8}(?:附件|全文|下方|链接)|(?:全文|正文|报告)[^。;,]{0,8}(?:附后|附件|下载)|点击[^。;,]{0,8}下载"
)
_HEADED = re.compile(r"^[一二三]\s?、", re.MULTILINE)
_REPORT = re.compile("|".join(load("parts")["furniture"]["report_title"]))
_ON_LAW = re.compile("法治|依法行政|依法治")
# 附件1：…   附表
_APPENDIX = re.compile(r"附\s?[件表]|汇总表|统计表|一览表|明细表|情况表")
# what is told apart by its digits: 1,240   95.8
_FIGURE = re.compile(r"[0-9](?:[0-9,.]*[0-9]){2}")
_NO_WORD = re.compile(r"[\W_]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,4}$")


class Named(NamedTuple):
    """An attachment as the page calls it, and its text."""

    name: str
    text: AttachmentText


class Use(NamedTuple):
    """What became of an attachment, and why, in one line. `read` is what was read and is no part of the report."""

    name: str
    role: Role
    detail: str


class Assembled(NamedTuple):
    """The text of a report, where it comes from, and what became of each attachment, in their order.

    `body_from` is "page", the name of the attachment that is the report, or null where the page only refers to a file that could not be
    read: then there is no report, and `lines` are those of the page. The first `own` of the lines are the report's own, what is behind
    them was appended.
    """

    lines: tuple[str, ...]
    body_from: str | None
    used: tuple[Use, ...]
    own: int


def assemble(page_lines: Sequence[str], attachments: Sequence[Named]) -> Assembled:
    """The text of a report."""
    read = [number for number, one in enumerate(attachments) if one.text.state == "read"]
    uses = {number: Use(one.name, _failed(one), one.text.detail) for number, one in enumerate(attachments) if number not in read}
    body = _find_body(page_lines, attachments, read)
    lines = list(page_lines)
    body_from: str | None = PAGE
    if body is not None:
        lines, body_from = list(attachments[body].text.lines), attachments[body].name
        uses[body] = Use(attachments[body].name, "used_as_body", _both("the page only refers to it", attachments[body].text.detail))
    elif attachments and is_referral(page_lines):
        body_from = None
    known, own = _Known(lines), len(lines)
    for number in read:
        if number != body:
            uses[number], more = _use(known, attachments[number])
            lines += more
            known.learn(more)
    return Assembled(tuple(lines), body_from, tuple(uses[number] for number in range(len(attachments))), own)


def is_referral(page_lines: Sequence[str]) -> bool:
    """Whether a page holds no report but only says where it is: next to nothing, or a letter without headings that refers to a file."""
    lines = [folded for line in page_lines if not _LINKS.match(folded := fold(line).strip())]
    size, text = _size(lines), "\n".join(lines)
    if _HEADED.search(text):
        return False
    return size < _LONGEST_REFERRAL or (size < _LONGEST_LETTER and _REFERRAL.search(text) is not None)


def _find_body(page_lines: Sequence[str], attachments: Sequence[Named], read: Iterable[int]) -> int | None:
    """The attachment that is the report in place of the page; null where the page is it, or none can be."""
    sizes = {number: _size(attachments[number].text.lines) for number in read if _may_be_body(attachments[number])}
    sizes = {number: size for number, size in sizes.items() if size >= _SHORTEST_REPORT}
    if not sizes:
        return None
    best = max(sizes, key=lambda number: (_is_report(attachments[number]), sizes[number]))
    best_lines = attachments[best].text.lines
    if not is_referral(page_lines):
        is_excerpt = sizes[best] >= _LONGER * _size(page_lines) and _Known(best_lines).holds(page_lines)
        return best if is_excerpt else None
    # of the same report as PDF and DOCX the latter has paragraphs as they were written
    same = [
        number for number in sizes if attachments[number].text.kind == "docx" and _Known(best_lines).holds(attachments[number].text.lines)
    ]
    return best if best in same or not same else same[0]


def _may_be_body(one: Named) -> bool:
    return one.text.kind != "xlsx" and (_is_report(one) or not _APPENDIX.search(_own_name(one)))


def _use(known: _Known, one: Named) -> tuple[Use, list[str]]:
    """What is made of an attachment that is not the body, and the lines that it adds."""
    if known.holds(one.text.lines):
        return Use(one.name, "same_text", "its text stands in the report already"), []
    if _is_report(one):
        return Use(one.name, "read", "another report, not the one of this page"), []
    added = list(one.text.lines) if _APPENDIX.search(one.name) or one.text.kind == "xlsx" else _tables(one.text.lines)
    if not added:
        return Use(one.name, "read", _both("neither an appendix nor a table", one.text.detail)), []
    name = _SUFFIX.sub("", one.name)
    added = added[1:] if fold(added[0]).strip() == fold(name).strip() else added
    return Use(one.name, "appended", _both(f"{len(added)} lines", one.text.detail)), [f"附件：{_own_name(one)[:_LONGEST_NAME]}", *added]


def _tables(lines: Sequence[str]) -> list[str]:
    """The rows of tables, each table with the short line above it."""
    text = "\n".join(lines)
    read = read_lines(fold(text))
    rows = table_lines(read)
    kept = sorted(rows | {number - 1 for number in rows if number and len(read[number - 1].text) <= _CAPTION})
    return [text[read[number].start : read[number].end] for number in kept]


class _Known:
    """A text, for asking whether another one stands in it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._shingles = _shingles(lines)
        self._figures = _figures(lines)

    def learn(self, lines: Sequence[str]) -> None:
        """Add more lines."""
        self._shingles |= _shingles(lines)
        self._figures += _figures(lines)

    def holds(self, lines: Sequence[str]) -> bool:
        """Whether nearly all of other lines is known: their words, or their figures of three digits and more."""
        shingles, figures = _shingles(lines), _figures(lines)
        if shingles and len(shingles & self._shingles) >= _SAME * len(shingles):
            return True
        count = figures.total()
        return count >= _FIGURES and (figures & self._figures).total() >= _SAME_FIGURES * count


def _shingles(lines: Sequence[str]) -> set[str]:
    text = _NO_WORD.sub("", fold("".join(lines)))
    return {text[at : at + _SHINGLE] for at in range(max(0, len(text) - _SHINGLE + 1))}


def _figures(lines: Sequence[str]) -> Counter[str]:
    return Counter(match[0].replace(",", "") for match in _FIGURE.finditer(fold("\n".join(lines))))


def _is_report(one: Named) -> bool:
    """Whether name or title are those of a report on the rule of law."""
    told = [fold(text).strip() for text in (_own_name(one), one.text.title or "")]
    return one.text.kind != "xlsx" and any(_REPORT.search(text) and _ON_LAW.search(text) for text in told)


def _own_name(one: Named) -> str:
    """附件1：执法情况统计表.xlsx -> 执法情况统计表."""
    name = _SUFFIX.sub("", one.name).strip()
    return re.sub(r"^附\s?件\s?[0-9一二三四五六七八九十]{0,2}\s?[:：.、．]?\s*", "", name) or name


def _size(lines: Iterable[str]) -> int:
    return sum(len("".join(line.split())) for line in lines)


def _failed(one: Named) -> Role:
    state = one.text.state
    return "read" if state == "read" else state


def _both(one: str, other: str) -> str:
    return f"{one}; {other}" if other else one
