"""Great Expectations, run on pandas frames in an ephemeral context; the only module that imports it.

In: a frame and `Expectation` records. Out: an `Outcome` for each, in the order asked, with every row that fails named by its columns.
An expectation that could not be evaluated is an outcome with `error`: neither a pass nor a failure of the data.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from etl.errors import StageError
from etl.validate.suites import Expectation

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


@dataclass
class Outcome:
    """What one expectation has shown.

    `rows` are the failing rows' values, `unexpected` their number; `seen` is what a table as a whole was found to be.
    """

    expectation: Expectation
    success: bool = True
    evaluated: int = 0
    unexpected: int = 0
    rows: list[Row] = field(default_factory=list)
    seen: str | None = None
    error: str | None = None

    def add(self, other: Outcome) -> None:
        """Take in the outcome of the same expectation on another piece."""
        self.evaluated += other.evaluated
        self.unexpected += other.unexpected
        self.rows += other.rows
        self.seen = other.seen if self.success else self.seen
        self.success = self.success and other.success
        self.error = self.error or other.error


class Engine:
    """One ephemeral context. Making it imports Great Expectations, which takes some seconds."""

    def __init__(self) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "False"  # read at import
        import great_expectations as gx
        from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults, ProgressBarsConfig

        self._gx = gx
        # the default context would make a folder for HTML pages that nobody reads, and draw a progress bar for every suite
        stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
        config = DataContextConfig(store_backend_defaults=stores, progress_bars=ProgressBarsConfig(globally=False))
        context = gx.get_context(mode="ephemeral", project_config=config)
        asset = context.data_sources.add_pandas("facts").add_dataframe_asset("frame")
        self._frames = asset.add_batch_definition_whole_dataframe("whole")

    def check(self, frame: pd.DataFrame, expectations: Sequence[Expectation], identify: Sequence[str] = ()) -> list[Outcome]:
        """The outcome of each expectation; failing rows carry the columns `identify` besides those looked at.

        Raises:
            StageError: Great Expectations does not take an expectation as it is written.
        """
        suite = self._suite(expectations)
        result_format: Any = {"result_format": "COMPLETE"}
        if identify:
            result_format["unexpected_index_column_names"] = list(identify)
        report = self._frames.get_batch({"dataframe": frame}).validate(suite, result_format=result_format)
        found = {result.expectation_config.meta["rule"]: result for result in report.results}
        return [_outcome(expectation, found[expectation.rule]) for expectation in expectations]

    def _suite(self, expectations: Sequence[Expectation]) -> Any:
        try:
            suite = self._gx.ExpectationSuite(name=expectations[0].suite, expectations=[e.to_gx() for e in expectations])
        except ValueError as error:
            fault = " ".join(str(error).split())
            raise StageError(f"suite {expectations[0].suite}: Great Expectations refuses an entry: {fault}") from error
        loaded = {e.meta["rule"] for e in suite.expectations if e.meta}
        dropped = [e.rule for e in expectations if e.rule not in loaded]
        if dropped or len(suite.expectations) != len(expectations):
            raise StageError(
                f"suite {expectations[0].suite}: Great Expectations dropped {', '.join(dropped) or 'entries with doubled ids'}"
            )
        return suite


def _outcome(expectation: Expectation, result: Any) -> Outcome:
    found = result.result
    error = _error(result.exception_info)
    if error is None and not found:
        error = "no result"
    evaluated = found.get("element_count", found.get("observed_value"))
    return Outcome(
        expectation,
        success=bool(result.success) and error is None,
        evaluated=evaluated if isinstance(evaluated, int) else 0,
        unexpected=int(found.get("unexpected_count", 0)),
        rows=list(found.get("unexpected_index_list") or ()),
        seen=_seen(found),
        error=error,
    )


def _seen(found: Any) -> str | None:
    """What an expectation about a whole table has found: its row count, or the columns that are missing or too many."""
    columns = found.get("details", {}).get("mismatched")
    if columns:
        return ", ".join(f"{kind}: {', '.join(names)}" for kind, names in columns.items())
    observed = found.get("observed_value")
    return f"{observed} rows" if isinstance(observed, int) else None


def _error(exception_info: Any) -> str | None:
    """The message of what was raised inside the expectation, on one line.

    `exception_info` is one such record, or one for each metric that failed, by the metric's id.
    """
    records = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    for record in records:
        if record["raised_exception"]:
            return " ".join(str(record["exception_message"]).split())[:300]
    return None
