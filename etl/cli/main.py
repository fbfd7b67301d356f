"""The command `python -m etl` and what all verbs share: settings, logging, errors as one line.

Standard output carries the answer, standard error carries progress and errors. Exit status: 0 done, 1 failed, 2 wrong usage.
"""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import stamina
import typer
from rich.console import Console
from rich.logging import RichHandler
from typer.exceptions import TyperException

from etl.cli import archive, export, reading, registry, report, search, sql, stages, status, versions, warehouse
from etl.errors import EtlError, QueryError

app = typer.Typer(
    name="etl",
    help="法治政府建设情况报告 → DuckDB: fetch the reports, read them into measures and metrics, publish a warehouse.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(stages.run)
app.command()(stages.rebuild)
app.command()(stages.discover)
app.command()(stages.fetch)
app.add_typer(archive.app)
app.command()(reading.parse)
app.command()(stages.facts)
app.command()(stages.validate)
app.command()(stages.publish)
app.command()(report.report)
app.command()(archive.due)
app.command()(status.status)
app.command()(versions.versions)
app.command()(versions.rollback)
app.command()(registry.sources)
app.command()(export.export)
app.command()(search.search)
app.command()(sql.sql)
app.command()(warehouse.shell)


@app.callback()
def _configure(verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on standard error.")] = False) -> None:
    handler = RichHandler(console=Console(stderr=True), show_path=False, show_time=False)
    # retries are told through logging, on standard error: standard output carries the answer alone
    stamina.instrumentation.set_on_retry_hooks([stamina.instrumentation.LoggingOnRetryHook])
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, handlers=[handler], format="%(message)s")
    for library in ("pypdf", "pdfminer"):  # what they say of a file is told by what becomes of it
        logging.getLogger(library).setLevel(logging.ERROR)


def main() -> None:
    """Run the command line; an `EtlError` becomes one line on standard error and exit status 1, wrong usage one line and status 2.

    A person at a terminal is shown below the line where in the SQL a fault is.
    """
    try:
        status = app(standalone_mode=False)
    except EtlError as error:
        sys.stderr.write(f"error: {error}\n")
        if isinstance(error, QueryError) and error.picture and sys.stderr.isatty():
            sys.stderr.write(error.picture + "\n")
        status = 1
    except BrokenPipeError:
        sys.stderr.close()
        status = 1
    except typer.Abort:
        sys.stderr.write("error: stopped\n")
        status = 1
    except TyperException as error:
        status = _tell_usage(error)
    sys.exit(status)


def _tell_usage(error: TyperException) -> int:
    """One line on what is wrong with the words of a command; the whole help for a command without any."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    if context is not None and message == context.get_help():
        sys.stdout.write(message + "\n")
    else:
        place = context.command_path if context is not None else "etl"
        fault = " ".join(message.split()).replace("Value error, ", "").rstrip(".")
        sys.stderr.write(f"error: {fault}; see {place} --help\n")
    return int(getattr(error, "exit_code", 1))
