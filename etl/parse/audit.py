"""Numeral accounting: every Arabic digit run is in a metric or in exactly one numeral, and what is unexplained is a finding.

In: the text, the spans of the metrics and the masked spans. Out: the numerals, disjoint from the metrics and from each other, and
findings. A digit run that nothing claimed becomes `unexplained`: nothing is dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.models import Finding, Numeral, NumeralClass

_RUN = re.compile("[0-9]+")
_AROUND = 12


def account(
    text: str, folded: str, metric_spans: Iterable[tuple[int, int]], masked: Iterable[tuple[int, int, NumeralClass]]
) -> tuple[tuple[Numeral, ...], tuple[Finding, ...]]:
    """Numerals and findings of a text."""
    covered = bytearray(len(text))
    for start, end in metric_spans:
        covered[start:end] = b"\1" * (end - start)
    spans: list[tuple[int, int, NumeralClass]] = []
    for start, end, kind in sorted(masked, key=lambda span: (span[0], -span[1])):
        if 1 not in covered[start:end]:
            covered[start:end] = b"\1" * (end - start)
            spans.append((start, end, kind))
    for run in _RUN.finditer(folded):
        if 0 in covered[run.start() : run.end()]:
            spans.append((run.start(), run.end(), "unexplained"))
    spans.sort()
    numerals = tuple(Numeral(text[start:end], kind, start, end) for start, end, kind in spans)
    return numerals, tuple(_finding(text, numeral) for numeral in numerals if numeral.class_ == "unexplained")


def _finding(text: str, numeral: Numeral) -> Finding:
    around = text[max(0, numeral.char_start - _AROUND) : numeral.char_end + _AROUND].replace("\n", " ").strip()
    return Finding(
        "unexplained_numeral",
        f"no rule explains the numeral {numeral.quote} in: {around}",
        numeral.quote,
        numeral.char_start,
        numeral.char_end,
    )
