"""Families whose lists are pages of links: what the modules of `t_date`, `doy` and the like have in common.

Each says how the addresses of its articles look (`article`) and where page n is (`page_rules`); `etl.fetch.families.html` reads the page.
An option `article` of the registry, a regular expression, takes the place of the family's where a portal's addresses differ.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.errors import SourceError
from etl.fetch.families.base import Family, ListPage
from etl.fetch.families.html import Look, read_list
from etl.sources import Entry, Source


class StaticLists(Family):
    """Lists that are pages. Lists in folders below the entry that the page links to are read too (/zwgk/fzjs/qzf/ below /zwgk/fzjs/).

    Raises:
        SourceError: the option `article` is no regular expression.
    """

    article: re.Pattern[str]
    """Searched in the path and query of a link: the link is an article's."""

    needs_date = False
    """Whether a link is an article's only with a date beside it; otherwise one without must lie below the list's folder."""

    list_names = r"(?:index\.\w+)?"
    """What page 1 of a list below the entry is called."""

    list_text: re.Pattern[str] | None = None
    """What links to further lists of the entry say."""

    has_frames = False
    """Whether the list may stand in an iframe."""

    def __init__(self, source: Source, entry: Entry) -> None:
        super().__init__(source, entry)
        if own := self.options.get("article"):
            try:
                self.article = re.compile(str(own))
            except re.error as error:
                raise SourceError(f"{source.name}: option article = {own!r}: no regular expression: {error}") from error

    def read(self, body: bytes, url: str) -> ListPage:
        folder = self.folder(url)

        def is_article(address: str, is_dated: bool) -> bool:
            return self.is_article(address, is_dated=is_dated, is_near=address.startswith(folder))

        own = self.source.selectors
        look = Look(
            item=own.item,
            day=own.date,
            is_article=is_article,
            list_text=self.list_text,
            has_frames=self.has_frames,
        )
        return read_list(body, url, look)

    def is_article(self, address: str, *, is_dated: bool, is_near: bool) -> bool:
        """Whether an absolute address is an article's. `is_dated`: a date stands beside the link; `is_near`: it lies below the list."""
        return (is_dated or (is_near and not self.needs_date)) and self.article.search(_local(address)) is not None

    def folder(self, url: str) -> str:
        """The folder of a list page, absolute, with its slash."""
        return urlsplit(url)._replace(query="", fragment="").geturl().rpartition("/")[0] + "/"

    @property
    def list_pattern(self) -> str:
        folder = self.entry.path.partition("?")[0].rpartition("/")[0]
        if folder.count("/") < 2:
            return ""  # below /zwgk/ lies half the portal; the option `lists` says which of it is meant
        # /zwgk/fzjs/qzf/, /zwgk/fzjs/qzf/index.html below /zwgk/fzjs/; a folder that is a number is a month, a year or a page
        return rf"{re.escape(folder)}/(?:[A-Za-z][\w-]*/)+{self.list_names}"


def _local(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
