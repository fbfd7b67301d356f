from datetime import date

import pytest

from etl.facts.periods import period_bounds


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-11", date(2023, 11, 1), date(2023, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-Q3", date(2023, 7, 1), date(2023, 9, 30)),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("2023-01/2023-09", date(2023, 1, 1), date(2023, 9, 30)),
        ("as-of:2023-12-31", None, date(2023, 12, 31)),
        ("as-of:2023", None, date(2023, 12, 31)),
    ],
)
def test_bounds(period, first, last):
    assert period_bounds(period) == (first, last)


@pytest.mark.parametrize("period", ["", "今年", "2023-13", "2023-Q5", "23", "2023/", "as-of:", "as-of:2023-02-30"])
def test_what_is_no_period_is_refused(period):
    with pytest.raises(ValueError, match=r".+"):
        period_bounds(period) if period != "2023/" else period_bounds("2023/x")
