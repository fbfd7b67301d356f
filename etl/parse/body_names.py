"""How the names of bodies end, and the bodies that one name joins.

In: a fragment or a name. Out: whether it holds or ends like a name; its items. Where a name begins and stops in a clause is read in
`bodies.py`.
"""

from __future__ import annotations

import re
from functools import cache

from etl.parse.lexicon import load, search_tree, words

_LISTS = ("organizations", "actors")
SUFFIXES = words(*_LISTS, "suffixes")
FIELDS = words(*_LISTS, "fields")
PLACES = words(*_LISTS, "places")
PERSONS = tuple({*words("labels", "persons", "endings"), *words(*_LISTS, "persons")})
PRONOUNS = frozenset(words(*_LISTS, "pronouns"))
_JOINTS = re.compile("[、和及与]")
_OF_NUMBERS = tuple("率量数额值")


def may_name(part: str) -> bool:
    """Whether a fragment holds what the name of a body or of persons may end in: without it it is not looked at."""
    return _any_ending().search(part) is not None


def items_of(name: str) -> list[str]:
    """The bodies that a name joins: 派出所、司法所 are two, 农业农村、林业部门 both 部门, 建设和管理委员会 is one."""
    if not _JOINTS.search(name):
        return [name]
    items: list[str] = []
    open_item = ""
    for piece, joint in re.findall("([^、和及与]+)([、和及与]?)", re.sub("以及|及其", "、", name)):
        open_item += piece
        if joint in ("、", "") or ends_a_body(open_item, 0, len(open_item)):
            items.append(open_item)
            open_item = ""
        else:
            open_item += joint
    if open_item:
        items.append(open_item)
    shared = next((noun for noun in ("部门", "单位", "机关") if items and items[-1].endswith(noun)), "")
    return [item if ends_a_body(item, 0, len(item)) else item + shared for item in items]


def ends_a_body(part: str, start: int, end: int) -> bool:
    """Whether part[start:end] ends like the name of a body."""
    return (
        end - start >= 2
        and part[end : end + 1] not in _OF_NUMBERS
        and any(
            part.endswith(ending, start, end)
            and (end - len(ending) == start or part[end - len(ending) - 1] not in before)
            and (end == len(part) or part[end] not in after)
            for ending, before, after in _endings().get(part[end - 1], ())
        )
    )


@cache
def _endings() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """By last character: endings of names with the characters that may not stand in front of them and behind them."""
    before: dict[str, str] = load("organizations")["actors"]["not_behind"]
    after: dict[str, str] = load("organizations")["actors"]["not_in_front"]
    found: dict[str, list[tuple[str, str, str]]] = {}
    for ending in (*SUFFIXES, *FIELDS, *PLACES, *PRONOUNS):
        closed = "".join(chars for word, chars in after.items() if ending.endswith(word))
        found.setdefault(ending[-1], []).append((ending, before.get(ending, ""), closed))
    return {last: tuple(endings) for last, endings in found.items()}


@cache
def last_characters() -> frozenset[str]:
    """What a name of a body or of persons may end in."""
    return frozenset((*_endings(), *(name[-1] for name in PERSONS)))


@cache
def _any_ending() -> re.Pattern[str]:
    return re.compile(search_tree((*SUFFIXES, *FIELDS, *PLACES, *PRONOUNS, *PERSONS)))
