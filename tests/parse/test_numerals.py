import itertools
import re
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numerals_written import render

from etl.parse.numerals import chinese_value, read_arabic, read_chinese


@pytest.mark.parametrize("text", ["5千克", "3千米", "2百货", "5千瓦时", "3百分点"])
def test_a_scale_that_begins_a_unit_is_left_alone(text):
    number = read_arabic(text, 0)
    assert number is not None
    assert number.end == 1


@pytest.mark.parametrize(
    ("text", "value", "end", "exactness"),
    [
        ("1万5千余件", 15000, 5, "over"),
        ("3千5百余万元", 35000000, 6, "over"),
        ("10来个", 10, 3, "about"),
        ("300来访群众", 300, 3, "exact"),
        ("1万2万", 10000, 2, "exact"),
        ("5万2百万", 50000, 2, "exact"),
        ("1 234件", 1234, 5, "exact"),
        ("1 234 567", 1, 1, "exact"),
        ("38. 5万元", 385000, 6, "exact"),
        ("点 1 0 4 个", 104, 7, "exact"),
        ("1.2.3", Decimal("1.2"), 3, "exact"),
    ],
)
def test_where_an_arabic_number_ends(text, value, end, exactness):
    number = read_arabic(text, next(at for at, char in enumerate(text) if char.isdigit()))
    assert number is not None
    assert (number.value, number.end, number.exactness) == (value, end, exactness)


@pytest.mark.parametrize(
    ("text", "value", "end", "exactness"),
    [
        ("三千余万元", 30000000, 4, "over"),
        ("十来名", 10, 2, "about"),
        ("三十来访", 30, 2, "exact"),
        ("五多", 5, 1, "exact"),
        ("二百一十五万元", 2150000, 6, "exact"),
        ("一千零十件", 1010, 4, "exact"),
        ("三万零十五元", 30015, 5, "exact"),
    ],
)
def test_where_a_chinese_number_ends(text, value, end, exactness):
    number = read_chinese(text, 0)
    assert number is not None
    assert (number.value, number.end, number.exactness) == (value, end, exactness)


@pytest.mark.parametrize(
    "numeral", ["", "十十", "零百", "一千零百", "一百零十", "三二", "一一", "亿亿", "百千", "点五", "五点", "一万一亿一亿"]
)
def test_what_is_no_numeral(numeral):
    assert chinese_value(numeral) is None


@pytest.mark.parametrize("length", [25, 1000, 200_000])
@pytest.mark.parametrize("digit", ["7", "七", "万"])
def test_longer_than_any_number_is_none(length, digit):
    assert read_arabic(digit * length, 0) is None
    assert read_chinese(digit * length, 0) is None


@given(st.integers(1, 10**12 - 1))
def test_every_integer_survives_writing_and_reading(value):
    assert chinese_value(render(value)) == (value, None)


@given(st.integers(1, 10**12 - 1))
def test_agrees_with_cn2an(value):
    written = cn2an.an2cn(value)
    number = chinese_value(written)
    assert number is not None
    assert number[0] == cn2an.cn2an(written, "strict") == value


# 一亿十万 is 100,000,000 to cn2an 0.5: it loses a 十 between 亿 and 万
CN2AN_IS_WRONG = re.compile("亿.*十.?万")


def test_every_short_numeral_that_cn2an_reads_strictly_has_its_value():
    read = 0
    for length in range(1, 6):
        for written in map("".join, itertools.product("零一两九十百千万亿点", repeat=length)):
            try:
                oracle = cn2an.cn2an(written, "strict")
            except ValueError:
                continue
            if not CN2AN_IS_WRONG.search(written):
                assert chinese_value(written) == (pytest.approx(Decimal(str(oracle))), None), written
                read += 1
    assert read > 600


@given(st.integers(1, 9999), st.integers(1, 9), st.sampled_from(["万", "亿"]))
def test_mixed_places_add_up(large, small, scale):
    unit = {"万": 10**4, "亿": 10**8}[scale]
    for written in (f"{large}{scale}{small}千", f"{render(large)}{scale}{render(small)}千"):
        read = read_arabic if written[0] in "0123456789" else read_chinese
        number = read(written, 0)
        assert number is not None
        assert (number.value, number.end) == (large * unit + small * 1000, len(written))


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(["万", "亿"]))
def test_places_below_a_scale_are_scaled_together(thousands, hundreds, scale):
    number = read_arabic(f"{thousands}千{hundreds}百{scale}", 0)
    assert number is not None
    assert number.value == (thousands * 1000 + hundreds * 100) * {"万": 10**4, "亿": 10**8}[scale]


@given(st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False), st.sampled_from(["", "万", "亿"]), st.booleans())
def test_arabic_with_scale_and_thousands_marks(value, scale, grouped):
    written = (f"{value:,.2f}" if grouped else f"{value:.2f}") + scale
    number = read_arabic(written, 0)
    assert number is not None
    assert (number.value, number.end) == (value * {"": 1, "万": 10**4, "亿": 10**8}[scale], len(written))


@given(st.integers(1, 8), st.sampled_from(["", "十", "百", "千", "万", "百万"]))
def test_neighbouring_digits_are_a_range(digit, unit):
    names = "零一二三四五六七八九"
    number = chinese_value(f"{names[digit]}{names[digit + 1]}{unit}")
    factor = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6}[unit]
    assert number == (digit * factor, (digit + 1) * factor)


@given(st.text(alphabet="零一二两三四五六七八九十百千万亿点分之成半余多来0123456789,. \0\ud800", max_size=14))
def test_nothing_raises_and_reading_stays_inside(text):
    for read in (read_arabic, read_chinese):
        number = read(text, 0)
        if number is not None:
            assert 0 < number.end <= len(text)
