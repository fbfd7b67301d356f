from time import sleep

import pyarrow.parquet as pq
import pytest

from etl import storage
from etl.errors import StageError
from etl.staging import Staging
from etl.storage import open_store


@pytest.fixture
def staging(tmp_path):
    return Staging(tmp_path / "staging", "run-1", "1.2.3")


@pytest.fixture(params=["disk", "store"])
def root(request, tmp_path):
    return tmp_path if request.param == "disk" else open_store(request.getfixturevalue("store"))


def rows(count, district="云河区"):
    return [{"url": f"/{district}/{number}", "district": district} for number in range(count)]


def test_rows_are_split_into_batches_with_labels_for_people(staging):
    batches = staging.split("candidates", rows(3) + rows(2, "静安区"), 2, "district")
    assert [batch["label"] for batch in batches] == ["batch-000 · 云河区 · 2", "batch-001 · 云河区、静安区 · 2", "batch-002 · 静安区 · 1"]
    assert staging.batches("candidates") == [batch["batch"] for batch in batches]
    read = [row["url"] for batch in batches for row in staging.read("candidates", batch["batch"])]
    assert read == [row["url"] for row in rows(3) + rows(2, "静安区")]


def test_splitting_again_leaves_no_batch_of_the_last_time(root):
    staging = Staging(root, "run-1", "1.2.3")
    staging.split("candidates", rows(5), 1, "district")
    staging.split("candidates", rows(2), 1, "district")
    assert len(staging.batches("candidates")) == 2


def test_a_file_says_which_run_and_parser_made_it(staging):
    staging.write("candidates", "batch-000", rows(1))
    metadata = pq.read_schema(staging.folder / "candidates" / "batch-000.parquet").metadata
    assert (metadata[b"run_id"], metadata[b"parser_version"]) == (b"run-1", b"1.2.3")


def test_nothing_half_written_is_left(staging):
    staging.write("candidates", "batch-000", rows(1))
    assert [path.name for path in (staging.folder / "candidates").iterdir()] == ["batch-000.parquet"]


@pytest.mark.parametrize("ask", [lambda s: list(s.read("parsed", "batch-000")), lambda s: s.batches("parsed")])
def test_a_stage_out_of_order_says_what_to_run_first(root, ask):
    with pytest.raises(StageError, match=r"run the stage that writes .* --run-id run-1"):
        ask(Staging(root, "run-1", "1.2.3"))


def test_old_runs_are_pruned_and_this_one_stays(root):
    for number in range(5):
        Staging(root, f"run-{number}", "").write("candidates", "batch-000", rows(1))
        if number == 2:
            sleep(1.1)  # a store tells whole seconds
    Staging(root, "run-0", "").prune(2)
    left = {number for number in range(5) if storage.sizes(root / f"run-{number}" / "candidates")}
    assert left == {0, 3, 4}
