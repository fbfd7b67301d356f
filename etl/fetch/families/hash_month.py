"""Pages named by a hash below their month: `/<YYYYMM>/<32 hex>.shtml`, `/<Y>/<M>/<D>/<32 hex>.shtml`, `/<YYYYMM>/<DD>/<uuid>.html`.

Lists are `list.shtml`, `common_list.shtml` or a column's `index.html`. How they go on is not known: `_2` or `_1` behind the name of
page 1, or as they link it. The first form of address holds no day. Source: addresses of public pages.
"""

from __future__ import annotations

import re

from etl.fetch.families.static import StaticLists

_NAME = r"(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"


class HashMonth(StaticLists):
    """Lists of pages that are named by a hash."""

    article = re.compile(
        # /202403/3f….shtml holds no day; /2024/3/5/3f….shtml; /202403/05/5f….html
        rf"/20\d\d/?\d{{1,2}}(?:/\d{{1,2}})?/{_NAME}\.s?html?$"
    )
    page_rules = ("{folder}{stem}_{n}.{ext}", "{folder}{stem}_{before}.{ext}", "{next}")
    extension = "shtml"
    list_names = r"(?:index\.\w+|(?:common_)?list\.s?html?)?"
