"""Discovery: from the columns of a source to the addresses that its lists offer, and which of them are reports.

In: a source and its client. Out: `Candidate` records, one for each address, in the order of the lists. What is no report by
its title, or may not be fetched, is listed with the reason; nothing is left out silently. Articles are not fetched here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from etl.errors import EmptyList
from etl.fetch.addresses import authority
from etl.fetch.asks import Ask
from etl.fetch.client import Fetched, PoliteClient
from etl.fetch.lists import Item, ListPage, read_list
from etl.models import Candidate
from etl.sources import Column, Source

log = logging.getLogger(__name__)

_MAX_PAGES = 500
_CUT = ("…", "...")


def discover_candidates(source: Source, client: PoliteClient) -> list[Candidate]:
    """All items of all lists of a source, each address once.

    Raises:
        EmptyList: a list that held items holds none, a column is gone, or no list offers a report.
        FetchError: the portal is unreachable or refuses us.
    """
    found: dict[str, Candidate] = {}
    menu = _read_menu(source, client)
    for column in source.columns:
        before = len(found)
        for list_url, page in _list_pages(source, column, client, menu):
            for item in page.items:
                candidate = _candidate(source, column, client, list_url, item)
                known = found.get(candidate.url)
                if known is None or (candidate.is_report and not known.is_report):
                    found[candidate.url] = candidate
        log.info("%s (%s): %d addresses listed", column.path, column.district, len(found) - before)
    if not any(candidate.is_report for candidate in found.values()):
        paths = ", ".join(column.path for column in source.columns)
        message = f"{source.base_url}: {len(found)} items in {paths}, and no report among them: look at the lists and at title_include"
        raise EmptyList(message, source.base_url)
    return list(found.values())


def _read_menu(source: Source, client: PoliteClient) -> list[str]:
    """What the navigation pages link to; one that is gone is a warning, because the columns may link their lists themselves."""
    links: list[str] = []
    for path in source.navigation:
        fetched, page = _read(client, source.base_url + path, source.columns[0].district)
        if fetched.body is None:
            log.warning("%s: the navigation page is not there (%d)", fetched.url, fetched.answer.status)
        links += _links(client, fetched, page)
    return links


def _list_pages(source: Source, column: Column, client: PoliteClient, menu: list[str]) -> Iterator[tuple[str, ListPage]]:
    """Every page of every list of a column: the column page, and the sub-columns that it, the menu or one of them links to.

    Sub-columns of earlier runs are asked for even if nothing links to them any more: a menu may break while its lists live on.
    """
    start = source.base_url + column.path
    linked = {start: start, **_sub_columns(column, menu)}
    remembered = _sub_columns(column, _lists_in_archive(source, client))
    read: set[str] = set()
    while url := _next(linked, read) or _next(remembered, read):
        fetched, page = _read(client, url, column.district)
        if url == start and fetched.body is None:
            raise EmptyList(f"{url}: the column page is gone ({fetched.answer.status}): look for its new address", url)
        is_new = _folder(fetched.url) not in read
        read |= {_folder(url), _folder(fetched.url)}
        linked = _sub_columns(column, _links(client, fetched, page)) | linked
        if page.items and is_new:
            yield fetched.url, page
            yield from _later_pages(column, client, fetched, page)
        elif not page.items:
            _check_empty(client, url, fetched, is_alarm=_folder(url) in linked, is_menu=fetched.url == start and len(linked) > 1)


def _next(lists: dict[str, str], read: set[str]) -> str | None:
    return next((url for folder, url in lists.items() if folder not in read), None)


def _lists_in_archive(source: Source, client: PoliteClient) -> list[str]:
    lists = (answer for answer in client.archive.answers() if answer.source == source.name and answer.page == "list")
    return sorted({answer.url for answer in lists if answer.status == 200})


def _later_pages(column: Column, client: PoliteClient, first: Fetched, page: ListPage) -> Iterator[tuple[str, ListPage]]:
    """Pages 2..n of a list, until one brings no new address: page counts may lie, and pages past the end may repeat."""
    known = _keys(client, first, page)
    for number in range(2, _MAX_PAGES):
        url = _folder(first.url) + f"{number}.html"
        is_promised = (page.page_count or 0) >= number or any(link.endswith(f"/{number}.html") for link in page.links)
        fetched, page = _read(client, url, column.district)
        if not page.items and is_promised:
            _check_empty(client, url, fetched)
        new = _keys(client, fetched, page) - known
        if not new:
            return
        known |= new
        yield fetched.url, page
    log.warning("%s: no end of the list after %d pages", first.url, _MAX_PAGES)


def _keys(client: PoliteClient, fetched: Fetched, page: ListPage) -> set[object]:
    """What tells the items of a page from those of another one."""
    return {client.addresses.canonical(item.href, fetched.url) if item.href else item.click or item.title for item in page.items}


def _read(client: PoliteClient, url: str, district: str) -> tuple[Fetched, ListPage]:
    fetched = client.get(Ask(url, "list", district))
    return fetched, read_list(fetched.body or b"")


def _check_empty(client: PoliteClient, url: str, fetched: Fetched, *, is_alarm: bool = True, is_menu: bool = False) -> None:
    """An empty list is an alarm if it ever held items and something still links to it, and a warning otherwise."""
    status = fetched.answer.status
    held = (answer.sha256 for answer in client.archive.history(url) if answer.sha256)
    if is_alarm and any(read_list(client.archive.read(digest)).items for digest in held):
        raise EmptyList(f"{url}: the list held items and now holds none (status {status}): has the portal changed its pages?", url)
    if not is_menu:
        log.warning("%s: a list without items (status %d)", url, status)


def _links(client: PoliteClient, fetched: Fetched, page: ListPage) -> list[str]:
    found = (client.addresses.canonical(link, fetched.url) for link in page.links)
    return [url for url in found if client.addresses.is_own(url)]


def _sub_columns(column: Column, links: list[str]) -> dict[str, str]:
    """Addresses of lists below a column, by folder. Each level repeats its parent's digits: /002017/ holds /002017002/."""
    code = re.escape(column.path.strip("/").rpartition("/")[2])
    # /xxgk/002017/002017002/, …/002017002/subpage.html, …/002017002/moreinfo.html; no 2.html, no 20240325/uuid.html
    below = re.compile(rf"{re.escape(column.path)}(?:{code}\d+/)+(?:[A-Za-z]\w*\.html?)?")
    found: dict[str, str] = {}
    for link in links:
        if below.fullmatch(urlsplit(link).path):
            found.setdefault(_folder(link), link)
    return found


