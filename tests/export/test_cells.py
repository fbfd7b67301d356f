"""Values as they are written: no digit lost, no padding, and nothing that runs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.export.cells import csv_cell, guarded, plain


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_number_keeps_its_digits_and_loses_its_padding(number):
    digits = plain(number)
    assert Decimal(digits) == number
    assert "E" not in digits
    assert "." not in digits or not digits.endswith(("0", "."))
    assert digits != "-0"


@given(st.sampled_from("=+-@\t\r\n＝＋－＠"), st.text())
def test_what_begins_like_a_formula_is_guarded_and_can_be_read_back(first, rest):
    text = first + rest
    if first == "\n" or text.strip():
        assert guarded(text) == f"'{text}" or not text.strip()
    assert guarded(f" {first}1" if first.strip() else text).startswith("'")


@given(st.text(st.characters(categories=["Lo", "Nd", "Lu"])))
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text


@pytest.mark.parametrize(("value", "cell"), [(None, ""), (True, "true"), (False, "false"), (0, 0), ([1, "=a"], "[1, '=a']"), ("-", "'-")])
def test_cells_of_csv(value, cell):
    assert csv_cell(value) == cell
