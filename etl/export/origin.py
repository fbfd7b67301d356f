"""Where an export comes from: which version of which run, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from etl.publish.reading import Reader
from etl.publish.state import version_of
from etl.publish.warehouses import Version
from etl.settings import PROJECT_DIR
from etl.sources import load_sources


@dataclass(frozen=True, slots=True)
class Origin:
    """The version that was read, when it was published, when the export was made, and the portals (title, address) of its reports."""

    run_id: str
    version: str
    published_at: datetime
    made_at: datetime
    portals: tuple[tuple[str, str], ...]


def read_origin(reader: Reader, versions: list[Version], made_at: datetime) -> Origin:
    """The origin of what a reader of the current version reads."""
    current = version_of(reader, versions)
    sources = load_sources()
    portals = []
    for (name,) in reader.query("SELECT DISTINCT portal FROM main.dim_report ORDER BY 1")[1]:
        source = sources.get(name)
        portals.append((source.title, source.base_url) if source else (name, ""))
    return Origin(current.run_id, current.name, current.published_at, made_at, tuple(portals))


def notice() -> str:
    """Whose documents the reports are, in both languages."""
    return (PROJECT_DIR / "NOTICE").read_text(encoding="utf-8")
