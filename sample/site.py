"""The portal as addresses and pages: a path goes in, a page with its validators comes out; no network, no clock.

ETag is made from the bytes and Last-Modified from the days of publication, so two checkouts serve the same validators.
Tests edit the content while it is served; an edit moves Last-Modified by a day and, where bytes change, the ETag.
"""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from urllib.parse import parse_qs, unquote

from sample import json_lists
from sample.content import Article, Attachment, Column, Content, SubColumn, load_content
from sample.options import SITE_GUID, Options
from sample.page import HTML, Page, refused, validated
from sample.render import (
    read_static,
    render_article,
    render_frame,
    render_list,
    render_message,
    render_navigation,
    render_open_file,
)

__all__ = ["HTML", "Page", "Site"]

_NAVIGATION = ("/", "/xxgk/xxgk.html")
_STATIC = {
    "/js/webBuilderCommon.js": ("webBuilderCommon.js", "application/javascript; charset=utf-8"),
    "/css/sample.css": ("sample.css", "text/css; charset=utf-8"),
}

_SHELLS = ("/dynamic/infoOpenFile.html", "/dynamic/zwgk/govInfoPub.html")
_FRAME = "/dynamic/zwgk/govInfoList.html"

# /xxgk/002017/002017002/subpage.html, …/1.html, …/12.html, /zmhd/003001/zmhdmoreinfo.html
_LIST_PATH = re.compile(r"(?P<folder>/(?:\w+/)+)(?P<name>[A-Za-z]\w*|[1-9]\d{0,3})\.html")
_EMPTY_SINCE = datetime(2018, 1, 1, tzinfo=UTC)


