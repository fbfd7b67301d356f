"""The source registry: which portals there are, what of them is read, and how gently. Data in `sources.toml`, rules here.

In: the TOML file. Out: `Source` records, strict: an unknown or impossible entry is one line that names the file and the key. Which titles
are reports (`titles`) and when a source is asked (`season`) are decided here too, from what its entry says; nothing is fetched here.
"""

from etl.sources.loading import REGISTRY, check_may_ask, load_source, load_sources
from etl.sources.model import Entry, Selectors, Source, Territory, is_private_host
from etl.sources.titles import TitleVerdict, is_open, judge_title

__all__ = [
    "REGISTRY",
    "Entry",
    "Selectors",
    "Source",
    "Territory",
    "TitleVerdict",
    "check_may_ask",
    "is_open",
    "is_private_host",
    "judge_title",
    "load_source",
    "load_sources",
]
