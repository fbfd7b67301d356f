import json

import pytest

DESCRIBE = """
import json, sys
from airflow.dag_processing.dagbag import BundleDagBag
from etl.settings import PROJECT_DIR
bag = BundleDagBag(dag_folder=str(PROJECT_DIR / "dags"), bundle_path=PROJECT_DIR / "dags", bundle_name="dags-folder")
heavy = sorted({"pandas", "duckdb", "great_expectations", "pyarrow", "httpx2", "selectolax"} & set(sys.modules))
dag = bag.dags["nightly_ingest"]
from etl.errors import Blocked, EmptyList, NotAllowed, PortalUnreachable, SourceError
raised = [Blocked("", ""), NotAllowed("", ""), EmptyList("", ""), SourceError(""), PortalUnreachable("", ""), OSError()]
def decisions(task):
    return {type(error).__name__: task.retry_policy.evaluate(error, 1, 3).action.value for error in raised}
print(json.dumps({
    "errors": {str(key): str(value) for key, value in bag.import_errors.items()},
    "dags": sorted(bag.dags),
    "heavy": heavy,
    "tasks": {task.task_id: [sorted(task.downstream_task_ids), task.is_mapped] for task in dag.tasks},
    "catchup": dag.catchup,
    "max_active_runs": dag.max_active_runs,
    "timezone": str(dag.timezone),
    "schedule": dag.timetable.expression,
    "params": sorted(dag.params),
    "doc": dag.doc_md,
    "pools": {task.task_id: task.pool for task in dag.tasks},
    "retries": {task.task_id: task.retries for task in dag.tasks},
    "decisions": {name: decisions(dag.get_task(name)) for name in ("discover", "fetch")},
    "rules": {task.task_id: task.trigger_rule.value for task in dag.tasks},
    "outlets": [outlet.name for outlet in dag.get_task("publish").outlets],
}, default=str))
"""


@pytest.fixture(scope="module")
def described(run_python):
    finished = run_python("-c", DESCRIBE)
    assert finished.returncode == 0, finished.stderr[-2000:]
    return json.loads(finished.stdout.splitlines()[-1])


def test_the_folder_holds_one_dag_and_no_import_error(described):
    assert described["errors"] == {}
    assert described["dags"] == ["nightly_ingest"]


def test_parsing_the_folder_imports_nothing_heavy(described):
    assert described["heavy"] == []


def test_the_tasks_are_the_stages_in_their_order(described):
    assert described["tasks"] == {
        "discover": [["fetch"], False],
        "fetch": [["archive"], True],
        "archive": [["parse"], False],
        "parse": [["facts"], True],
        "facts": [["validate"], False],
        "validate": [["publish"], False],
        "publish": [["report"], False],
        "report": [[], False],
    }


def test_it_runs_each_night_in_shanghai_one_run_at_a_time_and_never_catches_up(described):
    assert described["schedule"] == "30 2 * * *"
    assert described["timezone"] == "Asia/Shanghai"
    assert (described["catchup"], described["max_active_runs"]) == (False, 1)


def test_the_form_asks_for_source_and_full_refetch(described):
    assert described["params"] == ["refetch", "source"]


def test_the_page_says_what_to_do_when_a_task_fails(described):
    for task in described["tasks"]:
        assert f"`{task}`" in described["doc"]
    assert "Triage" in described["doc"]


def test_only_what_asks_the_portal_is_in_its_pool_and_tried_again(described):
    asks = {"discover", "fetch"}
    assert {name for name, pool in described["pools"].items() if pool == "portal"} == asks
    assert {name for name, retries in described["retries"].items() if retries} == asks


@pytest.mark.parametrize("task", ["discover", "fetch"])
def test_a_portal_that_is_ill_is_asked_again_and_one_that_refuses_is_not(described, task):
    refusing = dict.fromkeys(["Blocked", "NotAllowed", "EmptyList", "SourceError"], "fail")
    assert described["decisions"][task] == refusing | {"PortalUnreachable": "retry", "OSError": "default"}


def test_a_night_without_requests_still_publishes(described):
    assert described["rules"]["archive"] == "none_failed"


def test_the_publication_is_an_asset(described):
    assert described["outlets"] == ["warehouse"]
