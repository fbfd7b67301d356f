from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.numerals import as_percent, chinese_value, parse_number, read_arabic, read_chinese

VALUES = [
    ("12", "12"),
    ("0", "0"),
    ("1,234.5", "1234.5"),
    ("1，234", "1234"),
    ("１２．５", "12.5"),
    ("1.2万", "12000"),
    ("1.2 万", "12000"),
    ("3.5亿", "350000000"),
    ("1万亿", "1000000000000"),
    ("5百万", "5000000"),
    ("1亿2000万", "120000000"),
    ("1万5千", "15000"),
    ("十", "10"),
    ("十二", "12"),
    ("二十", "20"),
    ("三十五", "35"),
    ("一百零五", "105"),
    ("一百五", "150"),
    ("一百五十", "150"),
    ("两万八", "28000"),
    ("三千五百万", "35000000"),
    ("一万零五十", "10050"),
    ("八点三万亿", "8300000000000"),
    ("一点二万", "12000"),
    ("二〇二三", "2023"),
    ("百", "100"),
    ("万", "10000"),
    ("零", "0"),
    ("两千三百", "2300"),
    ("三分之二", "66.666667"),
    ("四分之一", "25"),
    ("百分之九十", "90"),
    ("百分之九十五点八", "95.8"),
    ("百分之95", "95"),
    ("百分之百", "100"),
    ("千分之三", "0.3"),
    ("九成", "90"),
    ("九成五", "95"),
    ("八成半", "85"),
    ("半数", "50"),
    ("十分之一", "10"),
]
NONE = ["", "abc", "十十", "零百", "三二", "一一", "五分之八", "12个", "一成不", "3人", "亿亿"]


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_value(written, value):
    number = parse_number(written)
    assert number is not None
    assert number.value == Decimal(value)


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


def test_shares_have_six_places():
    assert as_percent(Decimal(2), Decimal(3)) == Decimal("66.666667")
    assert as_percent(Decimal(12), Decimal(15)) == 80
