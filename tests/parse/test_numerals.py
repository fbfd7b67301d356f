import csv
from decimal import Decimal
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.numerals import as_percent, chinese_value, parse_number, read_arabic, read_chinese

FORMS = list(csv.DictReader((Path(__file__).parent.parent / "data/number_forms.csv").open(encoding="utf-8")))
NONE = ["", "abc", "十十", "零百", "三二", "一一", "五分之八", "12个", "一成不", "3人", "亿亿"]


@pytest.mark.parametrize("form", FORMS, ids=[form["written"] for form in FORMS])
def test_value(form):
    number = parse_number(form["written"])
    assert number is not None
    assert (number.value, number.value_high) == (Decimal(form["value"]), None)


def test_the_list_of_forms_is_as_long_as_promised():
    assert sum(form["sort"] == "number" for form in FORMS) >= 59
    assert sum(form["sort"] == "special" for form in FORMS) >= 12


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_number(written):
    assert parse_number(written) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2800余", 2800),
        ("300多", 300),
        ("三百余", 300),
        ("3000余万", 30000000),
        ("1370多亿", 137000000000),
        ("1.6万余", 16000),
        ("十余", 10),
    ],
)
def test_more_than(written, value):
    number = parse_number(written)
    assert number is not None
    assert (number.value, number.exactness) == (value, "over")


@pytest.mark.parametrize(("written", "low", "high"), [("三四百", 300, 400), ("七八", 7, 8), ("二三十", 20, 30), ("五六千", 5000, 6000)])
def test_neighbouring_digits_are_a_range(written, low, high):
    number = parse_number(written)
    assert number is not None
    assert (number.value, number.value_high) == (low, high)


@pytest.mark.parametrize("text", ["5千克", "3千米", "2百货", "5千瓦时"])
def test_a_scale_that_begins_a_unit_is_left_alone(text):
    number = read_arabic(text, 0)
    assert number is not None
    assert number.end == 1


@pytest.mark.parametrize("text", ["三成立", "一成不变", "两成员", "四成果"])
def test_tenths_that_are_no_tenths(text):
    number = read_chinese(text, 0)
    assert number is None or not number.percent


def render(value: int) -> str:
    """Chinese numeral of 0 < value < 10^12, written by another route than the grammar reads it."""
    digits = "零一二三四五六七八九"

    def section(number: int) -> str:
        out, gap = "", False
        for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, number = divmod(number, unit)
            if digit:
                out += ("零" if gap and out else "") + digits[digit] + name
                gap = False
            else:
                gap = True
        return out

    out = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, value = divmod(value, scale)
        if part:
            out += ("零" if out and part < 1000 else "") + section(part) + name
    return out


@given(st.integers(1, 10**12 - 1))
def test_every_integer_survives_writing_and_reading(value):
    number = parse_number(render(value))
    assert number is not None
    assert (number.value, number.value_high) == (value, None)


@given(st.integers(1, 10**12 - 1))
def test_agrees_with_cn2an(value):
    written = cn2an.an2cn(value)
    number = chinese_value(written)
    assert number is not None
    assert number[0] == cn2an.cn2an(written, "strict") == value


@given(st.text(alphabet="零一二两三四五六七八九十百千万亿点", min_size=1, max_size=12))
def test_where_cn2an_answers_strictly_the_value_is_the_same(written):
    try:
        oracle = cn2an.cn2an(written, "strict")
    except ValueError:
        return
    number = chinese_value(written)
    if number is not None:
        assert float(number[0]) == pytest.approx(float(oracle))


@given(st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False), st.sampled_from(["", "万", "亿"]), st.booleans())
def test_arabic_with_scale_and_thousands_marks(value, scale, grouped):
    written = (f"{value:,.2f}" if grouped else f"{value:.2f}") + scale
    number = parse_number(written)
    assert number is not None
    assert number.value == value * {"": 1, "万": 10**4, "亿": 10**8}[scale]


@given(st.text(alphabet="零一二两三四五六七八九十百千万亿点分之成半余多0123456789,. ", max_size=14))
def test_nothing_raises_and_reading_stays_inside(text):
    for read in (read_arabic, read_chinese):
        number = read(text, 0)
        if number is not None:
            assert 0 < number.end <= len(text)


@given(st.integers(1, 999), st.integers(1, 999))
def test_parts_of_a_hundred_or_thousand_are_per_cent(part, whole):
    part, whole = sorted((part, whole))
    expected = as_percent(Decimal(part), Decimal(whole))
    for written in (f"{part}/{whole}", f"{render(whole)}分之{render(part)}" if part < 100 else f"{part}/{whole}"):
        number = parse_number(written)
        if number is not None or "/" in written:
            assert (number.value, number.percent) == (expected, True)


@given(st.integers(1, 9999), st.sampled_from(["万", "亿"]), st.integers(1, 9))
def test_a_left_out_unit_is_the_next_lower_one(value, scale, rest):
    unit = {"万": 10**4, "亿": 10**8}[scale]
    number = parse_number(f"{value}{scale}{rest}")
    assert number is not None
    assert number.value == value * unit + rest * unit // 10


@given(st.integers(1, 10**9))
def test_signs_and_multiples(value):
    assert parse_number(f"负{value}").value == parse_number(f"-{value}").value == -value
    assert parse_number(f"{value}倍").value == value
    assert parse_number(render(value) + "倍").value == value


def test_shares_have_six_places():
    assert as_percent(Decimal(2), Decimal(3)) == Decimal("66.666667")
    assert as_percent(Decimal(12), Decimal(15)) == 80
