"""The registry read from its file: strict, with the table `[defaults]` below every entry.

In: `sources.toml`. Out: `Source` records by key, in the order of the file.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from etl.errors import SourceError
from etl.registry import load_entries
from etl.sources.model import Source

REGISTRY = Path(__file__).with_name("sources.toml")


def load_sources(path: Path = REGISTRY) -> dict[str, Source]:
    """All sources of the registry by key.

    Raises:
        SourceError: the file is missing, is no TOML, an entry has an unknown key or an impossible value, or two have one host.
    """
    sources = load_entries(path, Source, "source", defaults="defaults")
    owners: dict[str, str] = {}
    for name, source in sources.items():
        for host in {urlsplit(source.base_url).netloc, *source.hosts}:
            if (owner := owners.setdefault(host, name)) != name:
                raise SourceError(f"{path}: {name}: host {host} belongs to {owner}: an address has one source")
    return sources


def load_source(name: str, path: Path = REGISTRY) -> Source:
    """The source with that key, whether it is enabled or not.

    Raises:
        SourceError: the registry is wrong, or has no such source.
    """
    sources = load_sources(path)
    if name not in sources:
        raise SourceError(f"{path.name}: there is no source {name!r}; known: {', '.join(sorted(sources))}")
    return sources[name]


def check_may_ask(source: Source, *, allow_unverified: bool = False) -> None:
    """Whether runs may ask the portal of a source; `allow_unverified` is for a first look at one that nobody has looked at.

    Raises:
        SourceError: it is off. The message says why, and what would turn it on.
    """
    is_first_look = allow_unverified and source.status == "unverified"
    if source.enabled or is_first_look:
        return
    turn_on = f"set enabled = true in etl/sources/{REGISTRY.name}"
    if source.status == "unverified":
        confirm = "; ".join(source.confirm)
        turn_on = f"confirm {confirm}; then {turn_on}; ETL_ALLOW_UNVERIFIED=true allows a first look"
    elif source.status in {"blocked", "manual"}:
        turn_on = source.note or "the registry's note should say why"
    raise SourceError(f"source {source.name} is off ({source.status}): {turn_on}")
