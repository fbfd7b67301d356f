"""What analysts get from the first run on the sample portal."""

import json
import re

import pytest

from etl.settings import PROJECT_DIR

REAL = "http://127.0.0.1:8799/xxgk/002017/002017001/20240202/b911578a-aa55-4262-afd1-00d13af96a80.html"
GOLD = json.loads((PROJECT_DIR / "tests" / "data" / "seed.json").read_text())


def of_the_real_report(night, columns, table, order="char_start"):
    return night.sql(
        f"SELECT {columns} FROM main.{table} JOIN main.dim_report USING (report_id) WHERE source_url = '{REAL}' ORDER BY {order}"
    )


def test_the_real_report_is_there_with_its_outline_and_measures(first_night):
    parts = of_the_real_report(first_night, "DISTINCT part", "dim_section", "part")
    assert [part for (part,) in parts] == ["achievement", "leadership", "plan", "shortcoming"]
    headings = of_the_real_report(first_night, "level, ordinal, heading, part", "dim_section")
    assert headings == [(s["level"], s["ordinal"], s["heading"], s["kind"]) for s in GOLD["sections"]]
    measures = of_the_real_report(first_night, "part, enumerator, fact_measure.title", "fact_measure")
    assert measures == [(m["kind"], m["enumerator"], m["title"]) for m in GOLD["measures"]]
    assert len(measures) == 25


def test_every_arabic_figure_of_the_real_report_is_right_in_value_and_unit(first_night):
    found = of_the_real_report(first_night, "quote, value::DOUBLE, unit", "fact_metric")
    assert len(found) >= 29
    arabic = [
        (q["quote"], float(q["value"]), q["unit"]) for q in GOLD["quantities"] if re.search(r"\d", q["quote"]) and q["importance"] == "core"
    ]
    assert len(arabic) == 28
    rest = list(found)
    for figure in arabic:
        assert figure in rest
        rest.remove(figure)


def test_the_list_of_major_decisions_is_22_plus_3_minus_1_minus_1_equals_23(first_night):
    where = "sentence LIKE '%重大行政决策%项%' AND unit = '项'"
    rows = first_night.sql(
        f"SELECT value::INTEGER, kind, period FROM main.fact_metric JOIN main.dim_report USING (report_id) "
        f"WHERE source_url = '{REAL}' AND {where} ORDER BY char_start"
    )
    assert rows == [
        (22, "level", "2023"),
        (3, "change", "2023-11"),
        (1, "change", "2023-11"),
        (1, "change", "2023-11"),
        (23, "level", "2023-11"),
    ]


def test_every_fact_stands_at_its_place(first_night):
    for table, column in (("fact_metric", "quote"), ("fact_measure", "text"), ("dim_section", "heading"), ("fact_numeral", "quote")):
        wrong, rows = first_night.sql(
            f"SELECT count(*) FILTER (substr(body_text, f.char_start + 1, f.char_end - f.char_start) <> f.{column}), count(*) "
            f"FROM main.{table} AS f JOIN main.dim_report USING (report_id)"
        )[0]
        assert (wrong, rows > 0) == (0, True), table
    titles = first_night.sql(
        "SELECT substr(body_text, f.char_start + 1, f.char_end - f.char_start), coalesce(f.title, document_number) "
        "FROM main.fact_citation AS f JOIN main.dim_report USING (report_id)"
    )
    assert titles
    assert all(there == said for there, said in titles)


def test_every_digit_of_every_report_is_accounted_for_exactly_once(first_night):
    bodies = first_night.sql("SELECT report_id, body_text FROM main.dim_report")
    assert len(bodies) == 16
    runs = 0
    for report_id, body in bodies:
        covered = [0] * len(body)
        for table in ("fact_metric", "fact_numeral"):
            for start, end in first_night.sql(f"SELECT DISTINCT char_start, char_end FROM main.{table} WHERE report_id = '{report_id}'"):
                for place in range(start, end):
                    covered[place] += 1
        for run in re.finditer(r"[0-9０-９]+", body):
            runs += 1
            assert set(covered[run.start() : run.end()]) == {1}, body[max(0, run.start() - 10) : run.end() + 10]
    assert runs > 500


