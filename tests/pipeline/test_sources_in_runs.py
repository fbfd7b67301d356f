"""What the registry's entry means for a run: whether it may ask at all, and which lists it can do without."""

import pytest

from etl import pipeline
from etl.errors import SourceError
from etl.run import open_run
from etl.sources import Entry, load_source


@pytest.fixture
def change_sample(monkeypatch):
    def change(**fields):
        changed = load_source("sample").model_copy(update=fields)
        monkeypatch.setattr("etl.run.load_source", lambda name: changed)
        return changed

    return change


def test_a_source_that_is_off_is_not_asked(night, change_sample):
    change_sample(enabled=False, status="unverified", confirm=("robots.txt",))
    with pytest.raises(SourceError, match=r"source sample is off \(unverified\): confirm robots.txt; then set enabled = true"):
        night.run("first")
    assert night.portal.requests == []
    assert "source sample is off" in night.etl("status", COLUMNS="300")[1]


def test_a_first_look_may_be_taken(night, change_sample, monkeypatch):
    change_sample(enabled=False, status="unverified", confirm=("robots.txt",))
    monkeypatch.setenv("ETL_ALLOW_UNVERIFIED", "true")
    assert night.run("first")["reports"] == 16


def test_what_is_archived_of_a_source_that_is_off_is_still_read(night, change_sample):
    night.run("first")
    change_sample(enabled=False)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in night.environment.items():
            patch.setenv(name, value)
        assert pipeline.archive(open_run("second"))


def test_an_optional_list_that_cannot_be_read_is_named_and_counted_and_ends_nothing(night, change_sample, caplog):
    source = load_source("sample")
    gone = Entry(path="/xxgk/002099/", optional=True, city="临江市", district="云河区", invented=True)
    change_sample(entries=(*source.entries, gone))
    assert night.run("first")["reports"] == 16
    assert "optional entry not read: http://127.0.0.1:8799/xxgk/002099/: the entry page is gone (404)" in caplog.text
    [(unread,)] = night.sql("SELECT unread_lists FROM main.ops_run")
    assert unread.startswith("http://127.0.0.1:8799/xxgk/002099/: the entry page is gone")
    _, output, _ = night.etl("status", COLUMNS="200")
    assert "1 optional lists could not be read" in output
    assert unread in output


def test_the_same_list_ends_the_run_if_it_is_not_optional(night, change_sample):
    source = load_source("sample")
    gone = Entry(path="/xxgk/002099/", city="临江市", district="云河区", invented=True)
    change_sample(entries=(*source.entries, gone))
    with pytest.raises(Exception, match="the entry page is gone"):
        night.run("first")
