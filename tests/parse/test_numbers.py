"""Every way to write a number: the list of forms in tests/data/numbers.jsonl, and properties over all values."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numerals_written import render

from etl.parse.folding import fold
from etl.parse.numbers import parse_number, range_end, read_number, with_range
from etl.parse.proportions import as_percent

FORMS = [json.loads(line) for line in Path(__file__, "../../data/numbers.jsonl").resolve().read_text(encoding="utf-8").splitlines()]


def read(form):
    """The number of a form: the whole string, or what stands in front of the measure word that the form names."""
    if "behind" not in form:
        return parse_number(form["written"])
    text = fold(form["written"])
    number = read_number(text, 0, chinese=text[0] not in "0123456789")
    return number if number and text[number.end :] == form["behind"] else None


@pytest.mark.parametrize("form", FORMS, ids=[form["written"] for form in FORMS])
def test_form(form):
    number = read(form)
    if form["value"] is None:
        assert number is None
        return
    assert number is not None
    assert number.value == Decimal(form["value"])
    assert number.value_high == (Decimal(form["value_high"]) if "value_high" in form else None)
    assert (number.exactness, number.percent) == (form.get("exactness", "exact"), form.get("percent", False))


def test_the_list_of_forms_is_as_long_as_promised():
    assert sum(not form.get("special") and form["value"] is not None for form in FORMS) >= 59
    assert sum(form.get("special", False) for form in FORMS) >= 12
    assert sum(form["value"] is None for form in FORMS) >= 10


@pytest.mark.parametrize(
    "written", ["", "abc", "五分之八", "12个", "一成不", "3人", "倍", "负", "-", "8/0", "3:0", "5至3件", "\ud800", "\0"]
)
def test_what_is_no_number(written):
    assert parse_number(written) is None


@given(st.integers(1, 10**12 - 1))
def test_every_surface_of_an_integer_has_its_value(value):
    surfaces = [str(value), f"{value:,}", render(value), f"{value}倍", f"{render(value)}倍"]
    surfaces += [f"{value // 10**4}万"] if value % 10**4 == 0 else []
    if value >= 10**8:
        surfaces.append(f"{Decimal(value) / 10**8:f}亿")
    assert {parse_number(written).value for written in surfaces} == {value}


@given(st.integers(1, 10**9))
def test_signs(value):
    assert {parse_number(sign + str(value)).value for sign in ("负", "-", "－", "−", "零下")} == {-value}


@given(st.integers(1, 9999), st.sampled_from(["万", "亿"]), st.integers(1, 9))
def test_a_left_out_unit_is_the_next_lower_one(value, scale, rest):
    unit = {"万": 10**4, "亿": 10**8}[scale]
    for written in (f"{value}{scale}{rest}", f"{render(value)}{scale}{'零一二三四五六七八九'[rest]}"):
        assert parse_number(written).value == value * unit + rest * unit // 10


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(["-", "—", "——", "~", "～", "至", "到", "–"]), st.booleans())
def test_ranges(low, width, joint, chinese):
    high = low + width
    written = f"{render(low)}{joint}{render(high)}" if chinese else f"{low}{joint}{high}"
    number = parse_number(written)
    assert number is not None
    assert (number.value, number.value_high) == (low, high)


@given(st.integers(1, 999), st.integers(1, 999))
def test_parts_of_a_whole_are_per_cent(part, whole):
    part, whole = sorted((part, whole))
    number = parse_number(f"{part}/{whole}")
    assert number is not None
    assert (number.value, number.percent) == (as_percent(Decimal(part), Decimal(whole)), True)


@given(st.integers(1, 9), st.sampled_from(["", "半", "多"]))
def test_tenths(digit, rest):
    number = parse_number(f"{'零一二三四五六七八九'[digit]}成{rest}")
    assert number is not None
    assert (number.value, number.percent) == (digit * 10 + (5 if rest == "半" else 0), True)
    assert number.exactness == ("over" if rest == "多" else "exact")


def test_a_scale_on_the_far_end_alone_holds_for_both():
    text = "3至5万"
    low = read_number(text, 0, chinese=False)
    high = range_end(text, low, chinese=False)
    assert (with_range(low, high).value, with_range(low, high).value_high) == (30000, 50000)


def test_what_falls_is_no_range():
    low = read_number("30到12", 0, chinese=False)
    assert with_range(low, range_end("30到12", low, chinese=False)) is None


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    number = parse_number(text)
    assert number is None or number.end == len(text)
