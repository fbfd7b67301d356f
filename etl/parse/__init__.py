"""Text of a report -> `etl.models.Report`: outline, measures, figures with unit, period and subject, citations, numerals.

Pure: the packaged vocabularies in `lexicon/` are read once, nothing else is; no clock, no randomness. Reading HTML is not done
here but in `etl.parse.page`. `etl.parse.report` composes the steps; each has a module of its own.
"""

PARSER_VERSION = "0.3.0"

from etl.parse.report import parse_report, parse_text  # noqa: E402  (PARSER_VERSION must exist for whoever imports this half-way)

__all__ = ["PARSER_VERSION", "parse_report", "parse_text"]
