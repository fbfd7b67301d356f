"""From markup to lines, as a reader sees them: a line for each block, `<br>` and table row; nothing that is not shown.

In: a node of a page. Out: lines without indents and empty lines. Inline nodes are joined without blanks, because Word pastes
put every digit run into several spans; table cells are joined by one blank, so that an empty one between two others leaves two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from itertools import pairwise

from selectolax.lexbor import LexborNode

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
_ALONE = frozenset({"br", "hr", "pre"})
"""Blocks that end a line and whose children are not looked into."""
_NOT_SHOWN = frozenset({
    "applet", "audio", "button", "canvas", "embed", "form", "head", "iframe", "input", "link", "map", "meta", "noscript", "object",
    "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip

# style="DISPLAY: none"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# class="tab-pane", class="tab_con"
_TAB = re.compile(r"(?:^|[-_\s])(?:tab|pane)", re.IGNORECASE)
_COUNTS_ON = re.compile(r"\s*[二三四五六七八九]、")
_MAYBE_HIDDEN = "[hidden], [style*='display' i], [style*='visibility' i]"

# zero-width blanks and joiners, soft hyphen, direction marks, byte order mark
_NOTHING = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_INVISIBLE = re.compile(f"[{_NOTHING}]")

# blanks that may be a line break in the source of a page: “完成\r\n\t120件”
_SPACE = re.compile(r"[ \t\r\n\f]+")

# blanks of every width but U+3000: “&emsp;&nbsp;”
_WIDE = "\t\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f"
_BLANK = re.compile(f"[{_WIDE}]")
_BLANKS = re.compile("[ \u3000]{2,}")

# all of these, which lines have at their ends
_ENDS = "\t\n\v\f\r \u00a0\u00ad\u1680\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, [*range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)])
)

_LINES_OF_A_CELL = 3
"""A cell with more lines holds text, not a datum: its table only arranges the page."""


class _Mark(Enum):
    """What an element leaves on the stack behind its children."""

    BLOCK_END = 1
    CELL_END = 2
    ROW_END = 3


def read_lines(node: LexborNode, without: Collection[int] = ()) -> list[str]:
    """The lines of what a node shows, in order; `without` are the `mem_id`s of nodes to leave out."""
    without = hidden(node).union(without)
    found = _Lines(without)
    # an explicit stack, because pasted spans and tables nest deeper than Python may recurse
    waiting: list[LexborNode | _Mark] = [_Mark.BLOCK_END, *_children(node)]
    while waiting:
        child = waiting.pop()
        if isinstance(child, _Mark):
            found.end(child)
        elif child.is_text_node:
            found.line.append(child.text_content or "")
        elif child.mem_id not in without and is_shown(child):
            waiting += found.begin(child) if child.tag in BLOCKS else _children(child)
    return found.lines


class _Lines:
    """The lines so far, and the line, table rows and cells that are still open."""

    def __init__(self, without: Collection[int]) -> None:
        self._without = without
        self.lines: list[str] = []
        self.line: list[str] = []
        self._rows: list[list[int]] = []  # of each open row: where in `lines` it begins, and where each of its cells ends

    def begin(self, node: LexborNode) -> list[LexborNode | _Mark]:
        """Take in the start of a block; returns what is to be read next, the last one first."""
        tag = node.tag
        self.end(_Mark.BLOCK_END)
        if tag == "pre":
            self.lines += [line for text in node.text().splitlines() if (line := clean_line(text))]
        elif tag == "tr":
            self._rows.append([len(self.lines)])
            return [_Mark.ROW_END, *(item for child in _children(node) for item in self._read_in_row(child))]
        return [_Mark.BLOCK_END, *_children(node)] if tag not in _ALONE else []

    def end(self, mark: _Mark) -> None:
        """Take in the end of an element."""
        if self.line:
            if text := clean_line("".join(self.line)):
                self.lines.append(text)
            self.line.clear()
        if mark is _Mark.CELL_END:
            self._rows[-1].append(len(self.lines))
        elif mark is _Mark.ROW_END:
            self._end_row()

    def _read_in_row(self, child: LexborNode | _Mark) -> tuple[LexborNode | _Mark, ...]:
        """A child of a row; behind a cell that is shown, its end: blanks between two cells are none."""
        is_cell = isinstance(child, LexborNode) and child.tag in CELLS and child.mem_id not in self._without and is_shown(child)
        return (_Mark.CELL_END, child) if is_cell else (child,)

    def _end_row(self) -> None:
        """Make one line of a row of data; cells with many lines, or with a row of several cells in them, only arrange the page."""
        start, *ends = self._rows.pop()
        cells = [self.lines[a:b] for a, b in pairwise([start, *ends])] if start >= 0 else []
        has_several = sum(map(bool, cells)) > 1
        if self._rows and (has_several or start < 0):
            self._rows[-1][0] = -1
        if has_several and all(len(cell) <= _LINES_OF_A_CELL for cell in cells):
            self.lines[start:] = [" ".join(" ".join(cell) for cell in cells).strip()]


def hidden(node: LexborNode) -> set[int]:
    """The `mem_id`s of what a style or an attribute hides below a node; but for tabs in which the text of a shown one counts on (二、…)."""
    found = {one.mem_id: one for one in node.css(_MAYBE_HIDDEN) if _is_hidden(one)}
    return {key for key, one in found.items() if not (_is_tab(one) and _COUNTS_ON.match(one.text()) and _has_shown_tab_beside(one, found))}


def _is_hidden(node: LexborNode) -> bool:
    return "hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style") or "") is not None


def _is_tab(node: LexborNode) -> bool:
    return node.tag in BLOCKS and _TAB.search(node.attributes.get("class") or "") is not None


def _has_shown_tab_beside(node: LexborNode, found: Collection[int]) -> bool:
    siblings = [] if node.parent is None else node.parent.iter()
    return any(one.mem_id not in found and one.tag == node.tag and _is_tab(one) for one in siblings)


def outermost(nodes: Iterable[LexborNode], selector: str) -> Iterator[LexborNode]:
    """Those of the nodes that a selector has found which do not lie in another one, so that no text is read twice."""
    inner: set[int] = set()
    for node in nodes:
        if node.mem_id not in inner:
            yield node
            inner.update(one.mem_id for one in node.css(selector))


def clean_line(text: str) -> str:
    """One line without indent, invisible characters and source line breaks; runs of blanks become one."""
    text = text.strip(_ENDS)
    if text.isprintable() and "  " not in text:  # the blank is the only one of its kind that is printable
        return text
    text = _INVISIBLE.sub("", text)
    text = _SPACE.sub(_without_source_break, text)
    text = _BLANK.sub(" ", text)
    return _BLANKS.sub(" ", text).strip(" \u3000")


def is_shown(node: LexborNode) -> bool:
    """Whether a browser shows a node: no script, form or style, no comment. What is hidden by its style is asked for at `hidden`."""
    return node.is_element_node and node.tag not in _NOT_SHOWN


def _children(node: LexborNode) -> list[LexborNode | _Mark]:
    children: list[LexborNode | _Mark] = list(node.iter(include_text=True))
    children.reverse()
    return children


def _without_source_break(match: re.Match[str]) -> str:
    """A source line break is a blank between two words of Latin letters, and nothing between anything else."""
    run = match[0]
    if "\n" not in run and "\r" not in run:
        return run
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    return " " if before.isascii() and before.isalpha() and after.isascii() and after.isalpha() else ""
