"""jcms.test, Hanweb's jcms: `/art/Y/M/D/art_<column>_<id>.html`, lists of records in CDATA that a script asks for by POST.

`POST /module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15`, body urlencoded with columnid, unitid, webid, path,
permissiontype. The column page holds the first page of records in a script. Months and days are not padded.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qs

from sample.families.base import FamilySite, Shown, hex_id
from sample.families.documents import Document
from sample.page import Page, refused

COLUMN_ID, UNIT_ID, WEB_ID = "1229063", "6793088", "149"
COLUMN = f"/col/col{COLUMN_ID}/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
_NEEDED = {"columnid": COLUMN_ID, "unitid": UNIT_ID, "webid": WEB_ID, "path": "/", "permissiontype": "0"}


class JcmsSite(FamilySite):
    """`ignores_start`: every answer begins with the first record; `most_records` of one answer; `encrypted`: 32 hex digits for ids."""

    host = "jcms.test"
    district = "兰渚区"
    page_size = 15
    entries = (COLUMN,)

    def __init__(self, *, ignores_start: bool = False, most_records: int = 300, encrypted: bool = False, **options: Any) -> None:
        self.ignores_start = ignores_start
        self.most_records = most_records
        self.encrypted = encrypted
        super().__init__(**options)

    def address(self, document: Document) -> str:
        day = document.published_on
        number = hex_id(document) if self.encrypted else 4070000 + document.key
        return f"/art/{day.year}/{day.month}/{day.day}/art_{COLUMN_ID}_{number}.html"

    def route(self, parts: SplitResult) -> Page | None:
        if parts.path in {COLUMN, COLUMN.removesuffix("index.html")}:
            return self.list_page(1)
        return refused("POST") if parts.path == PROXY else None

    def posted(self, parts: SplitResult, body: bytes) -> Page | None:
        if parts.path != PROXY:
            return refused()
        return self._records(parse_qs(parts.query), parse_qs(body.decode("utf-8", "replace")))

    def render_list(self, shown: Shown) -> bytes:
        return self.render("jcms_list.html", shown=shown, column_id=COLUMN_ID, needed=_NEEDED)

    def render_article(self, document: Document) -> bytes:
        return self.render("jcms_article.html", document=document)

    def _records(self, asked: dict[str, list[str]], form: dict[str, list[str]]) -> Page:
        """Records startrecord to endrecord; none at all for a body that does not name the column."""
        documents = self.listed() if all(form.get(key) == [value] for key, value in _NEEDED.items()) else []
        start, end, per_page = (_number(asked, key) for key in ("startrecord", "endrecord", "perpage"))
        first = 0 if self.ignores_start else max(start, 1) - 1
        count = min(max(end - first, 0), self.most_records)
        pages = -(-len(documents) // max(1, min(per_page, self.most_records)))
        shown = Shown("", documents[first : first + count], 1, pages, len(documents))
        return Page(self.render("jcms_records.xml", shown=shown), "text/xml;charset=UTF-8")


def _number(asked: dict[str, list[str]], key: str) -> int:
    value = asked.get(key, ["0"])[0]
    return int(value) if value.isdigit() else 0
