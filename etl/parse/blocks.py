"""From markup to lines, as a reader sees them: a line for each block, `<br>` and table row; nothing that is not shown.

In: a node of a page. Out: lines without indents and empty lines. Inline nodes are joined without blanks, because Word pastes
put every digit run into several spans; table cells are joined by one blank.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborNode

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p",
    "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_NOT_SHOWN = frozenset({
    "applet", "audio", "button", "canvas", "embed", "form", "head", "iframe", "input", "link", "map", "meta", "noscript", "object",
    "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip

# style="DISPLAY: none"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# zero-width blanks and joiners, soft hyphen, direction marks, byte order mark
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

# a line break in the source of a page: “完成\r\n\t120件”
_SOURCE_BREAK = re.compile(r"[ \t\f]*[\r\n][ \t\r\n\f]*")

# blanks of every width but U+3000: “&emsp;&nbsp;”
_BLANK = re.compile("[\t\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_BLANKS = re.compile("[ \u3000]{2,}")

_LINES_OF_A_CELL = 3
"""A cell with more lines holds text, not a datum: its table only arranges the page."""


def read_lines(node: LexborNode, without: Collection[int] = ()) -> list[str]:
    """The lines of what a node shows, in order; `without` are the `mem_id`s of nodes to leave out."""
    lines: list[str] = []
    line: list[str] = []

    def end_line() -> None:
        if text := clean_line("".join(line)):
            lines.append(text)
        line.clear()

    # None stands for the end of a block; an explicit stack, because pasted spans nest deeper than Python may recurse
    waiting: list[LexborNode | None] = [None, *_children(node)]
    while waiting:
        child = waiting.pop()
        if child is None:
            end_line()
        elif child.is_text_node:
            line.append(child.text_content or "")
        elif child.mem_id in without or not is_shown(child):
            continue
        elif child.tag == "br":
            end_line()
        elif child.tag in {"tr", "pre"}:
            end_line()
            lines += _row(child, without) if child.tag == "tr" else _preformatted(child)
        elif child.tag in _BLOCKS:
            end_line()
            waiting += [None, *_children(child)]
        else:
            waiting += _children(child)
    end_line()
    return lines


def clean_line(text: str) -> str:
    """One line without indent, invisible characters and source line breaks; runs of blanks become one."""
    text = _INVISIBLE.sub("", text)
    text = _SOURCE_BREAK.sub(_break_between_words, text)
    text = _BLANK.sub(" ", text)
    return _BLANKS.sub(" ", text).strip(" \u3000")


def is_shown(node: LexborNode) -> bool:
    """Whether a browser shows a node: no script, form or style, nothing hidden, no comment."""
    if not node.is_element_node or node.tag in _NOT_SHOWN:
        return False
    attributes = node.attributes
    return "hidden" not in attributes and not _HIDDEN.search(attributes.get("style") or "")


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return reversed(list(node.iter(include_text=True)))


def _break_between_words(match: re.Match[str]) -> str:
    """A source line break is a blank between two words of Latin letters, and nothing between anything else."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return " " if before.isascii() and before.isalpha() and after.isascii() and after.isalpha() else ""


def _row(row: LexborNode, without: Collection[int]) -> list[str]:
    cells = [cell for cell in row.iter() if cell.mem_id not in without and is_shown(cell)]
    texts = [lines for cell in cells if (lines := read_lines(cell, without))]
    if len(texts) > 1 and all(len(lines) <= _LINES_OF_A_CELL for lines in texts):
        return [" ".join(" ".join(lines) for lines in texts)]
    return [line for lines in texts for line in lines]


def _preformatted(node: LexborNode) -> list[str]:
    return [line for text in node.text().splitlines() if (line := clean_line(text))]
