"""What kind a file is, whatever it is called; and that nothing in a file is ever raised."""

import making
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.attachments import read as reading
from etl.parse.attachments import read_attachment

WORD = making.word(["云河区司法局2023年度法治政府建设情况报告"])
SHEET = making.sheets(lambda book: book.active.append(["甲", 1]))
PDF = making.pdf("云河区司法局2023年度法治政府建设情况报告\n全年办结行政复议案件2180件，审结2100件。")
WORD_STREAM = "WordDocument".encode("utf-16-le")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("raw", "name", "kind", "state"),
    [
        (PDF, "报告.doc", "pdf", "read"),
        (b"\r\n" + PDF, "a", "pdf", "read"),
        (WORD, "报告.doc", "docx", "read"),
        (WORD, "报告.wps", "docx", "read"),
        (SHEET, "附表.xls", "xlsx", "read"),
        ("报告正文。".encode("gb18030"), "a.txt", "text", "read"),
        (making.OLE + WORD_STREAM, "报告.doc", "doc", "unsupported"),
        (making.OLE + WORD_STREAM, "报告.docx", "doc", "unsupported"),
        (making.OLE + WORD_STREAM, "报告.wps", "wps", "unsupported"),
        (making.OLE + "Workbook".encode("utf-16-le"), "a", "xls", "unsupported"),
        (making.OLE, "a.et", "xls", "unsupported"),
        (making.OLE, "a", "unknown", "unsupported"),
        (b"{\\rtf1 a}", "a.doc", "doc", "unsupported"),
        (making.OLE + ENCRYPTED, "a.docx", "docx", "damaged"),
        (making.OLE + ENCRYPTED, "a.xlsx", "xlsx", "damaged"),
        (making.packed(**{"a.pdf": "x"}), "a.zip", "zip", "unsupported"),
        (making.packed(**{"OFD.xml": "<a/>"}), "a.ofd", "ofd", "unsupported"),
        (b"Rar!\x1a\x07\x00", "a.rar", "rar", "unsupported"),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", "image", "unsupported"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "image", "unsupported"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><p>404", "报告.pdf", "html", "unsupported"),
        (b"<?xml version='1.0'?><html>", "报告.doc", "html", "unsupported"),
        (b"\x01\x02", "报告.pdf", "unknown", "unsupported"),
        (b"", "报告.pdf", "unknown", "no_text"),
        (b" \r\n\x00", "报告.pdf", "unknown", "no_text"),
        (making.word(), "a.docx", "docx", "no_text"),
        (making.sheets(lambda book: None), "a.xlsx", "xlsx", "no_text"),
        (WORD[: len(WORD) // 2], "a.docx", "docx", "damaged"),
        (SHEET[: len(SHEET) // 2], "a.xlsx", "xlsx", "damaged"),
        (making.packed(**{"word/document.xml": "<a"}), "a.docx", "docx", "damaged"),
        (making.packed(**{"xl/workbook.xml": "<a"}), "a.xlsx", "xlsx", "damaged"),
        (b"%PDF-1.7\n", "a.pdf", "pdf", "damaged"),
    ],
)
def test_kind_and_state(raw, name, kind, state):
    found = read_attachment(raw, name)
    assert (found.kind, found.state) == (kind, state), found.detail
    assert bool(found.lines) == (state == "read")
    assert found.state == "read" or found.detail
    assert "\n" not in found.detail


@pytest.mark.parametrize("name", ["word/media/a.bin", "xl/worksheets/a.xml"])
def test_packed_bombs_are_not_unpacked(name):
    raw = making.packed(**{"word/document.xml": "<a/>", name: bytes(101_000_000)}, compressed=True)
    found = read_attachment(raw, "a.docx")
    assert len(raw) < 200_000
    assert found.state == "damaged"
    assert "too large" in found.detail


def test_text_beyond_the_limit_is_cut_and_told(monkeypatch):
    monkeypatch.setattr("etl.parse.attachments.reading.MOST_CHARACTERS", 25)
    found = read_attachment(making.word(["一二三四五六七八九十"] * 4), "a.docx")
    assert len(found.lines) == 2
    assert "2 lines beyond" in found.detail


def test_a_fault_of_a_library_is_damage_and_logged(monkeypatch, caplog):
    def fail(_):
        raise ZeroDivisionError

    monkeypatch.setitem(reading._READERS, "pdf", fail)
    found = read_attachment(PDF, "报告.pdf")
    assert (found.state, found.detail) == ("damaged", "the file cannot be read: ZeroDivisionError")
    assert "报告.pdf" in caplog.text


@given(st.sampled_from([PDF, WORD, SHEET]), st.data())
def test_no_bytes_make_it_raise(raw, data):
    at = data.draw(st.integers(0, len(raw) - 1))
    broken = raw[:at] + data.draw(st.binary(max_size=20)) + raw[at + data.draw(st.integers(0, 40)) :]
    found = read_attachment(broken, "a")
    assert bool(found.lines) == (found.state == "read")
