"""Pages whose key is the query: `article.html?infoid=<uuid>` (Baoshan), `details?id=` (Yangpu), `article/detail?id=<32 hex>` (Xuhui).

A list holds a few items among many navigation links whose queries look the same: an item has a date beside it. The next page is linked,
or is `?page=n`; where it is called otherwise, `page_rule` of the registry says so. Source: public pages of the three districts.
"""

from __future__ import annotations

import re

from etl.fetch.families.static import StaticLists


class IdQuery(StaticLists):
    """Lists of pages with a query. A list is the whole address of its first page."""

    # /article.html?infoid=5f…, /xxgk/portal/article/detail?id=3f…
    article = re.compile(r"(?:article|details?)(?:\.\w+)?\?(?:[^#]*&)?(?:info)?id=[\w-]{6,}", re.IGNORECASE)
    needs_date = True
    page_rules = ("{path}?{query}page={n}", "{next}")

    @property
    def list_pattern(self) -> str:
        return ""

    def key(self, url: str) -> str:
        return url
