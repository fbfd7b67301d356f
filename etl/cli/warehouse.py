"""The verbs about the published warehouse as a whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from etl.settings import load_settings


def shell() -> None:
    """Open DuckDB's own shell on the published warehouse, read-only."""
    from etl.publish.warehouses import open_warehouse

    settings = load_settings()
    with open_warehouse(settings).read():
        version = settings.warehouse_path.resolve()
    duckdb_cli = Path(sys.executable).parent / "duckdb"
    os.execv(duckdb_cli, [str(duckdb_cli), "-readonly", str(version)])
