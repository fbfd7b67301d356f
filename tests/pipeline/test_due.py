"""What a night asks for at all: sources that are due, pages that may be reports."""

from datetime import date

import pytest

from etl import pipeline
from etl.run import open_run
from etl.sources import load_source
from etl.sources.model import Season

MAYBE = "/xxgk/002018/002018002/20240401/1b0a3a52-0000-4000-8000-0000000000aa.html"


@pytest.fixture
def scheduled(night, monkeypatch):
    """A scheduled run of the sample, whose registry entry has the fields that a test names."""
    for name, value in night.environment.items():
        monkeypatch.setenv(name, value)

    def scheduled_run(run_id, **fields):
        source = load_source("sample").model_copy(update=fields)
        monkeypatch.setattr("etl.run.load_source", lambda name: source)
        return open_run(run_id, is_scheduled=True)

    return scheduled_run


def test_a_source_that_is_not_due_is_not_asked_and_the_night_publishes_all_the_same(night, scheduled):
    night.run("first")
    before, asked = night.facts(), len(night.portal.requests)
    run = scheduled("second", season=Season(months=(1,), days=30, otherwise_days=30))
    assert pipeline.discover(run) == []
    assert len(night.portal.requests) == asked
    for batch in pipeline.archive(run):
        pipeline.parse(run, batch["batch"])
    for stage in (pipeline.facts, pipeline.validate, pipeline.publish):
        stage(run)
    assert night.facts() == before


def test_a_source_that_is_due_is_asked(night, scheduled):
    night.run("first")
    assert pipeline.discover(scheduled("second"))


def test_outside_its_hours_a_source_is_not_asked(night, scheduled):
    closed = "00:00-00:00"  # from midnight to midnight: never
    assert pipeline.discover(scheduled("first", hours=closed)) == []
    assert not night.portal.requests


def test_a_person_s_run_asks_at_any_time(night):
    night.run("first")
    night.run("second")
    assert night.sql("SELECT count(*) FROM main.ops_run WHERE listed > 0") == [(2,)]


def add_maybe(night, text):
    night.portal.site.add(
        MAYBE, title="云河区司法局2023年依法行政工作总结", text=text, column="002018002", publisher="云河区司法局",
        published_on=date(2024, 4, 1),
    )  # fmt: skip


def test_a_page_whose_title_leaves_it_open_is_fetched_once_and_listed_as_none(night):
    add_maybe(night, "2023年，我局开展文体活动12场，参加人员300人次。" * 10)
    counts = night.run("first")
    assert (counts["reports"], counts["quarantined"]) == (16, 0)
    listed = night.sql("SELECT is_report, decided_by, reason FROM main.ops_listed WHERE url LIKE '%0000000000aa%'")
    assert listed == [(False, "page", "not_a_report")]
    asked = len(night.portal.requests)
    night.run("second")
    assert MAYBE not in [request.path for request in night.portal.requests[asked:]]
    assert night.sql("SELECT reason FROM main.ops_listed WHERE url LIKE '%0000000000aa%'") == [("not_a_report",)]


def test_a_page_whose_title_leaves_it_open_may_be_a_report(night):
    (model,) = (path for path in night.portal.site.articles() if "6bc5c2c4" in path)
    add_maybe(night, night.portal.site.article(model).text.replace("市场监督管理局", "司法局").replace("市场监管局", "司法局"))
    night.run("first")
    assert night.sql("SELECT is_report, decided_by FROM main.ops_listed WHERE url LIKE '%0000000000aa%'") == [(True, "page")]
    assert night.sql("SELECT count(*) FROM main.dim_report WHERE source_url LIKE '%0000000000aa%'") == [(1,)]


def test_everything_that_a_list_shows_is_a_row_with_its_reason(first_night):
    reasons = dict(first_night.sql("SELECT reason, count(*) FROM main.ops_listed GROUP BY 1"))
    assert reasons[None] == 16
    assert any(reason.startswith("excluded:") for reason in reasons if reason)
    listed = first_night.sql("SELECT listed FROM main.ops_run")[0][0]
    assert first_night.sql("SELECT count(*) FROM main.ops_listed") == [(listed,)]