def _folder(url: str) -> str:
    return url.rpartition("/")[0] + "/"


def _candidate(source: Source, column: Column, client: PoliteClient, list_url: str, item: Item) -> Candidate:
    url = _address_of(source, client, list_url, item)
    reason = _reason_against(source, client, item.title, url)
    return Candidate(
        source=source.name,
        url=url or f"{list_url}#{item.title}",
        title=item.title,
        list_url=list_url,
        listed_on=item.listed_on,
        district=column.district,
        is_report=reason is None,
        reason=reason,
    )


def _address_of(source: Source, client: PoliteClient, list_url: str, item: Item) -> str | None:
    if item.href is not None:
        return client.addresses.canonical(item.href, list_url)
    if item.click is None or item.listed_on is None:
        return None
    uuid, category = item.click
    # 002017002 lies below its ancestors: 002017/002017002; the first level of three digits is the site's own name for it
    ancestors = "/".join(category[:end] for end in range(6, len(category) + 1, 3))
    return client.addresses.canonical(source.click_path.format(ancestors=ancestors, date=f"{item.listed_on:%Y%m%d}", uuid=uuid))


def _reason_against(source: Source, client: PoliteClient, title: str, url: str | None) -> str | None:
    """Why an item is no report to fetch; null if it is one. A title that the list cut is left to the page itself."""
    joined = "".join(title.split())
    if word := next((word for word in source.title_exclude if word in joined), None):
        return f"excluded:{word}"
    if not joined.endswith(_CUT) and not any(re.search(pattern, joined) for pattern in source.title_include):
        return "not_matched"
    if url is None:
        return "no_address"
    if not client.addresses.is_own(url):
        return f"foreign_host:{authority(url) or url}"
    return None if client.may_fetch(url) else "robots"
