"""Guangdong's disclosure platform gkmlpt: `GET /gkmlpt/api/all/<category>?page=n&sid=<SID>`, and plain columns of `content/post_<id>.html`.

An entry below /gkmlpt/ (or with kind = "json") is a list of the platform, any other one a column. SID and the tree of categories stand in
`window._CONFIG` of the entry's page. Options: `category`, the number or a part of the name of one (default 法治政府建设); `sid`; `api`, the
path of the platform where the entry's does not tell (/bmj/gkmlpt). Source: public clients of such portals.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from etl.charset import decode
from etl.errors import SourceError
from etl.fetch.asks import Ask
from etl.fetch.families.base import Getter, Item, ListPage, absolute
from etl.fetch.families.days import epoch_day, read_date
from etl.fetch.families.html import clean_title
from etl.fetch.families.json_answer import first_text, read_rows
from etl.fetch.families.static import StaticLists
from etl.sources import Entry, Source

_PAGE_SIZE = 100
_CATEGORY = "法治政府建设"

# SID: '755325', "SID":"200016"
_SID = re.compile(r"\bSID['\"]?\s*:\s*['\"]?(?P<sid>\d+)")

# TREE: [{"id": 251, "name": …
_TREE = re.compile(r"\bTREE['\"]?\s*:\s*(?=\[)")

# publication; `date` is 成文日期
_SECONDS = ("display_publish_time", "first_publish_time", "create_time")


class GdGkmlpt(StaticLists):
    """A list of the platform, or a column beside it. Pages 0 and 1 of the platform may be the same."""

    # /zwgk/fzzfjs/content/post_9870012.html
    article = re.compile(r"/content/(?:[\w/]*/)?m?post_\d+\.s?html?$")
    page_rules = ("{folder}{stem}_{n}.{ext}", "{next}")

    _sid = ""
    _category = ""

    def __init__(self, source: Source, entry: Entry) -> None:
        super().__init__(source, entry)
        self.repeats_first = self._is_platform

    def first(self, get: Getter) -> Ask:
        if not self._is_platform:
            return super().first(get)
        url = self.source.base_url + self.entry.path
        wanted = str(self.options.get("category", _CATEGORY))
        self._sid, self._category = str(self.options.get("sid", "")), wanted
        if not (self._sid and wanted.isdecimal()):
            body = get(url)
            text = decode(body).text if body else ""
            self._sid = self._sid or _sid_of(text, url)
            self._category = wanted if wanted.isdecimal() else _category_of(text, wanted, url)
        return self._page(0)

    def later(self, first_url: str, page: ListPage, number: int) -> tuple[Ask | None, ...]:
        return (self._page(number - 1),) if self._is_platform else super().later(first_url, page, number)

    def read(self, body: bytes, url: str) -> ListPage:
        if not (self._is_platform and "/api/" in url):
            return super().read(body, url)
        return read_rows(body, "articles", "total", lambda row: _item(row, url))

    @property
    def list_pattern(self) -> str:
        return "" if self._is_platform else super().list_pattern

    @property
    def _is_platform(self) -> bool:
        return self.entry.kind == "json" or "/gkmlpt" in self.entry.path

    def _page(self, number: int) -> Ask:
        before, _, _ = self.entry.path.partition("/gkmlpt")
        platform = str(self.options.get("api", f"{before}/gkmlpt")).rstrip("/")
        return self.ask(f"{self.source.base_url}{platform}/api/all/{self._category}?page={number}&sid={self._sid}")


def _item(row: dict[str, Any], url: str) -> Item:
    days = (epoch_day(row.get(name)) for name in _SECONDS)
    listed_on = next((day for day in days if day), None) or read_date(first_text(row, "created_at"))
    return Item(clean_title(first_text(row, "title")), listed_on, absolute(url, first_text(row, "post_url", "url")))


def _sid_of(text: str, url: str) -> str:
    if match := _SID.search(text):
        return match["sid"]
    raise SourceError(f"{url}: the page tells no SID: set the option sid of the entry, or look for the platform's page")


def _category_of(text: str, wanted: str, url: str) -> str:
    """The number of the one category without further ones whose name holds `wanted`; that of reports if there are several."""
    found = [(name, number) for name, number in _leaves(_tree(text, url)) if wanted in name]
    reports = [(name, number) for name, number in found if "报告" in name]
    chosen = found if len(found) == 1 else reports
    if len(chosen) != 1:
        names = ", ".join(f"{name} ({number})" for name, number in found) or "no category"
        raise SourceError(f"{url}: {names} for {wanted!r}: set the option category of the entry to a number")
    return chosen[0][1]


def _tree(text: str, url: str) -> Any:
    match = _TREE.search(text)
    if match is None:
        raise SourceError(f"{url}: the page tells no TREE of categories: set the option category of the entry to a number")
    try:
        tree, _ = json.JSONDecoder().raw_decode(text, match.end())
    except ValueError as error:
        raise SourceError(f"{url}: the TREE of categories is no JSON: set the option category of the entry to a number") from error
    return tree


def _leaves(nodes: Any) -> Iterator[tuple[str, str]]:
    """Names and numbers of the categories that have no further ones below."""
    for node in nodes if isinstance(nodes, list) else []:
        if not isinstance(node, dict):
            continue
        if node.get("children"):
            yield from _leaves(node["children"])
        elif node.get("id") is not None:
            yield str(node.get("name", "")), str(node["id"])
