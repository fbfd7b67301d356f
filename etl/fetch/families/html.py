"""Lists that are pages of links: what most families have in common. Pure: bytes in, `ListPage` out.

An item is a link with a date beside it, or with an address that holds one. What is commented out in the page is no item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.charset import decode
from etl.fetch.families.base import Item, ListPage, absolute

# /xxgk/002017/002017002/20240325/5f0c….html and /govxxgk/JB0/2025-03-03/5f0c….html
_ARTICLE_PATH = re.compile(r"/(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)/[\w-]{8,}\.\w+(?:[?#]|$)")

# 2024-03-25, [2024-03-20], 2024/3/5, 2024.03.25, 2024年3月5日, 2024- 03- 14
_DATE = re.compile(r"(?<!\d)(?P<year>\d{4})\s*[-./年]\s*(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})(?!\d)")

# 1/20, 共20页
_COUNT = re.compile(r"\d+\s*/\s*(?P<pages>\d+)|共\s*(?P<all>\d+)\s*页")
_COUNT_PLACES = "#index, .ewb-page-num, a.wb-page-number, td.huifont"

# <font color=red>, </em> inside a title attribute
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")

_ROWS = {"li", "tr", "dd"}

Resolve = Callable[[LexborNode, date | None], str | None]
"""The address of an anchor without a href, by its onclick and the date beside it; "" if it is an item whose address nobody can
tell, null if it is none."""


def read_list(body: bytes, url: str, boxes: Sequence[str] = (), *, resolve: Resolve | None = None, selector: str | None = None) -> ListPage:
    """The items and links of a list page.

    Args:
        body: the page as received.
        url: where it came from; links are resolved against it.
        boxes: selectors of the box that holds the items; the first one that the page has counts, the whole page if it has none.
        resolve: what makes an address of an anchor without one.
        selector: CSS of the items' anchors, from the registry; then every anchor that it finds is an item.
    """
    tree = LexborHTMLParser(decode(body).text)
    links = tuple(link for node in tree.css("a[href], iframe[src]") if (link := _link(node, url)) is not None)
    if selector is not None:
        anchors = tree.css(selector)
    else:
        box = next((node for name in boxes if (node := tree.css_first(name)) is not None), tree.body)
        anchors = [] if box is None else box.css("a")
    found = (_item(anchor, url, resolve, is_item=selector is not None) for anchor in anchors)
    return ListPage(tuple(item for item in found if item is not None), links, _page_count(tree))


def _item(anchor: LexborNode, url: str, resolve: Resolve | None, *, is_item: bool) -> Item | None:
    title = clean_title(anchor.attributes.get("title") or "") or clean_title(anchor.text())
    listed_on = _date_beside(anchor)
    address = _link(anchor, url)
    in_address = _ARTICLE_PATH.search(address or "")
    if address is None and resolve is not None:
        address = resolve(anchor, listed_on)
        is_item = is_item or address is not None
    if not title or not (is_item or listed_on or in_address):
        return None  # navigation, page numbers
    if listed_on is None and in_address is not None:
        listed_on = _date(in_address)
    return Item(title, listed_on, address or None)


def _link(node: LexborNode, url: str) -> str | None:
    return absolute(url, node.attributes.get("href") or node.attributes.get("src") or "")


def _date_beside(anchor: LexborNode) -> date | None:
    """The date in the anchor's row, outside its own text: titles hold dates too."""
    row = anchor.parent
    while row is not None and row.tag not in _ROWS:
        row = row.parent
    if row is None:
        return None
    beside = row.text(separator=" ").replace(anchor.text(separator=" "), " ")
    found = [day for match in _DATE.finditer(beside) if (day := _date(match))]
    return found[-1] if found else None


def read_date(text: str) -> date | None:
    """The first date in a text: 2024-03-25 10:12, 2024年3月5日; null if there is none or it cannot be."""
    match = _DATE.search(text)
    return _date(match) if match else None


def date_in_address(url: str) -> date | None:
    """The day that an address holds: /20240325/uuid.html, /2025-03-03/uuid.html; null if there is none or it cannot be."""
    match = _ARTICLE_PATH.search(url)
    return _date(match) if match else None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _page_count(tree: LexborHTMLParser) -> int | None:
    for node in tree.css(_COUNT_PLACES):
        if match := _COUNT.search(node.text()):
            return int(match["pages"] or match["all"])
    return None


def clean_title(title: str) -> str:
    """A title without markup and superfluous blanks."""
    return " ".join(_TAG.sub("", title).split())
