"""Marks on a text: every character is in one stretch, and every stretch has the marks that lie over it."""

from hypothesis import given
from hypothesis import strategies as st

from etl.marks import Mark, Marks, merged
from etl.visible import visible

TEXT = "人大建议、政协提案各5件，办结率100%。"
SPANS = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=8)


@given(SPANS, st.integers(0, 10), st.integers(11, len(TEXT)))
def test_any_marks_are_laid_over_the_text_as_they_lie(spans, start, end):
    marks = [Mark(a, b, "figure", i) for i, (a, b) in enumerate(spans)]
    stretches = list(Marks(marks).stretches(start, end))
    assert "".join(TEXT[one.start : one.end] for one in stretches) == TEXT[start:end]
    for one in stretches:
        for offset in range(one.start, one.end):
            assert {mark.key for mark in one.marks} == {mark.key for mark in marks if mark.start <= offset < mark.end}


def test_the_outer_mark_comes_first_and_two_may_be_of_one_span():
    outer, inner, twin = Mark(0, 9, "citation", "a"), Mark(5, 7, "figure", "b"), Mark(5, 7, "figure", "c")
    stretches = list(Marks([twin, inner, outer]).stretches(0, 12))
    assert [(one.start, one.end) for one in stretches] == [(0, 5), (5, 7), (7, 9), (9, 12)]
    assert [mark.key for mark in stretches[1].marks] == ["a", "c", "b"]
    assert [one.opens(outer) for one in stretches] == [True, False, False, False]
    assert [one.closes(outer) for one in stretches] == [False, False, True, False]


def test_spans_that_overlap_are_joined_and_those_that_touch_are_not():
    assert merged([(5, 8), (0, 3), (2, 4), (4, 5)]) == [(0, 4), (4, 5), (5, 8)]


def test_what_would_steer_the_reader_is_a_sign_and_keeps_its_place():
    text = "a\x1b[31m\u202e文\u2066b\n"
    assert visible(text) == "a␛[31m\ufffd文\ufffdb\n"
    assert len(visible(text)) == len(text)
