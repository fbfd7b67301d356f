"""What two systems of a portal have in common when they publish one report, and what never is the same."""

import gold_score
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.core import core, core_sha256

TITLE = "云河区司法局2023年度法治政府建设情况报告"
BODY = """一、主要举措和成效
2023年，评查案卷168份，优秀率95.8%，“一件事”改革(试点)覆盖12个街道。
附表 执法情况
项目 2022年 2023年
复议 98 1,206
二、存在的问题
执法力量不足。"""
XXGK = f"{TITLE}\n区委、区政府：\n{BODY}\n云河区司法局\n2024年2月28日"
GOVXXGK = BODY.replace("一、主要", "一、 主要").replace("“一件事”改革(试点)", "「一件事」改革（试点）").replace("168份，", "１６８份,　")


def test_title_salutation_signature_blanks_and_widths_make_no_other_text():
    assert core_sha256(TITLE, XXGK, 2023) == core_sha256(TITLE, GOVXXGK, 2023)
    assert core_sha256("2023年度法治政府建设情况报告", GOVXXGK, 2023) == core_sha256(TITLE, XXGK, 2023)


def test_a_title_broken_over_two_lines_is_a_title():
    assert core_sha256(TITLE, XXGK.replace("年度法治", "年度\n法治"), 2023) == core_sha256(TITLE, XXGK, 2023)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("168", "186"),
        ("95.8", "9.58"),
        ("98 1,206", "981 206"),
        ("98 1,206", "9 81,206"),
        ("12个", "1 2个"),
        ("不足", "充足"),
        ("2022年", "2021年"),
    ],
)
def test_a_changed_figure_or_word_is_another_text(old, new):
    assert old in XXGK
    assert core_sha256(TITLE, XXGK.replace(old, new), 2023) != core_sha256(TITLE, XXGK, 2023)


@pytest.mark.parametrize("path", gold_score.GOLD, ids=lambda path: path.stem)
def test_every_figure_of_the_annotated_reports_is_in_the_core(path):
    """Whichever figure is changed, the core changes."""
    gold = gold_score.load(path)
    whole = core(gold["title"], gold["text"], gold["year"])
    for quantity in gold["quantities"]:
        start, end = gold_score.locate(gold, quantity)
        at = next((i for i in range(start, end) if gold["text"][i].isdecimal()), None)
        if at is not None:
            changed = gold["text"][:at] + str((int(gold["text"][at]) + 1) % 10) + gold["text"][at + 1 :]
            assert core(gold["title"], changed, gold["year"]) != whole, quantity["quote"]


@given(st.text(alphabet="一二三、。，0123456789 \n　是年件2024法治报告", max_size=60))
def test_any_text_has_a_core_of_its_own_words(text):
    assert set(core("", text)) <= set("一二三、。,0123456789 是年件法治报告")
