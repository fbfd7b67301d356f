"""Lists that are pages of links: what most families have in common. Pure: bytes in, `ListPage` out.

An item is a link that its family knows as an article's, or one with a date beside it in the same list: files, links that lead nowhere or
to another host. A family that does not know its articles takes every link with a date beside it or in its address. What is commented out
in the page is no item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.charset import decode
from etl.fetch.families.base import Item, ListPage, absolute
from etl.fetch.families.days import DATE, date_of, holds_day
from etl.fetch.families.written import with_written

# 1/20, 共20页, 共<b>20</b>页, totalPage: 20, createPageHTML(20, 0, "index", "html")
_COUNT = re.compile(r"\d+\s*/\s*(?P<pages>\d+)|共\s*(?P<all>\d+)\s*页")
_COUNT_PLACES = "#index, .ewb-page-num, a.wb-page-number, td.huifont"
_COUNT_IN_TEXT = re.compile(
    r"共\s*(?:<[^<>]*>\s*)?(?P<all>\d+)\s*(?:<[^<>]*>\s*)?页"
    r"|\b(?:totalPages?|pageCount|countPage)['\"]?\s*[:=]\s*['\"]?(?P<script>\d+)"
    r"|createPageHTML\(\s*(?P<trs>\d+)",
    re.IGNORECASE,
)

# <font color=red>, </em> inside a title attribute
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CUT = ("…", "...", "．．．")

# [2024-03-25], 发布时间：2024-03-25 09:18
_ONLY_DATE = re.compile(r"\s*(?:\w{2,4}[：:])?\s*[\[(（【]?\s*\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}日?[\s\d:]{0,9}[\])）】]?\s*")

# window.open('/a/b.html'), location.href="../b.html"
_CLICK = re.compile(r"['\"](?P<url>(?:https?:/|\.{0,2})/[^'\"\s]+)['\"]")

_NEXT = {"下一页", "下页", "后一页", "下一页>", "下一页>>", ">", ">>", "›", "»"}
_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|zip|rar)$", re.IGNORECASE)

_ROWS = {"li", "tr", "dd"}
_MOST_IN_ROW = 6  # more links in one li or tr are no row of a list but a menu, or the layout of the page
_NEAR = 3
_FAR = 12

Resolve = Callable[[LexborNode, date | None], str | None]
"""The address of an anchor without a href, by its onclick and the date beside it; "" if it is an item whose address nobody can
tell, null if it is none."""

IsArticle = Callable[[str, bool], bool]
"""Whether an absolute address is that of an article of this list; told whether a date stands beside the link."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the lists of a family look, for `read_list`.

    `boxes` are selectors of the box that holds the items: the first one that the page has counts, the whole page if it has none.
    `resolve` makes an address of an anchor without one. `item` and `day` are CSS from the registry: of the items' anchors, all of which
    are items then, and of the date in the row of one. `is_article` tells the links to articles, and only lists that hold one count.
    `list_text` is what links to further lists of the entry say (2023年); with `has_frames` the pages in an iframe are such too.
    """

    boxes: Sequence[str] = ()
    resolve: Resolve | None = None
    item: str | None = None
    day: str | None = None
    is_article: IsArticle | None = None
    list_text: re.Pattern[str] | None = None
    has_frames: bool = False


@dataclass(frozen=True, slots=True)
class _Link:
    """An anchor with what was read of it. `box` is the list that its row stands in."""

    item: Item
    is_item: bool
    is_article: bool
    is_dated: bool
    box: int | None


def read_list(body: bytes, url: str, look: Look) -> ListPage:
    """The items and links of a list page as received; `url` is where it came from: links are resolved against it."""
    text = with_written(decode(body).text)
    tree = LexborHTMLParser(text)
    anchors = [(node, link) for node in tree.css("a[href]") if (link := _address(node, url)) is not None]
    frames = tuple(link for node in tree.css("iframe[src]") if (link := _address(node, url)) is not None)
    said = look.list_text
    named = tuple(link for node, link in anchors if said is not None and said.fullmatch(node.text(strip=True)))
    return ListPage(
        items=_items(tree, url, look),
        links=(*(link for _, link in anchors), *frames),
        page_count=_page_count(tree, text),
        next_url=next((link for node, link in anchors if _squeezed(node.text()) in _NEXT), None),
        numbered={int(number): link for node, link in anchors if (number := node.text(strip=True)).isdecimal() and len(number) < 4},
        lists=named + (frames if look.has_frames else ()),
    )


def _items(tree: LexborHTMLParser, url: str, look: Look) -> tuple[Item, ...]:
    counts: dict[int, int] = {}
    if look.item is not None:
        return tuple(link.item for node in tree.css(look.item) if (link := _read(node, url, look, counts)) is not None)
    box = next((node for name in look.boxes if (node := tree.css_first(name)) is not None), tree.body)
    found = [link for node in (box.css("a") if box is not None else []) if (link := _read(node, url, look, counts)) is not None]
    if look.is_article is None:
        return tuple(link.item for link in found if link.is_item)
    boxes = {link.box for link in found if link.is_article}
    beside = (link.is_dated and (link.box in boxes or (not boxes and _is_file(link.item))) for link in found)
    return tuple(link.item for link, is_beside in zip(found, beside, strict=True) if link.is_article or is_beside)


def _read(anchor: LexborNode, url: str, look: Look, counts: dict[int, int]) -> _Link | None:
    """What an anchor says; null for one without a text. `counts` keeps how many links an element holds."""
    row = _row(anchor, counts)
    listed_on, text = _date_and_text(anchor, row, look.day)
    title = _title(anchor.attributes.get("title") or "", text)
    if not title:
        return None
    address = _address(anchor, url)
    is_item = listed_on is not None
    if address is None:
        resolved = _clicked(anchor, url) if look.resolve is None else look.resolve(anchor, listed_on)
        is_item = is_item or resolved is not None
        address = resolved or None
    is_item = is_item or (address is not None and holds_day(address))
    is_article = address is not None and look.is_article is not None and look.is_article(address, listed_on is not None)
    box = row.parent.mem_id if row is not None and row.parent is not None else None
    return _Link(Item(title, listed_on, address), is_item, is_article, listed_on is not None, box)


def _address(node: LexborNode, url: str) -> str | None:
    return absolute(url, node.attributes.get("href") or node.attributes.get("src") or "")


def _clicked(anchor: LexborNode, url: str) -> str | None:
    match = _CLICK.search(anchor.attributes.get("onclick") or "") or _CLICK.search(anchor.attributes.get("href") or "")
    return absolute(url, match["url"]) if match else None


def _is_file(item: Item) -> bool:
    return item.url is not None and _FILE.search(urlsplit(item.url).path) is not None


def _row(anchor: LexborNode, counts: dict[int, int]) -> LexborNode | None:
    """The row of a list that an anchor stands in: the li, tr or dd, or else the largest element near that holds no other link."""
    row = anchor.parent
    for _ in range(_FAR):
        if row is None or row.tag in _ROWS:
            break
        row = row.parent
    if row is not None and row.tag in _ROWS and _count(row, counts) <= _MOST_IN_ROW:
        return row
    row = None
    above = anchor.parent
    for _ in range(_NEAR):
        if above is None or above.tag == "body" or _count(above, counts) > 1:
            break
        row, above = above, above.parent
    return row


def _count(node: LexborNode, counts: dict[int, int]) -> int:
    """How many links an element holds. Counted once: a page of one row for everything would take the square of its length."""
    if node.mem_id not in counts:
        counts[node.mem_id] = len(node.css("a"))
    return counts[node.mem_id]


def _date_and_text(anchor: LexborNode, row: LexborNode | None, selector: str | None) -> tuple[date | None, str]:
    """The date of an item, and its text without it: an element of its own in the link, or beside it. Titles hold dates too."""
    text = anchor.text(separator=" ")
    for node in anchor.css("*"):
        inner = node.text(separator=" ")
        if node.mem_id != anchor.mem_id and _ONLY_DATE.fullmatch(inner) and (match := DATE.search(inner)):
            return date_of(match), text.replace(inner, " ")
    if row is None:
        return None, anchor.text()
    chosen = row.css_first(selector) if selector else None
    beside = chosen.text(separator=" ") if chosen is not None else row.text(separator=" ").replace(text, " ")
    found = [day for match in DATE.finditer(beside) if (day := date_of(match))]
    return (found[-1] if found else None), anchor.text()


def _title(attribute: str, text: str) -> str:
    """The title attribute, unless that is cut and the text is not."""
    titles = [title for title in (clean_title(attribute), clean_title(text)) if title]
    return next((title for title in titles if not title.endswith(_CUT)), titles[0] if titles else "")


def _page_count(tree: LexborHTMLParser, text: str) -> int | None:
    for node in tree.css(_COUNT_PLACES):
        if match := _COUNT.search(node.text()):
            return int(match["pages"] or match["all"])
    match = _COUNT_IN_TEXT.search(text)
    return int(match["all"] or match["script"] or match["trs"]) if match else None


def _squeezed(text: str) -> str:
    return "".join(text.split())


def clean_title(title: str) -> str:
    """A title without markup and superfluous blanks."""
    return " ".join(_TAG.sub("", title).split())
