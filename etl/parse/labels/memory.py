"""What was counted before the figure at hand, and what it lends to those behind it.

In: each figure with its label, in order. Out: the latest thing with a unit, the main one of the sentence, what a series shares. What a
clause without figures is about is for `topics.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from etl.parse.labels.topics import SCOPES, cut
from etl.parse.lexicon import words

_REMEMBERED = 100  # things counted, of a sentence and of those before it
_SHORTEST_SHARED = 2
_SESSIONS = frozenset(("场", "场次", "期", "次", "课时", "班次"))
_REVIEWS = words("labels", "reviews", "endings")


@dataclass(slots=True)
class Counted:
    """A thing counted before: unit, noun, verb, label, and whether it is a part of another, a rate, or what a preposition governs.

    `theme` is what it lends to nouns behind it that say little; `joined` says that it stands in a series with the one before, `told_apart`
    that it is one of several things under one phrase (分别, 各, 均).
    """

    unit: str
    noun: str
    verb: str
    label: str
    sub: bool
    rate: bool
    governed: bool
    theme: str = ""
    segment: int = 0
    joined: bool = False
    told_apart: bool = False


@dataclass(slots=True)
class Memory:
    """What was counted in the sentence so far and in the sentences before it, within one scope.

    `place` is where the sentence is, `meeting` the meeting that it counts, `channel` the hotline
    that it speaks of, `adviser` who advises in it.
    """

    here: list[Counted] = field(default_factory=list)
    older: list[Counted] = field(default_factory=list)
    place: str = ""
    meeting: str = ""
    channel: str = ""
    adviser: str = ""

    def new_sentence(self) -> None:
        """Keep what was counted as older than the sentence that begins."""
        self.older = (self.older + self.here)[-_REMEMBERED:]
        self.here = []
        self.place = self.meeting = self.channel = self.adviser = ""

    def keep(self, item: Counted) -> None:
        """Keep what a figure counts; what was counted long before is forgotten, or an endless sentence would take ever longer."""
        self.here.append(item)
        if len(self.here) > 2 * _REMEMBERED:
            del self.here[:_REMEMBERED]

    def counted(self, unit: str, heads: tuple[str, ...] = (), *, older: bool = False) -> Counted | None:
        """The latest thing counted with this unit that is no part of another, else the latest part; one with such a head first."""
        same = [item for item in (self.older if older else self.here) if item.unit == unit and item.noun and not item.rate]
        whole = [item for item in same if not item.sub] or same
        headed = [item for item in whole if item.noun.endswith(heads)] if heads else []
        return (headed or whole)[-1] if whole else None

    def main(self) -> Counted | None:
        """The latest count of the sentence that is no part and no rate."""
        for item in reversed(self.here):
            if not (item.sub or item.rate):
                return item
        return None

    def occasion(self) -> Counted | None:
        """The latest activity that was counted by its sessions, whom people take part in."""
        return next((item for item in reversed(self.here) if item.unit in _SESSIONS and item.noun and not item.sub), None)

    def strong(self) -> Counted | None:
        """The latest count of the sentence whose noun says enough to carry others."""
        return next((item for item in reversed(self.here) if item.theme and not item.sub), None)

    def strong_theme(self) -> str:
        """What it lends; of a series (单部门抽查75批次、联合抽查75批次) only what its members share."""
        item = self.strong()
        if item is None:
            return ""
        return self.shared(item, item.theme)

    def shared(self, item: Counted, theme: str) -> str:
        """What the members of a series lend together, their last words or what is done to all; `theme` where there is no series."""
        at = self.here.index(item)
        before = self.here[at - 1] if at and (item.joined or item.told_apart) else None
        if before is None or before.unit != item.unit or before.noun == item.noun:
            return theme
        pairs = zip(reversed(before.noun), reversed(item.noun), strict=False)
        size = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if size >= _SHORTEST_SHARED:
            ending = cut(item.noun, size)
            return "" if ending in SCOPES or len(ending) > size else ending
        return item.verb if item.verb.endswith(_REVIEWS) else theme
