"""TRS WCM: `/<YYYYMM>/t<YYYYMMDD>_<id>.html` below the column's folder; page 2 is `index_1.html`.

The name of the pages stands in createPageHTML(20, 0, "index", "htm"). Deep pages can be stubs of some 300 bytes; lists can be written by
document.writeln; t19700101_ is a page that was moved without its day. Source: public pages of Beijing, Tianjin, Chongqing and Wuhan.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

from etl.charset import decode
from etl.fetch.families.base import ListPage
from etl.fetch.families.static import StaticLists

# createPageHTML(20, 0, "index", "htm", 500): pages, this one from 0, name, extension
_PAGER = re.compile(r"createPageHTML\(\s*(?P<pages>\d+)\s*,\s*(?P<at>\d+)\s*,\s*['\"](?P<stem>[\w-]+)['\"]\s*,\s*['\"](?P<ext>\w+)['\"]")


class TDate(StaticLists):
    """Lists of TRS WCM."""

    # /202403/t20240315_3590012.html
    article = re.compile(r"/t\d{8}_\d+\.s?html?$")
    page_rules = ("{folder}{stem}_{before}.{ext}",)

    def read(self, body: bytes, url: str) -> ListPage:
        page = super().read(body, url)
        pager = _PAGER.search(decode(body).text)
        if pager is None or int(pager["at"]) + 1 >= int(pager["pages"]):
            return page
        following = urljoin(url, f"{pager['stem']}_{int(pager['at']) + 1}.{pager['ext']}")
        return replace(page, links=(*page.links, following), next_url=following)
