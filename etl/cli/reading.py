"""`etl parse`: read report files and print what is in them (the parse contract), a line of JSON each, or how it was read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.errors import PageError, StageError

if TYPE_CHECKING:
    from etl.models import Report  # the parser takes a second to load, which only this verb should wait for

_SUFFIXES = {".html", ".htm", ".txt"}


def parse(
    files: Annotated[list[Path], typer.Argument(help=".html pages, or .txt bodies whose first line is the title.", metavar="FILE…")],
    explain: Annotated[bool, typer.Option("--explain", help="Show the text with every figure marked, and how each was read.")] = False,
    html: Annotated[bool, typer.Option("--html", help="With --explain: as one HTML page that needs nothing else.")] = False,
    output: Annotated[Path | None, typer.Option("--output", help="With --explain: write to this file.", metavar="FILE")] = None,
) -> None:
    """Read report files and print one JSON object a line, in the order given; with --explain, how each figure was read.

    A file that is no report is named on standard error, the others are still printed, and the exit status is 1.
    """
    if (html or output) and not explain:
        raise StageError("--html and --output say how an explanation is written: add --explain")
    for file in files:
        _check_readable(file)
    refused: list[Path] = []
    reports = _reports(files, refused)
    if explain:
        from etl.cli.explain.writing import write_explanations

        write_explanations(reports, html=html, output=output)
    else:
        for file, report in reports:
            sys.stdout.write(json.dumps(report.to_json(str(file)), ensure_ascii=False) + "\n")
    if refused:
        raise StageError(f"{len(refused)} of {len(files)} files could not be read as a report")


def _reports(files: list[Path], refused: list[Path]) -> Iterator[tuple[Path, Report]]:
    """The files that are reports, one at a time; the others are named and added to `refused`."""
    for file in files:
        try:
            yield file, _read(file)
        except PageError as error:
            refused.append(file)
            sys.stderr.write(f"error: {file}: {error} ({error.reason})\n")


def _check_readable(file: Path) -> None:
    if file.suffix.lower() not in _SUFFIXES:
        raise StageError(f"{file}: neither .html nor .txt")
    try:
        file.open("rb").close()
    except OSError as error:
        raise StageError(f"{file}: {error.strerror}") from error


def _read(file: Path) -> Report:
    from etl.parse.report import parse_text
    from etl.parse.stage import read_report

    raw = file.read_bytes()
    if file.suffix.lower() != ".txt":
        return read_report(raw, None)[1]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PageError(f"not UTF-8 (byte {error.start}); save it as UTF-8 first", "not_utf8") from error
    if not text.strip():
        raise PageError("the file is empty", "empty_page")
    return parse_text(_unwrapped(text))


def _unwrapped(text: str) -> str:
    """The text with the paragraphs that a PDF saved as text has broken into lines; any other text as it is."""
    from etl.parse.unwrap import unwrap

    lines = text.splitlines()
    paragraphs = unwrap(lines)
    return text if paragraphs == lines else "\n".join(paragraphs)
