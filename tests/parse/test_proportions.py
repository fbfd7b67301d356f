from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.proportions import as_percent, read_proportion, read_share


@pytest.mark.parametrize("text", ["三成立", "一成不变", "两成员", "四成果", "三成熟", "半成品", "半径", "三成为"])
def test_tenths_that_are_no_tenths(text):
    assert read_share(text, 0) is None


@pytest.mark.parametrize(
    ("text", "start", "value"), [("近八成为房屋征收类", 1, 80), ("不足半成,", 2, 5), ("过半数的", 1, 50), ("九成五以上", 0, 95)]
)
def test_tenths_and_halves(text, start, value):
    share = read_share(text, start)
    assert share is not None
    assert (share.value, share.percent) == (value, True)


@pytest.mark.parametrize(("text", "value", "percent"), [("8/9", "88.888889", True), ("5/2", "2.5", False), ("3:1", "3", False)])
def test_parts_are_per_cent_and_ratios_are_not(text, value, percent):
    number = read_proportion(text, 0)
    assert number is not None
    assert (number.value, number.percent) == (Decimal(value), percent)


@pytest.mark.parametrize("text", ["2023/12/31", "3:1:2", "8/0", "3:0", "12件", "5/2023年"])
def test_no_proportion(text):
    assert read_proportion(text, 0) is None


def test_shares_have_six_places():
    assert as_percent(Decimal(2), Decimal(3)) == Decimal("66.666667")
    assert as_percent(Decimal(12), Decimal(15)) == 80


@given(st.integers(1, 10**12), st.integers(1, 10**12), st.sampled_from("/:"))
def test_no_size_of_its_terms_raises(first, second, mark):
    number = read_proportion(f"{first}{mark}{second}", 0)
    assert number is None or number.value >= 0
