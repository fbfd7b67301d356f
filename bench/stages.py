"""Where the time of one report goes, on one process: CPU milliseconds by stage, over the mix.

A stage is a set of functions that are wrapped while it runs; the time of a wrapped function that another one calls counts for its own
stage alone. What lies between them is "rest of reading". The clocks themselves cost about a microsecond a call, which the stages that
are called for each figure pay most. A name that the reading no longer has is listed as not found.
"""

from __future__ import annotations

import importlib
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

from bench import mix, reading
from etl.parse.stage import read_report
from etl.schema import REPORT_TABLES

_STAGES = {
    "page -> text": ["etl.parse.stage:read_page"],
    "outline, measures, tables": [
        "etl.parse.report:read_outline", "etl.parse.measures:read_measures", "etl.parse.report:read_tables",
    ],
    "year, organisation, themes": [
        "etl.parse.years:find_year", "etl.parse.titles:find_organization", "etl.parse.themes:with_themes",
    ],
    "scan for figures": ["etl.parse.report:find_zones", "etl.parse.report:scan", "etl.parse.sentences:split", "etl.parse.report:surround"],
    "words": [f"etl.parse.{module}:tokenize" for module in ("clauses", "phrases", "trailing", "labels.topics")],
    "labels": ["etl.parse.records:label_figures"],
    "kinds": ["etl.parse.kinds:find_kind"],
    "periods": ["etl.parse.periods:find_period"],
    "subjects": ["etl.parse.subjects:Subjects.opening", "etl.parse.subjects:Subjects.subject", "etl.parse.subjects:Subjects.of_figures"],
    "codes of the catalogue": ["etl.parse.catalogue:map_metric"],
    "stated arithmetic": ["etl.parse.arithmetic:find_statements"],
    "citations, numerals": ["etl.parse.citations:find_citations", "etl.parse.audit:account"],
}  # fmt: skip
_REST, _ROWS, _PARQUET = "rest of reading", "rows", "parquet"


def milliseconds_by_stage(rounds: int, which: mix.Mix) -> tuple[dict[str, float], list[str]]:
    """CPU milliseconds a report by stage, after one warm round, and the names that were not found."""
    clock = _Clock()
    pages = mix.pages(which)
    made: reading.Rows = {name: [] for name in REPORT_TABLES}
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        missing = [name for stage, names in _STAGES.items() for name in names if not _wrap(stack, clock, stage, name)]
        for number in range((rounds + 1) * len(pages)):
            if number == len(pages):
                clock.spent.clear()
            raw = reading.raw_page(pages, number)
            _, report = clock.timed(_REST, read_report)(raw, None)
            clock.timed(_ROWS, reading.collect)(made, report, number)
            if number % len(pages) == len(pages) - 1:
                clock.timed(_PARQUET, reading.write)(made, Path(folder))
    order = [*_STAGES, _REST, _ROWS, _PARQUET]
    return {stage: 1000 * clock.spent[stage] / (rounds * len(pages)) for stage in order}, missing


class _Clock:
    """CPU seconds by stage; a stage inside another one stops the outer one's clock."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = 0.0

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time counted for a stage."""

        def call(*arguments: Any, **options: Any) -> Any:
            self._switch()
            self._running.append(stage)
            try:
                return function(*arguments, **options)
            finally:
                self._switch()
                self._running.pop()

        return call

    def _switch(self) -> None:
        now = time.process_time()
        if self._running:
            self.spent[self._running[-1]] += now - self._since
        self._since = now


def _wrap(stack: ExitStack, clock: _Clock, stage: str, place: str) -> bool:
    module, _, path = place.partition(":")
    *outer, name = path.split(".")
    try:
        owner: Any = importlib.import_module(module)
        for each in outer:
            owner = getattr(owner, each)
        function = getattr(owner, name)
    except (ImportError, AttributeError):
        return False
    stack.enter_context(mock.patch.object(owner, name, clock.timed(stage, function)))
    return True
