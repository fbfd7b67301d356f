import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０２３年，９８％以上（含）", "2023年,98%以上(含)"),
        ("\u3000\u3000一、标题\r\n", "  一、标题\n\n"),
        ("2021－2025年；1～9月", "2021-2025年;1~9月"),
        ("2∶1，5﹪，2021‑2025年", "2:1,5%,2021-2025年"),
        ("①《办法》“1+5”。", "①《办法》“1+5”。"),
    ],
)
def test_width_and_blanks_only(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_length_never_changes(text):
    assert len(fold(text)) == len(text)
