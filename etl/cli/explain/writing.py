"""Where explanations go: to standard output or a file, as text or as one page of HTML."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TextIO

from rich.console import Console

from etl.cli.explain.layout import lay_out
from etl.cli.explain.page import render_page
from etl.cli.explain.terminal import print_explanation
from etl.errors import StageError
from etl.models import Report


def write_explanations(reports: Iterable[tuple[Path, Report]], *, html: bool, output: Path | None) -> None:
    """Explain the reports in order; text as soon as each is read, HTML when all are.

    Raises:
        StageError: `output` cannot be written.
    """
    write = partial(_write_page, render_page([(str(source), lay_out(report)) for source, report in reports])) if html else _write_text
    if output is None:
        write(sys.stdout, reports)
        return
    try:
        with output.open("w", encoding="utf-8") as file:
            write(file, reports)
    except OSError as error:
        raise StageError(f"{output}: {error.strerror}; name a file that can be written") from error


def _write_page(page: str, file: TextIO, _reports: Iterable[tuple[Path, Report]]) -> None:
    file.write(page)


def _write_text(file: TextIO, reports: Iterable[tuple[Path, Report]]) -> None:
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    for source, report in reports:
        print_explanation(console, lay_out(report), str(source))
