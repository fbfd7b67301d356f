"""Where the text of a page stands, and its lines: a known box, else text in a script, else what `main_text` finds.

In: a parsed page. Out: `Body`. The vocabulary (`lexicon/page.toml`) knows boxes, what in them is no text, and how lines are worded that
a portal sets before or behind a text even inside its box: counters, 责任编辑, 扫一扫, 上一篇.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.errors import PageError
from etl.nesting import check_nesting
from etl.parse.blocks import outermost, read_lines
from etl.parse.lexicon import words
from etl.parse.main_text import find_main

_SCRIPT = "window._CONFIG"
_FULL = 0.5
"""A box with less than this share of the text of the fullest one is not the box of the text: an editor's empty or broken shell."""
_TOP, _BOTTOM = 8, 16
"""So many lines at the ends of a text may be a portal's own."""
_LONGEST_NOTE = 100
# "content":"\u003cp\u003e2023年…\u003c/p\u003e", with quotation marks of either kind
_STRING = re.compile(r'"(?:[^"\\]|\\.){200,}"', re.DOTALL)
_TAGS = re.compile(r"<(?:p|div|br|span|table|font|section)\b", re.IGNORECASE)

_AROUND = re.compile("|".join(words("page", "around_text")))


@dataclass(frozen=True, slots=True)
class Body:
    """The nodes of the text (none where it stands in a script), its lines, and what found it."""

    nodes: tuple[LexborNode, ...]
    lines: list[str]
    found_by: str


def find_body(tree: LexborHTMLParser, markup: str, noise: Collection[int], selector: str | None = None) -> Body:
    """The main text; no lines where a known box is empty. `selector` is the source's own and tried first."""
    known = _known_box(tree, noise, ([selector] if selector else []) + list(words("page", "body")))
    if known is None or not known.lines:
        scripted = _in_script(tree)
        if scripted is not None:
            return scripted
    if known is not None:
        return known
    node, found_by = find_main(tree, markup, noise)
    return Body(() if node is None else (node,), [] if node is None else _text_lines(read_lines(node, noise)), found_by)


def _known_box(tree: LexborHTMLParser, noise: Collection[int], selectors: list[str]) -> Body | None:
    """The first box that holds at least half as much as the fullest one. A text in several boxes of one kind is read from all."""
    found: list[tuple[int, Body]] = []
    empty: Body | None = None
    for number, selector in enumerate(selectors):
        nodes = list(outermost(tree.css(selector), selector))
        read = [(node, lines) for node in nodes if (lines := _text_lines(read_lines(node, noise)))]
        if read:
            lines = [line for _, own in read for line in own]
            found.append((sum(map(len, lines)), Body(tuple(node for node, _ in read), lines, selector)))
            if number == 0 and len(selectors) > len(words("page", "body")):
                return found[0][1]
        elif nodes and empty is None:
            empty = Body((), [], selector)
    fullest = max((size for size, _ in found), default=0)
    return next((body for size, body in found if size >= _FULL * fullest), empty)


def _in_script(tree: LexborHTMLParser) -> Body | None:
    """The text that `window._CONFIG` of the Guangdong platform carries as markup in a string, escaped once or twice."""
    for markup in _strings(tree):
        try:
            check_nesting(markup)
        except PageError:
            continue
        body = LexborHTMLParser(markup).body
        if body is not None and (lines := _text_lines(read_lines(body))):
            return Body((), lines, _SCRIPT)
    return None


def _strings(tree: LexborHTMLParser) -> Iterator[str]:
    """Strings of the configuration that hold markup, the longest first."""
    scripts = (text for node in tree.css("script") if _SCRIPT in (text := node.text()))
    found = sorted((match.group() for text in scripts for match in _STRING.finditer(text)), key=len, reverse=True)
    for literal in found:
        try:
            text = str(json.loads(literal, strict=False))
        except ValueError:
            continue
        if "&lt;" in text and not _TAGS.search(text):
            text = html.unescape(text)
        if _TAGS.search(text):
            yield text


def _text_lines(lines: list[str]) -> list[str]:
    """Lines without those at the ends that are the portal's."""
    return [
        line
        for number, line in enumerate(lines)
        if _TOP <= number < len(lines) - _BOTTOM or len(line) > _LONGEST_NOTE or not _AROUND.fullmatch("".join(line.split()))
    ]
