"""What all family sites share: documents in lists that move when one is added, addresses, validators, pages past the end.

A family says how an address, a list and an article look (`address`, `render_list`, `render_article`) and which paths are lists
(`route`). Everything is a pure function of the documents: no clock, no network.
"""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sample.families.documents import GOVERNMENT, Document, documents_of
from sample.families.texts import noise_text, report_text
from sample.markup import paragraphs
from sample.page import HTML, Page, refused, validated

PastEnd = Literal["404", "stub", "last", "empty"]
"""What a page number behind the last page gives: nothing, a page of 300 bytes, the last page again, a list without items."""

SHANGHAI = timezone(timedelta(hours=8))
STUB = b'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><!--' + b" " * 217 + b"--></body></html>"
"""The deep page of a list that a portal no longer writes: 300 bytes."""

_TITLE_LENGTH = 20


@dataclass(frozen=True)
class Expected:
    """A report that must be found: absolute http address, whole title, day of publication, publishing body, year reported on."""

    url: str
    title: str
    published_on: date
    organization: str
    year: int


@dataclass(frozen=True)
class Shown:
    """One page of a list: `number` of `pages`, and how many items all of them have."""

    column: str
    items: Sequence[Document]
    number: int
    pages: int
    total: int


class FamilySite:
    """A small site of one portal family; safe to ask and to edit from several threads. `entries` are the paths that lead to its lists."""

    host = ""
    district = ""
    entries: tuple[str, ...] = ()
    street = "潮音街道办事处"
    page_size = 12
    past_end: PastEnd = "404"
    keyed_by_query = False
    has_validators = True

    def __init__(
        self, *, host: str | None = None, page_size: int | None = None, past_end: PastEnd | None = None, charset: str = "utf-8"
    ) -> None:
        """`charset` gbk or gb18030: pages are written in it, and only their meta tag says so (as gb2312)."""
        self.host = host or self.host
        self.page_size = page_size or self.page_size
        self.past_end = past_end or self.past_end
        self.charset = charset
        self._documents = {self.address(each): each for each in documents_of(self.district, self.street)}
        self._is_empty = False
        self._edits = 0
        self._lock = threading.RLock()

    # what differs from family to family

    def address(self, document: Document) -> str:
        """Path and query of a document."""
        raise NotImplementedError

    def column_of(self, document: Document) -> str:
        """The list that holds a document; all in one where a family does not say otherwise."""
        return ""

    def route(self, parts: SplitResult) -> Page | None:
        """The page at a path that is no article: lists, scripts, interfaces."""
        raise NotImplementedError

    def posted(self, parts: SplitResult, body: bytes) -> Page | None:
        """The answer to what is posted: refused, but for lists that are asked for by POST."""
        return refused()

    def render_list(self, shown: Shown) -> bytes:
        """A page of a list."""
        raise NotImplementedError

    def render_article(self, document: Document) -> bytes:
        """The page of a document."""
        raise NotImplementedError

    def is_out_of_reach(self, document: Document) -> bool:
        """Whether no list leads to a document."""
        return False

    def article_page(self, document: Document) -> Page:
        """What stands at the address of a document."""
        return self.static(self.render_article(document), published_at(document) + timedelta(days=document.edits))

    # what tests and the server use

    def answer(self, method: str, target: str, body: bytes, host: str) -> Page | None:
        """The page for a request, or None: 404."""
        parts = urlsplit(target)
        key = target if self.keyed_by_query else parts.path
        with self._lock:
            if method != "GET":
                return self.posted(parts, body) if method == "POST" else refused()
            return self.article_page(self._documents[key]) if key in self._documents else self.route(parts)

    @property
    def documents(self) -> list[Document]:
        """All documents, the newest first."""
        with self._lock:
            return self._sorted()

    @property
    def expected(self) -> list[Expected]:
        """All reports that lists lead to, the newest first."""
        return self.expected_in(None)

    def expected_in(self, column: str | None) -> list[Expected]:
        """The reports of one list."""
        with self._lock:
            found = [each for each in self._sorted() if column is None or self.column_of(each) == column]
        return [
            Expected(self.url(each), each.title, each.published_on, each.organization, each.year)
            for each in found
            if each.year and not self.is_out_of_reach(each)
        ]

    def add(self, title: str, *, year: int | None = None, published_on: date | None = None, column: str = GOVERNMENT) -> str:
        """Publish a document at the top of its list; everything behind it moves on. Its absolute address comes back.

        `year` makes it a report. `column` is one of GOVERNMENT, DEPARTMENTS and STREETS of `sample.families.documents`.
        """
        with self._lock:
            newest = max((each.published_on for each in self._documents.values()), default=date(2025, 1, 1))
            published_on = published_on or newest + timedelta(days=1)
            body = f"{self.district}人民政府"
            text = report_text(body, year, published_on) if year else noise_text(title, body)
            key = max((each.key for each in self._documents.values()), default=0) + 1
            document = Document(key, title, text, body, published_on, year, column)
            self._documents[self.address(document)] = document
            self._edits += 1
            return self.url(document)

    def remove(self, url: str) -> None:
        """Take a document away, from its list too.

        Raises:
            KeyError: there is none at the address.
        """
        with self._lock:
            del self._documents[self._key(url)]
            self._edits += 1

    def replace_text(self, url: str, old: str, new: str) -> None:
        """Replace a passage of a document.

        Raises:
            KeyError: there is none at the address.
            ValueError: it does not hold the passage.
        """
        with self._lock:
            document = self._documents[self._key(url)]
            if old not in document.text:
                raise ValueError(f"{url}: the text does not hold {old!r}")
            self._documents[self._key(url)] = replace(document, text=document.text.replace(old, new), edits=document.edits + 1)

    def empty(self, is_empty: bool = True) -> None:
        """Show lists without items, as if the query behind them found nothing; False fills them again."""
        with self._lock:
            self._is_empty = is_empty

    def url(self, document: Document) -> str:
        """The absolute address of a document."""
        return f"http://{self.host}{self.address(document)}"

    # what families use

    def listed(self, column: str = "") -> list[Document]:
        """The documents of a list, the newest first."""
        return [] if self._is_empty else [each for each in self._sorted() if self.column_of(each) == column]

    def list_page(self, number: int, column: str = "") -> Page | None:
        """Page `number` of a list, from 1."""
        documents = self.listed(column)
        pages = max(1, -(-len(documents) // self.page_size))
        if number > pages:
            if self.past_end == "404":
                return None
            if self.past_end == "stub":
                return self.static(STUB)
            number = pages if self.past_end == "last" else number
        items = documents[(number - 1) * self.page_size : number * self.page_size]
        return self.static(self.render_list(Shown(column, items, number, pages, len(documents))))

    def static(self, body: bytes, modified: datetime | None = None, content_type: str = HTML) -> Page:
        """A page, with validators where the family has them; a list is as new as its newest document, and newer with each edit."""
        if content_type == HTML and self.charset != "utf-8":
            content_type = "text/html"
        if not self.has_validators:
            return Page(body, content_type)
        if modified is None:
            newest = max((published_at(each) for each in self._documents.values()), default=datetime(2025, 1, 1, tzinfo=UTC))
            modified = newest + timedelta(days=self._edits)
        return validated(body, content_type, modified)

    def render(self, template: str, **values: Any) -> bytes:
        """A page from a template, which sees the site too; CRLF line ends."""
        return _environment.get_template(template).render(site=self, **values).encode(self.charset)

    def _sorted(self) -> list[Document]:
        return sorted(self._documents.values(), key=lambda each: (each.published_on, each.key), reverse=True)

    def _key(self, url: str) -> str:
        parts = urlsplit(url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


def published_at(document: Document) -> datetime:
    """When a document came out, half past midnight in Shanghai: another day in UTC."""
    return datetime.combine(document.published_on, time(0, 30), tzinfo=SHANGHAI).astimezone(UTC)


def hex_id(document: Document) -> str:
    """32 hexadecimal digits that are the document's own, whatever its text is."""
    return hashlib.md5(f"{document.title}{document.published_on}".encode(), usedforsecurity=False).hexdigest()


def uuid_of(document: Document) -> str:
    """A version 4 UUID that is the document's own."""
    return str(uuid.UUID(hex_id(document), version=4))


def signed_on(document: Document) -> date:
    """成文日期: some days before publication."""
    return document.published_on - timedelta(days=6)


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE_LENGTH else title[:_TITLE_LENGTH] + "…"


_environment = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    newline_sequence="\r\n",
    keep_trailing_newline=True,
)
_environment.filters |= {"cut": _cut, "paragraphs": lambda document: paragraphs(document.text), "signed_on": signed_on, "hex": hex_id}
