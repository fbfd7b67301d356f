"""The verbs about the published warehouse as a whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from etl.settings import load_settings


def shell() -> None:
    """Open DuckDB's own shell on the published warehouse, read-only."""
    from etl.publish.warehouses import open_warehouse

    program = str(Path(sys.executable).parent / "duckdb")
    # v1.5.5 (Variegata) d8cdaa33fd
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[0].removeprefix("v")
    arguments = open_warehouse(load_settings()).shell(version)
    os.execv(program, [program, *arguments])
