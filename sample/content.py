"""What the portal holds, read from content/: columns with their sub-columns, and articles with their texts.

In: columns.toml, articles.toml, noise.toml and the text files that they name. Out: frozen records. How a page looks is not
decided here.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

CONTENT_DIR = Path(__file__).resolve().parent / "content"

_SHANGHAI = timezone(timedelta(hours=8))
_PUBLISHED_AT = time(9, 18, tzinfo=_SHANGHAI)


class ContentError(ValueError):
    """The content files contradict each other."""


@dataclass(frozen=True)
class SubColumn:
    """A list of the portal: 002017002 is 部门. `folder` is where its pages are, if not below its column; page 1 has a name of its own."""

    code: str
    name: str
    folder: str = ""
    page_one: str = "subpage"


@dataclass(frozen=True)
class Column:
    """A column with its lists, and what its pages say of themselves.

    `root` is the first part of its address. A column that is not `is_listed` has no list pages: its articles are reached by others' lists,
    and by interfaces that answer JSON.
    """

    code: str
    name: str
    area: str
    site_name: str
    site_domain: str
    site_id_code: str
    page_size: int
    notice: str
    subs: tuple[SubColumn, ...]
    root: str = "xxgk"
    is_listed: bool = True

    @property
    def path(self) -> str:
        return f"/{self.root}/{self.code}/".replace("//", "/")

    def folder(self, sub: SubColumn) -> str:
        """Where the pages of a sub-column's list are, with a slash at the end."""
        return sub.folder or f"{self.path}{sub.code}/"

    def list_path(self, sub: SubColumn, page: int = 1) -> str:
        """Where page n of a sub-column's list is; page 1 has a name of its own."""
        return f"{self.folder(sub)}{sub.page_one if page == 1 else page}.html"


@dataclass(frozen=True)
class Attachment:
    """A file that an article links to: its address, and its name as the article shows it."""

    path: str
    name: str


@dataclass(frozen=True)
class Article:
    """An article; `text` has a line for each paragraph and does not repeat the title. `edits` counts changes since loading.

    `column` is the sub-column that it belongs to, `also_in` further ones that list it. `category` is the number by which interfaces
    know it, where that is not its sub-column's.
    """

    path: str
    title: str
    text: str
    column: str
    publisher: str
    published_on: date
    template: str = "a"
    notice: str | None = None
    click: bool = False
    edits: int = 0
    also_in: tuple[str, ...] = ()
    category: str | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def published_at(self) -> datetime:
        return datetime.combine(self.published_on, _PUBLISHED_AT).astimezone(UTC)

    @property
    def modified_at(self) -> datetime:
        """A day later with each edit: made from the content, so that two checkouts agree, and never from the clock."""
        return self.published_at + timedelta(days=self.edits)

    @property
    def uuid(self) -> str:
        return Path(self.path).stem

    @property
    def columns(self) -> tuple[str, ...]:
        """All sub-columns that list it."""
        return (self.column, *self.also_in)


@dataclass(frozen=True)
class Withdrawn:
    """An item that its list still holds, commented out."""

    path: str
    title: str
    column: str
    published_on: date


@dataclass(frozen=True)
class Content:
    """Everything that the portal starts with."""

    columns: tuple[Column, ...]
    articles: tuple[Article, ...]
    withdrawn: tuple[Withdrawn, ...] = field(default=())


def load_content(folder: Path = CONTENT_DIR) -> Content:
    """Read the content files of a folder.

    Raises:
        ContentError: an address twice, a sub-column that no column has, a clickable item at an address that no click leads to.
    """
    known = _read_toml(folder / "columns.toml")
    columns = tuple(_column(entry) for entry in known["columns"])
    entries = [entry for name in ("articles.toml", "noise.toml") for entry in _read_toml(folder / name)["articles"]]
    articles = tuple(_article(folder, entry) for entry in entries)
    _check(columns, articles)
    return Content(columns, articles, tuple(Withdrawn(**entry) for entry in known["withdrawn"]))


def _read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _column(entry: dict[str, Any]) -> Column:
    return Column(**{**entry, "subs": tuple(SubColumn(**sub) for sub in entry["subs"])})


def _article(folder: Path, entry: dict[str, Any]) -> Article:
    fields = dict(entry)
    if name := fields.pop("file", None):
        fields["title"], _, fields["text"] = (folder / name).read_text(encoding="utf-8").partition("\n")
    return Article(**{**fields, "text": fields["text"].strip()})


def _check(columns: tuple[Column, ...], articles: tuple[Article, ...]) -> None:
    codes = {sub.code for column in columns for sub in column.subs}
    paths: set[str] = set()
    for article in articles:
        if article.path in paths:
            raise ContentError(f"{article.path}: two articles")
        if article.column not in codes:
            raise ContentError(f"{article.path}: no column has the sub-column {article.column}")
        if article.template not in {"a", "b"}:
            raise ContentError(f"{article.path}: template {article.template!r} is neither a nor b")
        if article.click and f"/{article.column}/{article.published_on:%Y%m%d}/" not in article.path:
            raise ContentError(f"{article.path}: a click leads to an address made of column and date")
        paths.add(article.path)
