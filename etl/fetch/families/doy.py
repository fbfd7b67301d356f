"""`/<slug>/<year>/<day of year>/<id>.html`, as in Pudong, Putuo and Changning; page 2 is `index_2.html`.

The day in the address is often not that of publication; the list shows that. A slug may hold the year (2025nd-jdzfzzfjsqkbg), so that each
year has a list of its own: the section page that is the entry links them. Source: public pages of the three districts; how lists go on is
a guess. Option `lists`: a pattern for the paths of those lists, if the slugs do not hold the initials of 法治政府.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.fetch.families.static import StaticLists


class Doy(StaticLists):
    """Lists with the day of the year in addresses."""

    # /zhengwu/2025nd-jdzfzzfjsqkbg/2025/343/23007.html
    article = re.compile(r"/20\d\d/\d{1,3}/\w+\.s?html?$")
    page_rules = ("{folder}{stem}_{n}.{ext}", "{next}")

    @property
    def list_pattern(self) -> str:
        # beside the section /zhengwu/zwgk-fzzfjs/: /zhengwu/fzzfjs-qzf/, /zhengwu/2024nd-wbjfzzfjsqkbg/index.html
        above = urlsplit(self.entry.path).path.rpartition("/")[0].rpartition("/")[0]
        return rf"{re.escape(above)}/(?:[\w-]*fzzf[\w-]*/)+(?:index\.\w+)?"
