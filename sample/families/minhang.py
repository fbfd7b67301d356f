"""mh.test, the disclosure CMS of Minhang: `/mh-xxgk-cms/website/mh_xxgk/<column>/content/<uuid>.htm`.

Page 1 of a list is `list_0.htm`; later pages count down: of five, page 2 is `list_4.htm` and the last one `list_1.htm`. `config.js`
beside them tells the number of pages. Dates have blanks inside. `GET /mh-xxgk-cms/searchindex/searchByDB` finds titles, as JSON.
"""

from __future__ import annotations

import json
import re
from urllib.parse import SplitResult, parse_qs

from sample.families.base import FamilySite, Shown, uuid_of
from sample.families.documents import STREETS, Document
from sample.families.pdf import pdf_of
from sample.page import JSON, Page

SITE_CODE = "mh_xxgk"
ROOT = f"/mh-xxgk-cms/website/{SITE_CODE}"
COLUMN = "fzzfjsqkndbg_qzf"
SEARCH = "/mh-xxgk-cms/searchindex/searchByDB"

# …/List/list_0.htm
_LIST = re.compile(re.escape(f"{ROOT}/{COLUMN}/List/") + r"list_(?P<name>\d+)\.htm")

# …/attach/<uuid>.pdf
_ATTACHMENT = re.compile(re.escape(f"{ROOT}/{COLUMN}/attach/") + r"(?P<uuid>[0-9a-f-]{36})\.pdf")


class MinhangSite(FamilySite):
    """One column; the report of the street for 2023 has an attachment."""

    host = "mh.test"
    district = "望潮区"
    page_size = 14
    entries = (f"{ROOT}/{COLUMN}/List/list_0.htm",)

    def address(self, document: Document) -> str:
        return f"{ROOT}/{COLUMN}/content/{uuid_of(document)}.htm"

    def attachment(self, document: Document) -> str | None:
        """Where the attachment of a document lies, below the column."""
        return f"attach/{uuid_of(document)}.pdf" if (document.column, document.year) == (STREETS, 2023) else None

    def route(self, parts: SplitResult) -> Page | None:
        pages = max(1, -(-len(self.listed()) // self.page_size))
        if match := _LIST.fullmatch(parts.path):
            name = int(match["name"])
            return self.list_page(1 if name == 0 else pages + 1 - name) if name < pages else None
        if parts.path == f"{ROOT}/{COLUMN}/List/config.js":
            script = f"var PageCount = {pages};\r\nvar RecordCount = {len(self.listed())};\r\nvar PageSize = {self.page_size};\r\n"
            return self.static(script.encode(), content_type="application/javascript; charset=utf-8")
        if match := _ATTACHMENT.fullmatch(parts.path):
            found = [each for each in self._documents.values() if uuid_of(each) == match["uuid"] and self.attachment(each)]
            return self.static(pdf_of(found[0].text), content_type="application/pdf") if found else None
        return self._search(parse_qs(parts.query)) if parts.path == SEARCH else None

    def render_list(self, shown: Shown) -> bytes:
        later = [0, *range(shown.pages - 1, 0, -1)]
        return self.render("mh_list.html", shown=shown, column=COLUMN, later=later)

    def render_article(self, document: Document) -> bytes:
        return self.render("mh_article.html", document=document, attachment=self.attachment(document))

    def _search(self, asked: dict[str, list[str]]) -> Page:
        """Documents whose title holds the keyword, `pagesize` (10) of them from page `pageindex` (1) on; none for another site code."""
        keyword = asked.get("keyword", [""])[0]
        size, number = _number(asked, "pagesize", 10), _number(asked, "pageindex", 1)
        is_ours = asked.get("sitecode") == [SITE_CODE]
        found = [each for each in self.listed() if keyword and keyword in each.title] if is_ours else []
        items = [
            {
                "title": each.title.replace(keyword, f'<span style="color:red">{keyword}</span>'),
                "url": self.address(each),
                "startTime": f"{each.published_on}",
                "sitename": f"{self.district}信息公开",
            }
            for each in found[(number - 1) * size : number * size]
        ]
        answer = {"totalcount": len(found), "pagesize": size, "pageindex": number, "list": items}
        return Page(json.dumps(answer, ensure_ascii=False).encode(), JSON)


def _number(asked: dict[str, list[str]], key: str, usual: int) -> int:
    value = asked.get(key, [""])[0]
    return max(1, int(value)) if value.isdigit() else usual
