"""Discovery: from the entries of a source to the addresses that its lists offer, and which of them are reports.

In: a source and its client. Out: `Candidate` records, one for each address, in the order of the lists. What is no report, or may not be
fetched, is listed with the reason; nothing is left out silently. Articles are not fetched here.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from etl.errors import Blocked, EmptyList, FetchError, SourceError
from etl.fetch.addresses import authority
from etl.fetch.client import PoliteClient
from etl.fetch.families import Item, family_of
from etl.fetch.walk import Walk
from etl.models import Candidate
from etl.sources import Entry, Source, is_open, judge_title

log = logging.getLogger(__name__)


def discover_candidates(
    source: Source, client: PoliteClient, rejected: Mapping[str, str] | None = None, unread: list[str] | None = None
) -> list[Candidate]:
    """All items of all lists of a source, each address once, and what earlier runs knew and no list shows any more.

    Args:
        source: the source.
        client: its client.
        rejected: titles by address of pages that were fetched because their title left it open, and are no reports; such a page is
            asked for again only when its title is another one.
        unread: gets one line for each optional entry that could not be read; such entries do not end the run.

    Raises:
        EmptyList: a list that held items holds none, an entry is gone, or no list offers a report.
        Blocked: the portal refuses us, be it an optional entry.
        FetchError: the portal is unreachable.
        SourceError: the registry lacks what a family needs.
    """
    found: dict[str, Candidate] = {}
    menu = _read_menu(source, client)
    scripts: dict[str, bytes | None] = {}
    for entry in source.entries:
        before = len(found)
        try:
            for read in Walk(family_of(source, entry), client, menu, scripts).pages():
                _note(found, (_candidate(client, entry, read.url, item, rejected or {}) for item in read.page.items))
        except Blocked:
            raise
        except (FetchError, SourceError) as error:
            if not entry.optional:
                raise
            log.warning("optional entry not read: %s", error)
            if unread is not None:
                unread.append(str(error))
        log.info("%s (%s): %d addresses listed", entry.path, entry.district, len(found) - before)
    if not any(candidate.is_report for candidate in found.values()):
        paths = ", ".join(dict.fromkeys(entry.path for entry in source.entries))
        message = f"{source.base_url}: {len(found)} items in {paths}, and no report among them: look at the lists and at title_include"
        raise EmptyList(message, source.base_url)
    _note(found, _remembered(client, set(found), rejected or {}))
    return list(found.values())


def _remembered(client: PoliteClient, found: Collection[str], rejected: Collection[str]) -> Iterator[Candidate]:
    """Addresses of earlier runs that no list shows any more: asking tells whether they are still there. Those that are gone are left."""
    source = client.source
    for known in client.archive.known(source.name, source.gone_after):
        if known.page == "article" and known.gone_at is None and known.url not in found and known.url not in rejected:
            verdict = judge_title(source, known.title or "")
            yield Candidate(
                source=source.name,
                url=known.url,
                title=known.title or "",
                list_url="",
                listed_on=known.listed_on,
                district=known.district,
                is_report=True,
                decided_by="title" if verdict.says == "report" else "page",
                way="archive",
            )


def _note(found: dict[str, Candidate], candidates: Iterable[Candidate]) -> None:
    """Each address once; what one list calls a report is one, whatever another calls it."""
    for candidate in candidates:
        known = found.get(candidate.url)
        if known is None or (candidate.is_report and not known.is_report):
            found[candidate.url] = candidate


def _read_menu(source: Source, client: PoliteClient) -> list[str]:
    """What the navigation pages link to; one that is gone is a warning, because the entries may link their lists themselves."""
    links: list[str] = []
    family = family_of(source, source.entries[0])
    for path in source.navigation:
        fetched = client.get(family.ask(source.base_url + path))
        if fetched.body is None:
            log.warning("%s: the navigation page is not there (%d)", fetched.url, fetched.answer.status)
        else:
            links += family.read(fetched.body, fetched.url).links
    return links


def _candidate(client: PoliteClient, entry: Entry, list_url: str, item: Item, rejected: Mapping[str, str]) -> Candidate:
    url = client.addresses.canonical(item.url) if item.url else None
    verdict = judge_title(client.source, item.title)
    reason = verdict.reason or _reason_against(client, url)
    if reason is None and url is not None and rejected.get(url) == item.title and is_open(client.source, item.title):
        reason = "not_a_report"
    return Candidate(
        source=client.source.name,
        url=url or f"{list_url}#{item.title}",
        title=item.title,
        list_url=list_url,
        listed_on=item.listed_on,
        district=entry.district,
        is_report=reason is None,
        reason=reason,
        decided_by="page" if verdict.says == "maybe" else "title",
        way=entry.kind,
    )


def _reason_against(client: PoliteClient, url: str | None) -> str | None:
    """Why a report cannot be fetched; null if it can."""
    if url is None:
        return "no_address"
    if not client.addresses.is_own(url):
        return f"foreign_host:{authority(url) or url}"
    path = urlsplit(url).path
    if excluded := next((one for one in client.source.path_exclude if path.startswith(one)), None):
        return f"excluded_path:{excluded}"
    return None if client.may_fetch(url) else "robots"
