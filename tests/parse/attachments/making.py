"""Files as offices make them, for the tests that read them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024)


def pdf(text, *, tables=(), size=16, indent=2, justified=True, head=None, numbers="— {} —", encrypt=None, title_size=22):
    """A PDF of a text; `tables` are (number of the line behind which it stands, rows, spans)."""
    buffer = BytesIO()
    body = ParagraphStyle(
        "body", fontName=FONT, fontSize=size, leading=1.75 * size, wordWrap="CJK", firstLineIndent=indent * size, alignment=4 * justified
    )
    title = ParagraphStyle("title", fontName=FONT, fontSize=title_size, leading=1.6 * title_size, wordWrap="CJK", alignment=1)

    def around(canvas, document):
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(A4[0] / 2, 40, numbers.format(document.page))
        if head:
            canvas.drawString(80, 800, head)

    first, *rest = text.strip().split("\n")
    flow = [Paragraph(first, title)]
    for number, line in enumerate(rest, 1):
        flow.append(Paragraph(line, body))
        for after, rows, spans in tables:
            if after == number:
                style = [("GRID", (0, 0), (-1, -1), 0.5, black), ("FONT", (0, 0), (-1, -1), FONT, 12)]
                flow.append(Table(rows, style=TableStyle([*style, *(("SPAN", *span) for span in spans)])))
    SimpleDocTemplate(buffer, pagesize=A4, leftMargin=80, rightMargin=76, encrypt=encrypt).build(flow, around, around)
    return buffer.getvalue()


def drawn(draw):
    """A PDF of what `draw` puts on a canvas."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont(FONT, 16)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def word(lines=(), build=None):
    """A DOCX with a paragraph for each line; `build` adds the rest to it."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if build:
        build(document)
    return saved(document)


def sheets(build):
    """An XLSX; `build` fills the book."""
    book = openpyxl.Workbook()
    build(book)
    return saved(book)


def saved(document):
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def packed(*, compressed=False, **members):
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED if compressed else ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def replaced(raw, member, old, new):
    """A packed file with other bytes in one of its members."""
    with ZipFile(BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed(**members | {member: members[member].replace(old, new)})


LEVELS = {
    "chinese": [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")],
    "circled": [("decimalEnclosedCircleChinese", "%1")],
}


def add_list(document, kind):
    """A list of automatic numbers; returns what numbers a paragraph at a level of it."""
    root = document.part.numbering_part.element
    number = 70 + len(root.findall("{*}num"))
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(LEVELS[kind])
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))

    def numbered(text, level=0):
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))

    return numbered
