"""Hanweb's jcms: `/art/Y/M/D/art_<column>_<id>.html`, lists of records that a script asks `dataproxy.jsp` for.

`POST /module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=45` with columnid, unitid, webid, path and permissiontype gives
`<datastore>` with a `<record>` of markup for each item. The column's page tells these values, in the script or the link that asks for
more; options of the same names override them, `perpage` says how many to ask for. Portals cut an answer (at 300 or less), or begin each
with the first record: the page number is sent too, and what comes is compared with what is known. Source: public clients of such portals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from etl.charset import decode
from etl.errors import SourceError
from etl.fetch.asks import Ask
from etl.fetch.families.base import Getter, ListPage
from etl.fetch.families.static import StaticLists

_PROXY = "/module/web/jpage/dataproxy.jsp"
_FORM = "application/x-www-form-urlencoded"
_NEEDED = ("columnid", "unitid", "webid", "path", "permissiontype")
_USUAL = {"path": "/", "permissiontype": "0"}
_PER_PAGE = 45

# the link that asks for more: dataproxy.jsp?page=1&appid=1&webid=149&path=/&columnid=1229063&unitid=6793088&permissiontype=0
_LINK = re.compile(r"dataproxy\.jsp\?(?P<query>[^\s\"'<>\]]+)")

# the script: {col:1,webid:149,path:'/',columnid:1229063,unitid:6793088,permissiontype:0}
_PARAMS = re.compile(r"\{[^{}]*\bcolumnid\b[^{}]*\}")
_PARAM = re.compile(r"['\"]?\b(?P<name>columnid|unitid|webid|path|permissiontype)\b['\"]?\s*:\s*['\"]?(?P<value>[^'\",}\s]+)")

_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(?P<markup>.*?)\]\]>\s*</record>", re.DOTALL | re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(?P<total>\d+)", re.IGNORECASE)

# /col/col1229063/index.html
_COLUMN = re.compile(r"/col/?col(?P<id>\d+)/|/col(?P<short>\d+)/")


class Jcms(StaticLists):
    """A column of jcms."""

    # /art/2024/3/5/art_1229063_4070001.html
    article = re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\w+\.s?html?$")

    _values: dict[str, str] | None = None
    _step = 0

    def first(self, get: Getter) -> Ask:
        own = {name: str(self.options[name]) for name in _NEEDED if name in self.options}
        url = self.source.base_url + self.entry.path
        told: dict[str, str] = {}
        if set(_NEEDED) - own.keys():
            body = get(url)
            text = decode(body).text if body else ""
            told = self._told(text)
            if not told and _RECORD.search(text) and not own:
                return super().first(get)  # a column that holds all its records, and asks for none
        self._values = {**_USUAL, **told, **own}
        if missing := [name for name in _NEEDED if name not in self._values]:
            raise SourceError(f"{url}: the page does not tell {', '.join(missing)}: set these options of the entry")
        return self._records(1, self._per_page, 1)

    def read(self, body: bytes, url: str) -> ListPage:
        text = decode(body).text
        records = [match["markup"] for match in _RECORD.finditer(text)]
        is_answer = urlsplit(url).path.endswith("/dataproxy.jsp")
        if not records and is_answer and "<datastore" not in text:
            return ListPage((), fault="the answer is no <datastore>")
        if not records:
            return ListPage(()) if is_answer else super().read(body, url)
        markup = "".join(f"<li>{record}</li>" if "<li" not in record else record for record in records)
        page = super().read(f"<meta charset=utf-8><ul>{markup}</ul>".encode(), url)
        total = _TOTAL.search(text)
        return replace(page, page_count=-(-int(total["total"]) // len(records)) if total else None)

    def later(self, first_url: str, page: ListPage, number: int) -> tuple[Ask | None, ...]:
        if self._values is None:
            return ()
        if number == 2:  # an answer may hold fewer records than asked for
            self._step = min(len(page.items), self._per_page)
        start = (number - 1) * self._step + 1
        return (self._records(start, start + self._step - 1, number),)

    @property
    def list_pattern(self) -> str:
        return ""

    @property
    def _per_page(self) -> int:
        return int(self.options.get("perpage", _PER_PAGE))

    def _records(self, start: int, end: int, number: int) -> Ask:
        values = {"col": "1", "appid": "1", **(self._values or {}), "page": str(number)}
        path = str(self.options.get("proxy", _PROXY))
        query = f"startrecord={start}&endrecord={end}&perpage={end - start + 1}"
        return self.ask(f"{self.source.base_url}{path}?{query}", payload=urlencode(values), payload_type=_FORM)

    def _told(self, text: str) -> dict[str, str]:
        """The values of the entry's column as its page tells them; those of another one only if it is the only one."""
        column = _COLUMN.search(self.entry.path)
        number = (column["id"] or column["short"]) if column else None
        groups = [group for group in _groups(text) if "columnid" in group and "unitid" in group]
        return next((group for group in groups if group["columnid"] == number), groups[0] if groups else {})


def _groups(text: str) -> Iterator[dict[str, str]]:
    for match in _LINK.finditer(text):
        query = parse_qsl(match["query"].replace("&amp;", "&"))
        yield {name: value for name, value in query if name in _NEEDED}
    for match in _PARAMS.finditer(text):
        yield {found["name"]: found["value"] for found in _PARAM.finditer(match[0])}
