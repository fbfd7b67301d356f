"""idq.test, pages whose key is the query: `article.html?infoid=` as Baoshan, `detail?id=` as Xuhui, `details?id=` as Yangpu.

A list page has a few items among 82 navigation links, which have queries too. Pages are made by the server: no validators, and an
unknown key gets a page that says so with status 200.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qs

from sample.families.base import FamilySite, Shown, hex_id, uuid_of
from sample.families.documents import DEPARTMENTS, GOVERNMENT, STREETS, Document
from sample.page import Page


@dataclass(frozen=True)
class Form:
    """The addresses of a list: its path, the query of its first page, the path of its articles, and the name of their key."""

    list_path: str
    list_query: str
    article_path: str
    key: str
    is_paged: bool = True


FORMS = {
    GOVERNMENT: Form("/infoDirectory.html", "type=dept&dept=003006", "/article.html", "infoid", is_paged=False),
    DEPARTMENTS: Form("/xxgk/portal/article/organizationArticle", "code=xwxxgk_fzzfjs", "/xxgk/portal/article/detail", "id"),
    STREETS: Form("/yp-zwgk/zwgk/organizationArticle", "code=jd_fzzfjs", "/yp-zwgk/zwgk/buffersInformation/details", "id"),
}
NAVIGATION_LINKS = 82


class IdQuerySite(FamilySite):
    """Its three lists are GOVERNMENT (one page), DEPARTMENTS and STREETS. `twin`: a bare address that some links lead to."""

    host = "idq.test"
    district = "石笋区"
    page_size = 4
    entries = tuple(f"{form.list_path}?{form.list_query}" for form in FORMS.values())
    keyed_by_query = True
    has_validators = False

    def __init__(self, *, twin: str | None = None, **options: Any) -> None:
        self.twin = twin
        super().__init__(**options)

    def column_of(self, document: Document) -> str:
        return document.column

    def address(self, document: Document) -> str:
        form = FORMS[document.column]
        return f"{form.article_path}?{form.key}={hex_id(document) if document.column == DEPARTMENTS else uuid_of(document)}"

    def href(self, document: Document) -> str:
        """The link of an item."""
        return f"http://{self.twin}{self.address(document)}" if self.twin and document.key % 4 == 0 else self.address(document)

    def list_address(self, column: str, number: int = 1) -> str:
        """Path and query of a page of a list."""
        form = FORMS[column]
        return f"{form.list_path}?{form.list_query}" + (f"&page={number}" if form.is_paged else "")

    def navigation(self, column: str) -> Iterator[tuple[str, str]]:
        """82 links with their texts: other lists, guides, rules, pages about the reports; their keys look like those of items."""
        form = FORMS[column]
        for number in range(NAVIGATION_LINKS):
            if number % 3 == 0:
                yield f"{form.list_path}?{form.list_query.rpartition('=')[0]}={3100 + number:06}", f"第{number + 1}办公室"
            elif number % 3 == 1:
                yield f"{form.article_path}?{form.key}=guide-{number:04}", f"政府信息公开制度（{number + 1}）"
            else:
                yield f"{form.list_path}?{form.list_query}&menu={number}", "法治政府建设情况"

    def route(self, parts: SplitResult) -> Page | None:
        asked = parse_qs(parts.query)
        for column, form in FORMS.items():
            if parts.path == form.article_path:
                return Page(self.render("idq_missing.html"))
            if parts.path == form.list_path:
                is_known = all(asked.get(name) == [value] for name, value in (pair.split("=") for pair in form.list_query.split("&")))
                return self._list(column, asked.get("page", ["1"])[0]) if is_known else Page(self.render("idq_missing.html"))
        return None

    def render_list(self, shown: Shown) -> bytes:
        return self.render("idq_list.html", shown=shown)

    def render_article(self, document: Document) -> bytes:
        return self.render("idq_article.html", document=document)

    def _list(self, column: str, value: str) -> Page | None:
        number = int(value) if value.isdigit() else 1
        if FORMS[column].is_paged:
            return self.list_page(max(number, 1), column)
        items = self.listed(column)
        return Page(self.render_list(Shown(column, items, 1, 1, len(items))))
