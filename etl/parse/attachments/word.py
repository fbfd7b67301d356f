"""A DOCX read: paragraphs, with the numbers that Word prints in front of them, and tables, in their order.

In: bytes. Out: `Reading`, or `Unreadable`. Headers, footers, notes and text boxes stand in other places and are left out; what is deleted
but still recorded is no text.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError

from etl.parse.attachments.numbering import Numbering
from etl.parse.attachments.packed import open_packed
from etl.parse.attachments.reading import Reading, Unreadable, row_line
from etl.parse.blocks import clean_line

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NOT_TEXT = frozenset({
    f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", f"{_W}delText", f"{_MC}Fallback",
})  # fmt: skip
_AROUND = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"})
_LINES_OF_A_CELL = 3
"""As in `etl.parse.blocks`: a cell with more lines holds text, and its table only arranges the page."""
_DEEPEST = 8
"""Tables within tables."""


def read_docx(raw: bytes) -> Reading:
    """The lines of a DOCX.

    Raises:
        Unreadable: encrypted, broken, too large unpacked, or empty.
    """
    open_packed(raw).close()
    try:
        document = Document(BytesIO(raw))
    except (OpcError, KeyError, ValueError, SyntaxError) as error:  # lxml's errors of syntax are Python's
        raise Unreadable("damaged", f"the file is no whole DOCX: {error!r}") from error
    body = document.element.body
    lines = list(_Reader(document).blocks(body, 0))
    boxes = sum(
        1 for box in body.iter(f"{_W}txbxContent") if box.getparent().getparent().tag != f"{_MC}Fallback" and _text(box, whole=True)
    )
    notes = sum(1 for _ in body.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"))
    left_out = [f"{boxes} text boxes"] if boxes else []
    left_out += [f"{notes} notes"] if notes else []
    return Reading(lines, " and ".join(left_out))


class _Reader:
    def __init__(self, document: Any) -> None:
        self._numbering = Numbering(document)
        self._contents = {style.style_id for style in document.styles if (style.name or "").lower().startswith(("toc", "目录"))}

    def blocks(self, parent: Any, depth: int) -> Iterator[str]:
        """The lines of paragraphs and tables below an element."""
        for child in parent.iterchildren():
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl" and depth < _DEEPEST:
                yield from self._table(child, depth + 1)
            elif child.tag in _AROUND:
                yield from self.blocks(child, depth)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        number = self._numbering.number(paragraph)
        properties = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if properties is not None and properties.get(f"{_W}val") in self._contents:
            return
        lines = [line for text in _text(paragraph).split("\n") if (line := clean_line(text))]
        if lines:
            yield number + lines[0]
            yield from lines[1:]

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        for row in _below(table, f"{_W}tr"):
            cells: list[list[str] | None] = [
                None if _goes_on_from_above(cell) else list(self.blocks(cell, depth)) for cell in _below(row, f"{_W}tc")
            ]
            filled = [cell for cell in cells if cell]
            if len(filled) > 1 and all(len(cell) <= _LINES_OF_A_CELL for cell in filled):
                yield row_line(None if cell is None else "\n".join(cell) for cell in cells)
            else:
                yield from (line for cell in filled for line in cell)


def _below(parent: Any, tag: str) -> Iterator[Any]:
    """Children of a tag, also those that stand in a content control."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _below(child, tag)


def _goes_on_from_above(cell: Any) -> bool:
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(f"{_W}val", "continue") == "continue"


def _text(element: Any, *, whole: bool = False) -> str:
    """What is printed of an element; blanks stand for tabs, line feeds for breaks. `whole` reads also what is no text of the body."""
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in (f"{_W}tab", f"{_W}ptab"):
        return " "
    if element.tag in (f"{_W}br", f"{_W}cr"):
        return "\n"
    if element.tag == f"{_W}noBreakHyphen":
        return "-"
    return "".join(_text(child, whole=whole) for child in element.iterchildren() if whole or child.tag not in _NOT_TEXT)
