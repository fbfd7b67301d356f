"""How the portal behaves where real ones differ, and nobody knows yet what this one does. Tests change it while it is served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

SITE_GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
"""The product's default, seen on many sites."""


@dataclass
class Options:
    """What differs from portal to portal.

    past_end: a list page past the end is not there (404), is the last page again (last), or a list without items (empty).
    list_style: by sub-column: plain, iframe (the items are in a page inside), script (the items are written by script).
    json_base: the first page of getgovinfolist has this number.
    json_string: its `custom` is a string that holds JSON.
    json_total: it tells how many items there are.
    json_params: it understands only a body that is wrapped in `params`.
    search_string: the search's reply is {"code": 200, "content": a string that holds JSON}.
    site_guid: who asks with another one gets empty data, and status 200; it stands in webBuilderCommon.js.
    """

    past_end: Literal["404", "last", "empty"] = "404"
    list_style: dict[str, Literal["plain", "iframe", "script"]] = field(default_factory=dict)
    json_base: Literal[0, 1] = 0
    json_string: bool = False
    json_total: bool = True
    json_params: bool = False
    search_string: bool = False
    site_guid: str = SITE_GUID

    def change(self, values: Mapping[str, Any]) -> None:
        """Take over what a scenario file says.

        Raises:
            ValueError: there is no such option.
        """
        known = [each.name for each in fields(self)]
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"no option {name!r}; there are {', '.join(known)}")
            setattr(self, name, value)
