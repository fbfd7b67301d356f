"""How things stand: what is new in a version, and how old its data is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from etl.ops import OpsLog
from etl.publish.duckdb_file import DuckDBFile
from etl.publish.state import read_state

NOW = datetime(2024, 4, 9, 12, tzinfo=UTC)


@pytest.fixture
def publish(make_inputs, link, tmp_path):
    """`publish("run-1", days=3, listed=10)`: a version of a run that began so many days ago; `seen` tells when its reports were."""

    def run(run_id, *, days, listed=10, seen=None, revisions=1):
        def change(tables):
            for row in tables["dim_report"]:
                if seen and row["is_current"]:
                    row["first_seen_at"] = NOW - timedelta(days=seen)
            for row in tables["fact_metric"]:
                if row["report_id"] == f"report-{revisions}" and row["unit"] == "份":
                    row["value"] += 1

        inputs = make_inputs(run_id, revisions=revisions, break_rows=change)
        ops = OpsLog(tmp_path / "ops")
        ops.update_run(run_id, started_at=NOW - timedelta(days=days), listed=listed, quarantined=0, warnings=0)
        counts = DuckDBFile(link).publish(run_id, inputs, keep=5)
        ops.update_run(
            run_id,
            state="published",
            ended_at=NOW - timedelta(days=days, hours=-1),
            **{name: counts[name] for name in ("reports", "measures", "metrics")},
        )

    return run


@pytest.fixture
def state(link, tmp_path):
    return lambda: read_state(OpsLog(tmp_path / "ops"), DuckDBFile(link))


def test_before_the_first_run_there_is_nothing(state):
    assert state().last_run is None
    assert state().contents is None


def test_the_first_publication_has_no_news(publish, state):
    publish("run-1", days=1)
    contents = state().contents
    assert contents.news is None
    assert contents.counts == {"reports": 1, "measures": 1, "metrics": 2, "quarantined": 0, "warnings": 0}
    assert contents.newest_report_on == date(2024, 2, 1)


def test_a_publication_that_brings_nothing(publish, state):
    publish("run-1", days=2)
    publish("run-2", days=1)
    news = state().contents.news
    assert (news.run_id, news.reports, news.revisions, news.changed_figures) == ("run-1", [], [], 0)
    assert not any(news.more.values())


def test_a_new_report_and_a_new_revision(publish, state):
    publish("run-1", days=3)
    publish("run-2", days=2, seen=2)
    news = state().contents.news
    assert [row["revision"] for row in news.reports] == [1]
    assert not news.revisions
    publish("run-3", days=1, seen=1, revisions=2)
    news = state().contents.news
    assert not news.reports
    assert [(row["body"], row["year"], row["revision"]) for row in news.revisions] == [("司法局（示例）", 2023, 2)]
    assert news.changed_figures == 1


def test_a_rebuild_makes_no_data_younger(publish, state):
    publish("run-1", days=5)
    publish("rebuild", days=0, listed=None)
    contents = state().contents
    assert contents.version.run_id == "rebuild"
    assert contents.days_old(NOW) == 5


def test_a_version_that_was_gone_back_to_is_as_old_as_its_run(publish, state, link):
    publish("run-1", days=5)
    publish("run-2", days=0)
    assert state().contents.days_old(NOW) == 0
    DuckDBFile(link).rollback()
    contents = state().contents
    assert (contents.version.run_id, contents.newest_version.run_id) == ("run-1", "run-2")
    assert contents.days_old(NOW) == 5


def test_who_has_the_warehouse_alone_is_told_what_is_in_it(publish, link, tmp_path):
    publish("run-1", days=1)
    state = read_state(OpsLog(tmp_path / "nowhere"), DuckDBFile(link))
    assert state.last_run["run_id"] == "run-1"
    assert state.contents.counts["reports"] == 1
