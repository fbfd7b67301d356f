"""Precision and recall of the mapping on hand-labelled labels (tests/data/catalogue/labels.jsonl), a quarter of them held out.

The set was labelled before the patterns were written: labels of annotated reports, and invented ones of many kinds of departments,
half of them with no metric (parts, plans, other years, one field, one body). Held out are the labels whose hash is divisible by
four: what goes wrong with them is not looked at when patterns are changed. The labels of field-* (reports by other authors) came later:
a reader judged what the patterns gave them and what they should have given.
"""

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from etl.parse.catalogue import Place, map_metric

ROOT = Path(__file__).resolve().parents[2]
ROWS = [json.loads(line) for line in (ROOT / "tests/data/catalogue/labels.jsonl").read_text(encoding="utf-8").splitlines()]
CODES = {row["metric_code"] for row in csv.DictReader((ROOT / "warehouse/catalogue/metrics.csv").open(encoding="utf-8"))}
PRECISION, RECALL = 0.95, 0.70


def is_held_out(row):
    return hashlib.sha256(row["label"].encode()).digest()[0] % 4 == 0


SETS = {
    "all": ROWS,
    "seen": [row for row in ROWS if not is_held_out(row)],
    "held out": [row for row in ROWS if is_held_out(row)],
    "invented": [row for row in ROWS if row["source"] == "invented"],
    "other authors": [row for row in ROWS if row["source"].startswith("field")],
    "annotated reports": [row for row in ROWS if row["source"] != "invented"],
}


def found(row):
    place = Place(row["part"], sub=row.get("sub", False), sentence=row["sentence"], later=row.get("later", ""))
    mapped = map_metric(row["label"], row["unit"], row["kind"], row["period"], place, row["year"])
    return mapped.code if mapped else None


def measure(rows):
    outcomes = Counter()
    for row in rows:
        code = found(row)
        outcomes["right"] += code is not None and code == row["expected"]
        outcomes["given"] += code is not None
        outcomes["wanted"] += row["expected"] is not None
    return outcomes["right"] / outcomes["given"], outcomes["right"] / outcomes["wanted"]


def test_the_set_is_large_mixed_and_knows_only_codes_of_the_catalogue():
    assert len(ROWS) >= 300
    assert sum(row["source"] == "invented" for row in ROWS) >= 180
    assert sum(row["expected"] is None for row in ROWS) >= len(ROWS) / 3
    assert {row["expected"] for row in ROWS} - {None} <= CODES
    assert 0.15 < len(SETS["held out"]) / len(ROWS) < 0.35


@pytest.mark.parametrize("name", SETS)
def test_precision_and_recall(name, record_property):
    precision, recall = measure(SETS[name])
    record_property("labels", len(SETS[name]))
    record_property("precision", round(precision, 3))
    record_property("recall", round(recall, 3))
    assert precision >= PRECISION
    assert recall >= RECALL


def test_every_metric_of_the_catalogue_is_wanted_by_some_label():
    assert {row["expected"] for row in ROWS} >= CODES
