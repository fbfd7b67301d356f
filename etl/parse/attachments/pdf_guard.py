"""Whether a PDF may be read at all: encrypted, broken, or packed so that it would fill the memory. Asked of pypdf, which has limits.

In: the bytes. Out: the number of pages, or `Unreadable`. pdfplumber, which reads the text, unpacks whatever it is given.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pypdf import PasswordType, PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError
from pypdf.generic import IndirectObject, StreamObject

from etl.parse.attachments.reading import Unreadable

MOST_UNPACKED = 150_000_000
"""Bytes of all streams but pictures; a large embedded font has 20 million."""
MOST_OBJECTS = 200_000
MOST_CONTENT = 4_000_000
"""Bytes that draw one page, or all pages by five times as many: a page of text has 100,000."""
MOST_DRAWN = 60_000
"""Characters and strokes on one page; a full page of text has 1,500."""

_MOST_SAVED = 500


def count_pages(raw: bytes) -> int:
    """The number of pages of a PDF that can be read without harm.

    Raises:
        Unreadable: encrypted, broken, or too large unpacked.
    """
    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise Unreadable("damaged", "the file is encrypted: it asks for a password")
        _check_streams(reader)
        pages = len(reader.pages)
    except FileNotDecryptedError as error:
        raise Unreadable("damaged", "the file is encrypted: it asks for a password") from error
    except LimitReachedError as error:
        raise Unreadable("damaged", f"the file is too large unpacked: {error}") from error
    except PyPdfError as error:
        raise Unreadable("damaged", f"the file is no whole PDF: {error}") from error
    if not pages:
        raise Unreadable("damaged", "the file is no whole PDF: it has no page")
    return pages


def _check_streams(reader: PdfReader) -> None:
    numbers = [(number, generation) for generation, objects in reader.xref.items() for number in objects]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise Unreadable("damaged", f"the file is too large unpacked: {len(numbers):,} objects")
    unpacked = drawn = 0
    for number, generation in numbers:
        found = reader.get_object(IndirectObject(number, generation, reader))
        if not isinstance(found, StreamObject) or found.get("/Subtype") == "/Image":
            continue
        size = len(found.get_data())
        unpacked += size
        drawn += size if _is_drawn(found) else 0
        if unpacked > MOST_UNPACKED or (_is_drawn(found) and size > MOST_CONTENT) or drawn > 5 * MOST_CONTENT:
            raise Unreadable("damaged", f"the file is too large unpacked: more than {unpacked // 1_000_000} million bytes")


def _is_drawn(stream: StreamObject) -> bool:
    """Whether a stream may be the content of a page or a form: fonts say their type or their length."""
    return stream.get("/Subtype") in (None, "/Form") and stream.get("/Type") in (None, "/XObject") and "/Length1" not in stream


class CountingInterpreter(PDFPageInterpreter):
    """Runs a page without drawing it.

    Raises:
        DrawsTooMuch: from `process_page`.
    """

    def __init__(self, manager: PDFResourceManager, device: PDFDevice | None = None) -> None:
        super().__init__(manager, device or _Counting(manager))  # forms are run by another one, with the same device

    def do_q(self) -> None:
        """Saves the state of drawing, of which pages hold a dozen at once."""
        if len(self.gstack) > _MOST_SAVED:
            raise DrawsTooMuch
        super().do_q()


class DrawsTooMuch(Exception):
    """A page draws more than a reader can hold."""


class _Counting(PDFDevice):
    """Draws nothing and counts what would be drawn, since forms within forms can make billions of characters of few bytes."""

    drawn = 0

    def begin_figure(self, *_: Any) -> None:
        self._count(1)

    def paint_path(self, _state: object, _stroke: bool, _fill: bool, _evenodd: bool, path: Any) -> None:
        self._count(len(path))

    def render_string(self, _state: object, seq: Any, *_: object) -> None:
        self._count(sum(len(piece) for piece in seq if isinstance(piece, bytes)))

    def _count(self, more: int) -> None:
        self.drawn += more
        if self.drawn > MOST_DRAWN:
            raise DrawsTooMuch
