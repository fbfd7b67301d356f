"""How well plans are matched with what was done: `python tests/facts/follow_through_score.py` prints it, `--show` with the plans missed.

`--write-common` writes etl/facts/common_words.toml anew from the reports of tests/data and sample/content. A plan of follow_through.jsonl
names the measures of the next report that do what it planned (`done`), and those of which one may say so or not (`either`: same
subject, but not what was planned). What is shown first is right when it is one of `done`, wrong when it is neither. Pairs from
tests/data are two made-up reports of bodies of one kind, read as though they were one body's; those from sample/content are. In
follow_through_others.jsonl a plan stands beside a measure of a body that has nothing to do with it, each a first match of its time:
the hardest there are.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from etl.facts.follow_through import FollowThrough, strength
from etl.facts.wording import lexicon, wording
from etl.parse.report import parse_report

ROOT = Path(__file__).parents[2]
JUDGED = ROOT / "tests/data/follow_through.jsonl"
OTHERS = ROOT / "tests/data/follow_through_others.jsonl"
COMMON = ROOT / "etl/facts/common_words.toml"
REPORTS = ("tests/data/seed.json", "tests/data/gold*/*.json", "sample/content/yunhe/*.txt")

VERDICTS = ("right", "either", "wrong")


class Outcome(NamedTuple):
    """One judged plan and what it was matched with: `found` are texts of done measures with their scores, the best first."""

    judged: dict[str, Any]
    found: list[tuple[str, float]]

    def verdict(self, text: str) -> str:
        """right, either or wrong."""
        for verdict, key in (("right", "done"), ("either", "either")):
            if text.startswith(tuple(self.judged[key])):
                return verdict
        return "wrong"

    @property
    def first(self) -> str | None:
        return self.verdict(self.found[0][0]) if self.found else None


class Score(NamedTuple):
    """Precision of what is shown first and of all that is shown; recall: plans whose first match is right, of those with any."""

    precision: float
    precision_of_all: float
    recall: float
    shown: int


@cache
def measures(path: str) -> tuple[dict[str, Any], ...]:
    """The measures of a report as rows; ids are their places."""
    if path.endswith(".txt"):
        title, _, text = (ROOT / path).read_text(encoding="utf-8").partition("\n")
    else:
        content = json.loads((ROOT / path).read_text(encoding="utf-8"))
        title, text = content["title"], content["text"]
    return tuple(
        {"measure_id": f"{path}#{number}", "report_id": path, "part": row.part, "text": row.text, "theme_code": row.theme_code}
        for number, row in enumerate(parse_report(title, text).measures)
    )


def outcomes(half: str) -> list[Outcome]:
    """The judged plans of a half (tune or held), matched."""
    judged = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    reports = [(one, one["plan_report"], one["done_report"]) for one in judged if one["half"] == half]
    return [Outcome(one, _matches(one, _rows(planned, done), planned, done)) for one, planned, done in reports]


@cache
def _rows(planned: str, done: str) -> list[dict[str, Any]]:
    follow = FollowThrough()
    follow.add({"organization_id": "body", "report_year": 2022}, measures(planned))
    return follow.rows({"organization_id": "body", "report_year": 2023, "report_id": done}, measures(done))


def _matches(judged: dict[str, Any], rows: list[dict[str, Any]], planned: str, done: str) -> list[tuple[str, float]]:
    [plan] = [row for row in measures(planned) if row["part"] == "plan" and row["text"].startswith(judged["plan"])]
    texts = {row["measure_id"]: row["text"] for row in measures(done)}
    of_plan = [row for row in rows if row["measure_id"] == plan["measure_id"] and row.get("done_measure_id")]
    return [(texts[row["done_measure_id"]], float(row["score"])) for row in of_plan]


def score(found: list[Outcome]) -> Score:
    """What cannot be said to be right or wrong counts as neither."""
    first = Counter(outcome.first for outcome in found)
    every = Counter(outcome.verdict(text) for outcome in found for text, _ in outcome.found)
    wanted = sum(bool(outcome.judged["done"]) for outcome in found)
    return Score(
        first["right"] / max(1, first["right"] + first["wrong"]),
        every["right"] / max(1, every["right"] + every["wrong"]),
        first["right"] / wanted,
        sum(bool(outcome.found) for outcome in found),
    )


def write_common() -> None:
    """Pairs of characters by what they are worth: -ln of their share of measures, in steps of a quarter; rarer ones are left out."""
    texts = [row["text"] for pattern in REPORTS for path in sorted(ROOT.glob(pattern)) for row in measures(str(path.relative_to(ROOT)))]
    having = Counter(term for text in texts for term in wording(text).terms if len(term) == 2 and not term[0].isdigit())
    rare = lexicon()["weights"]["rare"]
    steps: dict[float, list[str]] = {}
    for pair, count in sorted(having.items(), key=lambda item: (-item[1], item[0])):
        value = round(4 * log(len(texts) / (count + 1))) / 4
        if value < rare:
            steps.setdefault(value, []).append(pair)
    head = (
        "# What pairs of characters are worth that many measures have: -ln of the share that has them. Written by\n"
        f"# `python tests/facts/follow_through_score.py --write-common` from {len(texts)} measures; pairs not listed are rare.\n\n"
        "[weights]\n"
    )
    COMMON.write_text(head + "".join(f'"{value}" = """\n{_lines(pairs)}"""\n' for value, pairs in steps.items()), encoding="utf-8")


def _lines(pairs: list[str]) -> str:
    return "\n".join(" ".join(pairs[at : at + 44]) for at in range(0, len(pairs), 44))


def others(half: str) -> list[tuple[str, float]]:
    """Verdict and score of the judged pairs of bodies that have nothing to do with each other, where they are still a first match."""
    found = []
    for line in OTHERS.read_text(encoding="utf-8").splitlines():
        judged = json.loads(line)
        if judged["half"] == half:
            rows = _rows(judged["plan_report"], judged["done_report"])
            best = _matches(judged, rows, judged["plan_report"], judged["done_report"])[:1]
            found += [(judged["verdict"], value) for text, value in best if text.startswith(judged["done"])]
    return found


def bands(found: Iterable[tuple[str, float]]) -> dict[str, Counter[str]]:
    """Verdicts by how the score reads."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("strong", "likely", "weak")}
    for verdict, value in found:
        counts[strength(Decimal(str(value)))][verdict] += 1
    return counts


def report(show: bool) -> Iterator[str]:
    """The lines of the report."""
    for half in ("tune", "held"):
        found = outcomes(half)
        yield f"{half}: {len(found)} plans, " + ", ".join(f"{name} {value:.2f}" for name, value in score(found)._asdict().items())
        yield f"  all that is shown: {_counted(bands((one.verdict(text), value) for one in found for text, value in one.found))}"
        yield f"  bodies with nothing in common: {_counted(bands(others(half)))}"
        for one in found if show else ():
            if one.first == "wrong" or (one.judged["done"] and one.first != "right"):
                yield f"  {one.judged['plan']} -> {[(text[:12], value, one.verdict(text)) for text, value in one.found]}"


def _counted(counts: dict[str, Counter[str]]) -> str:
    return "; ".join(f"{name} " + ", ".join(f"{count[verdict]} {verdict}" for verdict in VERDICTS) for name, count in counts.items())


if __name__ == "__main__":
    if "--write-common" in sys.argv:
        write_common()
    else:
        sys.stdout.writelines(f"{line}\n" for line in report("--show" in sys.argv))
