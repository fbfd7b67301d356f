"""A PDF read: paragraphs and tables. Characters and tables come from pdfplumber, which knows their place; pypdf looks at the file first.

In: bytes. Out: `Reading`, or `Unreadable`. Columns side by side and upright writing come out in the order of their lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from etl.parse.attachments.pdf_guard import CountingInterpreter, DrawsTooMuch, count_pages
from etl.parse.attachments.pdf_layout import TableRow, document_lines
from etl.parse.attachments.pdf_lines import PageLine, page_lines
from etl.parse.attachments.reading import MOST_CHARACTERS, Reading, Unreadable, cell_text, row_line

MOST_PAGES = 300
_MOST_EDGES = 3_000
"""Lines on one page; pages with more are drawings, and looking for tables in them takes minutes."""
_FEWEST_CHARACTERS = 20
_LONGEST_CELL = 150
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_MOST_UNMAPPED = 0.1


def read_pdf(raw: bytes) -> Reading:
    """The lines of a PDF.

    Raises:
        Unreadable: encrypted, broken, without a layer of text, or in fonts that do not say which characters they draw.
    """
    count = count_pages(raw)
    lines: list[PageLine] = []
    rows: list[TableRow] = []
    empty = drawings = characters = read = 0
    try:
        with PDF(BytesIO(raw), pages=list(range(1, MOST_PAGES + 1))) as document:
            for page in document.pages:
                found = _read_page(page)
                if found is None:
                    drawings += 1
                    continue
                read += 1
                empty += not found[0] and not found[1]
                lines += found[0]
                rows += found[1]
                characters += sum(len(line.text) for line in found[0])
                if characters > MOST_CHARACTERS:
                    break
    except (PdfminerException, MalformedPDFException) as error:
        raise Unreadable("damaged", f"the file is no whole PDF: {error!r}") from error
    if drawings and not lines:
        raise Unreadable("damaged", "the pages draw more than is read")
    _check_text(lines, rows)
    left_out = [f"{count - read - drawings} of {count} pages beyond the limit"] if count > read + drawings else []
    left_out += [f"{empty} of {count} pages are pictures without text"] if empty else []
    left_out += [f"{drawings} of {count} pages draw too much"] if drawings else []
    return Reading(document_lines(lines, rows), "; ".join(left_out))


def _read_page(page: Page) -> tuple[list[PageLine], list[TableRow]] | None:
    """Lines and rows of a page, null where it draws too much."""
    try:
        CountingInterpreter(page.pdf.rsrcmgr).process_page(page.page_obj)
    except DrawsTooMuch:
        return None
    number = page.page_number
    seen = page.dedupe_chars()  # office software prints characters twice to make them bold
    tables = [table for table in seen.find_tables() if _holds_data(table)] if 0 < len(page.edges) <= _MOST_EDGES else []
    boxes = [table.bbox for table in tables]
    lines = page_lines((char for char in seen.chars if not any(_is_inside(char, box) for box in boxes)), number)
    rows = [row for table in tables for row in _rows(table, number)]
    page.close()
    return lines, rows


def _is_inside(char: dict[str, float], box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _holds_data(table: Table) -> bool:
    """Whether a table has several columns, and cells that hold a datum; frames around text have not."""
    cells = [[cell for cell in row if cell] for row in table.extract(x_tolerance_ratio=0.5)]
    return any(len(row) > 1 for row in cells) and all(len(cell) <= _LONGEST_CELL for row in cells for cell in row)


def _rows(table: Table, page: int) -> list[TableRow]:
    texts = table.extract(x_tolerance_ratio=0.5)
    used = [j for j in range(max(map(len, texts))) if any(j < len(row) and row[j] for row in texts)]
    found = []
    for row, cells in zip(table.rows, texts, strict=True):
        line = row_line([cells[j] for j in used if j < len(cells)])
        if line:
            found.append(TableRow(line, page, row.bbox[1]))
    return found


def _check_text(lines: Sequence[PageLine], rows: Sequence[TableRow]) -> None:
    text = "".join([line.text for line in lines] + [cell_text(row.text) for row in rows])
    if len(text) < _FEWEST_CHARACTERS:
        raise Unreadable("no_text", "the pages are pictures: there is no text layer to read")
    if sum(len(match[0]) for match in _UNMAPPED.finditer(text)) > _MOST_UNMAPPED * len(text):
        raise Unreadable("no_text", "the fonts do not say which characters they draw")
