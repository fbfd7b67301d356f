"""Whether an item of a list is a report, as far as its title tells: yes, perhaps (its page decides), or no and why.

The patterns are the registry's: `title_include` says yes, `title_exclude` no, `title_maybe` perhaps. A title that the list cut is never
refused for what it lacks; the whole title, which its page tells, may be refused then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from etl.sources.model import Source

_CUT = ("…", "...", "．．．")


@dataclass(frozen=True, slots=True)
class TitleVerdict:
    """`says` is report, maybe or no; `reason` says why not: excluded:<word>, or not_matched."""

    says: Literal["report", "maybe", "no"]
    reason: str | None = None


def judge_title(source: Source, title: str) -> TitleVerdict:
    """What the title of a list tells. Blanks in it do not count."""
    joined = "".join(title.split())
    if word := _first(source.title_exclude, joined):
        return TitleVerdict("no", f"excluded:{word}")
    if _first(source.title_include, joined):
        return TitleVerdict("report")
    if joined.endswith(_CUT) or _first(source.title_maybe, joined):
        return TitleVerdict("maybe")
    return TitleVerdict("no", "not_matched")


def is_open(source: Source, title: str) -> bool:
    """Whether the title of a list leaves it to the page what it is: it was cut, or says perhaps.

    《云河区2023年度法治政府建设情况报告… may go on as 》解读.
    """
    return "".join(title.split()).endswith(_CUT) or judge_title(source, title).says == "maybe"


def _first(patterns: tuple[str, ...], title: str) -> str | None:
    """What the first pattern that is in the title matches; null if none is."""
    return next((match[0] for pattern in patterns if (match := re.search(pattern, title))), None)
