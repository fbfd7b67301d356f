"""How far the parser reads the annotated reports of tests/data, field by field: by the rules of the annotation.

`gold` are the reports that rules were written on, `gold_reserve` those by other hands, each scored before anybody looked at its misses
(docs/quality.md tells the figures of that first reading). Only core figures count; a label or a subject is right where it shares most
of its words. The full record asks for all fields at once.

    python tests/parse/gold_score.py [folder ...] [--misses label kind ...]
"""

import argparse
import collections
import json
import re
import sys
import unicodedata
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))  # as a command it stands outside the package's tree

DATA = Path(__file__).resolve().parent.parent / "data"
SEED = DATA / "seed.json"
GOLD = [SEED, *sorted((DATA / "gold").glob("*.json"))]
RESERVE = sorted((DATA / "gold_reserve").glob("*.json"))
CORPORA = {"gold": GOLD, "gold_reserve": RESERVE}
FIELDS = ("qualifier", "kind", "period", "label", "subject")
SIMILAR = 0.6


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


def right(field, quantity, metric):
    """Whether a field of a metric is what the annotation says; null where it does not say who acts."""
    if field not in ("label", "subject"):
        return getattr(metric, field) == quantity[field]
    if not quantity[field]:
        return None
    return dice(getattr(metric, field), quantity[field]) >= SIMILAR


def scores(readings):
    """Shares over (gold, report) pairs: detection, full record, outline and measures as F1, the fields as shares of what was found."""
    told = collections.Counter()
    listed = [[collections.Counter(), collections.Counter()] for _ in range(2)]
    for name, (gold, report) in enumerate(readings):
        found, false = pair(gold, report)
        told["false"] += len(false)
        for quantity, metric in found:
            if quantity["importance"] != "core":
                continue
            answers = {field: right(field, quantity, metric) for field in FIELDS} if metric else {}
            told.update(wanted=1, found=metric is not None, full=bool(answers) and False not in answers.values())
            told.update({field: answer is True for field, answer in answers.items()})
            told.update({f"{field} asked": answer is not None for field, answer in answers.items()})
        for totals, counts in zip(listed, (outline_counts, measure_counts), strict=True):
            for total, count in zip(totals, counts(gold, report), strict=True):
                total.update({(name, *key): number for key, number in count.items()})
    asked = told["wanted"] + told["found"] + told["false"]
    return {
        "detection": 2 * told["found"] / asked,
        **{field: told[field] / told[f"{field} asked"] for field in FIELDS},
        "full": 2 * told["full"] / asked,
        "outline": f1(*listed[0]),
        "measures": f1(*listed[1]),
    }


def misses(name, gold, report, asked):
    """Lines for what was read otherwise: not found, not asked for, or with another value in one of the `asked` fields."""
    found, false = pair(gold, report)
    for quantity, metric in found:
        if quantity["importance"] != "core":
            continue
        if metric is None:
            yield f"{name}  detection  {quantity['quote']} not found: {quantity['context']}"
            continue
        for field in asked:
            if right(field, quantity, metric) is False:
                read, wanted = getattr(metric, field), quantity[field]
                yield f"{name}  {field}  {metric.quote}: {read}, wanted {wanted}  ({metric.rule})  {metric.sentence.strip()}"
    yield from (f"{name}  detection  {metric.quote} read, but no figure: {metric.sentence.strip()}" for metric in false)


def main():
    from etl.parse import parse_text

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="*", type=Path, help="folders of annotated reports (default: those of tests/data)")
    parser.add_argument("--misses", nargs="+", choices=FIELDS, default=(), metavar="FIELD", help=f"print what is read otherwise: {FIELDS}")
    options = parser.parse_args()
    corpora = {str(folder): sorted(folder.glob("*.json")) for folder in options.folder} or CORPORA
    empty = [folder for folder, paths in corpora.items() if not paths]
    if empty:
        parser.error(f"no annotated report (*.json) in {', '.join(empty)}")
    read = {name: [(path.stem, load(path), parse_text(load(path)["text"])) for path in paths] for name, paths in corpora.items()}
    lines = [line for reports in read.values() for report in reports for line in misses(*report, options.misses)] if options.misses else []
    rows = {name: scores([report[1:] for report in reports]) for name, reports in read.items()}
    width = max(map(len, rows))
    lines.append(" " * width + "".join(f"{field:>10}" for field in next(iter(rows.values()))))
    lines += [f"{name:<{width}}" + "".join(f"{share:10.3f}" for share in row.values()) for name, row in rows.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
