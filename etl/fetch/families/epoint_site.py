"""What an Epoint portal must be known by before its JSON lists answer: options of the registry, and what the portal tells of itself.

`siteInfo` stands in a script that every page loads: var siteInfo = {"siteGuid":"7eb5…","projectName":"/EWB-FRONT","webVersion":"5.0"}.
What the registry says wins over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from etl.charset import decode
from etl.errors import SourceError
from etl.fetch.families.base import Getter

_SCRIPTS = ("/js/webBuilderCommon.js", "/js/ajaxReq.js")

# "siteGuid":"7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"   siteGuid: '7eb5…'   var siteGuid = "7eb5…"
_GUID = re.compile(r"""\bsiteGuid\b["']?\s*[:=]\s*["'](?P<value>[\w-]{8,64})["']""")

# "projectName":"/EWB-FRONT"
_PROJECT = re.compile(r"""\bprojectName\b["']?\s*[:=]\s*["'](?P<value>/?[\w./-]{0,100})["']""")

# /* … */ and lines that begin with //
_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)

_Day = Annotated[str, Field(pattern=r"^$|^\d{4}-\d{2}-\d{2}$")]


class GovOptions(BaseModel):
    """Options of an entry; `sources.toml` explains them. Texts are quoted: 002017 as a number would lose its zeros."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    site_guid: str = ""
    project: Annotated[str, Field(pattern=r"^$|^(/[\w.-]+)+$")] = ""
    deptcode: str = ""
    categorynum: str = ""
    keyword: str = ""
    cnum: str = "001"
    since: _Day = ""
    until: _Day = ""
    page_base: Literal[0, 1] | None = None
    page_size: Annotated[int, Field(ge=1, le=200)] = 20
    max_pages: Annotated[int, Field(ge=1, le=500)] = 500
    wrap_params: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """`guid` and `project` (/EWB-FRONT, or "") as a portal wants them; `told_by` names what said so."""

    guid: str
    project: str
    told_by: str


def read_options(values: dict[str, object], known: Iterable[str], place: str) -> GovOptions:
    """The options of an entry; `known` are those that its interface has a use for.

    Raises:
        SourceError: an option is unknown, of no use there, or impossible.
    """
    useful = sorted(known)
    if unknown := sorted(set(values) - set(useful)):
        raise SourceError(f"{place}: options.{unknown[0]} is of no use there; options: {', '.join(useful)}")
    try:
        return GovOptions.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise SourceError(f"{place}: options.{first['loc'][0]}: {first['msg']}") from error


def read_site(options: GovOptions, base_url: str, get: Getter, place: str, *, needs_project: bool) -> Site:
    """How the portal wants to be asked, from the options and, where they do not say it, from the portal's scripts.

    Raises:
        SourceError: neither tells the siteGuid.
    """
    guid, told_by = options.site_guid, "the registry"
    project = options.project or (None if needs_project else "")
    for script in _SCRIPTS:
        if guid and project is not None:
            break
        text = _COMMENT.sub("", decode(get(base_url + script) or b"").text)
        if not guid and (match := _GUID.search(text)):
            guid, told_by = match["value"], script
        if project is None and (match := _PROJECT.search(text)):
            name = match["value"].strip("/")
            project = f"/{name}" if name else ""
    if not guid:
        scripts = " and ".join(_SCRIPTS)
        raise SourceError(f"{place}: {scripts} of {base_url} tell no siteGuid: look at the portal's scripts, set options.site_guid")
    return Site(guid, project or "", told_by)
