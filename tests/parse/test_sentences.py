import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.sentences import split

TEXT = "甲办理1,234件,乙(含丙,丁)3件;戊5件。己“一、二,三”7件!\n  庚9件"


def around(span):
    return TEXT[slice(*span)]


@pytest.mark.parametrize(
    ("quote", "sentence", "segment", "clause"),
    [
        ("1,234", "甲办理1,234件,乙(含丙,丁)3件;戊5件。", "甲办理1,234件,乙(含丙,丁)3件;", "甲办理1,234件,"),
        ("3件", "甲办理1,234件,乙(含丙,丁)3件;戊5件。", "甲办理1,234件,乙(含丙,丁)3件;", "乙(含丙,丁)3件;"),
        ("5件", "甲办理1,234件,乙(含丙,丁)3件;戊5件。", "戊5件。", "戊5件。"),
        ("7件", "己“一、二,三”7件!", "己“一、二,三”7件!", "己“一、二,三”7件!"),
        ("9件", "庚9件", "  庚9件", "  庚9件"),
    ],
)
def test_spans(quote, sentence, segment, clause):
    sentences, at = split(TEXT), TEXT.index(quote)
    assert around(sentences.sentence(at)) == sentence
    assert around(sentences.segment(at)) == segment
    assert around(sentences.clause(at)) == clause


def test_clauses_of_a_stretch():
    sentences = split("一,二;三。")
    assert sentences.clauses(0, 5) == [(0, 2), (2, 4), (4, 5)]


@given(st.text(alphabet="甲1,;。\n(“”) :", max_size=30))
def test_every_offset_lies_in_its_spans(text):
    sentences = split(text)
    for at in range(len(text)):
        for start, end in (sentences.segment(at), sentences.clause(at)):
            assert start <= at < end
