"""Whatever a warehouse is made of: the same state, the same hits, the same exports."""

from frictionless import Package

from etl.export.exporting import export
from etl.export.relations import choose
from etl.ops import OpsLog
from etl.publish.state import read_state
from etl.search import search


def test_state_search_and_export(warehouse, make_inputs, tmp_path):
    warehouse.publish("run-1", make_inputs("run-1", revisions=2), keep=2)
    contents = read_state(OpsLog(tmp_path / "ops"), warehouse).contents
    assert (contents.version.run_id, contents.counts["reports"], contents.news) == ("run-1", 1, None)
    with warehouse.read() as reader:
        found = search(reader, ["２０２３年", "案卷"], body="司法局")
    assert [hit.text[start:end] for hit in found.hits for start, end in hit.marks] == ["2023年", "案卷"]
    for kind in ("csv", "parquet", "xlsx"):
        exported = export(warehouse, tmp_path / kind, kind, choose(everything=True), force=False, progress=lambda done, total: None)
        assert (exported.origin.run_id, exported.rows["metrics"], exported.rows["dim_report"]) == ("run-1", 2, 2)
    assert Package(str(tmp_path / "csv" / "datapackage.json")).validate().valid
