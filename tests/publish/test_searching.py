"""Search in the current reports: which words are found, where they stand, and which reports are asked."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.publish.duckdb_file import DuckDBFile
from etl.search import fold, places, search

MEASURE = "规范执法。２０２３年评查案卷168份，优秀率95.8%，印发《执法办法》；上线PDF审阅（App）。"


@pytest.fixture
def reader(make_inputs, report, tmp_path, monkeypatch):
    """Two revisions of one report, the measure only in the current one, and a sentence that stands in no measure."""

    def change(tables):
        for row in tables["fact_measure"]:
            row["text"] = MEASURE if row["report_id"] == "report-2" else "旧版本的案卷"
        loose = dict(tables["fact_metric"][-1], metric_id="loose", measure_id=None, sentence="全区案卷总数为520卷。")
        tables["fact_metric"].append(loose)

    warehouse = DuckDBFile(tmp_path / "warehouse" / "reports.duckdb")
    warehouse.publish("run-1", make_inputs("run-1", revisions=2, break_rows=change), keep=1)
    with warehouse.read() as reader:
        yield reader


def found(reader, *words, **filters):
    return [[hit.text[start:end] for start, end in hit.marks] for hit in search(reader, words, **filters).hits]


def test_current_measures_and_loose_sentences_are_searched(reader):
    answer = search(reader, ["案卷"])
    assert [(hit.kind, hit.text) for hit in answer.hits] == [("measure", MEASURE), ("sentence", "全区案卷总数为520卷。")]
    assert (answer.all_hits, answer.all_reports) == (2, 1)
    assert {hit.report_id for hit in answer.hits} == {"report-2"}


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        (["评查案卷"], ["评查案卷"]),
        (["2023年"], ["２０２３年"]),
        (["２０２３"], ["２０２３"]),
        (["168份，优秀率"], ["168份，优秀率"]),
        (["168份,优秀率"], ["168份，优秀率"]),
        (["pdf"], ["PDF"]),
        (["ＰＤＦ"], ["PDF"]),
        (["(app)"], ["（App）"]),
        (["95.8%", "印发"], ["95.8%", "印发"]),
        (["执法"], ["执法", "执法"]),
        (["执法办", "办法"], ["执法办法"]),
        (["《执法"], ["《执法"]),
    ],
)
def test_words_are_found_in_any_width_and_case(reader, words, marks):
    (hit,) = [each for each in found(reader, *words) if each]
    assert hit == marks or hit == ["执法", *marks]


@pytest.mark.parametrize("words", [["没有的词"], ["案卷", "没有的词"], ["评查520"], ["%"], ["_"], ["'; --"], ["优秀率.*"]])
def test_words_are_no_patterns_and_all_must_be_there(reader, words):
    hits = found(reader, *words)
    assert hits == ([["%"]] if words == ["%"] else [])


def test_filters(reader):
    assert len(found(reader, "案卷", year=2023)) == 2
    assert not found(reader, "案卷", year=2022)
    assert len(found(reader, "案卷", part="achievement")) == 2
    assert not found(reader, "案卷", part="plan")
    assert len(found(reader, "案卷", body="司法局")) == 2
    assert not found(reader, "案卷", body="静安")


def test_a_limit_cuts_hits_and_not_their_number(reader):
    answer = search(reader, ["案卷"], limit=1)
    assert (len(answer.hits), answer.all_hits, answer.all_reports) == (1, 2, 1)
    assert search(reader, ["没有"], limit=1).all_hits == 0


@given(st.text(), st.text(min_size=1))
def test_folding_keeps_every_place(text, word):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    marks = places(text + word + text, [word])
    assert any(start <= len(text) and len(text + word) <= end for start, end in marks)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(marks))


def test_places_of_a_hit_are_in_the_text_as_it_stands():
    assert places("ＡＢ　ab", ["ab", "b a"]) == ((0, 5),)
