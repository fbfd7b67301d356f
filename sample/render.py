"""Pages from templates: what a column, a list, an article or a missing page looks like, as bytes.

In: records of `sample.content`. Out: UTF-8 with CRLF line ends. Which page stands at which address is decided by `sample.site`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sample.content import Article, Column, SubColumn, Withdrawn
from sample.markup import paragraphs, signed_on

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_TITLE_LENGTH = 22

_environment = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    newline_sequence="\r\n",
    keep_trailing_newline=True,
)


def render_navigation(columns: Sequence[Column]) -> bytes:
    """The page that links the columns."""
    return _render("navigation.html", columns=columns)


def render_list(
    column: Column,
    sub: SubColumn,
    articles: Sequence[Article],
    withdrawn: Sequence[Withdrawn] = (),
    *,
    page: int = 1,
    pages: int = 1,
    style: str = "plain",
) -> bytes:
    """A page of a list; long titles are cut, the whole title stands in `title=`. With style iframe or script it has no items of its own."""
    shown = {"column": column, "sub": sub, "articles": articles, "withdrawn": withdrawn}
    return _render("list.html", **shown, page=page, pages=pages, style=style)


def render_frame(column: Column, sub: SubColumn, articles: Sequence[Article]) -> bytes:
    """The page inside the iframe of a list: a table, most of its items without a href."""
    return _render("frame_list.html", column=column, sub=sub, articles=articles)


def render_open_file() -> bytes:
    """The entry of the disclosure system: a shell whose script asks for the data."""
    return _render("open_file.html")


def render_article(column: Column, sub: SubColumn, article: Article) -> bytes:
    """An article by its template, with the form for corrections below it."""
    fields = {"paragraphs": paragraphs(article.text), "signed_on": signed_on(article.text), "notice": article.notice or column.notice}
    return _render(f"article_{article.template}.html", column=column, sub=sub, article=article, **fields)


def render_message(message: str) -> bytes:
    """A page that only says something: not found, not allowed."""
    return _render("message.html", message=message)


def read_static(name: str) -> bytes:
    """A file that is served as it is."""
    return (_TEMPLATES / "static" / name).read_text(encoding="utf-8").replace("\n", "\r\n").encode()


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE_LENGTH else title[:_TITLE_LENGTH] + "…"


def _render(template: str, **values: Any) -> bytes:
    return _environment.get_template(template).render(**values).encode()


_environment.filters["cut"] = _cut
