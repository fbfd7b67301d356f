"""One-sentence specs (tests/data/specs/*.jsonl) and how far the parser reads them, field by field.

A case is {text, year?, part?, expected: [{quote, value, value_high?, unit, qualifier?, label?, kind?, period?, subject?}], note}. Values are in
the base unit; a field that a figure leaves out is not asked for. Fields of a figure that was not found are not judged: its miss counts once,
under `figures`. What the parser is known to get wrong stands in known_failures.toml: file -> short id of the case -> fields.

    python tests/parse/spec_score.py [--show] [--write-known]
"""

import argparse
import collections
import functools
import hashlib
import json
import sys
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]  # when run as a command

import gold_score

from etl.parse import parse_text

SPECS = Path(__file__).resolve().parent.parent / "data/specs"
KNOWN = SPECS / "known_failures.toml"
YEAR = 2023
HEADS = {
    "achievement": "一、主要举措和成效",
    "shortcoming": "一、存在的主要问题",
    "leadership": "一、履行推进法治建设第一责任人职责情况",
    "plan": "一、下一年度工作安排",
}
FIELDS = ("figures", "kind", "period", "subject", "label")
SIMILAR = 0.6


@dataclass(frozen=True)
class Case:
    """A line of a file of specs; `key` depends on its text only, so that lines may be inserted above it."""

    construction: str
    line: int
    key: str
    spec: dict

    def __hash__(self):
        return hash((self.construction, self.line))

    @property
    def name(self):
        return f"{self.construction}-{self.line}"

    @property
    def fields(self):
        """What the case asks for: its figures always, the other fields where it states them."""
        return [field for field in FIELDS if field == "figures" or any(field in figure for figure in self.spec["expected"])]


def cases():
    found = []
    for path in sorted(SPECS.glob("*.jsonl")):
        for line, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            spec = json.loads(row)
            found.append(Case(path.stem, line, hashlib.sha256(spec["text"].encode()).hexdigest()[:8], spec))
    return found


@functools.cache
def read(case):
    """The metrics of the sentence, read below a title that names the year and a heading of the part."""
    front = f"甲区{case.spec.get('year', YEAR)}年法治政府建设情况报告\n{HEADS[case.spec.get('part', 'achievement')]}\n"
    report = parse_text(f"{front}{case.spec['text']}\n")
    return [metric for metric in report.metrics if metric.char_start >= len(front)]


def found(metric):
    return metric.quote, metric.value, metric.value_high, metric.unit, metric.qualifier


def wanted(figure):
    high = figure.get("value_high")
    high = None if high is None else Decimal(high)
    return figure["quote"], Decimal(figure["value"]), high, figure["unit"], figure.get("qualifier", "exact")


def pairs(case):
    """Each expected figure with the metric that states it, or with None; a metric answers for one figure only."""
    free = read(case).copy()
    for figure in case.spec["expected"]:
        metric = next((m for m in free if (m.quote, m.value) == wanted(figure)[:2]), None)
        if metric is not None:
            free.remove(metric)
        yield figure, metric


def right(field, metric, figure):
    """Whether one field of a found figure is as expected."""
    has, wants = getattr(metric, field), figure[field]
    if field == "subject":
        return has == wants or gold_score.dice(has, wants) >= SIMILAR
    if field == "label":
        return has in wants or wants in has or gold_score.dice(has, wants) >= SIMILAR
    return has == wants


def misses(case, field):
    """What the parser reads otherwise in one field: [] when right, else (read, wanted) in the words of the case."""
    if field == "figures":
        has, wants = [found(m) for m in read(case)], [wanted(f) for f in case.spec["expected"]]
        return [] if has == wants else [(has, wants)]
    judged = [(figure, metric) for figure, metric in pairs(case) if metric is not None and field in figure]
    return [(f"{m.quote} {getattr(m, field)}", figure[field]) for figure, m in judged if not right(field, m, figure)]


def known():
    return tomllib.loads(KNOWN.read_text(encoding="utf-8")) if KNOWN.exists() else {}


def write_known(failures):
    """known_failures.toml anew: a table a file, a line a case, the sentence as its comment."""
    lines = [
        "# What the parser is known to get wrong in the one-sentence specs; written by `python tests/parse/spec_score.py --write-known`."
    ]
    for construction in sorted({case.construction for case in failures}):
        lines += ["", f"[{construction}]"]
        for case, fields in failures.items():
            if case.construction == construction:
                text = " ".join(case.spec["text"].split())
                lines.append(f'"{case.key}" = {json.dumps(fields)}  # {text[:60]}')
    KNOWN.write_text("\n".join(lines) + "\n", encoding="utf-8")


def counts(case, field):
    """(right, judged): cases for the figures as a whole, found figures for the other fields."""
    if field == "figures":
        return int(not misses(case, field)), 1
    judged = sum(metric is not None and field in figure for figure, metric in pairs(case))
    return judged - len(misses(case, field)), judged


def table(all_cases):
    """Lines of shares right, a row a construction and one for all, a column a field."""
    sums = collections.defaultdict(lambda: [0, 0])
    for case in all_cases:
        for field in case.fields:
            for place in ((case.construction, field), ("all", field)):
                sums[place] = [a + b for a, b in zip(sums[place], counts(case, field), strict=True)]
    yield f"{'':28}{'cases':>6}" + "".join(f"{field:>18}" for field in FIELDS)
    for row in (*dict.fromkeys(case.construction for case in all_cases), "all"):
        size = sum(row in (case.construction, "all") for case in all_cases)
        cells = (f"{good / total:7.1%} {good}/{total}" if total else "-" for good, total in (sums[row, field] for field in FIELDS))
        yield f"{row:28}{size:>6}" + "".join(f"{cell:>18}" for cell in cells)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what is read otherwise")
    parser.add_argument("--write-known", action="store_true", help="write known_failures.toml anew")
    options = parser.parse_args()
    all_cases = cases()
    failures = {case: fields for case in all_cases if (fields := [field for field in case.fields if misses(case, field)])}
    if options.show:
        for case, fields in failures.items():
            print(f"{case.name} {case.key}  {case.spec['text']}")
            for field in fields:
                print(*(f"    {field}: read {has}, wanted {wants}" for has, wants in misses(case, field)), sep="\n")
    print(*table(all_cases), sep="\n")
    if options.write_known:
        write_known(failures)


if __name__ == "__main__":
    main()
