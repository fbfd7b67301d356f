"""Where a page without a known box keeps its text: the smallest node that holds most of its sentences.

In: a parsed page and its markup. Out: a node, for `blocks` to read. trafilatura says which sentences are main text; what it gives
itself is not used, since it joins spans with blanks, drops rows of tables and keeps footers. A page that it cannot read is
judged by all of its sentences.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.parse.blocks import BLOCKS, CELLS, hidden, is_shown
from etl.parse.lexicon import words

SEARCHED = ("trafilatura", "most_text")
"""What may have found a text that stands in no known box."""

_MOST = 0.6
"""Share of the sentences that the node holds; less than that is a part of the text."""
_PURE = 0.5
"""Share of sentences in what a parent adds, for the parent to be taken: a second page or an appendix, but no column of teasers."""

_MOST_TAGS = 20_000
"""trafilatura takes a second for so many, and no page of a portal has them."""
_LONGEST_DATUM = 40
_BOXES = frozenset({"article", "body", "center", "div", "form", "main", "section", "td"})
"""What may hold a text; paragraphs, headings and items of lists are parts of one."""

_DIGIT = re.compile("[0-9]")
_STOP = re.compile("[。；！？]")
_NOT_MAIN = re.compile("|".join(words("page", "not_main")))


@dataclass(slots=True)
class _Node:
    """A node, the text of its own (down to the next block), and what is below it, in characters: sentences, and all text."""

    node: LexborNode
    parent: int
    columns: int = 0  # of the row of a table that it stands in
    own: list[str] = field(default_factory=list)
    linked: int = 0
    sentences: int = 0
    total: int = 0


def find_main(tree: LexborHTMLParser, markup: str, without: Collection[int]) -> tuple[LexborNode | None, str]:
    """The node of the main text and what found it: trafilatura, or most_text where that finds nothing; null without any text."""
    if tree.body is None:
        return None, "most_text"
    nodes = _gather(tree.body, hidden(tree.body).union(without))
    extracted = _extract(markup) if markup.count("<") <= _MOST_TAGS else ""
    if extracted and (best := _best(nodes, extracted)) is not None:
        return nodes[best].node, "trafilatura"
    best = _best(nodes)
    return None if best is None else nodes[best].node, "most_text"


def _gather(body: LexborNode, without: Collection[int]) -> list[_Node]:
    """All blocks that are shown, in the order of the page, each with the text that is its own."""
    nodes = [_Node(body, 0)]
    # each node with the index of the block that its text belongs to, and whether it is in a link
    waiting: list[tuple[LexborNode, int, bool]] = [(body, 0, False)]
    while waiting:
        node, owner, in_link = waiting.pop()
        if node.is_text_node:
            text = "".join((node.text_content or "").split())
            if in_link:
                nodes[owner].linked += len(text)
            nodes[owner].own.append(text)
            continue
        if node is not body:
            if node.mem_id in without or not (is_shown(node) or node.tag == "form"):
                continue
            if node.tag in BLOCKS or node.tag in CELLS:
                nodes.append(_Node(node, owner, _columns(node) if node.tag in CELLS else nodes[owner].columns))
                owner = len(nodes) - 1
        in_link = in_link or node.tag == "a"
        waiting += [(child, owner, in_link) for child in reversed(list(node.iter(include_text=True)))]
    return nodes


def _best(nodes: list[_Node], told: str = "") -> int | None:
    """Index of the node of the main text; null where there are no sentences, or no text if nothing was `told`."""
    texts = ["".join(node.own) for node in nodes]
    weights = [_weight(node, text, told) for node, text in zip(nodes, texts, strict=True)]
    if not any(weights) and not told:
        weights = [max(0, len(text) - 2 * node.linked) for node, text in zip(nodes, texts, strict=True)]
    for node, text, weight in zip(nodes, texts, weights, strict=True):
        node.total, node.sentences = len(text), weight
    for node in reversed(nodes[1:]):
        nodes[node.parent].total += node.total
        nodes[node.parent].sentences += node.sentences
    if not nodes[0].sentences:
        return None
    best = max(index for index, node in enumerate(nodes) if node.sentences >= _MOST * nodes[0].sentences)
    while best and (nodes[best].node.tag not in _BOXES or _adds_text(nodes[nodes[best].parent], nodes[best])):
        best = nodes[best].parent
    return best


def _adds_text(parent: _Node, node: _Node) -> bool:
    """Whether what a parent holds beside a node is text too: a second box, an appendix. A parent that adds nothing is no better."""
    total = parent.total - node.total
    return total > 0 and parent.sentences - node.sentences >= _PURE * total


def _weight(node: _Node, text: str, told: str) -> int:
    """Characters of sentences, and of cells with digits, in the text of a block, as far as they were told to be main text."""
    if node.linked * 2 > len(text) or _NOT_MAIN.search(text):
        return 0
    if len(text) <= _LONGEST_DATUM and (node.columns > 2 or (node.columns == 2 and _DIGIT.search(text))):
        return len(text)
    if not _STOP.search(text):
        return 0
    return sum(len(part) for part in _STOP.split(text) if part in told) if told else len(text)


def _columns(cell: LexborNode) -> int:
    """Number of the cells of a row. Cells beside others hold data, unless the table only arranges the page."""
    return 0 if cell.parent is None else sum(child.tag in CELLS for child in cell.parent.iter())


def _extract(markup: str) -> str:
    """The main text by trafilatura, without blanks; empty where it finds none."""
    import trafilatura  # takes a fifth of a second, and only pages without a known box need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page that it cannot read is no error: there is another way
    found = trafilatura.extract(markup, include_comments=False, fast=True)
    return "".join((found or "").split())


FAST = True
