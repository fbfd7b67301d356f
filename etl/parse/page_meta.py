"""Meta tags of a page's head, as far as they are filled in: templates leave their own words in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from etl.parse.blocks import clean_line
from etl.parse.lexicon import words

# ${title}, {{title}}, [标题], <!--title-->: a template's own words
_TEMPLATE = re.compile(r"^[\[{$<].*[\]}>]$")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def metas(tree: LexborHTMLParser, name: str) -> Iterator[str]:
    """What the meta tags of that name hold, which pages write in any case; the filled-in ones only."""
    for node in tree.css("meta[name]"):
        if (node.attributes.get("name") or "").strip().lower() == name:
            content = without_markup(node.attributes.get("content") or "")
            if content and not is_placeholder(content):
                yield content


def meta(tree: LexborHTMLParser, name: str) -> str | None:
    """The first of them."""
    return next(metas(tree, name), None)


def without_markup(text: str) -> str:
    """One line without the tags that editors leave in titles: 2023年度 in a <font>."""
    return clean_line(_TAG.sub("", text))


def is_placeholder(text: str) -> bool:
    """Whether a text is what a template says before it is filled in."""
    return bool(_TEMPLATE.match(text)) or text.lower() in {word.lower() for word in words("page", "placeholders")}
