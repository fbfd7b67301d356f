"""The verb `export`: files of the published warehouse, for Excel and for programs."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from etl.cli.progress import counted
from etl.settings import load_settings


class Format(StrEnum):
    """What `export` writes."""

    xlsx = "xlsx"
    csv = "csv"
    parquet = "parquet"


class Names(StrEnum):
    """The language of sheets and columns."""

    en = "en"
    zh = "zh"


def export(
    folder: Annotated[Path, typer.Argument(help="Folder to write, new or empty.", metavar="DIR")],
    output: Annotated[
        Format, typer.Option("--format", help="xlsx: one workbook, a sheet a view; csv, parquet: a file a view, and datapackage.json.")
    ] = Format.xlsx,
    views: Annotated[
        list[str] | None, typer.Option("--view", help="Only this view of schema reporting; may be repeated.", metavar="NAME")
    ] = None,
    tables: Annotated[list[str] | None, typer.Option("--table", help="This table of schema main; may be repeated.", metavar="NAME")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All views and all tables.")] = False,
    names: Annotated[Names, typer.Option(help="Names of sheets and columns: English, or Chinese (中文).")] = Names.en,
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that is not empty; files of the same names are replaced.")
    ] = False,
) -> None:
    """Write the views of the published warehouse as Excel, CSV or Parquet files, with a dictionary of all columns.

    No cell runs as a formula: CSV puts ' before a text that would, XLSX holds texts as texts.
    """
    from etl.export.exporting import export as write
    from etl.export.relations import choose
    from etl.publish.warehouses import open_warehouse

    relations = choose(tables or (), views or (), everything=everything, zh=names is Names.zh)
    with counted("rows") as progress:
        exported = write(open_warehouse(load_settings()), folder, output.value, relations, force=force, progress=progress)
    sys.stdout.write(
        f"{folder}: {', '.join(exported.rows)} as {output.value}; {sum(exported.rows.values()):,} rows, "
        f"{exported.size / 1e6:,.1f} MB; version {exported.origin.version}\n"
    )
