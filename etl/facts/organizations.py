"""The body that reports: from the names that a page uses to one row of dim_organization.

In: a name as printed (青石街道办事处, 云河区人民政府青石街道办事处, 区人民政府), and the registry's district and city.
Out: the row, with an id that is the same for all spellings. What a report says of other bodies is not looked at here.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from etl.ids import stable_id
from etl.sources import Territory

SAMPLE_MARK = "（示例）"
"""Stands behind the name of every made-up body."""

_GOVERNMENT = "人民政府"


def organization_row(name: str, territory: Territory) -> dict[str, Any]:
    """The row of dim_organization for a body of that territory."""
    tail = _tail(name, territory)
    level, short_name = _level_and_short_name(tail, territory.district)
    mark = SAMPLE_MARK if territory.invented else ""
    return {
        "organization_id": _organization_id(territory, tail),
        "name": f"{territory.city}{territory.district}{tail}{mark}",
        "short_name": short_name + mark,
        "level": level,
        "district": territory.district,
        "parent_organization_id": None if level == "district" else _organization_id(territory, _GOVERNMENT),
        "is_sample": territory.invented,
    }


def parent_row(territory: Territory) -> dict[str, Any]:
    """The row of the district's government, so that every parent exists even when it publishes nothing."""
    return organization_row(_GOVERNMENT, territory)


def _organization_id(territory: Territory, tail: str) -> str:
    return stable_id("organization", territory.city, territory.district, tail)


def _tail(name: str, territory: Territory) -> str:
    """The name without city, district and the 人民政府 that a branch carries in front: 青石街道办事处."""
    tail = re.sub(r"\s+", "", name)
    for prefix in (territory.city, territory.district):
        tail = tail.removeprefix(prefix)
    # 区人民政府, 区政府: how a page names its own district
    if tail in {"", "政府", "区政府", "区人民政府"}:
        return _GOVERNMENT
    # 区司法局 -> 司法局
    tail = re.sub(r"^区(?=.{2,}[局委办])", "", tail)
    return tail.removeprefix(_GOVERNMENT) or _GOVERNMENT


def _level_and_short_name(tail: str, district: str) -> tuple[str, str]:
    for level in _levels():
        if match := re.search(level["pattern"], tail):
            stem = tail[: match.start()]
            if keeps := level.get("short_keeps"):
                return level["level"], stem + match.group()[:keeps]
            return level["level"], stem + level.get("short", match.group()).format(district=district)
    return "other", tail


@cache
def _levels() -> list[dict[str, Any]]:
    levels: list[dict[str, Any]] = tomllib.loads(files("etl.facts").joinpath("organizations.toml").read_text(encoding="utf-8"))["levels"]
    return levels
