"""What a page says of itself: its title and who publishes it. Meta tags first, then bands and labels around the main text.

Labels are read from what stands around the main text, where a name cannot be a part of the report. Dates are read in `page_dates`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborHTMLParser

from etl.parse.blocks import clean_line, outermost, read_lines
from etl.parse.lexicon import words
from etl.parse.page_meta import is_placeholder, meta, without_markup

# 静安区司法局 in 【信息来源：静安区司法局】; not the next label where the value is empty (公开主体：\n发文字号：)
_NAME = r"\s*[:：]\s*(?P<value>[^\s:：【】\[\]|]{2,40}+)(?!\s*[:：])"
# a cell or a bullet without a colon: 发布机构\n静安区司法局
_CELL = r"\n(?P<value>[\u4e00-\u9fff]{4,40}+)(?=\n|$)"

# “…情况报告_上海市静安区人民政府”, “…情况报告 - 静安区”, “…|…”, “…情况报告-静安区”
_SITE_SUFFIX = re.compile(r"\s*[_|｜]\s*.*$|\s+[-–—]\s+.*$|[-–—]{1,2}[^-–—。\d]{2,30}(?:省|市|区|县|政府|网|网站|门户|平台|专栏)$")
_CUT = re.compile(r"(?:…|\.{2,})\s*$")

_REPORT = re.compile("|".join(words("page", "report")))
_HEADINGS = "h1, h2, h3"


def read_title(tree: LexborHTMLParser, inside: Collection[int] = (), selector: str | None = None) -> str:
    """The title: meta ArticleTitle, a title band, a heading that speaks of the report, or `<title>` unless that is the site's name.

    Args:
        tree: the page.
        inside: `mem_id`s of what is part of the text, where headings are the report's own.
        selector: the source's own title band, tried before all others.
    """
    return next(_titles(tree, inside, selector), "")


def _titles(tree: LexborHTMLParser, inside: Collection[int], selector: str | None) -> Iterator[str]:
    site = meta(tree, "sitename")
    if selector:
        yield from _bands(tree, selector)
    title = meta(tree, "articletitle")
    if title and title != site and not _CUT.search(title):
        yield title
    for known in words("page", "title"):
        yield from _bands(tree, known)
    for heading in _bands(tree, _HEADINGS, inside):
        if _REPORT.search("".join(heading.split())):
            yield heading
    window = "".join(without_markup(node.text()) for node in tree.css("head > title")[:1])
    window = _SITE_SUFFIX.sub("", window)
    if window and not is_placeholder(window) and window != site:
        yield window


def _bands(tree: LexborHTMLParser, selector: str, inside: Collection[int] = ()) -> Iterator[str]:
    for node in outermost(tree.css(selector), selector):
        if node.mem_id not in inside and (title := clean_line("".join(read_lines(node)))) and not is_placeholder(title):
            yield title


def read_publisher(tree: LexborHTMLParser, around: str, selector: str | None = None) -> str | None:
    """Who publishes: meta ContentSource, or the best labelled name around the text; null where only the portal is named."""
    return next((name for name in _publishers(tree, around, selector) if name not in words("page", "no_publisher")), None)


def _publishers(tree: LexborHTMLParser, around: str, selector: str | None) -> Iterator[str]:
    if selector:
        yield from _bands(tree, selector)
    if name := meta(tree, "contentsource"):
        yield name
    for label in words("page", "publisher_labels"):
        spaced = r"\s*".join(map(re.escape, label))
        for match in re.finditer(f"{spaced}(?:{_NAME}|{_CELL.replace('value', 'cell')})", around):
            value = match["value"] or match["cell"]
            if not is_placeholder(value) and value not in _LABELS:
                yield value


_LABELS = frozenset(word for name in ("publisher_labels", "date_labels", "written_labels", "other_labels") for word in words("page", name))
