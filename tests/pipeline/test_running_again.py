"""Run twice, killed, changed: the same facts, nothing lost, nothing doubled."""

import pytest
from whole_runs import kill

from etl.pipeline import STAGES

DISTRICT_2023 = "/xxgk/002017/002017001/20240202/b911578a-aa55-4262-afd1-00d13af96a80.html"


def articles(requests):
    return [request for request in requests if "/20" in request.path]


def test_a_second_run_asks_conditionally_and_gives_the_same_facts(night):
    night.run("first")
    before, asked = night.facts(), len(night.portal.requests)
    counts = night.run("second")
    second = night.portal.requests[asked:]
    assert night.facts() == before
    assert counts["revisions"] == counts["reports"] == 16
    assert {request.status for request in articles(second)} == {304}
    assert len(articles(second)) == 16
    assert {request.status for request in second if request.status not in {302, 404}} == {304}, "lists are asked for conditionally too"
    assert night.sql("SELECT fetched, not_modified FROM main.ops_run WHERE run_id = 'second'") == [(0, 16)]


def test_a_full_refetch_changes_nothing_either(night):
    night.run("first")
    before = night.facts()
    night.run("second", refetch=True)
    assert night.facts() == before
    assert night.sql("SELECT fetched, not_modified FROM main.ops_run WHERE run_id = 'second'") == [(16, 0)]


def test_a_changed_figure_is_a_new_revision_and_both_stay(night):
    night.run("first")
    night.portal.site.replace_text(DISTRICT_2023, "231件", "232件")
    counts = night.run("second")
    assert (counts["reports"], counts["revisions"]) == (16, 17)
    rows = night.sql("SELECT revision, is_current, value::INTEGER FROM main.fact_metric JOIN main.dim_report USING (report_id) "
                     "WHERE quote IN ('231件', '232件') AND source_url LIKE '%b911578a%' ORDER BY 1")  # fmt: skip
    assert rows == [(1, False, 231), (2, True, 232)]


def test_a_vanished_page_keeps_its_facts(night):
    night.run("first")
    before = night.facts()
    night.portal.site.remove(DISTRICT_2023)
    night.run("second")
    assert night.facts() == before


def test_a_page_that_is_not_there_three_nights_running_is_gone_and_asked_for_no_more(night):
    night.run("first")
    before = night.facts()
    night.portal.site.remove(DISTRICT_2023)
    gone = []
    for name in ("second", "third", "fourth", "fifth"):
        asked = len(night.portal.requests)
        night.run(name)
        paths = [request.path for request in night.portal.requests[asked:]]
        (is_gone,) = night.sql("SELECT gone_at IS NOT NULL FROM main.dim_report WHERE source_url LIKE '%b911578a%'")[0]
        gone.append((DISTRICT_2023 in paths, is_gone))
    assert gone == [(True, False), (True, False), (True, True), (False, True)]
    assert {table: rows for table, rows in night.facts().items() if table != "dim_report"} == {
        table: rows for table, rows in before.items() if table != "dim_report"
    }


@pytest.mark.parametrize("stage", STAGES)
def test_killed_after_any_stage_and_run_again_gives_the_same_facts(first_night, night, stage):
    process = night.start("run", "--run-id", "killed")
    for line in process.stderr:
        if line.startswith(f"✓ {stage}"):
            break
    kill(process)
    if stage != "publish":
        assert not night.link.exists()
    night.run("again")
    assert night.facts(times=False) == first_night.facts(times=False)


def test_killed_while_fetching_and_run_again_gives_the_same_facts(first_night, night):
    process = night.start("run", "--run-id", "killed")
    while len(articles(night.portal.requests)) < 5:
        assert process.poll() is None
    kill(process)
    night.run("again")
    assert night.facts(times=False) == first_night.facts(times=False)


def test_a_killed_run_can_be_taken_up_where_it_stopped(first_night, night):
    process = night.start("run", "--run-id", "killed")
    for line in process.stderr:
        if line.startswith("✓ archive"):
            break
    kill(process)
    for verb in ("archive", "facts", "validate", "publish"):
        status, _, errors = night.etl(verb)
        assert status == 0, errors
    assert night.facts(times=False) == first_night.facts(times=False)


def test_rebuild_needs_no_network(night):
    night.run("first")
    before, asked = night.facts(), len(night.portal.requests)
    status, _, errors = night.etl("rebuild")
    assert status == 0, errors
    assert len(night.portal.requests) == asked
    assert night.facts() == before
