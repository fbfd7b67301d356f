import pytest

from etl.parse.citations import find_citations, normalized_title
from etl.parse.folding import fold


def cited(text):
    found = find_citations(text, fold(text))
    assert all(text[c.char_start : c.char_end] == (c.title or c.document_number) for c in found)
    return [(c.title, c.document_number) for c in found]


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("落实《行政处罚法》和《实施办法》", [("行政处罚法", None), ("实施办法", None)]),
        ("《关于印发〈办法〉的通知》（沪府〔2023〕5号）", [("关于印发〈办法〉的通知", "沪府〔2023〕5号")]),
        ("《关于《甲》的通知》", [("关于《甲》的通知", None)]),
        ("《办法》（2023年修订）", [("办法", None)]),
        ("《纲要（２０２１－２０２５年）》", [("纲要（２０２１－２０２５年）", None)]),
        ("《没有结尾\n》", []),
        ("《没有结尾，落实《条例》要求", [("条例", None)]),
        ("多余》的括号，《条例》", [("条例", None)]),
        ("《》", []),
        ("《" * 3 + "甲" + "》" * 3, [("《《甲》》", None)]),
        ("《一句话。两句话》", []),
    ],
)
def test_titles(text, citations):
    assert cited(text) == citations


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("依据临卫发〔2024〕12号文件", "临卫发〔2024〕12号"),
        ("根据〔2024〕12号", "〔2024〕12号"),
        ("按照国办发［2017］47号要求", "国办发［2017］47号"),
        ("见沪府规（2023）第12号", "沪府规（2023）第12号"),
        ("落实青政办【2022】5-2号精神", "青政办【2022】5-2号"),
        ("修订后的国务院令第711号公布", "国务院令第711号"),
        ("经市政府第12号令公布", "市政府第12号令"),
        ("根据主席令第七十号", "主席令第七十号"),
        ("区市场监管局公告2023年第5号", "区市场监管局公告2023年第5号"),
    ],
)
def test_document_numbers(text, number):
    assert cited(text) == [(None, number)]


@pytest.mark.parametrize("text", ["12345号码", "第12号楼", "3号令牌", "（2023）年度", "命令第一时间下达", "2023年12号"])
def test_what_is_no_document_number(text):
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("《办法》（甲政〔2023〕5号）", [("办法", "甲政〔2023〕5号")]),
        ("《办法》 甲政〔2023〕5号", [("办法", "甲政〔2023〕5号")]),
        ("《关于印发办法的通知（甲政〔2023〕5号）》", [("关于印发办法的通知（甲政〔2023〕5号）", "甲政〔2023〕5号")]),
        ("甲政〔2023〕5号《关于印发办法的通知》", [("关于印发办法的通知", "甲政〔2023〕5号")]),
        ("以甲政〔2023〕5号文件印发《办法》《细则》", [("办法", "甲政〔2023〕5号"), ("细则", "甲政〔2023〕5号")]),
        ("印发《办法》和《细则》的通知（甲政〔2023〕5号）", [("办法", "甲政〔2023〕5号"), ("细则", "甲政〔2023〕5号")]),
        ("《办法》《细则》（甲政〔2023〕5号）", [("办法", None), ("细则", "甲政〔2023〕5号")]),
        ("《条例》（国务院令第711号）", [("条例", "国务院令第711号")]),
        ("《办法》施行后，我局制定甲政〔2023〕5号", [("办法", None), (None, "甲政〔2023〕5号")]),
        (
            "《甲》（甲〔2023〕1号）、《乙》（乙〔2023〕2号）",
            [("甲", "甲〔2023〕1号"), ("乙", "乙〔2023〕2号")],
        ),
    ],
)
def test_numbers_of_titles(text, citations):
    assert cited(text) == citations


@pytest.mark.parametrize(
    "text",
    [
        "在《法治日报》刊发",
        "《今日说法》栏目",
        "拍摄短视频《小案大理》",
        "做客《民生访谈》节目",
        "微电影《守护》获奖",
        "被《某某晚报》报道",
    ],
)
def test_media_are_no_documents(text):
    assert cited(text) == []


@pytest.mark.parametrize("title", ["习近平法治思想学习纲要", "政府信息公开年度报告", "电视节目管理条例"])
def test_books_and_reports_are(title):
    assert cited(f"学习《{title}》") == [(title, None)]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("中华人民共和国行政处罚法", "行政处罚法"),
        ("行政处罚法（2021年修订）", "行政处罚法"),
        ("裁量基准 (试行)", "裁量基准"),
        ("权责清单（２０２３年版）", "权责清单"),
        ("法治政府建设实施纲要（2021—2025年）", "法治政府建设实施纲要(2021-2025年)"),
        ("法治政府建设实施纲要(2021－2025年)", "法治政府建设实施纲要(2021-2025年)"),
        ("关于印发〈办法〉的通知", "关于印发〈办法〉的通知"),
        ("关于印发《办法》的通知", "关于印发〈办法〉的通知"),
        ("中华人民共和国成立七十周年纪念", "中华人民共和国成立七十周年纪念"),
    ],
)
def test_normalized_titles(title, name):
    assert normalized_title(title) == name
