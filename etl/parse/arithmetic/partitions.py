"""A whole and its parts: 评查案卷300宗,优秀201宗、合格93宗、不合格6宗; 受理35件,其中撤回17件、驳回16件、确认违法2件.

In: the lines of a report. Out: statements parts = whole, or parts <= whole where the list need not be complete. A list is
complete when it ends in 其他, when it names all classes of a known set, or when it simply adds up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.models import Statement
from etl.parse.arithmetic.statement import make, plain
from etl.parse.arithmetic.terms import Line, Term
from etl.parse.lexicon import alternation, load, word_pattern

_REACH = 30
_LONGEST = 40
"""More parts has no list that a person wrote."""
_OF_THESE = re.compile(r"其中(?:包括|含|有)?[,:]?")
# 、行政许可案卷   和   with commas: ,修改4件,废止5件
_GOES_ON = re.compile(r"(?P<mark>[、和及]|以及|,)(?![^0-9]*(?:其中|占|[比较][上去0-9]|同比|[。;:]))")
_SPLITS = re.compile(load("arithmetic")["parts"]["opening"])
_REST = re.compile(rf"{word_pattern('arithmetic', 'parts', 'rest')}[\u4e00-\u9fff]{{0,6}}$")
_REMAINDER = re.compile(rf"{word_pattern('arithmetic', 'parts', 'remainder')}[\u4e00-\u9fff]{{0,6}}$")
_SORT = re.compile(rf"{word_pattern('arithmetic', 'parts', 'sorts')}$")
_STAGES = re.compile(word_pattern("arithmetic", "parts", "stages"))


class _Set:
    """A known set of classes, of which a list may be the whole."""

    def __init__(self, table: dict[str, object]) -> None:
        members = str(table["members"]).split()
        self.word = re.compile(rf"(?:^|[,、;和及:(])\s?(?P<word>{alternation(members)})[\u4e00-\u9fff]{{0,6}}$")
        all_of = table["all_of"]
        self.groups = [frozenset(group.split()) for group in all_of] if isinstance(all_of, list) else []
        self.of = re.compile(alternation(str(table["of"]).split()))
        cores = table.get("cores")
        self.cores = frozenset(cores) if isinstance(cores, list) else frozenset()

    def words(self, terms: Sequence[Term]) -> list[str] | None:
        """The class of each term; null where one of them is none of this set."""
        found = [self.word.search(_OF_THESE.sub(",", term.left)) for term in terms]
        return [match["word"] for match in found if match] if all(found) else None

    def is_whole(self, words: Sequence[str], whole: Term) -> bool:
        """Whether the classes leave nothing out of a whole that they divide."""
        return all(group & set(words) for group in self.groups) and self.of.search(whole.left + whole.right) is not None


_SETS = [_Set(table) for table in load("arithmetic")["parts"]["sets"]]


def find_partitions(lines: Sequence[Line], text: str) -> list[Statement]:
    """Statements of wholes and their parts; `lines` are those of the whole report."""
    found = []
    for i, line in enumerate(lines):
        above = lines[i - 1] if i and lines[i - 1].measure == line.measure else None
        at = 0
        while at < len(line.terms):
            if not _may_begin(line.terms, at):
                at += 1
                continue
            parts = _list_from(line.terms, at)
            statement = _of_list(line, above, at, parts, text)
            if statement:
                found.append(statement)
            at += len(parts) if statement else 1
    return found


def _may_begin(terms: Sequence[Term], at: int) -> bool:
    """A list begins behind 其中, at the start of its sentence, or right behind a figure in its unit."""
    return at == 0 or terms[at - 1].unit == terms[at].unit or "其中" in terms[at].left


def _list_from(terms: Sequence[Term], at: int) -> tuple[Term, ...]:
    """The figures of one unit, in one list, from `at` on."""
    end = at + 1
    commas = None
    while end < min(len(terms), at + _LONGEST + 1) and terms[end].unit == terms[at].unit and terms[end].exact:
        match = _GOES_ON.match(terms[end].left)
        if match is None or commas not in (None, match["mark"] == ","):
            break  # a comma behind a list with 、 ends it
        commas = match["mark"] == ","
        end += 1
    return tuple(terms[at:end])


def _of_list(line: Line, above: Line | None, at: int, parts: tuple[Term, ...], text: str) -> Statement | None:
    first = parts[0]
    if len(parts) > _LONGEST or not first.exact or first.unit == "%" or first.metric.kind in ("rate", "change"):
        return None
    before = line.terms[:at]
    if _is_marked(first.left):
        wholes = _wholes(before, first.unit) or (_wholes(above.terms, first.unit) if above and not before else [])
        return _marked(wholes, parts, text)
    if _SPLITS.search(first.left) and not before and above and len(parts) > 2:
        return _that_holds(_wholes(above.terms, first.unit), parts, text)
    wholes = _wholes(before[-1:], first.unit)
    if wholes and len(parts) > 1 and first.left[:1] not in "、和及":  # else the whole is one of them
        return _of_set(wholes, parts, text) or _with_rest(wholes, parts, text)
    return None


def _is_marked(left: str) -> bool:
    """Whether 其中 stands before this figure: no figure, no semicolon and few words lie between."""
    behind = left.rpartition("其中")
    return bool(behind[1]) and ";" not in behind[2] and len(behind[2]) <= _REACH


def _wholes(terms: Sequence[Term], unit: str) -> list[Term]:
    """Figures that a list may be the parts of, the nearest first."""
    return [term for term in reversed(terms) if term.unit == unit and term.exact and term.metric.kind not in ("rate", "change")]


def _marked(wholes: Sequence[Term], parts: tuple[Term, ...], text: str) -> Statement | None:
    """A list behind 其中: equal where it is whole, else no more than its whole."""
    if not wholes:
        return None
    equal = _that_holds(wholes, parts, text)
    if equal:
        return equal
    if _REST.search(parts[-1].left) or any((words := known.words(parts)) and known.is_whole(words, wholes[0]) for known in _SETS):
        return _equal(wholes[0], parts, text) if len(parts) > 1 else None
    if len(parts) > 1 and any(_STAGES.search(part.left) for part in parts):
        parts = (max(parts, key=lambda part: part.value),)
    holding = next((term for term in wholes if _added(parts) <= term.high), None)
    if holding:
        return _within(holding, parts, text)
    disjoint = len(parts) == 1 or all(_SORT.search(part.left) for part in parts)
    return _within(max(wholes, key=lambda term: term.value), parts, text) if disjoint else None


def _of_set(wholes: Sequence[Term], parts: tuple[Term, ...], text: str) -> Statement | None:
    """A list of the classes of a known set, without 其中."""
    for known in _SETS:
        words = known.words(parts)
        if words is None:
            continue
        cores = tuple(part for part, word in zip(parts, words, strict=True) if word in known.cores)
        held = _that_holds(wholes, parts, text) or (
            _that_holds(wholes, cores, text) if known.cores and len(cores) == len(known.cores) else None
        )
        return held or (_equal(wholes[0], parts, text) if known.is_whole(words, wholes[0]) else None)
    return None


def _with_rest(wholes: Sequence[Term], parts: tuple[Term, ...], text: str) -> Statement | None:
    """积案4件,年内化解3件,其余1件正在推进."""
    if not _REMAINDER.search(parts[-1].left):
        return None
    return _that_holds(wholes, parts, text) or (_equal(wholes[0], parts, text) if len(parts) == 2 else None)


def _that_holds(wholes: Sequence[Term], parts: tuple[Term, ...], text: str) -> Statement | None:
    """The nearest whole that more than one part add up to."""
    if len(parts) < 2:
        return None
    for statement in (_equal(whole, parts, text) for whole in wholes):
        if statement.holds:
            return statement
    return None


def _equal(whole: Term, parts: tuple[Term, ...], text: str) -> Statement:
    slack = (whole.step + sum(part.step for part in parts)) / 2
    added = _added(parts)
    return make(
        "parts", (*parts, whole), f"{_sum(parts)} = {plain(whole.value)}", added, holds=abs(added - whole.value) <= slack, text=text
    )


def _within(whole: Term, parts: tuple[Term, ...], text: str) -> Statement:
    slack = (whole.step + sum(part.step for part in parts)) / 2
    return make(
        "parts_within",
        (*parts, whole),
        f"{_sum(parts)} <= {plain(whole.value)}",
        None,
        holds=_added(parts) <= whole.value + slack,
        text=text,
    )


def _added(parts: Sequence[Term]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))


def _sum(parts: Sequence[Term]) -> str:
    return " + ".join(plain(part.value) for part in parts)
