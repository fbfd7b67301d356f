"""What a publication is made from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Inputs:
    """Folders of Parquet files (`<table>/*.parquet`), the reports to leave out, and the run that publishes."""

    facts_dir: Path
    ops_dir: Path
    excluded_reports: Collection[str]
    run_id: str
