"""What all portal families have in common: the records that a list gives, and the interface that `etl.fetch.discover` walks by.

A family answers four questions about one entry of a source: what is asked for first, what a page of the list holds, where page n is, and
which further lists hang below. It fetches nothing itself; where it needs a page of the portal's settings, it is handed a getter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from etl.fetch.asks import Ask
from etl.sources import Entry, Source

Getter = Callable[[str], bytes | None]
"""Gives the bytes of a page of the source by its address; null for one that is not there."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list; `url` is absolute, and null for an item that leads nowhere. `listed_on` is the date beside it."""

    title: str
    listed_on: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list. `links` are all addresses that the page links to, absolute; `page_count` is what it says of itself (1/20)."""

    items: tuple[Item, ...]
    links: tuple[str, ...] = ()
    page_count: int | None = None


class Family:
    """One entry of a source, read as its family does it. Subclasses say what differs."""

    page_rules: tuple[str, ...] = ()
    """Addresses of page n, tried in order until one brings items: {folder} of page 1 with its slash, {stem} of its name, {n},
    {before} = n - 1."""

    repeats_first = False
    """Whether page 2 may be page 1 again, because some portals count from 0 and some from 1."""

    def __init__(self, source: Source, entry: Entry) -> None:
        self.source = source
        self.entry = entry
        self.options = {**source.options, **entry.options}

    def first(self, get: Getter) -> Ask:
        """What is asked for first.

        Raises:
            SourceError: the registry lacks what the family needs, and the portal does not tell it.
        """
        return self.ask(self.source.base_url + self.entry.path)

    def read(self, body: bytes, url: str) -> ListPage:
        """The items of a page that came from `url`; a page that is no list has none."""
        raise NotImplementedError

    def later(self, first_url: str, page: ListPage, number: int) -> tuple[Ask, ...]:
        """What may be page `number` (2, 3, …) of the list whose first page came from `first_url`; `page` is the one read last."""
        folder, _, name = urlsplit(first_url)._replace(query="", fragment="").geturl().rpartition("/")
        values = {"folder": folder + "/", "stem": name.partition(".")[0] or "index", "n": number, "before": number - 1}
        rules = (self.source.page_rule,) if self.source.page_rule else self.page_rules
        return tuple(self.ask(rule.format(**values)) for rule in rules)

    def lists(self, links: Iterable[str]) -> dict[str, str]:
        """Further lists below the entry among the links of a page: a key that is the same for all names of one list, and its address."""
        return {}

    def key(self, url: str) -> str:
        """The key, as in `lists`, of the list that an address is the first page of."""
        return url

    def ask(self, url: str, payload: str | None = None, payload_type: str | None = None) -> Ask:
        """An `Ask` for a page of this list."""
        return Ask(url, page="list", district=self.entry.district, payload=payload, payload_type=payload_type)


def absolute(base: str, href: str) -> str | None:
    """The absolute form of a link; null for what is no address (javascript:, #), and as it is where the address is broken."""
    href = href.strip()
    if not href or href.startswith("#") or href.lower().startswith(("javascript:", "mailto:", "about:", "data:")):
        return None
    try:
        return urljoin(base, href)
    except ValueError:
        return href
