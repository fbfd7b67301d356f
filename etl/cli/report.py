"""`etl report`: the picture book of the published warehouse, as a folder to open in a browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from etl.settings import load_settings


def report(
    folder: Annotated[Path | None, typer.Argument(help="Where to; default: report/ below ETL_HOME.", metavar="[DIR]")] = None,
) -> None:
    """Make the picture book (图册): a site that opens from its folder, without a server or a network."""
    from etl.publish.warehouses import open_warehouse
    from etl.report.book import write_book

    settings = load_settings()
    target = folder or settings.report_dir
    console = Console(stderr=True)
    with open_warehouse(settings).read() as reader, console.status("report") as status:
        counts = write_book(reader, target, lambda kind, count: status.update(f"report  {kind} {count:,}"))
    console.print("report  " + ", ".join(f"{kind} {count:,}" for kind, count in counts.items()), highlight=False)
    sys.stdout.write(f"{(target / 'index.html').resolve()}\n")
