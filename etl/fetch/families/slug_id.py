"""Names and a number: `/publicity/<a>/<b>/<c>/<id>` without suffix (Jiading), `/shqp/zwgk/fzjs/<sub>/<YYYYMMDD>/<id>.html` (Qingpu).

The day in the second form is often not that of publication. How lists go on is not known: as they link it, else `?page=n` or
`index_n.html`.
Source: public pages of the two districts.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.fetch.families.static import StaticLists


class SlugId(StaticLists):
    """Lists that are folders, with or without a slash at the end."""

    # /publicity/jggk/fzzfjs/qzffzzfjsbg/160717, /shqp/zwgk/fzjs/qzf/20250208/1190003.html
    article = re.compile(r"/\d{3,}(?:\.s?html?)?$")
    page_rules = ("{next}", "{path}?{query}page={n}", "{folder}{stem}_{n}.{ext}")

    def folder(self, url: str) -> str:
        # the list itself is a folder, even where its address has no slash: …/qzffzzfjsbg, …/qzffzzfjsbg/160717
        path = urlsplit(url)._replace(query="", fragment="").geturl()
        return super().folder(url) if "." in path.rpartition("/")[2] else path.rstrip("/") + "/"

    @property
    def list_pattern(self) -> str:
        # below /publicity/jggk/fzzfjs: /publicity/jggk/fzzfjs/qzfznbmfzzfjsbg
        above = self.folder(self.source.base_url + self.entry.path).removeprefix(self.source.base_url)
        return rf"{re.escape(above)}(?:[A-Za-z][\w-]*/)*(?:[A-Za-z][\w-]*/?|index\.\w+)"

    def key(self, url: str) -> str:
        return super().key(url).rstrip("/")