def test_the_made_up_district_is_marked_and_has_three_years_of_five_bodies(first_night):
    rows = first_night.sql(
        "SELECT organization, count(*) FILTER (published) FROM reporting.coverage WHERE is_sample GROUP BY ALL ORDER BY ALL"
    )
    assert len(rows) == 5
    assert all(name.endswith("（示例）") and years == 3 for name, years in rows)
    assert first_night.sql("SELECT DISTINCT name, is_sample FROM main.dim_organization WHERE district = '静安区'") == [
        ("上海市静安区人民政府", False)
    ]


def test_trends_have_something_to_show(first_night):
    compared = first_night.sql("SELECT count(*), count(DISTINCT organization_id) FROM reporting.metric_trends WHERE change IS NOT NULL")[0]
    assert compared[0] >= 20
    assert compared[1] >= 4


def test_what_the_reports_state_adds_up_but_for_one_misprint(first_night):
    judged = first_night.sql("SELECT rule, holds, count(*) FROM main.fact_arithmetic WHERE holds IS NOT NULL GROUP BY ALL")
    assert {rule for rule, _, _ in judged} >= {"balance", "parts", "parts_within", "rate", "change", "growth"}
    assert [row for row in judged if not row[1]] == [("parts", False, 1)]
    [(expression, year, sentence)] = first_night.sql("SELECT expression, report_year, sentence FROM reporting.arithmetic WHERE NOT holds")
    assert (expression, year) == ("18 + 14 + 8 = 41", 2022)
    assert first_night.sql("SELECT rule, message LIKE '%' || ? || '%' FROM main.fact_finding".replace("?", f"'{sentence}'")) == [
        ("arithmetic_parts", True)
    ]


def test_the_real_report_states_that_22_plus_3_minus_1_minus_1_is_23(first_night):
    assert of_the_real_report(first_night, "expression, holds", "fact_arithmetic") == [("22 + 3 - 1 - 1 = 23", True)]


def test_changes_on_last_year_are_held_against_last_years_report(first_night):
    rows = first_night.sql(
        "SELECT expression FROM reporting.arithmetic WHERE rule = 'growth' AND holds "
        "AND other_url IS NOT NULL AND other_url <> source_url AND sentence <> other_sentence"
    )
    assert len(rows) >= 10
    assert ("106 - 94 = 12",) in rows


def test_the_misprint_is_corrected_with_a_trace(first_night):
    columns = "c.field, c.read, c.corrected, c.state, f.value::INTEGER, f.quote, f.rule LIKE '%correction:qsjd-2022-lectures'"
    rows = first_night.sql(f"SELECT {columns} FROM main.fact_correction AS c JOIN main.fact_metric AS f USING (metric_id)")
    assert rows == [("value", "8", "9", "applied", 9, "8场", True)]


def test_nothing_is_in_quarantine_and_the_noise_is_named(first_night):
    assert first_night.counts["quarantined"] == 0
    assert first_night.sql("SELECT count(*) FROM main.ops_quarantine") == [(0,)]
    listed, candidates = first_night.sql("SELECT listed, candidates FROM main.ops_run")[0]
    assert candidates == 16 < listed


@pytest.mark.parametrize("table", ["ops_run", "ops_fetch", "ops_validation"])
def test_the_warehouse_says_what_happened(first_night, table):
    assert first_night.sql(f"SELECT count(*) FROM main.{table}")[0][0] > 0


def test_the_warehouse_says_what_each_answer_meant(first_night):
    outcomes = dict(first_night.sql("SELECT outcome, count(*) FROM main.ops_fetch GROUP BY ALL"))
    assert {"ok", "redirected", "gone"} <= outcomes.keys() <= {"ok", "redirected", "gone", "not_modified"}
    # a column redirects to its list; robots.txt is not there, and no list page behind the last one
    gone = first_night.sql("SELECT DISTINCT page FROM main.ops_fetch WHERE outcome = 'gone' ORDER BY ALL")
    assert gone == [("list",), ("robots",)]
