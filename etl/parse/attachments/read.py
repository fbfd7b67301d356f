"""One attachment read: bytes in, lines out. Whatever the bytes are, there is an answer; a reader that fails says so in `detail`.

In: bytes as archived, with the name that the page gives and the content type of the answer. Out: `AttachmentText`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from etl.charset import decode
from etl.parse.attachments.kinds import kind_of
from etl.parse.attachments.pdf import read_pdf
from etl.parse.attachments.reading import Kind, Reading, State, Unreadable, cut
from etl.parse.attachments.sheets import read_xlsx
from etl.parse.attachments.word import read_docx
from etl.parse.blocks import clean_line
from etl.parse.titles import read_title
from etl.parse.unwrap import unwrap

log = logging.getLogger(__name__)

_LONGEST_TITLE = 100
_OLE = b"\xd0\xcf\x11\xe0"
_UNSUPPORTED: dict[Kind, str] = {
    "doc": "an old Word file (.doc) is not read: save it as .docx",
    "xls": "an old Excel file (.xls) is not read: save it as .xlsx",
    "wps": "a WPS file is not read: save it as .docx",
    "ofd": "an OFD file is not read: save it as PDF",
    "zip": "an archive is not unpacked",
    "rar": "an archive is not unpacked",
    "image": "a picture is not read: it holds no text",
    "html": "a web page in place of the file",
    "unknown": "no kind of file that is known",
}


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """What an attachment holds.

    `lines` are paragraphs and rows of tables, empty unless `state` is read; `title` is the first line where it can be one. `state` is
    read, unsupported (a kind that is not read), no_text (a scan, an empty file) or damaged (broken, encrypted, too large unpacked).
    `detail` says why in one line, and for what is read what of it was left out.
    """

    kind: Kind
    lines: tuple[str, ...]
    title: str | None
    state: State
    detail: str


def read_attachment(raw: bytes, name: str = "", content_type: str | None = None) -> AttachmentText:
    """The text of a file; never raises for what is in it."""
    if not raw.strip(b"\x00 \r\n\t"):
        return AttachmentText("unknown", (), None, "no_text", "the file is empty")
    kind = kind_of(raw, name, content_type)
    reader = _READERS.get(kind)
    if reader is None:
        return AttachmentText(kind, (), None, "unsupported", _UNSUPPORTED[kind])
    try:
        reading = reader(raw)
    except Unreadable as error:
        return AttachmentText(kind, (), None, error.state, " ".join(error.detail.split()))
    except Exception as error:  # the libraries raise whatever broken bytes lead them to; one file must not cost the night
        log.exception("the reader of %s failed on “%s”", kind, name)
        return AttachmentText(kind, (), None, "damaged", f"the file cannot be read: {type(error).__name__}")
    lines, beyond = cut(reading.lines)
    if not lines:
        return AttachmentText(kind, (), None, "no_text", "the file holds no text")
    left_out = "; ".join(filter(None, (reading.left_out, beyond)))
    return AttachmentText(kind, tuple(lines), _title(lines), "read", f"left out: {left_out}" if left_out else "")


def _title(lines: list[str]) -> str | None:
    title = read_title("\n".join(lines[:3]))
    return title if 0 < len(title) <= _LONGEST_TITLE and "。" not in title else None


def _read_text(raw: bytes) -> Reading:
    lines = unwrap(decode(raw).text.splitlines())
    return Reading([clean for line in lines if (clean := clean_line(line))])


def _read_docx(raw: bytes) -> Reading:
    if raw.startswith(_OLE):
        raise Unreadable("damaged", "the file is encrypted: it asks for a password")
    return read_docx(raw)


def _read_xlsx(raw: bytes) -> Reading:
    if raw.startswith(_OLE):
        raise Unreadable("damaged", "the file is encrypted: it asks for a password")
    return read_xlsx(raw)


_READERS: dict[Kind, Callable[[bytes], Reading]] = {"pdf": read_pdf, "docx": _read_docx, "xlsx": _read_xlsx, "text": _read_text}
