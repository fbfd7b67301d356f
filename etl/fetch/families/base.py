"""What all portal families have in common: the records that a list gives, and the interface that `etl.fetch.discover` walks by.

A family answers four questions about one entry of a source: what is asked for first, what a page of the list holds, where page n is, and
which further lists hang below. It fetches nothing itself; where it needs a page of the portal's settings, it is handed a getter.
Options of the registry that every family knows, of an entry or of a source: `page_rule` and `lists`, see `Family.page_rules` and `lists`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter
from urllib.parse import urljoin, urlsplit

from etl.errors import SourceError
from etl.fetch.asks import Ask
from etl.sources import Entry, Source

PAGE_NUMBERS = frozenset({"page", "pageNo", "pageNum", "pageIndex", "pageindex", "Paging", "currpage", "curPage", "pn"})
"""Parts of a query string that number the pages of a list."""

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
    """A page of a list: its items, and what it says of other pages; all addresses are absolute.

    `links` are all links of the page, `lists` those that it calls lists of the same entry (an archive of a year, an iframe);
    `page_count` is what it says of itself (1/20), `next_url` where 下一页 leads, `numbered` where the links 2, 3, … lead.
    `fault` says in words why an answer is no list at all: an error page where JSON was due, a reply of another shape. A list with a
    fault is an error, an empty one only if it held items before.
    """

    items: tuple[Item, ...]
    links: tuple[str, ...] = ()
    page_count: int | None = None
    next_url: str | None = None
    numbered: Mapping[int, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    fault: str | None = None


class Family:
    """One entry of a source, read as its family does it. Subclasses say what differs."""

    page_rules: tuple[str, ...] = ()
    """Addresses of page n, tried in order until one brings new items; which one it was counts for the pages behind it.

    {folder} of page 1 with its slash, {stem} and {ext} of its name, {path} of page 1, its {query} with & at the end and without the
    number of the page, {next} as the page links it, {n}, {before} = n - 1. A rule with a part that nobody knows is left out.
    """

    extension = "html"
    """Of page n where neither the address of page 1 nor a link tells."""

    repeats_first = False
    """Whether page 2 may be page 1 again, or page 1 be empty, because some portals count from 0 and some from 1."""

    def __init__(self, source: Source, entry: Entry) -> None:
        self.source = source
        self.entry = entry
        self.options = {**source.options, **entry.options}
        self._places: dict[str, dict[str, str | None]] = {}

    def first(self, get: Getter) -> Ask:
        """What is asked for first.

        Raises:
            SourceError: the registry lacks what the family needs, and the portal does not tell it.
        """
        return self.ask(self.source.base_url + self.entry.path)

    def read(self, body: bytes, url: str) -> ListPage:
        """The items of a page that came from `url`; a page that is no list has none."""
        raise NotImplementedError

    def later(self, first_url: str, page: ListPage, number: int) -> tuple[Ask | None, ...]:
        """What may be page `number` (2, 3, …) of the list whose first page came from `first_url`; `page` is the one read last.

        One for each rule, in the same order at every call; null for a rule that does not apply.

        Raises:
            SourceError: the rule of the registry has a part that does not exist.
        """
        if number == 2 or first_url not in self._places:  # later pages may link less
            self._places[first_url] = _parts(first_url, page, self.extension)
        values: dict[str, str | int | None] = {**self._places[first_url], "n": number, "before": number - 1}
        values["next"] = page.numbered.get(number) or page.next_url
        return tuple(self._fill(rule, values) for rule in self.rules)

    @property
    def rules(self) -> tuple[str, ...]:
        """`page_rules`, or the one of the registry: option `page_rule` of the entry, `page_rule` of the source."""
        own = self.options.get("page_rule") or self.source.page_rule
        return (str(own),) if own else self.page_rules

    def _fill(self, rule: str, values: dict[str, str | int | None]) -> Ask | None:
        try:
            parts = {name for _, name, _, _ in Formatter().parse(rule) if name is not None}
            if unknown := parts - values.keys():
                raise ValueError(f"unknown {{{min(unknown)}}}")
        except ValueError as error:
            raise SourceError(f"{self.source.name}: page_rule {rule!r}: {error}") from error
        if any(values[name] is None for name in parts):
            return None
        url = rule.format(**values)
        return self.ask(self.source.base_url + url if url.startswith("/") else url)

    def lists(self, links: Iterable[str]) -> dict[str, str]:
        """Further lists of the entry among the links of a page: a key that is the same for all names of one list, and its address.

        Those whose path, as a whole, fits `list_pattern` or the option `lists` of the registry.

        Raises:
            SourceError: the option is no regular expression.
        """
        pattern = self.options.get("lists", self.list_pattern)
        if not pattern:
            return {}
        try:
            fits = re.compile(str(pattern))
        except re.error as error:
            raise SourceError(f"{self.source.name}: option lists = {pattern!r}: no regular expression: {error}") from error
        found: dict[str, str] = {}
        for link in links:
            if fits.fullmatch(urlsplit(link).path):
                found.setdefault(self.key(link), link)
        return found

    @property
    def list_pattern(self) -> str:
        """A regular expression for the paths of further lists of the entry; "" if the family knows none."""
        return ""

    def key(self, url: str) -> str:
        """The key, as in `lists`, of the list that an address is the first page of: a folder and its index page are one."""
        return _INDEX.sub("/", url)

    def same_list(self, key: str) -> str:
        """What stays of an archived address when the portal changes what is no part of the question (a siteGuid that is posted)."""
        return key

    def when_empty(self) -> str:
        """What to look at when the list holds no items, for messages."""
        return "has the portal changed its pages?"

    def ask(self, url: str, payload: str | None = None, payload_type: str | None = None) -> Ask:
        """An `Ask` for a page of this list."""
        return Ask(url, page="list", district=self.entry.district, payload=payload, payload_type=payload_type)


# /fzzfjs/index.html
_INDEX = re.compile(r"/index\.\w+$")

# …/index_2.html, …/list_140.htm
_NUMBERED = re.compile(r"(?P<stem>\w*[A-Za-z])_\d+\.(?P<ext>s?html?|jsp|aspx?)")


def _parts(first_url: str, page: ListPage, extension: str) -> dict[str, str | None]:
    """What rules may hold, from the address of page 1; a folder's page name is taken from the links to its other pages."""
    url = urlsplit(first_url)
    path = url._replace(query="", fragment="").geturl()
    folder, _, name = path.rpartition("/")
    stem, _, ext = name.partition(".")
    if not name:
        stem, ext = "index", extension
        links = (urlsplit(link).path.rpartition("/") for link in page.links)
        here = url.path.rpartition("/")[0]
        if match := next((found for at, _, last in links if at == here and (found := _NUMBERED.fullmatch(last))), None):
            stem, ext = match["stem"], match["ext"]
    query = "".join(f"{part}&" for part in url.query.split("&") if part and part.partition("=")[0] not in PAGE_NUMBERS)
    return {"folder": folder + "/", "stem": stem, "ext": ext or None, "path": path, "query": query}


def absolute(base: str, href: str) -> str | None:
    """The absolute form of a link; null for what is no address (javascript:, #), and as it is where the address is broken."""
    href = href.strip()
    if not href or href.startswith("#") or href.lower().startswith(("javascript:", "mailto:", "about:", "data:")):
        return None
    try:
        return urljoin(base, href)
    except ValueError:
        return href
