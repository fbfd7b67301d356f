"""Epoint's JSON interfaces: two kinds of lists and the full-text search, which pages of /govxxgk/ are found by.

The entry's path names the interface by its end: getgovinfolist, getPageInfoListNew, getFullTextDataNew. A path that begins with /rest/
lies below the portal's project (/EWB-FRONT/rest/…), whose name the portal tells; any other path is the whole one. Articles are Epoint's
own static pages. Captchas (getPageInfoListNewYzm) and bearer tokens are refusals, and are left alone. Source: public clients of such
portals, none of them in Shanghai.
"""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from etl.errors import SourceError
from etl.fetch.asks import Ask
from etl.fetch.families.base import Family, Getter, Item, ListPage, absolute
from etl.fetch.families.days import read_date
from etl.fetch.families.epoint_site import GovOptions, Site, read_options, read_site
from etl.fetch.families.html import clean_title
from etl.fetch.families.json_answer import Fault, first_text, member_count, member_object, member_rows, read_object
from etl.sources import Entry, Source

log = logging.getLogger(__name__)

_SEARCH_PAGES = 40
"""Past about so many pages the portals' own search goes to another service: a longer one is cut by dates."""

_WORDS = "法治政府建设"

# a siteGuid in what was posted: "siteGuid":"7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
_ANY_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")

_FORM = "application/x-www-form-urlencoded"
_COMMON = {"page_size", "max_pages"}
_SITE = {"site_guid", "project", "page_base"}


@dataclass(frozen=True, slots=True)
class _Interface:
    """One interface: where its answer holds what, the options it uses, and what is posted for the rows from `first` on."""

    kind: str
    holder: str
    rows: str
    total: str
    options: frozenset[str]
    query: Callable[[GovOptions, Site, int], dict[str, Any]]
    is_form: bool = False


def _gov_query(options: GovOptions, site: Site, page: int) -> dict[str, Any]:
    query = {
        "deptcode": options.deptcode,
        "categorynum": options.categorynum,
        "pageIndex": page,
        "pageSize": options.page_size,
        "siteGuid": site.guid,
    }
    return {"params": query} if options.wrap_params else query


def _column_query(options: GovOptions, site: Site, page: int) -> dict[str, Any]:
    return {
        "siteGuid": site.guid,
        "categoryNum": options.categorynum,
        "kw": options.keyword,
        "startDate": options.since,
        "endDate": options.until,
        "pageIndex": page,
        "pageSize": options.page_size,
    }


def _search_query(options: GovOptions, site: Site, offset: int) -> dict[str, Any]:
    query: dict[str, Any] = {"pn": offset, "rn": options.page_size, "wd": options.keyword or _WORDS, "cnum": options.cnum}
    query["sort"] = '{"webdate":"0"}'  # newest first
    if options.categorynum:  # likeType 2: a prefix
        query["condition"] = [{"fieldName": "categorynum", "equal": options.categorynum, "isLike": True, "likeType": 2}]
    if options.since or options.until:
        begin, end = options.since or "1970-01-01", options.until or "2999-12-31"
        query["time"] = [{"fieldName": "webdate", "startTime": f"{begin} 00:00:00", "endTime": f"{end} 23:59:59"}]
    return query


_INTERFACES = {
    "getgovinfolist": _Interface(
        "json", "custom", "data", "total", frozenset(_COMMON | _SITE | {"deptcode", "categorynum", "wrap_params"}), _gov_query
    ),
    "getpageinfolistnew": _Interface(
        "json",
        "custom",
        "infodata",
        "count",
        frozenset(_COMMON | _SITE | {"categorynum", "keyword", "since", "until"}),
        _column_query,
        True,
    ),
    "getfulltextdatanew": _Interface(
        "search",
        "result",
        "records",
        "totalcount",
        frozenset(_COMMON | {"categorynum", "keyword", "cnum", "since", "until"}),
        _search_query,
    ),
}


