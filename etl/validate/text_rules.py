"""Rules that need a report's text: every span shows its quote, and every digit is accounted for.

In: the rows of one batch, as plain values, by table. Out: `Checked`. Facts and the text that they point into lie in the same batch;
a fact without a text in its batch breaks the rule of its span.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from etl.ids import text_sha256
from etl.validate.violations import Checked, Violation

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]
Span = tuple[int, int]

COLUMNS = {
    "dim_report": ("report_id", "body_text", "char_count", "body_sha256"),
    "dim_section": ("section_id", "report_id", "heading", "char_start", "char_end"),
    "fact_measure": ("measure_id", "report_id", "text", "char_start", "char_end"),
    "fact_metric": ("metric_id", "report_id", "quote", "sentence", "char_start", "char_end"),
    "fact_citation": ("citation_id", "report_id", "title", "document_number", "char_start", "char_end"),
    "fact_numeral": ("report_id", "quote", "char_start", "char_end"),
    "fact_arithmetic": ("arithmetic_id", "report_id", "quote", "char_start", "char_end"),
    "fact_finding": ("finding_id", "report_id", "quote", "char_start", "char_end"),
}
"""What the rules below look at, by table."""

_SHOWN = 60
# 2023, １２
_DIGITS = re.compile(r"[0-9０-９]+")


def _check_spans(table: str, key: str, *quotes: str) -> Callable[[Rows], Checked]:
    """A rule: body_text[char_start:char_end] is the first of the columns `quotes` that is filled."""

    def check(rows: Rows) -> Checked:
        bodies = _bodies(rows)
        checked = Checked(len(rows[table]))
        for row in rows[table]:
            body = bodies.get(row["report_id"])
            quote = next((row[name] for name in quotes if row[name] is not None), None)
            shown = None if body is None else body[max(row["char_start"], 0) : max(row["char_end"], 0)]
            if shown is None or shown != quote:
                stands = "no text of this report in the batch" if shown is None else f"the text there is {shown[:_SHOWN]!r}"
                detail = f"characters {row['char_start']} to {row['char_end']}: {stands}"
                checked.violations.append(Violation(row["report_id"], str(row[key]), quote, detail))
        return checked

    return check


def _check_sentences(rows: Rows) -> Checked:
    bodies = _bodies(rows)
    checked = Checked(len(rows["fact_metric"]))
    for row in rows["fact_metric"]:
        if row["quote"] not in row["sentence"]:
            detail = "the sentence does not hold the quote"
        elif row["sentence"] not in bodies.get(row["report_id"], ""):
            detail = "the text does not hold the sentence"
        else:
            continue
        checked.violations.append(Violation(row["report_id"], row["metric_id"], row["quote"], f"{detail}: {row['sentence'][:_SHOWN]!r}"))
    return checked


def _check_char_counts(rows: Rows) -> Checked:
    return Checked(
        len(rows["dim_report"]),
        [
            Violation(row["report_id"], None, None, f"char_count is {row['char_count']}, the text has {len(row['body_text'])} characters")
            for row in rows["dim_report"]
            if row["char_count"] != len(row["body_text"])
        ],
    )


def _check_hashes(rows: Rows) -> Checked:
    return Checked(
        len(rows["dim_report"]),
        [
            Violation(row["report_id"], None, None, "body_sha256 is not the hash of the text")
            for row in rows["dim_report"]
            if row["body_sha256"] != text_sha256(row["body_text"])
        ],
    )


def _check_accounting(rows: Rows) -> Checked:
    """Every run of digits lies in exactly one span of metrics (which may be several figures) or numerals."""
    metrics: dict[str, set[Span]] = defaultdict(set)
    for row in rows["fact_metric"]:
        metrics[row["report_id"]].add((row["char_start"], row["char_end"]))
    numerals: dict[str, list[Span]] = defaultdict(list)
    for row in rows["fact_numeral"]:
        numerals[row["report_id"]].append((row["char_start"], row["char_end"]))
    checked = Checked()
    for report_id, body in _bodies(rows).items():
        spans = [*sorted(metrics[report_id]), *numerals[report_id]]
        runs = list(_DIGITS.finditer(body))
        checked.looked_at += len(runs)
        checked.violations += _unaccounted(report_id, body, runs, spans)
    return checked


def _unaccounted(report_id: str, body: str, runs: list[re.Match[str]], spans: list[Span]) -> Iterator[Violation]:
    owners: list[list[int]] = [[] for _ in body]
    for number, (start, end) in enumerate(spans):
        for position in range(max(start, 0), min(end, len(body))):
            owners[position].append(number)
    for run in runs:
        over = {tuple(owners[position]) for position in range(*run.span())}
        if len(over) == 1 and len(next(iter(over))) == 1:
            continue
        if over == {()}:
            fault = "in no metric and no numeral"
        elif any(len(numbers) > 1 for numbers in over):
            fault = "in more than one span"
        else:
            fault = "only partly in a span, or cut by two"
        around = body[max(run.start() - 15, 0) : run.end() + 15].replace("\n", " ")
        yield Violation(report_id, str(run.start()), run.group(), f"{fault}: …{around}…")


def _bodies(rows: Rows) -> dict[str, str]:
    return {row["report_id"]: row["body_text"] for row in rows["dim_report"]}


TEXT_RULES: dict[str, Callable[[Rows], Checked]] = {
    "report_char_count_is_length": _check_char_counts,
    "report_hash_is_of_body": _check_hashes,
    "section_span_is_heading": _check_spans("dim_section", "section_id", "heading"),
    "measure_span_is_text": _check_spans("fact_measure", "measure_id", "text"),
    "metric_span_is_quote": _check_spans("fact_metric", "metric_id", "quote"),
    "metric_sentence_holds_quote": _check_sentences,
    "citation_span_is_title_or_number": _check_spans("fact_citation", "citation_id", "title", "document_number"),
    "numeral_span_is_quote": _check_spans("fact_numeral", "char_start", "quote"),
    "arithmetic_span_is_quote": _check_spans("fact_arithmetic", "arithmetic_id", "quote"),
    "finding_span_is_quote": _check_spans("fact_finding", "finding_id", "quote"),
    "numeral_accounting": _check_accounting,
}
"""The rules by id, as `expectations/rules.json` names them."""
