"""The portal as addresses and pages: a path goes in, a page with its validators comes out; no network, no clock.

ETag is made from the bytes and Last-Modified from the days of publication, so two checkouts serve the same validators.
Tests edit the content while it is served; an edit moves Last-Modified by a day and, where bytes change, the ETag.
"""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase

from sample.content import Article, Content, load_content
from sample.page import HTML, Page, refused, validated
from sample.render import read_static, render_article, render_list, render_message, render_navigation

__all__ = ["HTML", "Page", "Site"]

_NAVIGATION = ("/", "/xxgk/xxgk.html")
_STATIC = {
    "/js/webBuilderCommon.js": ("webBuilderCommon.js", "application/javascript; charset=utf-8"),
    "/css/sample.css": ("sample.css", "text/css; charset=utf-8"),
}

# /xxgk/002017/002017002/subpage.html, …/1.html, …/12.html
_LIST_PATH = re.compile(r"/xxgk/(?P<column>\d{6})/(?P<sub>\d{9})/(?P<page>subpage|[1-9]\d{0,3})\.html")


class Site:
    """All pages; safe to ask and to edit from several threads."""

    def __init__(self, content: Content | None = None):
        content = content or load_content()
        self.columns = content.columns
        self._columns = {sub.code: (column, sub) for column in content.columns for sub in column.subs}
        self._withdrawn = content.withdrawn
        self._articles = {article.path: article for article in content.articles}
        self._files: dict[str, Page] = {}
        self._lock = threading.RLock()
        self._modified = {code: self._newest(code) for code in self._columns}
        self._opened_at = min(self._modified.values())

    def answer(self, method: str, target: str, body: bytes, host: str) -> Page | None:
        """What is sent for a request: pages are read, and nothing is posted."""
        if method != "GET":
            return refused(message=render_message("不支持该请求方式"))
        return self.page(target)

    def page(self, target: str) -> Page | None:
        """The page at a path, or None. A query is ignored, as a server of static files does: ?type=2 is the same page."""
        path = target.partition("?")[0]
        with self._lock:
            if path in self._articles:
                return self._article_page(self._articles[path])
            if path in self._files:
                return self._files[path]
            if match := _LIST_PATH.fullmatch(path):
                return self._list_page(match)
        return self._fixed_page(path)

    def emptied_list(self, target: str) -> Page | None:
        """The list at a path as if its items had not been found: a good page with zero items and no validators; or None."""
        match = _LIST_PATH.fullmatch(target.partition("?")[0])
        found = self._columns.get(match["sub"]) if match else None
        return None if found is None else Page(render_list(*found, articles=()))

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
            self._touch(self._articles.pop(path).column)

    def add(self, path: str, *, title: str, text: str, column: str, publisher: str, published_on: date, template: str = "a") -> None:
        """Publish an article: its list shows it by its date, and what follows it moves on.

        Raises:
            ValueError: there is an article at the path, or no such sub-column.
        """
        with self._lock:
            if path in self._articles or column not in self._columns:
                raise ValueError(f"{path}: already there, or no sub-column {column}")
            self._articles[path] = Article(path, title, text.strip(), column, publisher, published_on, template)
            self._touch(column)

    def add_file(self, path: str, text: str, content_type: str = "text/plain; charset=utf-8") -> None:
        """Serve a text as it is, for instance /robots.txt."""
        self.add_bytes(path, text.encode(), content_type)

    def add_bytes(self, path: str, body: bytes, content_type: str) -> None:
        """Serve bytes as they are, for instance an attachment."""
        with self._lock:
            self._files[path] = validated(body, content_type, self._opened_at)

    def _article_page(self, article: Article) -> Page:
        column, sub = self._columns[article.column]
        return validated(render_article(column, sub, article), HTML, article.modified_at)

    def _list_page(self, match: re.Match[str]) -> Page | None:
        number = 1 if match["page"] == "subpage" else int(match["page"])
        found = self._columns.get(match["sub"])
        if found is None or found[0].code != match["column"]:
            return None
        column, sub = found
        articles = self._listed(sub.code)
        pages = max(1, -(-len(articles) // column.page_size))
        if number > pages:
            return None
        shown = articles[(number - 1) * column.page_size : number * column.page_size]
        withdrawn = [item for item in self._withdrawn if item.column == sub.code and number == 1]
        return validated(render_list(column, sub, shown, withdrawn, page=number, pages=pages), HTML, self._modified[sub.code])

    def _fixed_page(self, path: str) -> Page | None:
        if path in _NAVIGATION:
            return validated(render_navigation(self.columns), HTML, self._opened_at)
        if path in _STATIC:
            name, content_type = _STATIC[path]
            return validated(read_static(name), content_type, self._opened_at)
        for column in self.columns:
            if path == column.path:
                return Page(b"", status=302, location=column.list_path(column.subs[0].code))
        return None

    def _listed(self, sub_code: str) -> list[Article]:
        articles = [article for article in self._articles.values() if article.column == sub_code]
        return sorted(articles, key=lambda article: (article.published_on, article.path), reverse=True)

    def _newest(self, sub_code: str) -> datetime:
        return max(article.published_at for article in self._listed(sub_code))

    def _touch(self, sub_code: str) -> None:
        """A list is newer after each edit, also when its newest item was the one that went."""
        newest = max([article.published_at for article in self._listed(sub_code)], default=self._modified[sub_code])
        self._modified[sub_code] = max(self._modified[sub_code] + timedelta(days=1), newest)
