"""Walking lists: every list of an entry, every page of a list, to the end, although lists change while they are read.

In: a family and the client. Out: pages as they were read. What their items mean is decided by `etl.fetch.discover`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from etl.errors import ArchiveError, EmptyList
from etl.fetch.asks import Ask, Fetched
from etl.fetch.client import PoliteClient
from etl.fetch.families import Family, Item, ListPage
from etl.models import Answer

log = logging.getLogger(__name__)

_MAX_PAGES = 500
_MAX_PASSES = 3
_MAX_MISSES = 2


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of a list as read: where it came from, what it holds, and whether its items are others than those known before."""

    ask: Ask
    fetched: Fetched
    page: ListPage
    has_changed: bool

    @property
    def url(self) -> str:
        return self.fetched.url


class Walk:
    """The lists of one entry."""

    def __init__(
        self, family: Family, client: PoliteClient, menu: Iterable[str] = (), scripts: dict[str, bytes | None] | None = None
    ) -> None:
        """`menu` are the links of the source's navigation pages, in which lists of the entry may be found.

        `scripts` keeps what families read of the portal besides its lists, for the walks of a source's other entries.
        """
        self._family = family
        self._client = client
        self._menu = self._own(menu)
        self._scripts = {} if scripts is None else scripts
        self._rule: int | None = None
        self._asked: set[str] = set()

    def pages(self) -> Iterator[ReadPage]:
        """Every page of every list: that of the entry, and those that it, the menu or one of them links to.

        Lists of earlier runs are asked for even if nothing links to them any more: a menu may break while its lists live on.

        Raises:
            EmptyList: a list that held items holds none, an answer is no list, or the entry's own page is gone.
            FetchError: the portal is unreachable or refuses us.
        """
        start = self._family.first(self._get)
        linked = {self._family.key(start.key): start, **self._lists(self._menu)}
        remembered = self._lists(self._archived())
        read: set[str] = set()
        while ask := _next(linked, read) or _next(remembered, read):
            pages = list(self._to_the_end(ask))
            first = pages[0]
            if ask is start and first.fetched.body is None:
                message = f"{ask.url}: the entry page is gone ({first.fetched.answer.status}): look for its new address"
                raise EmptyList(message, ask.url)
            is_new = self._family.key(first.url) not in read or ask.payload is not None
            read |= {self._family.key(ask.key), self._family.key(first.url)}
            linked = self._lists(self._own(first.page.links)) | self._named(first.page.lists) | linked
            if is_new:
                yield from (page for page in pages if page.page.items)
            if not any(page.page.items for page in pages):
                is_menu = self._family.key(first.url) == self._family.key(start.key) and len(linked) > 1
                self._check_empty(first, is_alarm=self._family.key(ask.key) in linked, is_menu=is_menu)

    def _to_the_end(self, ask: Ask) -> Iterator[ReadPage]:
        """All pages of one list; a list of several pages that changed is read until it holds still.

        What is published or withdrawn in between moves items over the border of two pages, past a reader. The second time costs 304s.
        """
        for _ in range(_MAX_PASSES):
            self._rule = None
            self._asked = set()
            pages = [self._read(ask)]
            if pages[0].page.fault:
                raise EmptyList(f"{ask.key}: {pages[0].page.fault}: look at the portal and at the registry's entry", ask.url)
            pages += self._later(pages[0])
            yield from pages
            if len(pages) == 1 or not any(page.has_changed for page in pages):
                return
        log.warning("%s: the list still changed when it was read for the %dth time; the next run reads on", ask.url, _MAX_PASSES)

    def _later(self, first: ReadPage) -> Iterator[ReadPage]:
        """Pages 2..n, until one brings no new address: page counts may lie, and pages past the end may repeat.

        A page that is promised and brings nothing may be a stub among good ones: two of them in a row are passed over.
        """
        if not (first.page.items or self._family.repeats_first):
            return
        known, last, misses = self._keys(first), first, 0
        for number in range(2, _MAX_PAGES):
            read = self._page(first, last, number, known)
            if read is not None:
                known |= self._keys(read)
                last, misses = read, 0
                yield read
                continue
            misses += 1
            if misses > _MAX_MISSES or (first.page.page_count or 0) <= number:
                break
        else:
            log.warning("%s: no end of the list after %d pages", first.url, _MAX_PAGES)
        told, held = first.page.page_count or 0, number - misses
        if misses and told > held:
            log.warning("%s: the list says that it has %d pages, and %d brought items", first.url, told, held)

    def _page(self, first: ReadPage, last: ReadPage, number: int, known: set[object]) -> ReadPage | None:
        """Page `number` by the first rule that brings something new; which rule it was counts for the pages behind it too."""
        missed = []
        may_repeat = number == 2 and self._family.repeats_first
        for index, ask in self._asks(first, last, number):
            read = self._read(ask)
            if self._keys(read) - known or (may_repeat and read.page.items):
                self._rule = index
                return read
            is_promised = (first.page.page_count or 0) >= number or ask.url in map(self._canonical, last.page.links)
            is_first = number == 2 and not first.page.items
            if (is_promised or is_first) and not read.page.items:
                missed.append(read)
        for read in missed:
            if read.page.fault:
                raise EmptyList(f"{read.ask.key}: {read.page.fault}, and there should be a page {number}", read.ask.url)
            self._check_empty(read, is_menu=not first.page.items)
        return None

    def _asks(self, first: ReadPage, last: ReadPage, number: int) -> Iterator[tuple[int, Ask]]:
        asks = self._family.later(first.url, last.page, number)
        is_settled = self._rule is not None and self._rule < len(asks) and asks[self._rule] is not None
        for index, ask in enumerate(asks):
            if ask is not None and (index == self._rule or not is_settled) and ask.key not in self._asked:
                yield index, ask

    def _read(self, ask: Ask) -> ReadPage:
        self._asked.add(ask.key)
        held = self._client.archive.latest(ask.key)
        fetched = self._client.get(ask)
        page = ListPage(()) if fetched.body is None else self._family.read(fetched.body, fetched.url)
        digest = fetched.answer.sha256
        has_changed = digest is not None and digest != (held and held.sha256) and page.items != self._held_items(held, fetched.url)
        return ReadPage(ask, fetched, page, has_changed)

    def _held_items(self, held: Answer | None, url: str) -> tuple[Item, ...] | None:
        """The items that the archive has of a page; null if it has none, or can give them no more. Bytes change with a view count."""
        if held is None or held.sha256 is None:
            return None
        try:
            return self._family.read(self._client.archive.read(held.sha256), url).items
        except ArchiveError as error:
            log.warning("%s; the list counts as changed", error)
            return None

    def _get(self, url: str) -> bytes | None:
        if url not in self._scripts:
            self._scripts[url] = self._client.get(self._family.ask(self._canonical(url))).body
        return self._scripts[url]

    def _check_empty(self, read: ReadPage, *, is_alarm: bool = True, is_menu: bool = False) -> None:
        """An empty list is an alarm if it ever held items and something still links to it, and a warning otherwise."""
        url, status, look = read.ask.key, read.fetched.answer.status, self._family.when_empty()
        archive = self._client.archive
        if is_alarm and any(self._family.read(archive.read(digest), read.ask.url).items for digest in self._bodies(url)):
            raise EmptyList(f"{url}: the list held items and now holds none (status {status}): {look}", url)
        if not is_menu:
            log.warning("%s: a list without items (status %d): %s", url, status, look)

    def _bodies(self, key: str) -> list[str]:
        """Bodies that a list gave, also when what is no part of the question was another one."""
        same = self._family.same_list(key)
        keys = [key] if same == key else [known for known in self._archived() if self._family.same_list(known) == same]
        return [digest for known in keys for digest in self._client.archive.list_bodies(known)]

    def _keys(self, read: ReadPage) -> set[object]:
        """What tells the items of a page from those of another one."""
        return {_key(item, self._canonical(item.url) if item.url else None) for item in read.page.items}

    def _archived(self) -> list[str]:
        return self._client.archive.urls(self._client.source.name, "list")

    def _lists(self, links: Iterable[str]) -> dict[str, Ask]:
        return {key: self._family.ask(url) for key, url in self._family.lists(links).items()}

    def _named(self, links: Iterable[str]) -> dict[str, Ask]:
        return {self._family.key(url): self._family.ask(url) for url in self._own(links)}

    def _own(self, links: Iterable[str]) -> list[str]:
        return [url for url in map(self._canonical, links) if self._client.addresses.is_own(url)]

    def _canonical(self, url: str) -> str:
        return self._client.addresses.canonical(url)


def _next(lists: dict[str, Ask], read: set[str]) -> Ask | None:
    return next((ask for key, ask in lists.items() if key not in read), None)


def _key(item: Item, url: str | None) -> object:
    return url or (item.title, item.listed_on)
