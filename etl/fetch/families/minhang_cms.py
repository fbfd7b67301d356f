"""The disclosure CMS of Minhang: `/<site>/<column>/content/<uuid>.htm`, lists `../List/list_0.htm`, whose later pages count down.

Of five pages, page 2 is `list_4.htm` and the last one `list_1.htm`: what links to them tells how many there are, or `config.js` beside
them, or the page's own count. With kind = "json" the entry is the search of titles, `…/searchindex/searchByDB`, with the options
`sitecode` (mh_xxgk) and `keyword` (法治政府建设). Source: public pages of the district, and public clients of its search.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode, urljoin

from etl.fetch.asks import Ask
from etl.fetch.families.base import Getter, Item, ListPage, absolute
from etl.fetch.families.days import read_date
from etl.fetch.families.html import clean_title
from etl.fetch.families.json_answer import first_text, read_rows
from etl.fetch.families.static import StaticLists

# list_140.htm
_NAME = re.compile(r"list_(?P<number>\d+)\.s?html?$")

# var PageCount = 5;
_COUNT = re.compile(r"\bPageCount\s*=\s*(?P<pages>\d+)", re.IGNORECASE)

_PAGE_SIZE = 20


class MinhangCms(StaticLists):
    """Lists that count down, or the search by title."""

    # /mh-xxgk-cms/website/mh_xxgk/fzzfjsqkndbg_qzf/content/5f….htm
    article = re.compile(r"/content/[\w-]{8,}\.s?html?$")
    list_names = r"List/list_0\.s?html?"

    def first(self, get: Getter) -> Ask:
        if self._is_search:
            return self._search(1)
        start = super().first(get)
        config = get(urljoin(start.url, "config.js"))
        match = _COUNT.search(config.decode("utf-8", errors="replace")) if config else None
        self._told = int(match["pages"]) if match else 0
        return start

    def read(self, body: bytes, url: str) -> ListPage:
        if not self._is_search:
            return super().read(body, url)
        return read_rows(body, "list", "totalcount", lambda row: _item(row, url), _PAGE_SIZE)

    def folder(self, url: str) -> str:
        # articles lie beside the folder of lists: …/<column>/List/list_0.htm, …/<column>/content/<uuid>.htm
        return super().folder(url).removesuffix("List/")

    def later(self, first_url: str, page: ListPage, number: int) -> tuple[Ask | None, ...]:
        if self._is_search:
            return (self._search(number),)
        if self.options.get("page_rule") or self.source.page_rule:
            return super().later(first_url, page, number)
        folder, _, name = first_url.rpartition("/")
        if number == 2:
            linked = (int(match["number"]) for link in page.links if (match := _NAME.search(link)) and link.startswith(folder))
            self._highest = max([*linked, self._told - 1, (page.page_count or 0) - 1])
        at = self._highest + 2 - number
        extension = name.rpartition(".")[2] or "htm"
        return (self.ask(f"{folder}/list_{at}.{extension}"),) if at > 0 else ()

    _told = 0
    _highest = 0

    @property
    def _is_search(self) -> bool:
        return self.entry.kind != "list"

    def _search(self, number: int) -> Ask:
        own = {"keyword": str(self.options.get("keyword", "法治政府建设")), "sitecode": str(self.options.get("sitecode", "mh_xxgk"))}
        query = urlencode({**own, "pagesize": _PAGE_SIZE, "pageindex": number})
        return self.ask(f"{self.source.base_url}{self.entry.path.partition('?')[0]}?{query}")


def _item(row: dict[str, Any], url: str) -> Item:
    address = first_text(row, "url", "link", "linkurl")
    day = read_date(first_text(row, "startTime", "publishTime"))
    return Item(clean_title(first_text(row, "title")), day, absolute(url, address))
