from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from etl.facts.amend import Amendments
from etl.facts.corrections import Change, Correction
from etl.facts.rows import report_rows
from etl.models import Citation, Section
from etl.schema import REPORT_TABLES, TABLES


def test_rows_fit_the_schema_of_every_table(report, provenance):
    correction = Correction(
        name="a", source_url="http://portal/a.html", expect="优秀率95.8%", figure="95.8%", set=Change(value="93.8"), reason="misprint",
        source="a telephone call", corrected_on=date(2024, 3, 1), author="the data team",
    )  # fmt: skip
    amended = Amendments([correction]).amend(report.to_json(), organization="", source_url="http://portal/a.html", is_current=True)
    rows = report_rows(amended, provenance)
    assert set(rows) == {*REPORT_TABLES} - {"fact_follow_through"}, "what became of a plan takes two reports"
    for name, table in rows.items():
        arrow = pa.Table.from_pylist(table, schema=TABLES[name].arrow)
        arrow.validate(full=True)
        assert arrow.num_rows == len(table) > 0
        for row in table:
            assert set(row) <= set(TABLES[name].column_names), name


def test_every_quote_is_at_its_place(report, provenance):
    rows = report_rows(report.to_json(), provenance)
    body = rows["dim_report"][0]["body_text"]
    for name, column in (("fact_metric", "quote"), ("fact_measure", "text"), ("dim_section", "heading"), ("fact_numeral", "quote")):
        for row in rows[name]:
            assert body[row["char_start"] : row["char_end"]] == row[column]


def test_ids_are_the_same_each_time_and_join(report, provenance):
    first, second = (report_rows(report.to_json(), provenance) for _ in range(2))
    assert first == second
    measure = first["fact_measure"][0]
    assert {row["measure_id"] for row in first["fact_metric"]} == {measure["measure_id"]}
    assert measure["section_id"] == first["dim_section"][0]["section_id"]
    assert first["fact_citation"][0]["measure_id"] == measure["measure_id"]


def test_citations_know_their_measure_and_can_be_joined_by_title(report, provenance):
    text = report.text
    first = report.measures[0]._replace(text=text[4:9], char_start=4, char_end=9)
    spans = [(0, 2), (4, 6), (8, 10), (9, 11)]
    cited = tuple(Citation("中华人民共和国行政处罚法（2021年修订）", None, *span) for span in spans)
    rows = report_rows(
        replace(report, measures=(first,), citations=(*cited, Citation(None, "甲〔2023〕1号", 10, 12))).to_json(), provenance
    )
    measure_id = rows["fact_measure"][0]["measure_id"]
    assert [row["measure_id"] for row in rows["fact_citation"]] == [None, measure_id, measure_id, None, None]
    assert {row["title_normalized"] for row in rows["fact_citation"][:4]} == {"行政处罚法"}
    assert rows["fact_citation"][4]["title_normalized"] is None


def test_one_number_for_two_things_is_two_rows(report, provenance):
    twice = replace(report, metrics=(report.metrics[0], report.metrics[0]._replace(label="另一事")))
    ids = [row["metric_id"] for row in report_rows(twice.to_json(), provenance)["fact_metric"]]
    assert len(set(ids)) == 2


def test_values_keep_six_decimals(report, provenance):
    third = replace(report, metrics=(report.metrics[0]._replace(value=Decimal(200) / 3),), arithmetic=())
    assert report_rows(third.to_json(), provenance)["fact_metric"][0]["value"] == Decimal("66.666667")


def test_a_value_that_the_warehouse_cannot_hold_is_refused(report, provenance):
    huge = replace(report, metrics=(report.metrics[0]._replace(value=Decimal(10) ** 14),))
    with pytest.raises(ValueError, match="too large"):
        report_rows(huge.to_json(), provenance)


def test_a_statement_names_its_figures_the_one_it_speaks_of_last(report, provenance):
    rows = report_rows(report.to_json(), provenance)
    ids = [row["metric_id"] for row in rows["fact_metric"]]
    [statement] = rows["fact_arithmetic"]
    assert (statement["metric_id"], statement["metric_ids"], statement["unit"]) == (ids[1], " ".join(ids), "%")
    assert (statement["stated"], statement["holds"], statement["other_report_id"]) == (Decimal("95.8"), True, None)


def test_a_sum_that_the_warehouse_cannot_hold_is_left_out(report, provenance):
    huge = report.arithmetic[0]._replace(expected=Decimal(10) ** 14)
    [statement] = report_rows(replace(report, arithmetic=(huge,)).to_json(), provenance)["fact_arithmetic"]
    assert statement["expected"] is None


def test_headings_know_the_heading_above(report, provenance):
    levels = [1, 2, 3, 2, 1, 3]
    sections = tuple(Section(level, None, "标题", "other", at, at + 2) for at, level in enumerate(levels))
    rows = report_rows(replace(report, sections=sections, measures=(), metrics=(), arithmetic=()).to_json(), provenance)["dim_section"]
    place = {row["section_id"]: row["position"] for row in rows}
    assert [place.get(row["parent_section_id"]) for row in rows] == [None, 1, 2, 1, None, 5]
