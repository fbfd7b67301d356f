"""A whole night, and every verb, with a lake as the warehouse."""

import pytest
from whole_runs import Night

from etl import pipeline
from etl.publish.warehouses import open_warehouse
from etl.schema import TABLES, VIEWS
from etl.settings import load_settings
from sample.server import SamplePortal
from tests.command_line import run_etl

ENDS = "main.ops_run"  # says when its publication ended: two publications differ there


@pytest.fixture(scope="module")
def lake_night(tmp_path_factory, postgres):
    """A first night by the command line; `finished` is what it left on the terminal."""
    with SamplePortal(port=0) as portal:
        settings = {"ETL_WAREHOUSE": f"ducklake:postgres:{postgres.create()}"}
        night = Night(tmp_path_factory.mktemp("lake-night") / "var", portal, settings=settings)
        night.finished = run_etl(night.home, "run", **night.environment)
        yield night


@pytest.fixture
def etl(lake_night):
    def run(*arguments, **options):
        return run_etl(lake_night.home, *arguments, **lake_night.environment, **options)

    return run


def everything(night):
    """All rows of all tables and views, as a reader gets them."""
    with night.opened("not-started"), open_warehouse(load_settings()).read() as reader:
        relations = [f"main.{name}" for name in TABLES] + [f"reporting.{name}" for name in VIEWS]
        return {relation: reader.query(f"FROM {relation} ORDER BY ALL") for relation in relations if relation != ENDS}


def test_the_night_ends_with_counts_and_rows(lake_night):
    assert lake_night.finished.returncode == 0, lake_night.finished.stderr
    assert "warehouse  ducklake:postgres:dbname=lake_" in lake_night.finished.stdout
    assert "five rows of reporting.metrics" in lake_night.finished.stdout
    assert not (lake_night.home / "warehouse").exists()
    assert list((lake_night.home / "lake" / "main" / "fact_metric").glob("*.parquet"))


def test_the_lake_holds_row_by_row_what_a_file_holds(lake_night):
    file_night = Night(lake_night.home, lake_night.portal)
    [run] = [path.name for path in (lake_night.home / "staging").iterdir()]
    with file_night.opened(run) as opened:
        pipeline.publish(opened)
    in_file, in_lake = everything(file_night), everything(lake_night)
    assert sum(len(rows) for _, rows in in_file.values()) > 500
    for relation, rows in in_file.items():
        assert in_lake[relation] == rows, relation


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["status"], "ducklake:postgres:"),
        (["sql", "SELECT count(*) > 0 AS filled FROM reporting.metrics", "--format", "csv"], "true"),
        (["search", "法治"], "法治"),
        (["versions"], "snapshot 1"),
        (["publish"], ""),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_verb_works(etl, arguments, words):
    finished = etl(*arguments)
    assert finished.returncode == 0, finished.stderr
    assert words in finished.stdout


def test_what_is_made_from_a_reader_can_be_made_from_a_lake(lake_night, etl, tmp_path):
    exported = etl("export", tmp_path / "out", "--format", "csv")
    assert exported.returncode == 0, exported.stderr
    assert (tmp_path / "out" / "metrics.csv").stat().st_size > 1000
    booked = etl("report")
    assert booked.returncode == 0, booked.stderr
    assert (lake_night.home / "report" / "index.html").exists()


def test_the_shell_opens_the_current_snapshot_read_only(etl):
    questions = "SELECT count(*) > 0 AS filled FROM reporting.metrics;\nSELECT current_setting('TimeZone');\n"
    finished = etl("shell", stdin=questions)
    assert finished.returncode == 0, finished.stderr
    assert "true" in finished.stdout
    assert "Asia/Shanghai" in finished.stdout
    refused = etl("shell", stdin="DELETE FROM main.fact_metric;\n")
    assert "read-only" in refused.stderr


def test_wrong_sql_and_no_server_are_one_line(lake_night, etl):
    written = etl("sql", "DELETE FROM main.fact_metric")
    assert (written.returncode, written.stderr.count("\n")) == (1, 1)
    assert "read-only" in written.stderr
    words = lake_night.settings["ETL_WAREHOUSE"].replace("port=", "port=1 application_name=")
    for arguments in (["sql", "SELECT 1"], ["status"], ["versions"], ["rollback"], ["shell"]):
        finished = run_etl(lake_night.home, *arguments, **(lake_night.environment | {"ETL_WAREHOUSE": words}))
        assert (finished.returncode, finished.stderr.count("\n")) == (1, 1), finished.stderr
        assert "Connection refused" in finished.stderr


def test_a_rebuilt_version_can_be_rolled_back(etl):
    rebuilt = etl("rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    finished = etl("rollback")
    assert finished.returncode == 0, finished.stderr
    assert "rolled back from" in finished.stdout
    marked = [line for line in etl("versions").stdout.splitlines() if line.startswith("*")]
    assert len(marked) == 1
