"""Epoint WebBuilder, lists as static pages: `/xxgk/002017/002017002/subpage.html`, then `2.html`, `3.html`.

Each level of a category repeats its parent's digits; items may have an onclick="linkToNew('UUID','CATEGORY')" in place of a href, whose
address is made by the registry's `click_path`. Source: public pages of several districts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from etl.fetch.families.base import Family, ListPage
from etl.fetch.families.html import Look, read_list

# the box that the page script fills with page n, the table of an iframe list
_BOXES = ("#categorypagingcontent", ".ewb-catalog-table")

# linkToNew('5f0c1a52-0000-4000-8000-1c2d3e4f5a6b','002017002')
_CLICK = re.compile(r"linkToNew\(\s*['\"](?P<uuid>[\w-]+)['\"]\s*,\s*['\"](?P<category>\d+)['\"]")


class EpointStatic(Family):
    """Static list pages of Epoint."""

    page_rules = ("{folder}{n}.html",)

    def read(self, body: bytes, url: str) -> ListPage:
        own = self.source.selectors
        look = Look(_BOXES, resolve=self._address_of_click, item=own.item, day=own.date, has_frames=True)
        return read_list(body, url, look)

    def lists(self, links: Iterable[str]) -> dict[str, str]:
        """Sub-columns: /002017/ holds /002017002/."""
        code = re.escape(self.entry.path.strip("/").rpartition("/")[2])
        # /xxgk/002017/002017002/, …/002017002/subpage.html, …/002017002/moreinfo.html; no 2.html, no 20240325/uuid.html
        below = re.compile(rf"{re.escape(self.entry.path)}(?:{code}\d+/)+(?:[A-Za-z]\w*\.html?)?")
        found: dict[str, str] = {}
        for link in links:
            if below.fullmatch(urlsplit(link).path):
                found.setdefault(self.key(link), link)
        return found

    def key(self, url: str) -> str:
        # /dynamic/zwgk/govInfoList.html?categorynum=002017002, the page in the iframe of a list: its query tells which
        return url if "?" in url else url.rpartition("/")[0] + "/"

    def _address_of_click(self, anchor: LexborNode, listed_on: date | None) -> str | None:
        click = _CLICK.search(anchor.attributes.get("onclick") or "")
        if click is None:
            return None
        if listed_on is None or self.source.click_path is None:
            return ""
        category = click["category"]
        # 002017002 lies below its ancestors: 002017/002017002; the first level of three digits is the site's own name for it
        ancestors = "/".join(category[:end] for end in range(6, len(category) + 1, 3))
        values = {"ancestors": ancestors, "category": category, "date": f"{listed_on:%Y%m%d}", "uuid": click["uuid"]}
        return self.source.base_url + self.source.click_path.format(**values)
