"""What a reader answers, and what it refuses: nothing is written, and nothing else is read."""

import pytest

from etl.errors import QueryError
from etl.publish.duckdb_file import DuckDBFile


@pytest.fixture
def reader(make_inputs, link):
    warehouse = DuckDBFile(link)
    warehouse.publish("run-1", make_inputs("run-1", value=1), keep=1)
    with warehouse.read() as reader:
        yield reader


@pytest.mark.parametrize("asked", ["query", "rows", "batches"])
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE TABLE mine (i INTEGER)", "read-only"),
        ("INSERT INTO main.dim_theme VALUES ('a', 'b', 'c')", "read-only"),
        ("DELETE FROM main.dim_report", "read-only"),
        ("UPDATE main.fact_metric SET value = 1", "read-only"),
        ("DROP VIEW reporting.metrics", "read-only"),
        ("ATTACH '{folder}/other.duckdb'", "Permission Error"),
        ("COPY (SELECT 1) TO '{folder}/out.csv'", "Permission Error"),
        ("EXPORT DATABASE '{folder}'", "Permission Error"),
        ("SELECT * FROM read_csv('/etc/passwd')", "Permission Error"),
        ("SELECT * FROM read_text('/etc/passwd')", "Permission Error"),
        ("SELECT * FROM glob('/etc/*')", "Permission Error"),
        ("FROM '/etc/passwd'", "Catalog Error"),
        ("INSTALL httpfs", "Permission Error"),
        ("LOAD httpfs", "Permission Error"),
        ("SET enable_external_access = true", "Cannot enable external access"),
        ("", "no SQL statements"),
        ("SELECT 1; DROP TABLE main.dim_report", "2 SQL statements"),
    ],
)
def test_what_is_no_question_is_refused(reader, tmp_path, asked, statement, said):
    before = sorted(tmp_path.iterdir())
    with pytest.raises(QueryError, match=said) as refused:
        getattr(reader, asked)(statement.format(folder=tmp_path))
    assert "\n" not in str(refused.value)
    assert sorted(tmp_path.iterdir()) == before
    assert reader.query("SELECT count(*) FROM main.dim_report")[1] == [(1,)]


def test_an_error_shows_where(reader):
    with pytest.raises(QueryError) as refused:
        reader.query("SELECT nothing FROM reporting.metrics")
    assert refused.value.picture == "LINE 1: SELECT nothing FROM reporting.metrics\n               ^"


def test_batches_are_made_as_they_are_asked_for(reader):
    sizes = [len(batch) for batch in reader.batches("FROM range(25000)")]
    assert max(sizes) <= 10_000
    assert sum(sizes) == 25_000


def test_an_error_in_a_late_row_is_an_error_of_the_query(reader):
    batches = reader.batches("SELECT CASE WHEN range > 900000 THEN '文' ELSE '1' END::INTEGER FROM range(1000000)")
    with pytest.raises(QueryError, match="Could not convert string '文' to INT32"):
        list(batches)


def test_pivot_is_one_statement(reader):
    pivot = "PIVOT (SELECT kind FROM reporting.metrics) ON kind USING count(*)"
    assert reader.query(pivot)[0] == ["flow", "rate"]
    with pytest.raises(QueryError, match="2 SQL statements"):
        reader.query(f"{pivot}; SELECT 1")


def test_nothing_is_drawn_on_standard_output_while_an_answer_takes_long(reader):
    assert reader.query("SELECT current_setting('enable_progress_bar')")[1] == [(False,)]
