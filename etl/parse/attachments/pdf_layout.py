"""From the lines of pages to the text of a document: without running heads and page numbers, paragraphs whole, tables in their place.

In: the lines of all pages, and the rows of tables with their place. Out: lines. How paragraphs are put together is said in
`etl.parse.unwrap`; here is told how long a line is, how far indented, and what stands at the edges of each page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from etl.parse.attachments.pdf_lines import PageLine
from etl.parse.folding import fold
from etl.parse.lexicon import load
from etl.parse.ordinals import read_opener
from etl.parse.unwrap import SetLine, glue, join

_PAGE_NUMBER = re.compile("|".join(load("parts")["furniture"]["page_number"]))
_DIGITS = re.compile("[0-9０-９]+")
_AT_EDGE = 2
"""So many lines at the top and at the bottom of a page may be running heads."""
_NEAR = 12.0
"""Points by which a running head may be moved."""
_FEWEST = 3
_SHARE = 0.3
"""A running head stands on so many pages, and on so large a share of them: every second page has its own."""
_WIDER = 1.25
_OTHER_SIZE = 0.08
_LARGER = 1.12
_COMMON = 0.05
"""So large a share of the lines begins at the left margin, or ends beyond the right one."""
_APART = 1.7


class TableRow(NamedTuple):
    """A row of a table, already one line, and where it stands."""

    text: str
    page: int
    top: float


class _Margins(NamedTuple):
    left: float
    right: float
    size: float
    leading: float


def document_lines(lines: Sequence[PageLine], rows: Sequence[TableRow]) -> list[str]:
    """The text of a document."""
    kept = _without_running(sorted(lines, key=lambda line: (line.page, line.top)))
    placed = [(row.page, row.top, SetLine(row.text, 0.0, 0.0, alone=True)) for row in rows]
    if kept:
        margins = _margins(kept)
        titles = _title_lines(kept, margins)
        if titles:
            whole = SetLine(_glued(kept[:titles]), 0.0, 0.0, alone=True)
            placed.append((kept[0].page, kept[0].top, whole))
        last = kept[titles - 1] if titles else None
        for line in kept[titles:]:
            placed.append((line.page, line.top, _set(line, last, margins)))
            last = line
    return join([line for _, _, line in sorted(placed, key=lambda one: one[:2])])


def _without_running(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines without page numbers and without what stands again and again at the edges of pages, apart from the text."""
    pages: defaultdict[int, list[PageLine]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    steps = [below.top - above.top for page in pages.values() for above, below in pairwise(page)]
    size, leading = median(line.size for line in lines), median(steps) if steps else 0.0
    told: defaultdict[str, set[PageLine]] = defaultdict(set)
    running = set()
    for page in pages.values():
        for line in {*page[:_AT_EDGE], *page[-_AT_EDGE:]}:
            if _PAGE_NUMBER.search(fold(line.text)):
                running.add(line)
        for edge in (page[: _AT_EDGE + 1], page[: -_AT_EDGE - 2 : -1]):
            for line in _apart(edge, size, leading):
                told[_DIGITS.sub("0", line.text)].add(line)
    for found in told.values():
        for line in found:
            on = len({other.page for other in found if abs(other.top - line.top) <= _NEAR})
            if (on >= _FEWEST and on >= _SHARE * len(pages)) or on == len(pages) == _FEWEST - 1:
                running.add(line)
    return [line for line in lines if line not in running]


def _apart(edge: Sequence[PageLine], size: float, leading: float) -> list[PageLine]:
    """The lines at the edge of a page, the outermost first, that stand apart from what follows or are set in another size."""
    found = 0
    for number, (line, inner) in enumerate(pairwise(edge), 1):
        if abs(inner.top - line.top) > _WIDER * leading or abs(line.size - size) > _OTHER_SIZE * size:
            found = number
    return list(edge[:found])


def _margins(lines: Sequence[PageLine]) -> _Margins:
    """Where lines of the body begin and end, how large its characters are, and how far its lines stand apart."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) <= 0.1 * size]
    begins = Counter(round(line.x0) for line in body)
    left = min(x0 for x0, count in begins.items() if count >= _COMMON * len(body))
    ends = sorted((line.x1 for line in body), reverse=True)
    steps = [below.top - above.top for above, below in pairwise(body) if above.page == below.page]
    return _Margins(left, ends[int(_COMMON * len(ends))], size, median(steps) if steps else 0.0)


def _title_lines(lines: Sequence[PageLine], margins: _Margins) -> int:
    """How many lines at the top are set in one size larger than the body: the title, which may take several."""
    first = lines[0]
    if first.size < _LARGER * margins.size:
        return 0
    return next((i for i, line in enumerate(lines) if line.page != first.page or abs(line.size - first.size) > 0.5), len(lines))


def _glued(lines: Sequence[PageLine]) -> str:
    whole = ""
    for line in lines:
        whole = glue(whole, line.text)
    return whole


def _set(line: PageLine, last: PageLine | None, margins: _Margins) -> SetLine:
    size = margins.size or 1.0
    apart = last is not None and last.page == line.page and line.top - last.top > _APART * margins.leading
    is_heading = line.size >= _LARGER * size and read_opener(fold(line.text)) is None
    return SetLine(line.text, (line.x0 - margins.left) / size, (margins.right - line.x1) / size, apart, is_heading)
