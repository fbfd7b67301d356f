"""A small scorer of the annotation: detection, outline, measures, numerals and the fields of a record, over gold files."""

import collections
import json
import re
import unicodedata
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
SEED = DATA / "seed.json"
GOLD = [SEED, *sorted((DATA / "gold").glob("*.json"))]


def load(path):
    return json.loads(path.read_text())


def squeeze(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def dice(one, other):
    """Bigram overlap; a phrase inside one at most twice as long counts as equal."""
    one, other = squeeze(one), squeeze(other)
    short, long = sorted((one, other), key=len)
    if not short:
        return 0.0
    if short in long and len(short) * 2 >= len(long):
        return 1.0
    a, b = (collections.Counter(x[i : i + 2] for i in range(max(1, len(x) - 1))) for x in (one, other))
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


def locate(gold, quantity):
    context = gold["text"].find(quantity["context"])
    start = context + quantity["context"].find(quantity["quote"])
    return start, start + len(quantity["quote"])


def pair(gold, report):
    """Gold quantities with the metric that finds them (same place, value, unit), or with null."""
    free = list(report.metrics)
    pairs = []
    for quantity in gold["quantities"]:
        start, end = locate(gold, quantity)
        hit = next((m for m in free if m.char_start < end and start < m.char_end and same(m, quantity)), None)
        if hit is not None:
            free.remove(hit)
        pairs.append((quantity, hit))
    return pairs, free


def same(metric, quantity):
    close = abs(float(metric.value) - quantity["value"]) <= 1e-6 * max(1.0, abs(quantity["value"]))
    high = quantity.get("value_high")
    return close and metric.unit == quantity["unit"].replace("％", "%") and (high is None or float(metric.value_high or -1) == high)


def f1(predicted, gold):
    common = sum((predicted & gold).values())
    return 2 * common / (sum(predicted.values()) + sum(gold.values()))


def outline_counts(gold, report):
    return (
        collections.Counter((s.level, squeeze(s.heading), s.part) for s in report.sections),
        collections.Counter((s["level"], squeeze(s["heading"]), s["kind"]) for s in gold["sections"]),
    )


def measure_counts(gold, report):
    return (
        collections.Counter((m.part, m.section, squeeze(m.text)[:10]) for m in report.measures),
        collections.Counter((m["kind"], m["section"], squeeze(m["starts_with"])[:10]) for m in gold["measures"]),
    )