class Site:
    """All pages; safe to ask and to edit from several threads."""

    def __init__(self, content: Content | None = None):
        content = content or load_content()
        self.options = Options()
        self.columns = content.columns
        self._columns = {sub.code: (column, sub) for column in content.columns for sub in column.subs}
        self._folders = {column.folder(sub): (column, sub) for column, sub in self._columns.values() if column.is_listed}
        self._withdrawn = content.withdrawn
        self._articles = {article.path: article for article in content.articles}
        self._files: dict[str, Page] = {}
        self._lock = threading.RLock()
        self._modified = {code: self._newest(code) for code in self._columns}
        self._opened_at = min(self._modified.values())

    def answer(self, method: str, target: str, body: bytes, host: str) -> Page | None:
        """What is sent for a request: pages are read, and only lists and the search are asked by POST."""
        if method == "GET":
            return self.page(target)
        path = target.partition("?")[0]
        if method != "POST" or path not in json_lists.INTERFACES:
            return refused(message=render_message("不支持该请求方式"))
        with self._lock:
            articles = sorted(self._articles.values(), key=_by_date, reverse=True)
        return json_lists.INTERFACES[path](articles, self.options, body)

    def page(self, target: str) -> Page | None:
        """The page at a path, or None. A query is ignored, as a server of static files does: ?type=2 is the same page.

        Files are the exception: one that was added with a query is at that query only.
        """
        path, _, query = target.partition("?")
        with self._lock:
            if path in self._articles:
                return self._article_page(self._articles[path])
            if found := self._files.get(unquote(target)) or self._files.get(unquote(path)):
                return found
            if path == _FRAME:
                return self._frame_page(parse_qs(query).get("categorynum", [""])[0])
            if found := self._list_page(path):
                return found
        return self._fixed_page(path)

    def emptied_list(self, target: str) -> Page | None:
        """The list at a path as if its items had not been found: a good page with zero items and no validators; or None."""
        found = self._list_at(target.partition("?")[0])
        return None if found is None else Page(render_list(*found[:2], articles=()))

    def not_found(self) -> Page:
        """What is sent for an address that holds nothing."""
        return Page(render_message("您访问的页面不存在"), status=404)

    def articles(self, path_glob: str = "*") -> list[str]:
        """The paths of the articles that match, in the order of loading."""
        with self._lock:
            return [path for path in self._articles if fnmatchcase(path, path_glob)]

    def article(self, path: str) -> Article:
        """The article at a path.

        Raises:
            KeyError: there is none.
        """
        with self._lock:
            return self._articles[path]

    def replace_text(self, path: str, old: str, new: str) -> None:
        """Replace a passage of an article, wherever it stands in it.

        Raises:
            KeyError: there is no article at the path.
            ValueError: the article does not hold the passage: the edit would change nothing.
        """
        with self._lock:
            text = self._articles[path].text
            if old not in text:
                raise ValueError(f"{path}: the text does not hold {old!r}")
            self.replace_body(path, text.replace(old, new))

    def replace_body(self, path: str, text: str) -> None:
        """Put another text into an article.

        Raises:
            KeyError: there is no article at the path.
        """
        with self._lock:
            article = self._articles[path]
            self._articles[path] = replace(article, text=text.strip(), edits=article.edits + 1)

    def remove(self, path: str) -> None:
        """Take an article away, from its list too.

        Raises:
            KeyError: there is none.
        """
        with self._lock:
            self._touch(self._articles.pop(path))

    def add(
        self,
        path: str,
        *,
        title: str,
        text: str,
        column: str,
        publisher: str,
        published_on: date,
        template: str = "a",
        also_in: tuple[str, ...] = (),
        attachments: tuple[Attachment, ...] = (),
    ) -> None:
        """Publish an article: its lists show it by its date, and what follows it moves on.

        Raises:
            ValueError: there is an article at the path, or no such sub-column.
        """
        article = Article(path, title, text.strip(), column, publisher, published_on, template, also_in=also_in, attachments=attachments)
        with self._lock:
            if path in self._articles or not self._columns.keys() >= set(article.columns):
                raise ValueError(f"{path}: already there, or no sub-column {' or '.join(article.columns)}")
            self._articles[path] = article
            self._touch(article)

    def add_file(self, path: str, text: str, content_type: str = "text/plain; charset=utf-8") -> None:
        """Serve a text as it is, for instance /robots.txt."""
        self.add_bytes(path, text.encode(), content_type)

    def add_bytes(self, target: str, body: bytes, content_type: str, disposition: str | None = None) -> None:
        """Serve bytes as they are, for instance an attachment; the address may be percent-encoded, and may have a query of its own.

        `disposition` is sent as Content-Disposition; a program that hands out files sends no validators, so such a page has none.
        """
        with self._lock:
            if disposition is None:
                self._files[unquote(target)] = validated(body, content_type, self._opened_at)
            else:
                self._files[unquote(target)] = Page(body, content_type, headers={"Content-Disposition": disposition})

    def _article_page(self, article: Article) -> Page:
        column, sub = self._columns[article.column]
        return validated(render_article(column, sub, article), HTML, article.modified_at)

    def _list_at(self, path: str) -> tuple[Column, SubColumn, int] | None:
        """The list that a path is a page of, and which."""
        match = _LIST_PATH.fullmatch(path)
        found = self._folders.get(match["folder"]) if match else None
        if match is None or found is None:
            return None
        if match["name"] == found[1].page_one:
            return (*found, 1)
        return (*found, int(match["name"])) if match["name"].isdigit() else None

    def _list_page(self, path: str) -> Page | None:
        found = self._list_at(path)
        if found is None:
            return None
        column, sub, number = found
        articles = self._listed(sub.code)
        pages = max(1, -(-len(articles) // column.page_size))
        if number > pages:
            if self.options.past_end == "404":
                return None
            number = pages if self.options.past_end == "last" else number
        shown = articles[(number - 1) * column.page_size : number * column.page_size]
        withdrawn = [item for item in self._withdrawn if item.column == sub.code and number == 1]
        style = self.options.list_style.get(sub.code, "plain")
        body = render_list(column, sub, shown, withdrawn, page=number, pages=pages, style=style)
        return validated(body, HTML, self._modified[sub.code])

    def _frame_page(self, code: str) -> Page | None:
        found = self._columns.get(code)
        return None if found is None else Page(render_frame(*found, self._listed(code)))

    def _fixed_page(self, path: str) -> Page | None:
        if path in _NAVIGATION:
            return validated(render_navigation([each for each in self.columns if each.is_listed]), HTML, self._opened_at)
        if path in _STATIC:
            name, content_type = _STATIC[path]
            text = read_static(name).replace(SITE_GUID.encode(), self.options.site_guid.encode())
            return validated(text, content_type, self._opened_at)
        if path in _SHELLS:
            return validated(render_open_file(), HTML, self._opened_at)
        for column in self.columns:
            if path == column.path and column.is_listed:
                return Page(b"", status=302, location=column.list_path(column.subs[0]))
        return None

    def _listed(self, sub_code: str) -> list[Article]:
        return sorted((each for each in self._articles.values() if sub_code in each.columns), key=_by_date, reverse=True)

    def _newest(self, sub_code: str) -> datetime:
        return max((article.published_at for article in self._listed(sub_code)), default=_EMPTY_SINCE)

    def _touch(self, article: Article) -> None:
        """A list is newer after each edit, also when its newest item was the one that went."""
        for code in article.columns:
            self._modified[code] = max(self._modified[code] + timedelta(days=1), self._newest(code))


def _by_date(article: Article) -> tuple[date, str]:
    return article.published_on, article.path
