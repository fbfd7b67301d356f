"""Validation: facts staged as Parquet are checked with Great Expectations before they may be published.

In: `facts/<table>/<batch>.parquet` and the suites of `expectations/`. Out: a `Verdict` (results, and what goes to quarantine).
`run_checks` only looks; `judge` decides whether the night may go on. Neither changes a file.
"""

from etl.validate.checks import run_checks, validate
from etl.validate.verdict import Verdict, judge

__all__ = ["Verdict", "judge", "run_checks", "validate"]
