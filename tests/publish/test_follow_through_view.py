"""plan_follow_through on a built file: both sides are found again, plans without match are seen, what is left out leaves no trace."""

from decimal import Decimal

import duckdb
import pytest

from etl.errors import PublishError
from etl.publish.build import build_warehouse

NOTHING_FOUND = {"done_measure_id": None, "rank": None, "score": None, "strength": None}


def pair(tables, number=1, **changes):
    """A plan of report-1 and what report-2 says was done about it."""
    planned, done = (next(row for row in tables["fact_measure"] if row["report_id"] == name) for name in ("report-1", "report-2"))
    return {
        "follow_through_id": f"pair-{number}", "report_id": "report-1", "measure_id": planned["measure_id"], "done_report_id": "report-2",
        "done_measure_id": done["measure_id"], "rank": number, "score": Decimal("0.91"), "strength": "strong", "same_theme": None,
        "shared_words": "评查案卷",
    } | changes  # fmt: skip


@pytest.fixture
def build(tmp_path, make_inputs):
    """`build([{…}])`: two reports of two years, with such rows beside the matched pair; `excluded` reports are left out."""

    def build(*changes, excluded=()):
        def two_years(tables):
            for row in tables["dim_report"]:
                number = int(row["report_id"].removeprefix("report-"))
                row |= {"document_id": f"document-{number}", "report_year": 2021 + number, "is_current": True, "revision": 1}
                row |= {"source_url": f"http://portal/{number}.html"}
            tables["fact_follow_through"] = [pair(tables, number, **each) for number, each in enumerate(changes or [{}], start=1)]

        path = tmp_path / "built.duckdb"
        build_warehouse(path, make_inputs("run-1", revisions=2, break_rows=two_years, excluded=excluded))
        return duckdb.connect(str(path), read_only=True)

    return build


def test_an_analyst_goes_from_a_plan_to_what_was_done(build):
    query = """
        SELECT plan_report_year, done_year, score, strength, rank, shared_words, plan_url, done_url, is_sample,
            p.body_text[plan_char_start + 1:plan_char_end] = plan_text AND d.body_text[done_char_start + 1:done_char_end] = done_text
        FROM reporting.plan_follow_through AS f
        JOIN main.dim_report AS p ON p.report_id = f.report_id JOIN main.dim_report AS d ON d.report_id = f.done_report_id
    """
    [row] = build().execute(query).fetchall()
    places = ("http://portal/1.html", "http://portal/2.html")
    assert row == (2022, 2023, Decimal("0.91"), "strong", 1, "评查案卷", *places, True, True)


def test_a_plan_without_match_is_seen(build):
    [row] = (
        build(NOTHING_FOUND)
        .execute("SELECT plan_text, done_year, done_text, score, done_url FROM reporting.plan_follow_through")
        .fetchall()
    )
    assert row[0]
    assert row[1:] == (2023, None, None, "http://portal/2.html")


@pytest.mark.parametrize("excluded", ["report-1", "report-2"])
def test_a_report_that_is_left_out_takes_its_pairs_with_it(build, excluded):
    warehouse = build({}, NOTHING_FOUND, excluded=[excluded])
    assert warehouse.execute("SELECT count(*) FROM main.fact_follow_through").fetchone() == (0,)
    assert warehouse.execute("SELECT count(*) FROM main.dim_report").fetchone() == (1,)


@pytest.mark.parametrize("column", ["measure_id", "done_measure_id", "done_report_id"])
def test_a_pair_that_leads_nowhere_is_not_published(build, column):
    with pytest.raises(PublishError, match=f"1 rows of fact_follow_through.{column} point to no row"):
        build({column: "elsewhere"})
