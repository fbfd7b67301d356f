"""Portals of no known family: items are links below the entry's own folder with a date beside them or in their address.

Page n is where the page links it; rules that occur elsewhere (index_1, index_2, 2.html, ?page=2) are tried only where the page promises
more pages than it links. A list in an iframe of the same portal is read. Options of the registry: `prefix`, what the paths of articles
begin with where it is not the folder of the entry.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.fetch.asks import Ask
from etl.fetch.families.base import ListPage
from etl.fetch.families.days import holds_day
from etl.fetch.families.static import StaticLists

# /fzjs/index.html, /fzjs/index_2.html, /fzjs/2.html: lists, not articles
_LIST_NAME = re.compile(r"(?:/|/(?:index|list)\w*\.\w+|/\d{1,3}\.\w+)$")


class Generic(StaticLists):
    """Lists that are known by nothing but where they are."""

    page_rules = (
        "{next}",
        "{folder}{stem}_{before}.{ext}",
        "{folder}{stem}_{n}.{ext}",
        "{folder}{n}.{ext}",
        "{path}?{query}page={n}",
    )
    has_frames = True

    def is_article(self, address: str, *, is_dated: bool, is_near: bool) -> bool:
        path = urlsplit(address).path
        is_below = path.startswith(self._prefix) and not _LIST_NAME.search(path)
        return is_below and (is_dated or holds_day(address))

    def later(self, first_url: str, page: ListPage, number: int) -> tuple[Ask | None, ...]:
        linked, *guessed = super().later(first_url, page, number)
        links = {urlsplit(link)[2:4] for link in page.links}
        is_promised = (page.page_count or 0) >= number
        return (linked, *(ask if ask and (is_promised or urlsplit(ask.url)[2:4] in links) else None for ask in guessed))

    @property
    def _prefix(self) -> str:
        return str(self.options.get("prefix") or self.entry.path.partition("?")[0].rpartition("/")[0] + "/")
