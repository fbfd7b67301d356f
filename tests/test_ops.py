from datetime import UTC, datetime

import pytest

from etl.errors import SettingsError
from etl.ops import OpsLog
from etl.storage import open_store


@pytest.fixture(params=["disk", "store"])
def ops(request, tmp_path):
    return OpsLog((tmp_path if request.param == "disk" else open_store(request.getfixturevalue("store"))) / "ops")


def test_a_run_begins_as_running_and_changes_are_merged(ops):
    assert ops.update_run("a", source="sample")["state"] == "running"
    ops.update_run("a", listed=3)
    row = ops.update_run("a", state="failed", ended_at=datetime.now(UTC), error="portal down")
    assert (row["source"], row["listed"], row["state"], row["error"]) == ("sample", 3, "failed", "portal down")
    assert ops.read("ops_run", "a") == [row]


def test_runs_come_newest_first(ops):
    for day in (2, 1, 3):
        ops.update_run(f"run-{day}", source="sample", started_at=datetime(2024, 3, day, tzinfo=UTC))
    assert [row["run_id"] for row in ops.runs()] == ["run-3", "run-2", "run-1"]


def test_a_run_has_nothing_until_it_wrote_something(ops):
    assert ops.read("ops_validation", "a") == []
    assert list(ops.runs()) == []


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "ops").write_text("a file")
    with pytest.raises(SettingsError, match=r"cannot write .*ops_run"):
        OpsLog(tmp_path / "ops").update_run("a", source="sample")
