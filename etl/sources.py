"""The source registry: which portals there are, what of them is read, and how gently. Data in `sources.toml`, rules here.

In: the TOML file. Out: `Source` records, strict: an unknown or impossible entry is one line that names the file and the key.
A source's `base_url` makes canonical addresses; where requests really go is a matter of `etl.fetch`.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from etl.errors import SourceError
from etl.registry import load_entries

REGISTRY = Path(__file__).with_name("sources.toml")


@dataclass(frozen=True, slots=True)
class Territory:
    """Where a list belongs: `district` 静安区 of `city` 上海市; `invented` for made-up ones."""

    district: str
    city: str
    invented: bool


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Entry):
    """One column (栏目) of a portal, and the territory whose reports it lists."""

    path: Annotated[str, Field(pattern=r"^/(?:[^?#\s]*/)?$")]
    district: Annotated[str, Field(min_length=1)]
    city: Annotated[str, Field(min_length=1)]
    invented: bool = False

    @property
    def territory(self) -> Territory:
        return Territory(self.district, self.city, self.invented)


class Source(_Entry):
    """One portal. `name` is its key in the registry, `title` what people call it."""

    name: str
    title: str
    base_url: str
    hosts: tuple[str, ...] = ()
    allow_loopback: bool = False
    family: Literal["epoint-static"]
    navigation: tuple[str, ...] = ()
    click_path: str
    drop_query: tuple[str, ...] = ()
    title_include: Annotated[tuple[str, ...], Field(min_length=1)]
    title_exclude: tuple[str, ...] = ()
    min_interval_s: Annotated[float, Field(ge=0, le=3600)]
    jitter_s: Annotated[float, Field(ge=0, le=3600)]
    max_requests: Annotated[int, Field(ge=1)]
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    checked_at: date
    status: Literal["unverified", "verified"]
    note: str = ""

    @field_validator("base_url")
    @classmethod
    def _is_base(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.fragment:
            raise ValueError("must be scheme and host only, such as https://www.example.gov.cn")
        return value

    @field_validator("title_include")
    @classmethod
    def _are_patterns(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
        return value

    @model_validator(mode="after")
    def _is_public(self) -> Source:
        for host in (urlsplit(self.base_url).hostname or "", *self.hosts):
            if is_private_host(host) and not self.allow_loopback:
                raise ValueError(f"host {host} is on a private network: set allow_loopback = true if it is meant")
        return self

    @model_validator(mode="after")
    def _has_one_territory_a_district(self) -> Source:
        for column in self.columns:
            if column.territory != self.district(column.district):
                raise ValueError(f"columns place {column.district} in two territories")
        return self

    def district(self, name: str) -> Territory:
        """City, and whether it is invented, of a district that this source lists.

        Raises:
            SourceError: no column of the source is of that district.
        """
        for column in self.columns:
            if column.district == name:
                return column.territory
        raise SourceError(f"{REGISTRY.name}: {self.name}: no column is of district {name}")


def is_private_host(host: str) -> bool:
    """Whether a host name or literal address is this machine or a private network. Names are not resolved."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


def load_sources(path: Path = REGISTRY) -> dict[str, Source]:
    """All sources of the registry by key.

    Raises:
        SourceError: the file is missing, is no TOML, or an entry has an unknown key or an impossible value.
    """
    return load_entries(path, Source, "source")


def load_source(name: str, path: Path = REGISTRY) -> Source:
    """The source with that key.

    Raises:
        SourceError: the registry is wrong, or has no such source.
    """
    sources = load_sources(path)
    if name not in sources:
        raise SourceError(f"{path.name}: there is no source {name!r}; known: {', '.join(sorted(sources))}")
    return sources[name]
