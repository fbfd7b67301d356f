"""slug-id.test: `/publicity/<a>/<b>/<c>/<id>`, no suffix, no date, as Jiading, and `/shqp/zwgk/fzjs/<sub>/<YYYYMMDD>/<id>.html`, as Qingpu.

The day in the second form is not the day of publication, which stands bare in the page (2024.02.19). How lists of the first form go on
is not known; here by `?page=2`, those of the second by `index_2.html`.
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import SplitResult, parse_qs

from sample.families.base import FamilySite, Shown
from sample.families.documents import DEPARTMENTS, GOVERNMENT, STREETS, Document
from sample.page import Page

PUBLICITY = "/publicity/jggk/fzzfjs/"
FOLDERS = {GOVERNMENT: f"{PUBLICITY}qzffzzfjsbg", DEPARTMENTS: f"{PUBLICITY}qzfznbmfzzfjsbg", STREETS: "/shqp/zwgk/fzjs/jz"}

# /shqp/zwgk/fzjs/jz/index_2.html
_LIST = re.compile(re.escape(FOLDERS[STREETS]) + r"/(?:index(?:_(?P<number>[2-9]|\d\d+))?\.html)?")


class SlugIdSite(FamilySite):
    """Its lists are GOVERNMENT and DEPARTMENTS (first form) and STREETS (second form)."""

    host = "slug-id.test"
    district = "槎溪区"
    page_size = 3
    entries = (FOLDERS[GOVERNMENT], FOLDERS[DEPARTMENTS], f"{FOLDERS[STREETS]}/")
    folders = FOLDERS

    def column_of(self, document: Document) -> str:
        return document.column

    def address(self, document: Document) -> str:
        folder = FOLDERS[document.column]
        if document.column != STREETS:
            return f"{folder}/{160700 + document.key}"
        return f"{folder}/{document.published_on + timedelta(days=11):%Y%m%d}/{1190000 + document.key}.html"

    def route(self, parts: SplitResult) -> Page | None:
        if match := _LIST.fullmatch(parts.path):
            return self.list_page(int(match["number"] or 1), STREETS)
        if parts.path == FOLDERS[STREETS]:
            return Page(b"", status=301, location=f"{parts.path}/")
        for column in (GOVERNMENT, DEPARTMENTS):
            if parts.path.removesuffix("/") == FOLDERS[column]:
                asked = parse_qs(parts.query).get("page", ["1"])[0]
                return self.list_page(max(1, int(asked)) if asked.isdigit() else 1, column)
        return None

    def page_address(self, column: str, number: int) -> str:
        """Where page `number` of a list is."""
        if column == STREETS:
            return f"{FOLDERS[column]}/index{f'_{number}' if number > 1 else ''}.html"
        return FOLDERS[column] + (f"?page={number}" if number > 1 else "")

    def render_list(self, shown: Shown) -> bytes:
        return self.render("slug_list.html", shown=shown)

    def render_article(self, document: Document) -> bytes:
        return self.render("slug_article.html", document=document, is_bare=document.column == STREETS)
