"""Reading staged facts: every row once, in pieces of bounded size."""

import pytest

from etl.schema import TABLES
from etl.validate import facts_files
from etl.validate.facts_files import FactsFiles


@pytest.fixture
def files(facts, tmp_path):
    """Five reports with three figures each, in five batches."""
    for number in range(1, 5):
        facts.add(f"report-{number}", batch=f"batch-{number:03}")
    return FactsFiles(facts.write(tmp_path))


@pytest.mark.parametrize(("limit", "sizes"), [(1, [1] * 15), (2, [2, 1] * 5), (7, [6, 6, 3]), (15, [15]), (1000, [15])])
def test_pieces_hold_every_row_once_and_no_more_than_the_limit(files, monkeypatch, limit, sizes):
    monkeypatch.setitem(facts_files._PIECE_ROWS, "fact_metric", limit)
    pieces = list(files.pieces("fact_metric"))
    ids = [name for piece in pieces for name in piece["metric_id"]]
    assert [len(piece) for piece in pieces] == sizes
    assert len(ids) == len(set(ids)) == 15
    assert all(tuple(piece.columns) == TABLES["fact_metric"].column_names for piece in pieces)


def test_an_empty_table_is_one_empty_piece_with_its_columns(files):
    [piece] = files.pieces("fact_finding")
    assert len(piece) == 0
    assert tuple(piece.columns) == TABLES["fact_finding"].column_names


def test_batches_are_in_order_and_apart(files):
    assert files.batches == [f"batch-{number:03}" for number in range(5)]
    assert [row["report_id"] for row in files.rows("dim_report", "batch-003", ["report_id"])] == ["report-3"]
    assert len(files.narrow("dim_report", ["report_id"])) == 5
