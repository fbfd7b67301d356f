import duckdb
import pyarrow as pa
import pytest

from etl.errors import PublishError
from etl.facts.parquet import write_rows
from etl.publish.build import build_warehouse
from etl.schema import TABLES, VIEWS
from etl.schema.model import SQL_TYPES
from etl.schema.reading import VIEWS_DIR


@pytest.fixture
def build(tmp_path, make_inputs):
    def build(**options):
        path = tmp_path / "built.duckdb"
        counts = build_warehouse(path, make_inputs("run-1", **options))
        return counts, duckdb.connect(str(path), read_only=True)

    return build


def test_all_tables_and_views_are_there_with_comments(build):
    _, warehouse = build()
    tables = dict(warehouse.execute("SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'").fetchall())
    assert tables == {name: table.comment for name, table in TABLES.items()}
    relations = "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'reporting'"
    relations += " UNION ALL SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'reporting'"
    views = dict(warehouse.execute(relations).fetchall())
    assert views == {name: view.comment for name, view in VIEWS.items()}
    uncommented = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    assert warehouse.execute(uncommented).fetchall() == []


def test_every_view_file_is_built():
    assert {path.stem for path in VIEWS_DIR.glob("*.sql")} == set(VIEWS)


@pytest.mark.parametrize("name", [*TABLES, *VIEWS])
def test_columns_are_those_of_the_definition(build, name):
    _, warehouse = build()
    place, definition = ("reporting", VIEWS[name]) if name in VIEWS else ("main", TABLES[name])
    found = warehouse.execute(f"DESCRIBE {place}.{name}").fetchall()
    stored = {"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE", "DECIMAL(20, 6)": "DECIMAL(20,6)"}
    expected = [(column.name, SQL_TYPES[column.type]) for column in definition.columns]
    assert [row[:2] for row in found] == [(column, stored.get(type_, type_)) for column, type_ in expected]


def test_the_catalogue_is_loaded(build):
    _, warehouse = build()
    assert warehouse.execute("SELECT count(*) FROM main.dim_metric WHERE theme_code = 'decisions'").fetchone()[0] > 5


def test_an_analyst_goes_from_a_figure_to_its_words_and_address(build):
    counts, warehouse = build()
    row = warehouse.execute(
        "SELECT organization, value, unit, quote, sentence, source_url FROM reporting.metrics WHERE label = '评查案卷'"
    ).fetchone()
    assert row[0] == "临江市云河区司法局（示例）"
    assert (float(row[1]), *row[2:4]) == (168.0, "份", "168份")
    assert row[3] in row[4]
    assert row[5] == "http://portal/a.html"
    assert counts == {"reports": 1, "revisions": 1, "measures": 1, "metrics": 2}


def test_old_revisions_stay_in_main_and_leave_reporting(build):
    counts, warehouse = build(revisions=3)
    assert (counts["reports"], counts["revisions"], counts["metrics"]) == (1, 3, 2)
    assert warehouse.execute("SELECT count(*) FROM main.fact_metric").fetchone() == (6,)


def test_a_revision_in_quarantine_leaves_the_last_good_one_current(build):
    counts, warehouse = build(revisions=3, excluded={"report-3"})
    assert (counts["reports"], counts["revisions"], counts["metrics"]) == (1, 2, 2)
    assert warehouse.execute("SELECT revision FROM main.dim_report WHERE is_current").fetchall() == [(2,)]


def test_the_file_says_that_its_run_published(build):
    _, warehouse = build()
    assert warehouse.execute("SELECT state, reports, metrics, ended_at IS NOT NULL FROM main.ops_run").fetchone() == (
        "published",
        1,
        2,
        True,
    )


def test_a_reference_to_nothing_is_refused(build):
    with pytest.raises(PublishError, match=r"1 rows of fact_measure\.section_id point to no row"):
        build(break_rows=lambda tables: tables["fact_measure"][0].update(section_id="nowhere"))


