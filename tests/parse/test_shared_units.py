import pytest

from etl.parse.numbers import read_number
from etl.parse.shared_units import range_with_units, ranged, unit_in_full, unit_of_the_last
from etl.parse.units import read_unit


@pytest.mark.parametrize(
    ("text", "low", "high"), [("3—20家", 3, 20), ("3至5万元", 30000, 50000), ("六至七成", 60, 70), ("30到12天", 30, None), ("3家", 3, None)]
)
def test_ranges_with_one_unit(text, low, high):
    chinese = not text[0].isdigit()
    number = ranged(text, read_number(text, 0, chinese=chinese), chinese=chinese)
    assert (number.value, number.value_high) == (low, high)


@pytest.mark.parametrize(
    ("text", "start", "high"),
    [
        ("10%至20%", 0, 20),
        ("3个—5个", 0, 5),
        ("2000元至1万元", 0, 10000),
        ("由30天到12天", 1, None),
        ("由3天到5天", 1, None),
        ("3个至5家", 0, None),
    ],
)
def test_ranges_with_two_units(text, start, high):
    number = read_number(text, start, chinese=False)
    found = range_with_units(text, number, read_unit(text, number.end), chinese=False)
    assert (found[0].value_high if found else None) == high


@pytest.mark.parametrize(
    ("text", "unit"),
    [("4.1个、7.5个百分点", "个百分点"), ("90个、80个和60个工作日", "个工作日"), ("3个、5个街道", None), ("3件、5个工作日", None)],
)
def test_short_units(text, unit):
    number = read_number(text, 0, chinese=False)
    last = unit_in_full(text, read_unit(text, number.end))
    assert (last.name if last else None) == unit


@pytest.mark.parametrize(
    ("text", "unit"), [("3、2和1个工作日", "个工作日"), ("2.3和1.6个百分点", "个百分点"), ("3、2和", None), ("3,2件", None)]
)
def test_units_at_the_end_of_a_series(text, unit):
    last = unit_of_the_last(text, read_number(text, 0, chinese=False))
    assert (last.name if last else None) == unit


def test_an_endless_series_is_given_up():
    text = "1、" * 50_000 + "1件"
    assert unit_of_the_last(text, read_number(text, 0, chinese=False)) is None
