"""doy.test, as Pudong, Putuo and Changning: `/<slug>/<year>/<day of year>/<id>.html`.

The district has one column; streets and departments have a column a year, whose slug holds the year (2024nd-jdzfzzfjsqkbg). The day in
the address is that of the page's first version and often not the day of publication. Texts are attached as PDF; one page is only a
line that refers to its attachment, and one begins with a covering letter.
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import SplitResult

from sample.families.base import FamilySite, Shown, hex_id
from sample.families.documents import DEPARTMENTS, GOVERNMENT, STREETS, Document
from sample.families.pdf import pdf_of
from sample.page import Page

SECTION = "/zhengwu/zwgk-fzzfjs/index.html"
DISTRICT_SLUG = "fzzfjs-qzf"
_SLUGS = {DEPARTMENTS: "wbjfzzfjsqkbg", STREETS: "jdzfzzfjsqkbg"}

# days between publication and the day in the address
_SHIFTS = (0, 1, 89)

# /zhengwu/fzzfjs-qzf/, …/index.html, …/index_2.html
_LIST = re.compile(r"/zhengwu/(?P<slug>[\w-]+)/(?:index(?:_(?P<number>[2-9]|\d\d+))?\.html)?")

# …/2024/59/12345/3f….pdf
_FILE = re.compile(r"(?P<page>/zhengwu/[\w-]+/\d{4}/\d+/\d+)/(?P<hex>[0-9a-f]{32})\.pdf")


class DoySite(FamilySite):
    """Its section page links all columns, each with its year."""

    host = "doy.test"
    district = "麓溪区"
    page_size = 5
    entries = (SECTION,)

    def column_of(self, document: Document) -> str:
        if document.column == GOVERNMENT:
            return DISTRICT_SLUG
        return f"{document.year or document.published_on.year}nd-{_SLUGS[document.column]}"

    def address(self, document: Document) -> str:
        day = document.published_on + timedelta(days=_SHIFTS[document.key % len(_SHIFTS)])
        return f"/zhengwu/{self.column_of(document)}/{day.year}/{day.timetuple().tm_yday}/{23000 + document.key}.html"

    def columns(self) -> list[str]:
        """The slugs of all columns."""
        return sorted({self.column_of(each) for each in self._documents.values()}, reverse=True)

    def file_address(self, document: Document) -> str | None:
        """Where the PDF of a report lies."""
        return f"{self.address(document).removesuffix('.html')}/{hex_id(document)}.pdf" if document.year else None

    def is_only_attached(self, document: Document) -> bool:
        """Whether the page refers to its attachment and says no more."""
        return (document.column, document.year) == (STREETS, 2023)

    def has_letter(self, document: Document) -> bool:
        """Whether a covering letter stands before the report."""
        return (document.column, document.year) == (STREETS, 2022)

    def route(self, parts: SplitResult) -> Page | None:
        if parts.path in {SECTION, SECTION.removesuffix("index.html")}:
            return self.static(self.render("doy_section.html", columns=self.columns()))
        if match := _LIST.fullmatch(parts.path):
            return self.list_page(int(match["number"] or 1), match["slug"]) if match["slug"] in self.columns() else None
        if match := _FILE.fullmatch(parts.path):
            document = self._documents.get(match["page"] + ".html")
            if document is not None and self.file_address(document) == parts.path:
                return self.static(pdf_of(f"{document.title}\n{document.text}"), content_type="application/pdf")
        return None

    def render_list(self, shown: Shown) -> bytes:
        return self.render("doy_list.html", shown=shown)

    def render_article(self, document: Document) -> bytes:
        return self.render("doy_article.html", document=document, file=self.file_address(document))
