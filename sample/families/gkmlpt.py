"""gkml.test, Guangdong: the disclosure platform gkmlpt with JSON lists, and beside it plain columns of `/content/post_<id>.html`.

`GET /gkmlpt/api/all/<category>?page=n&sid=<SID>`: articles with epoch dates (`date` is 成文日期, `create_time` the publication); pages 0
and 1 are the same. SID and categories stand in `window._CONFIG` of `/gkmlpt/index`. Some pages hold their text only there, escaped.
The real platform gives 100 articles a page; here `page_size` says how many.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, time
from typing import Any
from urllib.parse import SplitResult, parse_qs

from sample.families.base import SHANGHAI, FamilySite, Shown, published_at, signed_on
from sample.families.documents import STREETS, Document
from sample.page import JSON, Page

SID, CATEGORY = "200016", 257
INDEX = "/gkmlpt/index"
PLATFORM, POSTS = "gkmlpt", "posts"
COLUMN = "/zwgk/fzzfjs/"

_TREE = [
    {"id": 250, "name": "机构概况", "children": []},
    {"id": 251, "name": "法治政府建设", "children": [{"id": CATEGORY, "name": "法治政府建设年度报告", "children": []}]},
]

# /gkmlpt/api/all/257
_API = re.compile(r"/gkmlpt/api/all/(?P<category>\d+)")

# /zwgk/fzzfjs/, …/index.html, …/index_2.html
_LIST = re.compile(re.escape(COLUMN) + r"(?:index(?:_(?P<number>[2-9]|\d\d+))?\.html)?")


class GkmlptSite(FamilySite):
    """District and departments publish on the platform, streets in a column; `expected_in` takes PLATFORM and POSTS.

    Every tenth article of the platform leads elsewhere (type url).
    """

    host = "gkml.test"
    district = "榕津区"
    page_size = 15
    entries = (INDEX, COLUMN)
    posts_page_size = 3

    def column_of(self, document: Document) -> str:
        return POSTS if document.column == STREETS else PLATFORM

    def address(self, document: Document) -> str:
        number = 9870000 + document.key
        if self.column_of(document) == POSTS:
            return f"{COLUMN}content/post_{number}.html"
        return f"/gkmlpt/content/{number // 1000000}/{number // 1000}/post_{number}.html"

    def route(self, parts: SplitResult) -> Page | None:
        if parts.path == INDEX:
            return self.static(self.render("gkml_index.html", sid=SID, tree=_TREE))
        if match := _API.fullmatch(parts.path):
            return self._articles(int(match["category"]), parse_qs(parts.query))
        if match := _LIST.fullmatch(parts.path):
            return self._posts(int(match["number"] or 1))
        return None

    def render_article(self, document: Document) -> bytes:
        if self.column_of(document) == POSTS:
            return self.render("gkml_post.html", document=document)
        return self.render("gkml_article.html", document=document, is_shell=document.key % 2 == 0, sid=SID, tree=_TREE)

    def render_list(self, shown: Shown) -> bytes:
        return self.render("gkml_list.html", shown=shown)

    def detail(self, document: Document) -> dict[str, Any]:
        """What the script of an article knows of it; `content` is its body as markup."""
        content = self.render("gkml_content.html", document=document).decode()
        return {**self._article(document), "content": content}

    def _posts(self, number: int) -> Page | None:
        size, self.page_size = self.page_size, self.posts_page_size
        try:
            return self.list_page(number, POSTS)
        finally:
            self.page_size = size

    def _articles(self, category: int, asked: dict[str, list[str]]) -> Page:
        is_known = category == CATEGORY and asked.get("sid") == [SID]
        documents = self.listed(PLATFORM) if is_known else []
        value = asked.get("page", ["1"])[0]
        start = (max(int(value), 1) - 1) * self.page_size if value.isdigit() else 0
        shown = documents[start : start + self.page_size]
        answer = {
            "classify": {"id": category, "name": "法治政府建设年度报告", "post_count": 2 * len(documents), "jump_url": ""},
            "total": len(documents),
            "offset": start,
            "articles": [self._article(each) for each in shown],
        }
        return Page(json.dumps(answer).encode(), JSON)

    def _article(self, document: Document) -> dict[str, Any]:
        published, leads_away = published_at(document), document.year is None and document.key % 10 == 0
        url = f"https://mp.weixin.invalid/s/{document.key}" if leads_away else self.url(document)
        return {
            "id": 9870000 + document.key,
            "title": document.title,
            "url": url,
            "post_url": url,
            "type": "url" if leads_away else "normal",
            "identifier": f"11440100007500000X/{document.published_on.year}-{document.key:05}",
            "document_number": "",
            "publisher": document.organization,
            "date": int(datetime.combine(signed_on(document), time(0), tzinfo=SHANGHAI).timestamp()),
            "create_time": int(published.timestamp()),
            "first_publish_time": int(published.timestamp()),
            "display_publish_time": int(published.timestamp()),
            "created_at": f"{document.published_on} 00:30:00",
            "classify_main": CATEGORY,
            "classify_main_name": "法治政府建设年度报告",
        }