def test_a_doubled_key_is_refused(build):
    with pytest.raises(PublishError, match=r"1 rows of fact_metric repeat a key \(metric_id\)"):
        build(break_rows=lambda tables: tables["fact_metric"].append(tables["fact_metric"][0]))


def test_nothing_left_is_no_warehouse(build):
    with pytest.raises(PublishError, match="holds no report"):
        build(excluded={"report-1"})


def test_trends_compare_with_the_year_before_only(build):
    def two_years(tables):
        for table, rows in tables.items():
            for row in [row for row in rows if row.get("report_id") == "report-2"]:
                if table == "dim_report":
                    row.update(document_id="other", report_year=2024, is_current=True, revision=1)
                if table == "fact_metric":
                    row.update(value=row["value"] + 12, period_start=None, period_end=row["period_end"].replace(year=2024))
        tables["dim_report"][0]["is_current"] = True
        for row in tables["fact_metric"]:
            row["metric_code"] = "casefiles_reviewed" if row["unit"] == "份" else "head_appearance_rate"

    _, warehouse = build(revisions=2, break_rows=two_years)
    rows = warehouse.execute(
        "SELECT metric_code, report_year, value::DOUBLE, change::DOUBLE, change_percent::DOUBLE, previous_sentence IS NOT NULL "
        "FROM reporting.metric_trends ORDER BY 1, 2"
    ).fetchall()
    assert rows == [
        ("casefiles_reviewed", 2023, 168.0, None, None, False),
        ("casefiles_reviewed", 2024, 180.0, 12.0, 7.14, True),
        ("head_appearance_rate", 2023, 95.8, None, None, False),
        ("head_appearance_rate", 2024, 107.8, 12.0, None, True),
    ]


def test_coverage_lists_missing_years_and_the_statutory_date(build):
    def late_and_missing(tables):
        second = next(row for row in tables["dim_report"] if row["report_id"] == "report-2")
        second.update(document_id="other", report_year=2025, revision=1)
        tables["dim_report"][0]["is_current"] = True
        second["published_on"] = second["published_on"].replace(year=2026, month=4, day=2)

    _, warehouse = build(revisions=2, break_rows=late_and_missing)
    rows = warehouse.execute("SELECT report_year, published, on_time FROM reporting.coverage ORDER BY 1").fetchall()
    assert rows == [(2023, True, True), (2024, False, None), (2025, True, False)]


def test_an_analyst_sees_which_sums_hold(build):
    _, warehouse = build(revisions=2)
    columns = "organization_short, rule, expression, holds, stated::DOUBLE, sentence, source_url, other_url"
    [row] = warehouse.execute(f"SELECT {columns} FROM reporting.arithmetic").fetchall()
    assert row[1:5] == ("rate", "161 / 168 = 95.8%", True, 95.8)
    assert "168份" in row[5]
    assert row[6:] == ("http://portal/a.html", None)


def test_what_runs_of_older_versions_left_lacks_columns_and_is_loaded(make_inputs, tmp_path):
    inputs = make_inputs("run-1")
    table = TABLES["ops_quarantine"]
    old = pa.schema([field for field in table.arrow if field.name not in {"organization_id", "report_year"}])
    row = {"quarantine_id": "q", "run_id": "run-0", "stage": "parse", "source_url": "http://portal/b.html", "rule": "r", "reason": "why"}
    write_rows(inputs.ops_dir / "ops_quarantine/run-0.parquet", [row], old, run_id="run-0")
    build_warehouse(tmp_path / "built.duckdb", inputs)
    with duckdb.connect(str(tmp_path / "built.duckdb"), read_only=True) as warehouse:
        assert warehouse.execute("SELECT run_id, organization_id FROM main.ops_quarantine").fetchall() == [("run-0", None)]


def test_facts_lie_by_body_year_and_place_in_the_text(build):
    _, warehouse = build(revisions=3)
    stored = warehouse.execute("SELECT revision, char_start FROM main.fact_metric JOIN main.dim_report USING (report_id)").fetchall()
    assert stored == sorted(stored)
    assert len(stored) == 6
