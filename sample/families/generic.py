"""Sites of no known family, one for each paging rule: `index_1`, `index_2`, `/2.html`, `?page=2`, and a list in an iframe of the same host.

Articles lie below the entry's own path under names that hold no date, in boxes of no known class; beside the list stand dated links of
other columns.
"""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qs

from sample.families.base import FamilySite, PastEnd, Shown
from sample.families.documents import Document
from sample.page import Page

FOLDER = "/zwgk/fzjs/"
FRAME = f"{FOLDER}frame/"

Rule = Literal["index_1", "index_2", "number", "query", "frame"]
HOSTS: dict[Rule, str] = {
    "query": "generic.test",
    "index_1": "generic-index1.test",
    "index_2": "generic-index2.test",
    "number": "generic-number.test",
    "frame": "generic-frame.test",
}
# what stands behind page 1, and which page that is
_NAMES: dict[Rule, str] = {
    "index_1": r"index_(\d+)\.html",
    "index_2": r"index_(\d+)\.html",
    "number": r"(\d+)\.html",
    "frame": r"index_(\d+)\.html",
}
_PAST_END: dict[Rule, PastEnd] = {"index_1": "404", "index_2": "last", "number": "empty", "query": "last", "frame": "404"}


class GenericSite(FamilySite):
    """`rule` says how its list goes on; behind the last page the rules differ too (last page again, empty list, 404)."""

    district = "松隐区"
    page_size = 15
    entries = (FOLDER,)

    def __init__(self, rule: Rule = "query", *, past_end: PastEnd | None = None, **options: Any) -> None:
        self.rule = rule
        options.setdefault("host", HOSTS[rule])
        super().__init__(past_end=past_end or _PAST_END[rule], **options)

    def address(self, document: Document) -> str:
        return f"{FOLDER}{60000 + 7 * document.key}.shtml"

    def page_address(self, number: int) -> str:
        """Path and query of page `number` of the list."""
        folder = FRAME if self.rule == "frame" else FOLDER
        if number == 1:
            return f"{folder}index.html"
        names = {"index_1": f"index_{number - 1}.html", "number": f"{number}.html", "query": f"index.html?page={number}"}
        return folder + names.get(self.rule, f"index_{number}.html")

    def route(self, parts: SplitResult) -> Page | None:
        if self.rule == "frame" and parts.path in {FOLDER, f"{FOLDER}index.html"}:
            return self.static(self.render("generic_frame.html", source=FRAME + "index.html"))
        folder = FRAME if self.rule == "frame" else FOLDER
        if parts.path in {folder, f"{folder}index.html"}:
            asked = parse_qs(parts.query).get("page", ["1"])[0] if self.rule == "query" else "1"
            return self.list_page(max(1, int(asked)) if asked.isdigit() else 1)
        match = re.fullmatch(re.escape(folder) + _NAMES[self.rule], parts.path) if self.rule in _NAMES else None
        if match is None:
            return None
        number = int(match[1]) + (1 if self.rule == "index_1" else 0)
        return self.list_page(number) if number > 1 else None

    def render_list(self, shown: Shown) -> bytes:
        return self.render("generic_list.html", shown=shown)

    def render_article(self, document: Document) -> bytes:
        return self.render("generic_article.html", document=document)
