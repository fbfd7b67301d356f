"""shcity.test, the city portal of Shanghai: `/<column>/<YYYYMMDD>/<32 hex>.html`, page 2 is `index_2.html`.

The column has the last two years, and links a column for each year before. Lists hold items twice, once commented out, and links
straight to PDFs. Older pages lack the meta tags; one shows a PDF in place of a text.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote

from sample.families.base import FamilySite, Shown, hex_id
from sample.families.documents import DEPARTMENTS, STREETS, Document
from sample.families.pdf import pdf_of
from sample.page import Page

COLUMN = "nw12344"
YEARS = (2023, 2022)

# /nw12344/index.html, /nw12344-2023/index_2.html
_LIST = re.compile(r"/(?P<column>nw12344(?:-\d{4})?)/(?:index(?:_(?P<number>[2-9]|\d\d+))?\.html)?")

# /cmsres/3f/3f….pdf
_FILE = re.compile(r"/cmsres/[0-9a-f]{2}/(?P<hex>[0-9a-f]{32})/[^/]+\.pdf")


class ShanghaiCitySite(FamilySite):
    """`expected` counts a report that is a PDF in the list under the address of the PDF."""

    host = "shcity.test"
    district = "鹭洲区"
    page_size = 6
    entries = (f"/{COLUMN}/index.html",)
    years = YEARS

    def column_of(self, document: Document) -> str:
        year = document.published_on.year
        return COLUMN if year > YEARS[0] else f"{COLUMN}-{max(year, YEARS[-1])}"

    def address(self, document: Document) -> str:
        if self.is_file(document):
            return self.file_address(document)
        return f"/{self.column_of(document)}/{document.published_on:%Y%m%d}/{hex_id(document)}.html"

    def is_file(self, document: Document) -> bool:
        """Whether the list links a PDF."""
        return (document.column, document.year) == (STREETS, 2022) or "后评估" in document.title

    def shows_file(self, document: Document) -> bool:
        """Whether the page holds its text only as a PDF."""
        return (document.column, document.year) == (DEPARTMENTS, 2023)

    def file_address(self, document: Document) -> str:
        """Where the PDF of a document lies."""
        name = hex_id(document)
        return f"/cmsres/{name[:2]}/{name}/{quote(document.title)}.pdf"

    def article_page(self, document: Document) -> Page:
        return self._file(document) if self.is_file(document) else super().article_page(document)

    def route(self, parts: SplitResult) -> Page | None:
        if match := _LIST.fullmatch(parts.path):
            known = match["column"] in {COLUMN, *(f"{COLUMN}-{year}" for year in YEARS)}
            return self.list_page(int(match["number"] or 1), match["column"]) if known else None
        if match := _FILE.fullmatch(parts.path):
            found = [each for each in self._documents.values() if hex_id(each) == match["hex"]]
            return self._file(found[0]) if found else None
        return None

    def render_list(self, shown: Shown) -> bytes:
        return self.render("shcity_list.html", shown=shown, column=COLUMN)

    def render_article(self, document: Document) -> bytes:
        return self.render("shcity_article.html", document=document, has_meta=document.published_on.year > 2022)

    def _file(self, document: Document) -> Page:
        return self.static(pdf_of(f"{document.title}\n{document.text}"), content_type="application/pdf")
