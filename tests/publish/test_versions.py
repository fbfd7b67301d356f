"""What every kind of warehouse promises about its versions."""

import pytest

from etl.errors import PublishError, QueryError
from etl.publish.warehouses import Version


def query(warehouse, sql):
    with warehouse.read() as reader:
        return reader.query(sql)[1]


def value_of(warehouse):
    return query(warehouse, "SELECT DISTINCT value::INTEGER FROM reporting.metrics")


def runs_of(warehouse):
    return [version.run_id for version in warehouse.versions()]


def doubled(tables):
    tables["fact_metric"].append(tables["fact_metric"][0])


def orphaned(tables):
    tables["fact_measure"][0].update(section_id="nowhere")


@pytest.fixture
def publish(warehouse, make_inputs):
    """`publish("run-1", value=1)`: the counts of the publication."""

    def publish(run_id, *, keep=5, **options):
        return warehouse.publish(run_id, make_inputs(run_id, **options), keep=keep)

    return publish


def test_before_the_first_publication_there_is_no_version_and_nothing_to_read(warehouse):
    assert warehouse.versions() == []
    with pytest.raises(QueryError, match="make run") as caught, warehouse.read():
        pass
    assert "\n" not in str(caught.value)
    with pytest.raises(PublishError, match=r"no version before the current one .* kept are none"):
        warehouse.rollback()


def test_a_publication_can_be_read(warehouse, publish):
    assert publish("run-1", value=1) == {"reports": 1, "revisions": 1, "measures": 1, "metrics": 2}
    assert value_of(warehouse) == [(1,)]
    [version] = warehouse.versions()
    assert isinstance(version, Version)
    assert (version.run_id, version.is_current) == ("run-1", True)
    assert query(warehouse, "SELECT run_id, state, metrics FROM main.ops_run") == [("run-1", "published", 2)]


def test_the_last_versions_are_kept(warehouse, publish):
    for number in range(5):
        publish(f"run-{number}", value=number, keep=3)
    assert runs_of(warehouse) == ["run-4", "run-3", "run-2"]


def test_a_run_published_twice_replaces_its_version(warehouse, publish):
    for value in (1, 2):
        publish("run-1", value=value)
    assert value_of(warehouse) == [(2,)]
    assert runs_of(warehouse) == ["run-1"]


@pytest.mark.parametrize("fault", [doubled, orphaned])
def test_a_failed_publication_leaves_the_last_one(warehouse, publish, fault):
    publish("run-1", value=1)
    with pytest.raises(PublishError) as caught:
        publish("run-2", break_rows=fault)
    assert "\n" not in str(caught.value)
    assert value_of(warehouse) == [(1,)]
    assert runs_of(warehouse) == ["run-1"]


def test_a_rollback_goes_to_the_version_before_or_to_the_one_named(warehouse, publish):
    for number in range(3):
        publish(f"run-{number}", value=number)
    assert warehouse.rollback().run_id == "run-1"
    assert value_of(warehouse) == [(1,)]
    assert warehouse.rollback().run_id == "run-0"
    with pytest.raises(PublishError, match="no version before the current one"):
        warehouse.rollback()
    assert warehouse.rollback("run-2").is_current
    assert value_of(warehouse) == [(2,)]
    assert runs_of(warehouse) == ["run-2", "run-1", "run-0"]
    with pytest.raises(PublishError, match=r"no version run-9 .* kept are run-2, run-1, run-0"):
        warehouse.rollback("run-9")


def test_a_publication_after_a_rollback_is_the_newest(warehouse, publish):
    for number in range(2):
        publish(f"run-{number}", value=number)
    warehouse.rollback()
    publish("run-2", value=2)
    assert runs_of(warehouse) == ["run-2", "run-1", "run-0"]
    assert value_of(warehouse) == [(2,)]


def test_a_reader_keeps_what_it_opened(warehouse, publish):
    publish("run-1", value=1)
    with warehouse.read() as reader:
        publish("run-2", value=2)
        assert reader.query("SELECT DISTINCT value::INTEGER FROM reporting.metrics")[1] == [(1,)]
        assert reader.rows("SELECT max(run_id) AS run FROM main.ops_run") == [{"run": "run-1"}]
        assert value_of(warehouse) == [(2,)]


def test_times_are_those_of_the_district(warehouse, publish):
    publish("run-1")
    assert query(warehouse, "SELECT current_setting('TimeZone')") == [("Asia/Shanghai",)]


def test_an_analyst_cannot_write_or_read_other_files(warehouse, publish, tmp_path):
    publish("run-1")
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    for statement in (
        "DELETE FROM main.fact_metric",
        "CREATE TABLE t (a INT)",
        f"FROM '{secret}'",
        f"COPY main.fact_metric TO '{tmp_path}/x.csv'",
        "SET enable_external_access = true",
    ):
        with pytest.raises(QueryError) as caught:
            query(warehouse, statement)
        assert "\n" not in str(caught.value)
    assert not (tmp_path / "x.csv").exists()


def test_a_refused_question_leaves_the_reader_usable(warehouse, publish):
    publish("run-1", value=1)
    with warehouse.read() as reader:
        with pytest.raises(QueryError, match="nowhere"):
            reader.query("FROM main.nowhere")
        assert reader.query("SELECT count(*) FROM main.fact_metric")[1] == [(2,)]


def test_batches_hold_all_rows(warehouse, publish):
    publish("run-1")
    with warehouse.read() as reader:
        assert reader.batches("FROM main.fact_metric").read_all().num_rows == 2


def test_the_place_is_described_on_one_line(warehouse, publish):
    assert "\n" not in warehouse.describe()
    publish("run-1")
    assert "\n" not in warehouse.describe()