class EpointGov(Family):
    """A JSON list or a search of an Epoint portal.

    Raises:
        SourceError: the entry's path names no known interface, or its options do not fit.
    """

    def __init__(self, source: Source, entry: Entry) -> None:
        super().__init__(source, entry)
        self._place = f"sources.toml: {source.name}: entry {entry.path}"
        self._interface = self._named_interface()
        known = self._interface.options
        shared = {name: value for name, value in source.options.items() if name in known}
        self._set = read_options({**shared, **entry.options}, known, self._place)
        if self._interface.kind == "json" and not (self._set.deptcode or self._set.categorynum):
            raise SourceError(f"{self._place}: options must say which list it is: deptcode or categorynum")
        self.repeats_first = self._interface.kind == "json" and self._set.page_base is None
        self._site = Site("", "", "")
        self._step = self._set.page_size

    @property
    def _is_below_project(self) -> bool:
        return self.entry.path.startswith("/rest/")

    def _named_interface(self) -> _Interface:
        name = self.entry.path.rpartition("/")[2]
        interface = _INTERFACES.get(re.sub(r"2$", "", name.lower()))  # getPageInfoListNew2 answers alike
        if interface is None:
            raise SourceError(
                f"{self._place}: must end in getgovinfolist, getPageInfoListNew or getFullTextDataNew, with kind json or search"
            )
        if interface.kind != self.entry.kind:
            raise SourceError(f'{self._place}: kind must be "{interface.kind}" for {name}')
        return interface

    def first(self, get: Getter) -> Ask:
        """What is asked for first; the portal's scripts are read before it where the registry does not say what they tell."""
        if self._interface.kind == "json":
            self._site = read_site(self._set, self.source.base_url, get, self._place, needs_project=self._is_below_project)
        return self._page(1)

    def read(self, body: bytes, url: str) -> ListPage:
        try:
            holder = self._holder(read_object(body))
            rows = member_rows(holder, self._interface.rows)
        except Fault as fault:
            return ListPage((), fault=str(fault))
        total = member_count(holder, self._interface.total)
        count = -(-total // (len(rows) or self._set.page_size)) if total else None
        return ListPage(tuple(self._item(row) for row in rows), page_count=count)

    def _holder(self, answer: dict[str, Any]) -> dict[str, Any]:
        name = self._interface.holder
        if name not in answer and "content" in answer:  # {"code":200,"content":"{\"result\":…}"}
            answer = member_object(answer, "content")
        holder = member_object(answer, name)
        status = answer.get("status")
        if not holder and isinstance(status, dict) and str(status.get("code")) == "0":  # "custom":"","status":{"code":0,"text":"error"}
            raise Fault(f"the portal answers with an error: {first_text(status, 'text') or 'code 0'}")
        return holder

    def later(self, first_url: str, page: ListPage, number: int) -> tuple[Ask, ...]:
        if number > self._set.max_pages:
            log.info("%s %s: not read beyond page %d (max_pages)", first_url, self._label(), self._set.max_pages)
            return ()
        if self._interface.kind == "search" and number > _SEARCH_PAGES:
            log.warning("%s %s: more than %d pages found: cut it into entries by since and until", first_url, self._label(), _SEARCH_PAGES)
            return ()
        if number == 2:  # a portal may give fewer rows than it is asked for, and the next ones begin behind those
            self._step = len(page.items) or self._set.page_size
        return (self._page(number),)

    def same_list(self, key: str) -> str:
        return _ANY_GUID.sub("siteGuid", key)

    def when_empty(self) -> str:
        if self._interface.kind == "search":
            return "do its words and categorynum fit?"
        asked = f"siteGuid {self._site.guid} (told by {self._site.told_by})"
        return f"portals answer like this to a wrong {asked}, deptcode or categorynum: set options.site_guid if it is another one"

    def _page(self, number: int) -> Ask:
        first = (number - 1) * self._step if self._interface.kind == "search" else number - 1 + (self._set.page_base or 0)
        query = json.dumps(self._interface.query(self._set, self._site, first), ensure_ascii=False, separators=(",", ":"))
        project = self._site.project if self._is_below_project else ""
        url = self.source.base_url + project + self.entry.path
        if self._interface.is_form:
            return self.ask(url, urlencode({"params": query}), _FORM)
        return self.ask(url, query)

    def _item(self, row: dict[str, Any]) -> Item:
        title = clean_title(html.unescape(first_text(row, "realtitle", "title")))
        address = html.unescape(first_text(row, "infourl", "visiturl", "linkurl"))
        url = absolute(self.source.base_url + "/", address) if address else None
        return Item(title, read_date(first_text(row, "infodate", "webdate", "handsdate")), url)

    def _label(self) -> str:
        named = {"deptcode": self._set.deptcode, "categorynum": self._set.categorynum, "keyword": self._set.keyword}
        return "(" + (", ".join(f"{name} {value}" for name, value in named.items() if value) or "all") + ")"
