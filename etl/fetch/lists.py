"""A list page, read: its items as the page shows them, and its links. Pure; addresses are resolved by `etl.fetch.discover`.

In: the bytes of a page of the epoint-static family. Out: a `ListPage`. What is commented out in the page is no item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.charset import decode

# the box that the page script fills with page n, the table of an iframe list, or else the whole page
_BOXES = ("#categorypagingcontent", ".ewb-catalog-table", "body")

# linkToNew('5f0c1a52-0000-4000-8000-1c2d3e4f5a6b','002017002')
_CLICK = re.compile(r"linkToNew\(\s*['\"](?P<uuid>[\w-]+)['\"]\s*,\s*['\"](?P<category>\d+)['\"]")

# /xxgk/002017/002017002/20240325/5f0c….html and /govxxgk/JB0/2025-03-03/5f0c….html
_ARTICLE_PATH = re.compile(r"/(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)/[\w-]{8,}\.\w+(?:[?#]|$)")

# 2024-03-25, [2024-03-20], 2024/3/5, 2024.03.25, 2024年3月5日
_DATE = re.compile(r"(?<!\d)(?P<year>\d{4})\s*[-./年]\s*(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})(?!\d)")

# 1/20
_COUNT = re.compile(r"\d+\s*/\s*(?P<pages>\d+)")

# <font color=red>, </em> inside a title attribute
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")

_NO_ADDRESS = ("", "#", "javascript:")


@dataclass(frozen=True, slots=True)
class Item:
    """One item. It has a `href`, or a `click` (uuid, category), or neither; `listed_on` is the date beside it."""

    title: str
    listed_on: date | None
    href: str | None = None
    click: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list; `links` are all hrefs of the page, `page_count` what it says of itself (1/20)."""

    items: tuple[Item, ...]
    links: tuple[str, ...]
    page_count: int | None


def read_list(raw: bytes) -> ListPage:
    """The items and links of a list page; a page that is no list has no items."""
    tree = LexborHTMLParser(decode(raw).text)
    links = tuple(href for node in tree.css("a[href]") if (href := _address(node)))
    box = next((node for selector in _BOXES if (node := tree.css_first(selector)) is not None), None)
    if box is None:
        return ListPage((), links, None)
    items = tuple(item for anchor in box.css("a") if (item := _read_item(anchor)) is not None)
    return ListPage(items, links, _read_count(tree))


def _read_item(anchor: LexborNode) -> Item | None:
    title = _clean(anchor.attributes.get("title") or "") or _clean(anchor.text())
    href, click = _address(anchor), _CLICK.search(anchor.attributes.get("onclick") or "")
    listed_on = _date_beside(anchor)
    in_address = _ARTICLE_PATH.search(href or "")
    if not title or not (listed_on or click or in_address):
        return None  # navigation, page numbers
    if listed_on is None and in_address is not None:
        listed_on = _date(in_address)
    return Item(title, listed_on, href, (click["uuid"], click["category"]) if click and href is None else None)


def _address(anchor: LexborNode) -> str | None:
    href = (anchor.attributes.get("href") or "").strip()
    return None if href in _NO_ADDRESS or href.lower().startswith("javascript:") else href


def _date_beside(anchor: LexborNode) -> date | None:
    """The date in the anchor's row, outside its own text: titles hold dates too."""
    row = anchor.parent
    while row is not None and row.tag not in {"li", "tr", "dd"}:
        row = row.parent
    if row is None:
        return None
    beside = row.text(separator=" ").replace(anchor.text(separator=" "), " ")
    found = [day for match in _DATE.finditer(beside) if (day := _date(match))]
    return found[-1] if found else None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _read_count(tree: LexborHTMLParser) -> int | None:
    for node in tree.css("#index, .ewb-page-num, a.wb-page-number, td.huifont"):
        if match := _COUNT.search(node.text()):
            return int(match["pages"])
    return None


def _clean(title: str) -> str:
    return " ".join(_TAG.sub("", title).split())
