"""trs.test, TRS WCM as in Beijing, Tianjin, Chongqing, Wuhan: `/<YYYYMM>/t<YYYYMMDD>_<id>.html`, page 2 is `index_1.html`.

Links are relative to the folder. Deep pages are stubs of 300 bytes; one page was given 1970-01-01 when it was moved from an older system.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult

from sample.families.base import STUB, FamilySite, Shown
from sample.families.documents import GOVERNMENT, Document
from sample.page import Page

COLUMN = "/gongkai/fzzfjsbg/"

# /gongkai/fzzfjsbg/, …/index.html, …/index_1.html
_LIST = re.compile(re.escape(COLUMN) + r"(?:index(?:_(?P<before>[1-9]\d*))?\.html)?")


class TrsSite(FamilySite):
    """`written_by_script`: items stand in document.writeln; `stub_from`: list pages from that number on are stubs."""

    host = "trs.test"
    district = "星湾区"
    page_size = 15
    entries = (COLUMN,)
    past_end = "stub"

    def __init__(self, *, written_by_script: bool = False, stub_from: int | None = None, **options: Any) -> None:
        self.written_by_script = written_by_script
        self.stub_from = stub_from
        super().__init__(**options)

    def address(self, document: Document) -> str:
        return COLUMN.rstrip("/") + self.below(document)

    def below(self, document: Document) -> str:
        """The address below the column's folder: /202403/t20240315_3590012.html."""
        day = f"{document.published_on:%Y%m%d}"
        if (document.column, document.year) == (GOVERNMENT, 2021):
            day = "19700101"
        return f"/{day[:6]}/t{day}_{3590000 + document.key}.html"

    def is_out_of_reach(self, document: Document) -> bool:
        return self.stub_from is not None and document not in self._sorted()[: (self.stub_from - 1) * self.page_size]

    def route(self, parts: SplitResult) -> Page | None:
        match = _LIST.fullmatch(parts.path)
        if match is None:
            return None
        number = int(match["before"] or 0) + 1
        return self.static(STUB) if self.stub_from is not None and number >= self.stub_from else self.list_page(number)

    def render_list(self, shown: Shown) -> bytes:
        return self.render("trs_list.html", shown=shown)

    def render_article(self, document: Document) -> bytes:
        return self.render("trs_article.html", document=document, is_old=document.published_on.year < 2023)
