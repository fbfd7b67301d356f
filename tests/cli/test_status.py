"""`etl status` after good nights and bad ones."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from etl import pipeline
from etl.ops import OpsLog
from etl.publish.duckdb_file import DuckDBFile
from sample.server import SamplePortal
from tests.command_line import run_etl
from tests.whole_runs import BASE, Night, tiny_site


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory):
    """A night that misses one of four reports, and one that finds it and a changed figure."""
    with SamplePortal(port=0, site=tiny_site()) as portal:
        night = Night(tmp_path_factory.mktemp("two") / "home", portal, source="yunhe")
        changed, late = [each.url.removeprefix(BASE) for each in portal.site.expected][1:3]
        portal.fail(late, status=404)
        night.run("first")
        portal.heal()
        old = night.sql(
            f"SELECT quote FROM reporting.metrics WHERE source_url = '{BASE + changed}' AND quote SIMILAR TO '[0-9]{{2}}[件人次]'"
        )
        quote = old[0][0]
        portal.site.replace_text(changed, quote, f"{int(quote[:-1]) + 1}{quote[-1]}")
        night.run("second")
        yield night


@pytest.fixture
def home(two_nights, tmp_path):
    """A copy that a test may change."""
    return shutil.copytree(two_nights.home, tmp_path / "home", symlinks=True)


def status(home):
    finished = run_etl(home, "status")
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_a_good_night(two_nights):
    shown = status(two_nights.home)
    assert re.search(r"^last run   second  published  \(yunhe, started ", shown, re.MULTILINE)
    assert re.search(r"^published  .*reports-second\.duckdb", shown, re.MULTILINE)
    assert re.search(r"^4 reports  \d+ measures 举措  \d+ metrics 数字  0 quarantined", shown, re.MULTILINE)
    assert re.search(r"^age        the portal was last asked .*; newest report of 2024-03-13$", shown, re.MULTILINE)
    assert re.search(
        r"^new        1 new report, 1 new revision of a known one, [1-9]\d* changed figures?, since first .*\+1 reports",
        shown,
        re.MULTILINE,
    )
    assert "days old" not in shown


def test_the_same_for_programs(two_nights):
    known = json.loads(run_etl(two_nights.home, "status", "--json").stdout)
    assert known["last_run"]["run_id"] == "second"
    assert known["quarantine"] == []
    current = known["current"]
    assert current["version"]["run_id"] == "second"
    assert current["counts"]["reports"] == 4
    assert (current["days_old"], current["is_old"], current["rolled_back"]) == (0, False, False)
    assert [row["revision"] for row in current["news"]["reports"]] == [1]
    assert [row["revision"] for row in current["news"]["revisions"]] == [2]
    assert datetime.fromisoformat(current["asked_at"]).tzinfo


def test_old_data_are_called_old(two_nights, home):
    with Night(home, two_nights.portal, "yunhe").opened("second") as run:
        run.ops.update_run("first", started_at=datetime.now(UTC) - timedelta(days=4))
        run.ops.update_run("second", started_at=datetime.now(UTC) - timedelta(days=3), state="validated")
        pipeline.publish(run)
    assert re.search(r"^age        data is 3 days old: the portal was last asked ", status(home), re.MULTILINE)


def test_an_older_version_and_a_failed_night(home):
    ops = OpsLog(home / "ops")
    ops.update_run("third", source="yunhe", state="failed", ended_at=datetime.now(UTC), error="the list at http://… is empty")
    DuckDBFile(home / "warehouse" / "reports.duckdb").rollback()
    shown = status(home)
    assert re.search(r"^last run   third  failed ", shown, re.MULTILINE)
    assert "the list at http://… is empty" in shown
    assert "rolled back: this is the version of run first; the newest is reports-second.duckdb" in shown
    assert re.search(r"^3 reports", shown, re.MULTILINE)
    assert "new        everything: this is the first publication" in shown


def test_a_first_night_that_failed(tmp_path):
    OpsLog(tmp_path / "ops").update_run("first", source="yunhe", state="failed", error="no answer from http://…")
    shown = status(tmp_path)
    assert "no answer from" in shown
    assert "published  nothing yet" in shown
    assert json.loads(run_etl(tmp_path, "status", "--json").stdout)["current"] is None


def test_who_has_a_copy_of_the_file_alone(two_nights, tmp_path):
    copy = shutil.copy(two_nights.link.resolve(), tmp_path / "reports.duckdb")
    finished = run_etl(tmp_path / "nothing", "status", ETL_WAREHOUSE=f"duckdb:{copy}")
    assert re.search(r"^last run   second  published ", finished.stdout, re.MULTILINE)
    assert re.search(r"^4 reports  ", finished.stdout, re.MULTILINE)
