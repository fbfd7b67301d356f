"""What the registry says of a portal: `Source` with its `Entry`s. Fields follow what a source needs to be read without code of its own.

`base_url` makes canonical addresses; where requests really go is a matter of `etl.fetch`. Every field is explained in `sources.toml`.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from etl.models import DateSource

FamilyName = Literal[
    "epoint-static",
    "epoint-gov",
    "t-date",
    "shanghai-city",
    "doy",
    "minhang-cms",
    "id-query",
    "slug-id",
    "jcms",
    "gd-gkmlpt",
    "hash-month",
    "generic",
]
Name = Annotated[str, Field(min_length=1)]
Option = str | int | bool


@dataclass(frozen=True, slots=True)
class Territory:
    """Where a list belongs: `district` 静安区 of `city` 上海市; `invented` for made-up ones."""

    district: str
    city: str
    invented: bool


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Table):
    """One entry (栏目) into a portal: a column page, a JSON list or a search, and the territory whose reports it lists.

    `options` are what the family's list needs (categorynum, columnid …); `family` is named where a portal mixes two. What goes wrong
    with an `optional` entry is a warning of the run, and does not end it: a refusal does all the same.
    """

    path: Annotated[str, Field(pattern=r"^/[^#\s]*$")]
    kind: Literal["list", "json", "search"] = "list"
    scope: Literal["district", "departments", "streets", "all"] = "all"
    family: FamilyName | None = None
    options: dict[str, Option] = {}
    optional: bool = False
    city: Name = ""
    district: Name = ""
    invented: bool = False

    @property
    def territory(self) -> Territory:
        return Territory(self.district, self.city, self.invented)


def _is_css(value: str) -> str:
    try:
        LexborHTMLParser("<p></p>").css(value)
    except SelectolaxError as error:
        raise ValueError(f"{value!r} is no CSS selector") from error
    return value


Css = Annotated[str, AfterValidator(_is_css)]


class Selectors(_Table):
    """CSS selectors of an unusual template, each tried before the vocabulary's own. `item` and `date` are of list pages."""

    item: Css | None = None
    date: Css | None = None
    body: Css | None = None
    title: Css | None = None
    published_on: Css | None = None
    publisher: Css | None = None


class Season(_Table):
    """How often a source is asked: every `days` in `months` (when reports come out), else every `otherwise_days`; 0: at every run."""

    months: Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], Field(min_length=1)]
    days: Annotated[int, Field(ge=0, le=366)] = 1
    otherwise_days: Annotated[int, Field(ge=0, le=366)] = 7


class Expected(_Table):
    """Bodies that should report, by level, and since which year; 0 where nobody knows."""

    district: Annotated[int, Field(ge=0)] = 0
    departments: Annotated[int, Field(ge=0)] = 0
    streets: Annotated[int, Field(ge=0)] = 0
    since: Annotated[int, Field(ge=2004, le=2100)] | None = None


class Source(_Table):
    """One portal. `name` is its key in the registry, `title` what people call it; `confirm` is what a first live look must tell."""

    name: str
    title: Name
    base_url: str
    hosts: tuple[str, ...] = ()
    scheme_policy: Literal["https", "http", "either"] = "https"
    allow_loopback: bool = False
    family: FamilyName
    org: Name | None = None
    org_level: Literal["province", "city", "district"] = "district"
    city: Name
    district: Name
    invented: bool = False
    navigation: tuple[str, ...] = ()
    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]
    options: dict[str, Option] = {}
    page_rule: str | None = None
    click_path: str | None = None
    drop_query: tuple[str, ...] = ()
    selectors: Selectors = Selectors()
    title_include: Annotated[tuple[str, ...], Field(min_length=1)]
    title_maybe: tuple[str, ...] = ()
    title_exclude: tuple[str, ...] = ()
    path_exclude: tuple[str, ...] = ()
    date_order: Annotated[tuple[DateSource, ...], Field(min_length=1)] = ("meta", "label", "list", "address")
    season: Season | None = None
    hours: Annotated[str, Field(pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")] = ""
    min_interval_s: Annotated[float, Field(ge=0, le=3600)]
    jitter_s: Annotated[float, Field(ge=0, le=3600)]
    max_requests: Annotated[int, Field(ge=1)]
    robots_policy: Literal["obey", "require"] = "obey"
    send_referer: bool = False
    gone_after: Annotated[int, Field(ge=1, le=100)] = 3
    expect: Expected = Expected()
    enabled: bool
    status: Literal["verified", "unverified", "blocked", "manual"]
    checked_at: date
    confirm: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _pass_on_territory(cls, values: object) -> object:
        """An entry that names no territory is of the source's."""
        if not isinstance(values, dict) or not isinstance(values.get("entries"), list | tuple):
            return values
        own = {key: values[key] for key in ("city", "district", "invented") if key in values}
        return {**values, "entries": [own | entry if isinstance(entry, dict) else entry for entry in values["entries"]]}

    @field_validator("base_url")
    @classmethod
    def _is_base(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.fragment:
            raise ValueError("must be scheme and host only, such as https://www.example.gov.cn")
        return value

    @field_validator("hosts")
    @classmethod
    def _are_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if not re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", host):
                raise ValueError(f"{host!r} is no host name")
        return value

    @field_validator("title_include", "title_maybe", "title_exclude")
    @classmethod
    def _are_patterns(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
        return value

    @field_validator("page_rule", "click_path")
    @classmethod
    def _is_template(cls, value: str | None) -> str | None:
        known = {"folder", "stem", "ext", "path", "query", "next", "n", "before", "ancestors", "date", "uuid", "category"}
        parts = {name for _, name, _, _ in Formatter().parse(value or "") if name is not None}
        if unknown := parts - known:
            raise ValueError(f"unknown {{{min(unknown)}}}; known: {', '.join(sorted(known))}")
        return value

    @model_validator(mode="after")
    def _is_public(self) -> Source:
        for host in (urlsplit(self.base_url).hostname or "", *self.hosts):
            if is_private_host(host.partition(":")[0]) and not self.allow_loopback:
                raise ValueError(f"host {host} is on a private network: set allow_loopback = true if it is meant")
        return self

    @model_validator(mode="after")
    def _says_what_to_confirm(self) -> Source:
        if self.status == "unverified" and not self.confirm:
            raise ValueError("confirm must say what a first live look has to tell, as long as status is unverified")
        return self

    @model_validator(mode="after")
    def _is_off_unless_it_may_be_asked(self) -> Source:
        if self.enabled and self.status in {"blocked", "manual"}:
            raise ValueError(f'enabled must be false while status is "{self.status}"')
        return self

    @model_validator(mode="after")
    def _has_one_territory_a_district(self) -> Source:
        territories: dict[str, Territory] = {}
        for entry in self.entries:
            if territories.setdefault(entry.district, entry.territory) != entry.territory:
                raise ValueError(f"entries place {entry.district} in two territories")
        return self


def is_private_host(host: str) -> bool:
    """Whether a host name or literal address is this machine or a private network. Names are not resolved."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False
