"""changes: the figures of two revisions of a report, paired by place, then by label."""

from datetime import UTC, datetime

import pytest

COLUMNS = "change, matched_by, label, previous_value, value, difference, previous_sentence, sentence"


@pytest.fixture
def revised(made, ask):
    """`revised(before, after)`: the changes between two texts, given as figures (label, value, unit, sentence, more)."""

    def changes(*texts, columns=COLUMNS):
        body = made.body("司法局")
        for number, figures in enumerate(texts, start=1):
            report = made.report(body, 2023, revision=number, is_current=number == len(texts))
            for label, value, unit, sentence, *more in figures:
                made.figure(report, label, value, unit, sentence=sentence, **(more[0] if more else {}))
        return ask(f"SELECT {columns} FROM reporting.changes ORDER BY revision, change, label, previous_value, value")

    return changes


def test_a_figure_is_altered_at_its_place_in_the_sentence(revised):
    before, after = "评查案卷168份,优秀率95.8%。", "评查案卷1,170份,优秀率95.8%。"
    assert revised(
        [("评查案卷", 168, "份", before), ("优秀率", 95.8, "%", before)],
        [("评查案卷", 1170, "份", after), ("优秀率", 95.8, "%", after)],
    ) == [("altered", "place", "评查案卷", 168, 1170, 1002, before, after)]


def test_two_figures_of_one_label_that_change_places_are_both_altered(revised):
    assert [
        row[:5]
        for row in revised(
            [("案件", 5, "件", "春季办案5件。"), ("案件", 6, "件", "秋季办案6件。")],
            [("案件", 6, "件", "春季办案6件。"), ("案件", 5, "件", "秋季办案5件。")],
        )
    ] == [("altered", "place", "案件", 5, 6), ("altered", "place", "案件", 6, 5)]


def test_a_text_that_was_moved_or_reworded_with_its_figures_has_no_changes(revised):
    assert (
        revised(
            [("听证会", 3, "场", "举行听证会3场。"), ("案件", 9, "件", "办结案件9件。"), ("案件", 9, "件", "受理案件9件。")],
            [("案件", 9, "件", "受理案件9件。"), ("案件", 9, "件", "全年办结的案件为9件。"), ("听证会", 3, "场", "举行听证会3场。")],
        )
        == []
    )


def test_a_reworded_sentence_with_another_figure_is_paired_by_its_label(revised):
    rows = revised([("听证会", 3, "场", "举行听证会3场。")], [("听证会", 4, "场", "全年共举行听证会4场。")])
    assert rows == [("altered", "label", "听证会", 3, 4, 1, "举行听证会3场。", "全年共举行听证会4场。")]


def test_a_label_that_stands_twice_is_not_guessed_at(revised):
    rows = revised(
        [("案件", 3, "件", "甲类案件3件。")],
        [("案件", 4, "件", "乙类案件共4件。"), ("案件", 5, "件", "丙类案件计5件。")],
    )
    assert [row[:5] for row in rows] == [
        ("added", None, "案件", None, 4),
        ("added", None, "案件", None, 5),
        ("removed", None, "案件", 3, None),
    ]


def test_sentences_alike_of_which_one_was_added_are_not_paired_by_their_order(revised):
    rows = revised(
        [("立案", 7, "件", "立案7件。"), ("立案", 8, "件", "立案8件。")],
        [("立案", 2, "件", "立案2件。"), ("立案", 7, "件", "立案7件。"), ("立案", 8, "件", "立案8件。")],
    )
    assert [row[:5] for row in rows] == [("added", None, "立案", None, 2)]


def test_unit_qualifier_upper_end_and_period_are_changes_too(revised):
    rows = revised(
        [
            ("罚款", 350000000, "元", "罚款3.5亿元。"), ("受众", 100, "人次", "受众100人次。", {"qualifier": "nearly"}),
            ("年限", 3, "年", "用3至4年。", {"value_high": 4}), ("案件", 6, "件", "2022年办案6件。", {"period": "2022"}),
        ],
        [
            ("罚款", 35000, "元", "罚款3.5万元。"), ("受众", 100, "人次", "受众100人次。"),
            ("年限", 3, "年", "用3至5年。", {"value_high": 5}), ("案件", 6, "件", "2023年办案6件。"),
        ],
        columns="change, matched_by, label, difference, previous_qualifier, qualifier, previous_period, period",
    )  # fmt: skip
    assert rows == [
        ("altered", "place", "受众", 0, "nearly", "exact", "2023", "2023"),
        ("altered", "place", "年限", 0, "exact", "exact", "2023", "2023"),
        ("altered", "place", "案件", 0, "exact", "exact", "2022", "2023"),
        ("altered", "label", "罚款", -349965000, "exact", "exact", "2023", "2023"),
    ]


def test_each_revision_is_compared_with_the_one_before_and_both_can_be_found_in_the_archive(revised):
    columns = "previous_revision, revision, previous_value, value, previous_raw_sha256, raw_sha256, previous_url = source_url"
    rows = revised(*([("案件", value, "件", f"办案{value}件。")] for value in (1, 2, 2, 3)), columns=columns)
    assert rows == [(1, 2, 1, 2, "raw-0", "raw-1", True), (3, 4, 2, 3, "raw-2", "raw-3", True)]


def test_a_revision_in_quarantine_is_passed_over(made, ask):
    body = made.body("司法局")
    for number in (1, 2, 3):
        report = made.report(body, 2023, revision=number, is_current=number == 3)
        made.figure(report, "案件", number * 10, sentence=f"办案{number * 10}件。")
        if number == 2:
            made.refuse(body, 2023, stage="validate", report_id=report)
    columns = "previous_revision, revision, previous_value, value, first_seen_at"
    assert ask(f"SELECT {columns} FROM reporting.changes") == [(1, 3, 10, 30, datetime(2025, 6, 4, tzinfo=UTC))]
