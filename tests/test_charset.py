"""Bytes to characters: what decides, and what is not believed."""

import pytest

from etl.charset import decode, find_mojibake

TEXT = "云河区司法局２０２３年度法治政府建设情况报告：评查案卷168份，优秀率95.8%。"
LONG = TEXT * 20


def page(text=TEXT, charset=None):
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<!-- p --><html><head>{meta}</head><body>{text}</body></html>"


@pytest.mark.parametrize(
    ("raw", "content_type", "charset", "decided_by"),
    [
        (page().encode(), None, "utf-8", "utf8"),
        (page().encode(), "text/html; charset=gbk", "utf-8", "utf8"),
        (page(charset="gb2312").encode(), None, "utf-8", "utf8"),
        (page().encode("utf-8-sig"), None, "utf-8", "bom"),
        (b"\xff\xfe" + page().encode("utf-16-le"), None, "utf-16-le", "bom"),
        (b"\xfe\xff" + page().encode("utf-16-be"), "text/html; charset=utf-8", "utf-16-be", "bom"),
        (page().encode("gb18030"), "text/html; charset=GBK", "gb18030", "header"),
        (page().encode("gb18030"), 'text/html; charset="gb2312"', "gb18030", "header"),
        (page(charset="gb2312").encode("gb18030"), None, "gb18030", "meta"),
        (page(charset="gb2312").encode("gb18030"), "text/html; charset=utf-8", "gb18030", "meta"),
        (page(charset="gb2312").encode("gb18030"), "text/html; charset=ISO-8859-1", "gb18030", "meta"),
        (page().encode("gb18030"), "text/html; charset=ISO-8859-1", "gb18030", "fallback"),
        (page(charset="utf-8").encode("gb18030"), "text/html; charset=utf-8", "gb18030", "fallback"),
        (page().encode("gb18030"), None, "gb18030", "fallback"),
        (b"<p>plain</p>", "text/html", "utf-8", "utf8"),
        (b"", None, "utf-8", "utf8"),
    ],
)
def test_every_page_is_read_right_and_the_decision_named(raw, content_type, charset, decided_by):
    decoded = decode(raw, content_type)
    assert (decoded.charset, decoded.decided_by) == (charset, decided_by)
    if raw and b"plain" not in raw:
        assert TEXT in decoded.text
    assert "\ufeff" not in decoded.text


def test_the_content_type_meta_of_old_pages_counts():
    head = '<META http-equiv=Content-Type content="text/html; charset=gb2312">'
    assert decode((head + TEXT).encode("gb18030")).decided_by == "meta"


def test_big5_is_read_when_it_is_declared():
    decoded = decode("法治政府建設情況報告".encode("big5"), "text/html; charset=big5")
    assert (decoded.text, decoded.charset) == ("法治政府建設情況報告", "big5")


def test_characters_outside_gb2312_are_read():
    assert decode("〇㐀𠀀镕".encode("gb18030"), "text/html; charset=gb2312").text == "〇㐀𠀀镕"


def test_a_utf8_page_cut_inside_a_character_stays_utf8():
    decoded = decode(LONG.encode()[:-1], "text/html; charset=gbk")
    assert (decoded.charset, decoded.decided_by) == ("utf-8", "utf8_damaged")
    assert decoded.text.startswith(TEXT)
    assert decoded.text.count("\ufffd") == 1


def test_gbk_with_a_broken_byte_is_not_taken_for_utf8():
    decoded = decode(LONG.encode("gb18030") + b"\xff", "text/html; charset=gbk")
    assert (decoded.charset, decoded.decided_by) == ("gb18030", "fallback")
    assert TEXT in decoded.text
    assert "\ufffd" in decoded.text


def test_an_unknown_charset_is_not_believed():
    assert decode(page().encode("gb18030"), "text/html; charset=x-unknown").decided_by == "fallback"


@pytest.mark.parametrize(
    "damaged",
    [
        "区司法局\ufffd评查案卷168份",
        "锟斤拷府建设",
        "烫烫烫烫",
        "\ue5e5\ue4c6\ue000",
        TEXT.encode().decode("gb18030", errors="replace").replace("\ufffd", ""),
        "法治政府建设情况".encode().decode("gb18030"),
        TEXT.encode().decode("cp1252", errors="replace").replace("\ufffd", "\x81"),
        TEXT.encode().decode("latin-1"),
        TEXT.encode("gb18030").decode("latin-1"),
        "云河区司法局评查案卷" + "法治政府建设取得新成效".encode().decode("gb18030", errors="ignore"),
    ],
)
def test_text_that_was_decoded_wrongly_is_known_and_named(damaged):
    assert find_mojibake(f"<p>{damaged}</p>")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "\uf06c第一，\uf0b7第二",
        "Ｃ＋＋ “十四五”——€100，café naïve ÄÖÜ äöüß £20 ±5℃ §3 ×2",
        "銆是罕字，鐨字也是",
        "云岭街道、青石街道、柳溪镇：鎏鑫鑽銮錾鋆",
        "ＡＢＣ①②③〇㐀𠀀镕",
        "",
    ],
)
def test_true_text_is_not_taken_for_damaged(text):
    assert find_mojibake(text) is None
