"""When a page was published and when it was written, by what the page, its list and its address say.

In: a parsed page, what stands around its text, and how it was met with. Out: `Dates`. The order of witnesses is the source's; each
date must be possible: not before 2004 (t19700101_), not after the fetch (a clock in the header), and, where another one is, not before
the year reported on. 成文日期 is the day of writing and never taken for that of publication. Pure: today is unknown here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from selectolax.lexbor import LexborHTMLParser

from etl.models import DateSource, Sighting
from etl.parse.blocks import outermost, read_lines
from etl.parse.lexicon import words
from etl.parse.page_meta import metas

ORDER: tuple[DateSource, ...] = ("meta", "label", "list", "address")
"""Best first; a source may have its own order."""

_FIRST = date(2004, 1, 1)
_LABELLED = 20  # characters behind a label in which its date begins
# 2024-03-25 09:18, 2024/3/25, 2024.02.19, 2024年3月25日, 2024——03——25, 2024- 03- 14  11: 18
_DATE = re.compile(r"(?<!\d)(?P<year>[12]\d{3})\s*[-—–−./年]{1,2}\s*(?P<month>\d{1,2})\s*[-—–−./月]{1,2}\s*(?P<day>\d{1,2})(?!\d)日?")
_TIME = r"(?:\s*\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2})?\s*[分秒]?)?"
_ALONE = re.compile(rf"[\[(（【]?\s*{_DATE.pattern}{_TIME}\s*[\])）】]?")
_BELOW_TITLE = 4
_IN_ADDRESS = (
    re.compile(r"/t(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)_"),  # /202403/t20240325_123.html
    re.compile(r"/(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)/"),  # /20240325/uuid.html
    re.compile(r"/(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)/"),  # /2024-03-25/uuid.html
    re.compile(r"/(?P<year>20\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})/"),  # /art/2024/3/5/art_1_2.html
    re.compile(r"/(?P<year>20\d\d)(?P<month>\d\d)/(?P<day>\d\d)/"),  # /columns/uuid/202403/05/uuid.html
    re.compile(r"/(?P<year>20\d\d)/(?P<nth>[1-9]\d{0,2})/[^/]+$"),  # /slug/2024/59/id.html, the 59th day
)


@dataclass(frozen=True, slots=True)
class Dates:
    """Days of publication and of writing, and what told the first."""

    published_on: date | None = None
    published_from: DateSource | None = None
    written_on: date | None = None


def read_dates(
    tree: LexborHTMLParser,
    around: Sequence[str],
    sighting: Sighting,
    *,
    title: str = "",
    report_year: int | None = None,
    order: Sequence[DateSource] = ORDER,
    selector: str | None = None,
) -> Dates:
    """The dates of a page. `around` are the lines around its text; `selector` is the source's own for the day of publication."""
    latest = date.max if sighting.fetched_on is None else sighting.fetched_on + timedelta(days=1)  # a day ends earlier in UTC
    text = "\n".join(around)

    def told(source: DateSource) -> Iterator[date]:
        if source == "meta":
            yield from (day for content in metas(tree, "pubdate") for day in _dates(content))
        elif source == "label":
            yield from _of_boxes(tree, selector)
            yield from _labelled(text, "date_labels")
            yield from _below_title(around, title)
        elif source == "list" and sighting.listed_on is not None:
            yield sighting.listed_on
        elif source == "address":
            yield from _of_address(sighting.url or "")

    possible = [(day, source) for source in order for day in told(source) if _FIRST <= day <= latest]
    after = [(day, source) for day, source in possible if report_year is None or day.year >= report_year]
    day, source = next(iter(after or possible), (None, None))
    written = next((day for day in _labelled(text, "written_labels") if _FIRST <= day <= latest), None)
    return Dates(day, source, written)


def _labelled(text: str, labels: str) -> Iterator[date]:
    """Dates behind labels, the best label first: 发布日期：2024-03-25; in a table the date may be on the next line."""
    for label in words("page", labels):
        for match in re.finditer(r"\s*".join(map(re.escape, label)) + r"\s*[:：\]】]?\s*", text):
            folded = unicodedata.normalize("NFKC", text[match.end() : match.end() + _LABELLED])
            if (day := _day(_DATE.match(folded))) is not None:
                yield day


def _of_boxes(tree: LexborHTMLParser, own: str | None) -> Iterator[date]:
    for selector in ([own] if own else []) + list(words("page", "date")):
        for node in outermost(tree.css(selector), selector):
            yield from _dates(" ".join(read_lines(node)))


def _below_title(around: Sequence[str], title: str) -> Iterator[date]:
    """A date that stands alone below the title: 2025.02.08."""
    bare = "".join(title.split())
    at = next((number for number, line in enumerate(around) if bare and "".join(line.split()) == bare), None)
    if at is not None:
        for line in around[at + 1 : at + 1 + _BELOW_TITLE]:
            day = _day(_ALONE.fullmatch(unicodedata.normalize("NFKC", line)))
            if day is not None:
                yield day


def _of_address(url: str) -> Iterator[date]:
    path = re.split("[?#]", url, maxsplit=1)[0]
    for pattern in _IN_ADDRESS:
        for match in pattern.finditer(path):
            nth = match.groupdict().get("nth")
            day = _nth_day(int(match["year"]), int(nth)) if nth else _day(match)
            if day is not None:
                yield day


def _nth_day(year: int, nth: int) -> date | None:
    day = date(year, 1, 1) + timedelta(days=nth - 1)
    return day if day.year == year else None


def _dates(text: str) -> Iterator[date]:
    for match in _DATE.finditer(unicodedata.normalize("NFKC", text)):
        if (day := _day(match)) is not None:
            yield day


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
