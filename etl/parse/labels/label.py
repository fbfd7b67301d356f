"""The label of a figure, with what the rule that found it knows besides."""

from __future__ import annotations

from typing import NamedTuple

from etl.parse.fragments import Fragment


class Label(NamedTuple):
    """What a figure counts (`text`) and the `rule` that found it.

    `sub` marks a part of a total, `period` a period that the construction gives, `stage` an end of a change (before, after), `noun` the
    thing counted within the text, `left` the fragment in front of the number as it was read.
    """

    text: str
    rule: str
    sub: bool = False
    period: str | None = None
    stage: str | None = None
    noun: str | None = None
    left: Fragment = Fragment()
