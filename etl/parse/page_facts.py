"""What a page says of itself: title, day of publication, publisher. Meta tags first, then labels and bands of the page.

Meta tags of the national standard are used only when they are filled in: templates leave their own words in them. Labels are
read from what stands around the main text, where a date or a name cannot be a part of the report.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from etl.parse.blocks import clean_line, outermost, read_lines
from etl.parse.lexicon import words

# 2024-03-25 09:18, 2024/3/25, 2024.02.19, 2024年3月25日, 2024——03——25, 2024- 03- 14  11: 18
_DATE = re.compile(r"(?<!\d)(?P<year>20\d\d)\s*[-—–−./年]{1,2}\s*(?P<month>\d{1,2})\s*[-—–−./月]{1,2}\s*(?P<day>\d{1,2})(?!\d)")

# 静安区司法局 in 【信息来源：静安区司法局】; not the next label where the value is empty (公开主体：\n发文字号：)
_NAME = r"\s*[:：]\s*(?P<value>[^\s:：【】\[\]|]{2,40}+)(?!\s*[:：])"

# ${title}, {{title}}, [标题], <!--title-->: a template's own words
_TEMPLATE = re.compile(r"^[\[{$<].*[\]}>]$")

# “…情况报告_上海市静安区人民政府”, “…情况报告 - 静安区”, “…|…”
_SITE_SUFFIX = re.compile(r"\s*[_|]\s*.*$|\s+[-–—]\s+.*$")

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def read_title(tree: LexborHTMLParser) -> str:
    """The title: meta ArticleTitle, a title band, or `<title>` unless that is the site's name; else an empty string."""
    if title := _meta(tree, "articletitle"):
        return title
    for selector in words("page", "title"):
        for node in outermost(tree.css(selector), selector):
            if title := clean_line("".join(read_lines(node))):
                return title
    title = "".join(_without_markup(node.text()) for node in tree.css("head > title")[:1])
    title = _SITE_SUFFIX.sub("", title)
    return "" if _is_placeholder(title) or title == _meta(tree, "sitename") else title


def read_published_on(tree: LexborHTMLParser, around: str) -> date | None:
    """The day of publication: meta PubDate, or the best labelled date around the text; null if neither is a date."""
    if day := _first_date(_meta(tree, "pubdate") or ""):
        return day
    for label in words("page", "date_labels"):
        for match in re.finditer(_spaced(label) + r"\s*[:：]?\s*", around):
            if day := _first_date(around[match.end() : match.end() + 20], at_start=True):
                return day
    return None


def read_publisher(tree: LexborHTMLParser, around: str) -> str | None:
    """Who publishes: meta ContentSource, or the best labelled name around the text."""
    if (name := _meta(tree, "contentsource")) and name not in words("page", "no_publisher"):
        return name
    for label in words("page", "publisher_labels"):
        for match in re.finditer(_spaced(label) + _NAME, around):
            name = match["value"]
            if name not in words("page", "no_publisher") and not _is_placeholder(name):
                return name
    return None


def _meta(tree: LexborHTMLParser, name: str) -> str | None:
    """The first filled-in meta tag of that name, which pages write in any case."""
    for node in tree.css("meta[name]"):
        if (node.attributes.get("name") or "").strip().lower() == name:
            content = _without_markup(node.attributes.get("content") or "")
            if content and not _is_placeholder(content):
                return content
    return None


def _without_markup(text: str) -> str:
    return clean_line(_TAG.sub("", text))


def _is_placeholder(text: str) -> bool:
    return bool(_TEMPLATE.match(text)) or text.lower() in {word.lower() for word in words("page", "placeholders")}


def _first_date(text: str, *, at_start: bool = False) -> date | None:
    folded = unicodedata.normalize("NFKC", text)
    match = _DATE.match(folded) if at_start else _DATE.search(folded)
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _spaced(label: str) -> str:
    return r"\s*".join(map(re.escape, label))
