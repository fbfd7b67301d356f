"""Numeral accounting: every Arabic digit run is in a metric or in exactly one numeral, and what is unexplained is a finding.

In: the text, the spans of the metrics and the masked spans. Out: the numerals, disjoint from the metrics and from each other, and
findings. A digit run that nothing claimed becomes `unexplained`: nothing is dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from etl.models import Finding, Numeral, NumeralClass

_DIGIT = re.compile(b"[0-9]")
_DIGITS = frozenset("0123456789")
_CLAIMED = b"\x80"  # no character of a text
_AROUND = 12


def account(
    text: str, folded: str, metric_spans: Iterable[tuple[int, int]], masked: Iterable[tuple[int, int, NumeralClass]]
) -> tuple[tuple[Numeral, ...], tuple[Finding, ...]]:
    """Numerals and findings of a text."""
    unclaimed = bytearray(folded, "ascii", "replace")  # a byte a character, digits as they are
    for start, end in metric_spans:
        unclaimed[start:end] = _CLAIMED * (end - start)
    spans: list[tuple[int, int, NumeralClass]] = []
    for start, end, kind in sorted(masked, key=lambda span: (span[0], -span[1])):
        if _CLAIMED not in unclaimed[start:end]:
            unclaimed[start:end] = _CLAIMED * (end - start)
            spans.append((start, end, kind))
    spans += _runs_left(folded, unclaimed)
    spans.sort()
    numerals = tuple(Numeral(text[start:end], kind, start, end) for start, end, kind in spans)
    return numerals, tuple(_finding(text, numeral) for numeral in numerals if numeral.class_ == "unexplained")


def _runs_left(folded: str, unclaimed: bytearray) -> Iterator[tuple[int, int, NumeralClass]]:
    """The runs of digits of which something is left."""
    end = 0
    while digit := _DIGIT.search(unclaimed, end):
        start = digit.start()
        while start and folded[start - 1] in _DIGITS:
            start -= 1
        end = start
        while folded[end : end + 1] in _DIGITS:
            end += 1
        yield start, end, "unexplained"


def _finding(text: str, numeral: Numeral) -> Finding:
    around = text[max(0, numeral.char_start - _AROUND) : numeral.char_end + _AROUND].replace("\n", " ").strip()
    return Finding(
        "unexplained_numeral",
        f"no rule explains the numeral {numeral.quote} in: {around}",
        numeral.quote,
        numeral.char_start,
        numeral.char_end,
    )
