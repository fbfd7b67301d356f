"""hash-month.test: `/<YYYYMM>/<32 hex>.shtml`, `/<Y>/<M>/<D>/<32 hex>.shtml` and `/columns/<uuid>/<YYYYMM>/<DD>/<uuid>.html`.

Lists are `list.shtml`, `common_list.shtml` and the column's `index.html`; how they go on is not known, here by `_2`, `_3`. The first
form holds no day.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult

from sample.families.base import FamilySite, Shown, hex_id, uuid_of
from sample.families.documents import DEPARTMENTS, GOVERNMENT, STREETS, Document
from sample.page import Page

COLUMN_ID = "3c1f0e6a-7f0b-4d43-9a55-0d9f5b7a4e21"
LISTS = {GOVERNMENT: "/fzzfjs/list.shtml", DEPARTMENTS: "/bmfzzfjs/common_list.shtml", STREETS: f"/columns/{COLUMN_ID}/index.html"}

# /fzzfjs/list.shtml, /fzzfjs/list_2.shtml
_LIST = re.compile(r"(?P<stem>.+?)(?:_(?P<number>[2-9]|\d\d+))?(?P<suffix>\.s?html)")


class HashMonthSite(FamilySite):
    """Its lists are GOVERNMENT, DEPARTMENTS and STREETS, a form of address each."""

    host = "hash-month.test"
    district = "菱湾区"
    page_size = 3
    entries = tuple(LISTS.values())

    def column_of(self, document: Document) -> str:
        return document.column

    def address(self, document: Document) -> str:
        day = document.published_on
        if document.column == GOVERNMENT:
            return f"/fzzfjs/{day:%Y%m}/{hex_id(document)}.shtml"
        if document.column == DEPARTMENTS:
            return f"/bmfzzfjs/{day.year}/{day.month}/{day.day}/{hex_id(document)}.shtml"
        return f"/columns/{COLUMN_ID}/{day:%Y%m}/{day:%d}/{uuid_of(document)}.html"

    def route(self, parts: SplitResult) -> Page | None:
        match = _LIST.fullmatch(parts.path)
        if match is None:
            return None
        columns = {path: column for column, path in LISTS.items()}
        column = columns.get(match["stem"] + match["suffix"])
        return self.list_page(int(match["number"] or 1), column) if column else None

    def page_address(self, column: str, number: int) -> str:
        """Where page `number` of a list is."""
        stem, _, suffix = LISTS[column].rpartition(".")
        return f"{stem}{f'_{number}' if number > 1 else ''}.{suffix}"

    def render_list(self, shown: Shown) -> bytes:
        return self.render("hash_list.html", shown=shown)

    def render_article(self, document: Document) -> bytes:
        return self.render("hash_article.html", document=document)
