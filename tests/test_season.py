"""When a source is asked: days between visits by the month, hours of the night."""

from datetime import UTC, date, datetime, timedelta

import pytest

from etl.sources import Entry, Source
from etl.sources.model import Season
from etl.sources.season import in_hours, is_due


@pytest.fixture
def make_source():
    def make(**fields):
        values = {
            "name": "town", "title": "某区", "base_url": "https://www.example.gov.cn", "family": "epoint-static", "city": "某市",
            "district": "某区", "entries": (Entry(path="/xxgk/", city="某市", district="某区"),), "title_include": ("法治政府建设",),
            "min_interval_s": 2.5, "jitter_s": 1, "max_requests": 10, "enabled": True, "status": "verified", "checked_at": date(2026, 1, 1),
        }  # fmt: skip
        return Source(**{**values, **fields})

    return make


SEASON = Season(months=(12, 1, 2, 3, 4), days=1, otherwise_days=7)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, datetime(2026, 7, 1, 18, tzinfo=UTC), True),
        (datetime(2026, 2, 1, 18, 30, tzinfo=UTC), datetime(2026, 2, 2, 18, 20, tzinfo=UTC), True),
        (datetime(2026, 2, 1, 18, 30, tzinfo=UTC), datetime(2026, 2, 1, 20, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 18, 30, tzinfo=UTC), datetime(2026, 7, 5, 18, 30, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 18, 30, tzinfo=UTC), datetime(2026, 7, 8, 18, 20, tzinfo=UTC), True),
        # the season begins: its own days count
        (datetime(2026, 11, 29, 18, 30, tzinfo=UTC), datetime(2026, 12, 1, 18, 30, tzinfo=UTC), True),
        # 30 November, 18:30 UTC, is December in Shanghai
        (datetime(2026, 11, 29, 18, 30, tzinfo=UTC), datetime(2026, 11, 30, 18, 30, tzinfo=UTC), True),
    ],
)
def test_days_between_visits_go_by_the_month(make_source, last, now, due):
    assert is_due(make_source(season=SEASON), last, now) == due


def test_without_a_season_or_with_no_days_every_run_asks(make_source):
    now = datetime(2026, 7, 1, 18, tzinfo=UTC)
    assert is_due(make_source(), now, now)
    assert is_due(make_source(season=Season(months=(1,), days=0, otherwise_days=0)), now - timedelta(seconds=1), now)


@pytest.mark.parametrize(
    ("hours", "utc", "inside"),
    [
        ("", datetime(2026, 7, 1, 4, tzinfo=UTC), True),
        ("22:00-07:00", datetime(2026, 7, 1, 18, 30, tzinfo=UTC), True),  # 02:30 in Shanghai
        ("22:00-07:00", datetime(2026, 7, 1, 14, 0, tzinfo=UTC), True),  # 22:00
        ("22:00-07:00", datetime(2026, 7, 1, 13, 59, tzinfo=UTC), False),
        ("22:00-07:00", datetime(2026, 7, 1, 23, 0, tzinfo=UTC), False),  # 07:00
        ("01:00-05:00", datetime(2026, 7, 1, 16, 59, tzinfo=UTC), False),
        ("01:00-05:00", datetime(2026, 7, 1, 17, 0, tzinfo=UTC), True),
    ],
)
def test_hours_are_those_of_shanghai_and_may_span_midnight(make_source, hours, utc, inside):
    assert in_hours(make_source(hours=hours), utc) == inside
