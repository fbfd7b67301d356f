import pytest

from etl.parse.folding import fold
from etl.parse.measures import read_measures
from etl.parse.outline import read_outline


def measures(*lines, year=2023):
    text = "\n".join(("标题", *lines))
    folded = fold(text)
    return [(m.enumerator, m.title, m.part, m.text) for m in read_measures(text, folded, read_outline(folded, "标题", year), year)]


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("一是加强学习。学法5次。二是加强考核。考试1场。", [("一是", "加强学习"), ("二是", "加强考核")]),
        ("一是抓学习，学法5次；二是抓考核，考试1场。", [("一是", None), ("二是", None)]),
        ("主要表现在：一要加强学习；二要加强考核。", [("一要", None), ("二要", None)]),
        ("首先，加强学习。其次，加强考核。最后，加强督察。", [("首先", None), ("其次", None), ("最后", None)]),
        ("第一，加强学习；第二，加强考核。", [("第一", None), ("第二", None)]),
        ("①精简事项。由92项到78项。②压缩时限。", [("①", "精简事项"), ("②", None)]),
        ("今年要：（1）加强学习；（2）加强考核。", [("（1）", None), ("（2）", None)]),
        ("1.加强学习。学法5次。", [("1.", "加强学习")]),
        ("2、压实责任：签订责任书20份。", [("2、", "压实责任")]),
        ("——质效稳步提升。增长6%。", [(None, "质效稳步提升")]),
        ("加强学习，学法5次。", [(None, None)]),
    ],
)
def test_items(line, items):
    assert [item[:2] for item in measures("一、成效", line)] == items


@pytest.mark.parametrize(
    "line", ["现将有关情况报告如下：", "主要表现在：", "在此表示衷心感谢！", "附表：数据", "特此报告。", "以上报告，请审议。"]
)
def test_lines_that_are_no_measures(line):
    assert measures("一、成效", line, "二、问题", "无人员。")[-1:] == [(None, None, "shortcoming", "无人员。")]
    assert len(measures("一、成效", line, "二、问题", "无人员。")) == 1


@pytest.mark.parametrize(
    "line", ["这是原因之一是很清楚的。", "落实“第一议题”制度。", "此外，加强考核。", "比例为1.5，达到2.0。", "首要任务是学习。"]
)
def test_what_only_looks_like_an_enumerator(line):
    assert measures("一、成效", line) == [(None, None, "achievement", line)]


def test_lead_ins_and_preambles_are_left_out_but_not_without_headings():
    assert [m[3] for m in measures("总的来看，工作很好。", "一、成效", "办理3件。")] == ["办理3件。"]
    assert [m[3] for m in measures("2023年，工作很好。现将情况报告如下。", "办理3件。")] == ["办理3件。"]


def test_paragraphs_take_their_own_part_under_merged_headings_and_without_any():
    assert [m[2] for m in measures("一、存在问题和下一步打算", "力量薄弱。", "下一步，将招录3名。")] == ["shortcoming", "plan"]
    assert [m[2] for m in measures("办理3件。", "还存在一些问题。", "2024年，将继续。", "创新方式。")] == [
        "achievement",
        "shortcoming",
        "plan",
        "plan",
    ]
