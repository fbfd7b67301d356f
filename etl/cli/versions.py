"""The verbs about versions of the warehouse: `versions` lists what is kept, `rollback` goes back to one."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console

from etl.cli.tables import print_rows
from etl.errors import QueryError
from etl.publish.warehouses import Version, Warehouse, open_warehouse
from etl.settings import load_settings

_OF_ITSELF = "SELECT ended_at, reports, metrics FROM main.ops_run WHERE run_id = ?"
_COLUMNS = ("", "run", "published", "reports", "metrics", "MB", "name")


def versions() -> None:
    """List the versions of the warehouse that are kept, newest first, with what each says of itself; * is the one that readers get."""
    warehouse = open_warehouse(load_settings())
    found = warehouse.versions()
    if not found:
        raise QueryError(f"no warehouse at {warehouse.describe()}: run `make run` first")
    print_rows(Console(), _COLUMNS, [_row(warehouse, version) for version in found])


def rollback(
    run: Annotated[str | None, typer.Argument(help="Run of the version to go back to; default: the one before the current.")] = None,
) -> None:
    """Make an older version the current one; the next publication moves on as usual."""
    warehouse = open_warehouse(load_settings())
    before = next((version for version in warehouse.versions() if version.is_current), None)
    after = warehouse.rollback(run)
    if before is not None and before.run_id == after.run_id:
        Console().print(f"{after.run_id} is the current version already", highlight=False, soft_wrap=True)
        return
    origin = before.run_id if before else "nothing"
    said = f"rolled back from {origin} to {after.run_id}; who is connected sees it after connecting again"
    Console().print(said, highlight=False, soft_wrap=True)


def _row(warehouse: Warehouse, version: Version) -> tuple[Any, ...]:
    mark = "*" if version.is_current else ""
    size = None if version.size is None else round(version.size / 1e6, 1)
    try:
        with warehouse.read(version.run_id) as reader:
            told = reader.query(_OF_ITSELF, [version.run_id])[1]
    except QueryError as error:  # the others are still worth knowing
        return mark, version.run_id, version.published_at, None, None, size, f"{version.name}: {error}"
    published_at, reports, metrics = told[0] if told else (None, None, None)
    return mark, version.run_id, published_at or version.published_at, reports, metrics, size, version.name
