"""The registry read from its file: strict, with the table `[defaults]` below every entry.

In: `sources.toml`. Out: `Source` records by key, in the order of the file.
"""

from __future__ import annotations

from pathlib import Path

from etl.errors import SourceError
from etl.registry import load_entries
from etl.sources.model import Source

REGISTRY = Path(__file__).with_name("sources.toml")


def load_sources(path: Path = REGISTRY) -> dict[str, Source]:
    """All sources of the registry by key.

    Raises:
        SourceError: the file is missing, is no TOML, or an entry has an unknown key or an impossible value.
    """
    return load_entries(path, Source, "source", defaults="defaults")


def load_source(name: str, path: Path = REGISTRY) -> Source:
    """The source with that key, whether it is enabled or not.

    Raises:
        SourceError: the registry is wrong, or has no such source.
    """
    sources = load_sources(path)
    if name not in sources:
        raise SourceError(f"{path.name}: there is no source {name!r}; known: {', '.join(sorted(sources))}")
    return sources[name]
