"""Files that articles link to: PDF with and without a text layer, Word, Excel, and the old binary formats as bytes without meaning."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

from sample.families.pdf import pdf_of

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "zip": "application/zip",
}

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DAY = (2024, 1, 1, 0, 0, 0)


def scan_of(text: str) -> bytes:
    """A PDF without a text layer, as scanners make it; `text` only decides its number of pages."""
    return pdf_of("\n" * text.count("\n"))


def docx_of(text: str) -> bytes:
    """A Word file: a paragraph for each line."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.splitlines())
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return _package("word/document.xml", main, f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>', {})


def xlsx_of(rows: Sequence[Sequence[str]]) -> bytes:
    """An Excel file with one sheet of texts."""
    cells = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>" for row in rows)
    sheet = f'{_XML}<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData></worksheet>'
    sheets = '<sheets><sheet name="附表" sheetId="1" r:id="rId1"/></sheets>'
    book = f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}/relationships">{sheets}</workbook>'
    link = f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    links = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{link}</Relationships>'
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return _package("xl/workbook.xml", main, book, {"xl/worksheets/sheet1.xml": sheet, "xl/_rels/workbook.xml.rels": links})


def old_office(text: str) -> bytes:
    """A .doc or .wps: the mark of the old container, then nothing that can be read as text."""
    return _OLE + bytes(504) + bytes(byte ^ 0x5A for byte in text.encode("utf-16-le"))


def disposition(name: str, *, is_raw_gbk: bool) -> str:
    """Content-Disposition with a Chinese name: as raw GBK, which old servers send, or as RFC 5987 says."""
    if is_raw_gbk:
        return f'attachment;filename="{name.encode("gbk").decode("latin-1")}"'
    return f"attachment; filename*=UTF-8''{quote(name)}"


def _package(part: str, content_type: str, document: str, others: dict[str, str]) -> bytes:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    overrides = f'<Override PartName="/{part}" ContentType="{content_type}"/>' + "".join(
        f'<Override PartName="/{name}" ContentType="{sheet}"/>' for name in others if name.endswith("sheet1.xml")
    )
    files = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="{part}"/></Relationships>',
        part: _XML + document,
        **others,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            # with a fixed day: the same file always has the same bytes
            archive.writestr(zipfile.ZipInfo(name, _DAY), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
