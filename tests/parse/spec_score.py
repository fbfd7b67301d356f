"""How far the parser reads the one-sentence specs of tests/data, field by field; test_specs.py says what a case is.

The constructions of specs_independent, annotated before anybody looked at what the parser reads, are named independent_… and have known
failures of their own.

A field that a figure leaves out is not asked for. Fields of a figure that was not found are not judged: its miss counts once, under
`detection`. What the parser is known to get wrong stands in known_failures.toml of the folder, case = fields.

    python tests/parse/spec_score.py [construction ...] [--show] [--known] [--write-known]
"""

import argparse
import collections
import functools
import json
import sys
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))  # as a command it stands outside the package's tree

import gold_score

from etl.parse import parse_text

DATA = Path(__file__).resolve().parent.parent / "data"
FOLDERS = (DATA / "specs", DATA / "specs_independent")
KNOWN_FAILURES = "known_failures.toml"
YEAR = 2023
HEADS = {
    "achievement": "一、主要举措和成效",
    "shortcoming": "一、存在的主要问题",
    "leadership": "一、履行推进法治建设第一责任人职责情况",
    "plan": "一、下一年度工作安排",
}
FIELDS = ("detection", "kind", "period", "subject", "label")
SIMILAR = 0.6
HEAD_OF_KNOWN = """\
# Fields of one-sentence specs that the parser is known to read wrong: case (its file and line) = fields.
# The tests expect these to fail; an entry whose field comes right makes its test fail, and is deleted then.
# `python tests/parse/spec_score.py --known` prints what fails today, `--write-known` writes this file anew.
"""


@dataclass(frozen=True)
class Case:
    """A line of a file of specs."""

    folder: Path
    construction: str
    line: int
    row: str

    @property
    def name(self):
        return f"{self.construction}-{self.line}"

    @property
    def title(self):
        return f"{self.name}-{self.text[:12]}".replace("\n", " ")

    @functools.cached_property
    def spec(self):
        return json.loads(self.row)

    @property
    def text(self):
        return self.spec["text"]

    @property
    def expected(self):
        return self.spec["expected"]

    def asks(self, field):
        """Its figures always, the other fields where a figure states them."""
        return field == "detection" or any(field in figure for figure in self.expected)


def construction(path):
    """The name of a file's cases: the two folders have files of the same name."""
    return path.stem if path.parent == FOLDERS[0] else f"independent_{path.stem.removeprefix('sentences_')}"


def cases():
    return [
        Case(folder, construction(path), line, row)
        for folder in FOLDERS
        for path in sorted(folder.glob("*.jsonl"))
        for line, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


@functools.cache
def metrics_of(case):
    """The metrics of the sentence, read below a title that names the year and a heading of the part."""
    front = f"甲区{case.spec.get('year', YEAR)}年法治政府建设情况报告\n{HEADS[case.spec.get('part', 'achievement')]}\n"
    report = parse_text(f"{front}{case.text}\n")
    return [metric for metric in report.metrics if metric.char_start >= len(front)]


def found(metric):
    return metric.quote, metric.value, metric.value_high, metric.unit, metric.qualifier


def wanted(figure):
    high = figure.get("value_high")
    high = None if high is None else Decimal(high)
    return figure["quote"], Decimal(figure["value"]), high, figure["unit"], figure.get("qualifier", "exact")


def pairs(case, field):
    """The figures that state the field, each with the metric of its quote and value; a metric answers for one figure only."""
    free = metrics_of(case).copy()
    for figure in case.expected:
        metric = next((m for m in free if (m.quote, m.value) == wanted(figure)[:2]), None)
        if metric is not None:
            free.remove(metric)
            if field in figure:
                yield figure, metric


def right(field, has, wants):
    if has == wants or field in ("kind", "period") or has is None or wants is None:
        return has == wants
    return gold_score.dice(has, wants) >= SIMILAR


def misses(case, field):
    """What is read otherwise, as (read, wanted)."""
    if field == "detection":
        read = [found(metric) for metric in metrics_of(case)], [wanted(figure) for figure in case.expected]
        return [] if read[0] == read[1] else [read]
    return [
        (f"{metric.quote} {getattr(metric, field)}", figure[field])
        for figure, metric in pairs(case, field)
        if not right(field, getattr(metric, field), figure[field])
    ]


def counts(case, field):
    """(right, judged): sentences for detection, figures that were found for the other fields."""
    judged = 1 if field == "detection" else sum(1 for _ in pairs(case, field))
    return judged - len(misses(case, field)), judged


def table(asked):
    """Shares right: a row a construction and one for all, a column a field."""
    sums = collections.defaultdict(lambda: [0, 0])
    for case in asked:
        for field in FIELDS:
            for row in (case.construction, "all"):
                sums[row, field] = [a + b for a, b in zip(sums[row, field], counts(case, field), strict=True)]
    yield f"{'':28}{'cases':>6}" + "".join(f"{field:>18}" for field in FIELDS)
    for row in (*dict.fromkeys(case.construction for case in asked), "all"):
        cells = [f"{good / total:7.1%} {good}/{total}" if total else "-" for good, total in (sums[row, field] for field in FIELDS)]
        yield f"{row:28}{sums[row, 'detection'][1]:>6}" + "".join(f"{cell:>18}" for cell in cells)


def failing(asked):
    return {case: fields for case in asked if (fields := [field for field in FIELDS if misses(case, field)])}


def shown(failures):
    for case, fields in failures.items():
        yield f"{case.name}  {case.text}"
        yield from (f"    {field}: read {has}, wanted {wants}" for field in fields for has, wants in misses(case, field))


def known():
    """Case -> fields that are known to fail, of both folders."""
    paths = [folder / KNOWN_FAILURES for folder in FOLDERS]
    return {name: fields for path in paths for name, fields in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def write_known(folder):
    lines = known_lines(failing(case for case in cases() if case.folder == folder))
    (folder / KNOWN_FAILURES).write_text(HEAD_OF_KNOWN + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def known_lines(failures):
    return [f"{case.name} = {json.dumps(fields)}  # {' '.join(case.text.split())[:50]}" for case, fields in failures.items()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("construction", nargs="*", help="score, show and print only these files (default: all)")
    parser.add_argument("--show", action="store_true", help="print what is read otherwise")
    parser.add_argument("--known", action="store_true", help="print what fails today as lines of known_failures.toml")
    parser.add_argument("--write-known", action="store_true", help="write known_failures.toml anew, in the folders of the constructions")
    options = parser.parse_args()
    chosen = [case for case in cases() if not options.construction or case.construction in options.construction]
    failures = failing(chosen)
    lines = [*(shown(failures) if options.show else ()), *(known_lines(failures) if options.known else ()), *table(chosen)]
    sys.stdout.write("\n".join(lines) + "\n")
    if options.write_known:
        for folder in {case.folder for case in chosen}:
            write_known(folder)


if __name__ == "__main__":
    main()
