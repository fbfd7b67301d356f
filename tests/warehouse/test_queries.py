"""The questions of warehouse/queries, and every view, on the sample after two nights."""

import re

import pytest

from etl.schema import VIEWS
from scripts import query_docs

MARK = "-- ← 改这里 change here"
FILES = query_docs.queries()


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with query_docs.two_nights(tmp_path_factory.mktemp("two-nights")) as opened:
        yield opened


def test_there_are_a_dozen_questions_and_more_with_numbers_of_their_own():
    assert len(FILES) >= 12
    numbers = [file.name[:2] for file in FILES]
    assert all(re.fullmatch(r"\d\d-[a-z-]+\.sql", file.name) for file in FILES)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_question_says_what_it_answers_and_marks_the_one_line_to_change(file):
    text = file.read_text()
    entries, statement = query_docs.split(text)
    assert all(re.search("[\u4e00-\u9fff]", entries[name]) for name in ("问题", "改这里", "注意"))
    assert all(re.search("[a-z]{3}", entries[name]) for name in ("Question", "Change", "Caveats"))
    assert text.count(MARK) == 1
    assert statement.count(";") == 1
    assert max(map(len, text.splitlines())) <= 160


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_question_has_an_answer_with_named_columns_in_one_order(file, reader):
    sql = file.read_text()
    columns, rows = reader.query(sql)
    assert rows
    assert len(set(columns)) == len(columns)
    assert all(re.fullmatch(r"[a-z_]+|20\d\d", column) for column in columns), columns
    assert reader.query(sql) == (columns, rows)
    assert "ORDER BY" in sql.rsplit("\nFROM ", 1)[1]


def test_the_page_shows_what_the_questions_answer(reader):
    assert query_docs.PAGE.read_text() == query_docs.page(reader), "run `make docs`"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_rows_on_the_sample(view, reader):
    assert reader.query(f"SELECT count(*) FROM reporting.{view}")[1][0][0] > 0


PLACES = [
    (view.name, prefix, report)
    for view in VIEWS.values()
    for prefix, report in (("", "report_id"), ("previous_", "previous_report_id"))
    if {f"{prefix}quote", f"{prefix}char_start", f"{prefix}char_end"} <= set(view.column_names)
]


@pytest.mark.parametrize(("view", "prefix", "report"), PLACES)
def test_every_quote_stands_at_its_place_and_in_its_sentence(view, prefix, report, reader):
    """The report is that of the figure where a view names no other: the year before has a metric_id only."""
    join = f"v.{report} = r.report_id"
    if report not in VIEWS[view].column_names:
        join = f"r.report_id = (SELECT report_id FROM main.fact_metric AS f WHERE f.metric_id = v.{prefix}metric_id)"
    found, wrong, astray = reader.query(
        f"""
        SELECT
            count(*),
            count(*) FILTER (substr(r.body_text, v.{prefix}char_start + 1, v.{prefix}char_end - v.{prefix}char_start) <> v.{prefix}quote),
            count(*) FILTER (NOT contains(v.{prefix}sentence, v.{prefix}quote))
        FROM reporting.{view} AS v JOIN main.dim_report AS r ON {join}
        WHERE v.{prefix}quote IS NOT NULL
        """
    )[1][0]
    assert found > 0
    assert (wrong, astray) == (0, 0)


def test_a_mended_report_is_seen_by_all_who_look(reader):
    """Two nights: what was altered, what no longer adds up with last year's report, and what stays of the first text."""
    changes = reader.query("SELECT change, label, previous_quote, quote, matched_by FROM reporting.changes ORDER BY previous_char_start")[1]
    assert changes == [
        ("removed", "避免挽回损失", "近百万元", None, None),
        ("altered", "办结行政处罚案件", "38件", "39件", "place"),
        ("altered", "主题宣传发放资料", "2.2万份", "2.4万份", "place"),
    ]
    broken = reader.query("SELECT expression, corrected, other_url IS NOT NULL FROM reporting.findings ORDER BY report_year")[1]
    assert broken == [("18 + 14 + 8 = 41", True, False), ("41 - 39 = 3", False, True)]
    status = reader.query(
        "SELECT status, revisions, days_late FROM reporting.coverage WHERE organization_short = '柳溪镇（示例）' AND report_year = 2024"
    )
    assert status[1] == [("late", 2, 6)]
    runs = reader.query("SELECT DISTINCT run_id, state FROM reporting.data_quality ORDER BY 1")[1]
    assert runs == [("night-1", "published"), ("night-2", "published")]
