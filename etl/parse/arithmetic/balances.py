"""What came and what went: 原有241项,新增6项,取消4项,调整后共243项.

In: the lines of a measure. Out: statements opening + moves = result. The opening may stand in an earlier sentence of the measure:
…目录,涉及重大事项22项。11月,…新增3项,合并1项,调出1项,最终共计23项决策事项. Moves of uncertain weight and results that need not be one
are told only where the sum holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.models import Statement
from etl.parse.arithmetic.statement import make, plain
from etl.parse.arithmetic.terms import Line, Term
from etl.parse.lexicon import alternation, prefix_tree, word_pattern, words

_START = r"(?:^|[,、;:(和及并])\s?"
_NOUN = r"[\u4e00-\u9fff“”]{0,10}"
_MOVES = {
    word: kind
    for kind in ("added", "removed", "perhaps_added", "perhaps_removed", "kept")
    for word in words("arithmetic", "balance", "moves", kind)
}
_SIGNS = {"added": 1, "perhaps_added": 1, "removed": -1, "perhaps_removed": -1, "kept": 0}
# ,年中调入   、宣布失效   ,新增行政许可事项
_MOVE = re.compile(rf"{_START}{word_pattern('arithmetic', 'balance', 'adverbs')}{{0,2}}(?P<word>{prefix_tree(_MOVES)})了?{_NOUN}$")
# 区级行政许可事项原有   原有规范性文件   年初公布重大行政决策事项目录   原
_OPENING = re.compile(rf"(?:{word_pattern('arithmetic', 'balance', 'opening')}[\u4e00-\u9fff“”]{{0,16}}|(?<![草高平中太还复])原)$")
# ,调整后共   ,年末保留   ,最终共计
_RESULT = re.compile(rf"{_START}{word_pattern('arithmetic', 'balance', 'result')}{_NOUN}$")
# ,全年完成决策
_PERHAPS_RESULT = re.compile(rf"{_START}{word_pattern('arithmetic', 'balance', 'perhaps_result')}{_NOUN}$")
# …重大行政决策事项目录,涉及…
_LISTING = re.compile(alternation(["目录", "清单", "原有", "年初", "台账"]))
_NEAR = 24
_SHARED = 4
"""So many characters in a row must two sentences share to speak of one list: 重大行政决策事项."""


class _Sum(NamedTuple):
    moves: tuple[Term, ...]
    signs: tuple[int, ...]
    certain: bool


def find_balances(lines: Sequence[Line], text: str) -> list[Statement]:
    """Statements of lists that were changed; `lines` are those of the whole report."""
    found = []
    for i, line in enumerate(lines):
        for at in range(1, len(line.terms)):
            result = line.terms[at]
            if not result.exact or line.terms[at - 1].unit != result.unit:
                continue
            certain = _RESULT.search(result.left[-_NEAR:]) is not None
            if not (certain or _PERHAPS_RESULT.search(result.left[-_NEAR:])):
                continue
            change = _moves_before(line.terms, at)
            opening = _opening(lines, i, at - len(change.moves), change.moves) if change.moves else None
            statement = opening and _statement(opening, change, result, certain=certain and change.certain, text=text)
            if statement:
                found.append(statement)
    return found


def _moves_before(terms: Sequence[Term], at: int) -> _Sum:
    """The moves that stand right before the result, in its unit."""
    moves: list[Term] = []
    signs: list[int] = []
    certain = True
    for term in reversed(terms[:at]):
        match = _MOVE.search(term.left)
        if match is None or not term.exact or term.unit != terms[at].unit or _OPENING.search(term.left):
            break
        kind = _MOVES[match["word"]]
        certain = certain and not kind.startswith("perhaps")
        moves.insert(0, term)
        signs.insert(0, _SIGNS[kind])
    return _Sum(tuple(moves), tuple(signs), certain)


def _opening(lines: Sequence[Line], i: int, before: int, moves: Sequence[Term]) -> Term | None:
    """The figure that the moves begin with: the one before them where it opens, else a listed one in the measure above."""
    terms = lines[i].terms
    if before > 0:
        term = terms[before - 1]
        return term if _opens(term, moves[0].unit) else None
    sentence = moves[0].metric.sentence
    for line in reversed(lines[max(0, i - 3) : i]):
        if line.measure is None or line.measure != lines[i].measure:
            return None
        candidates = [term for term in line.terms if term.exact and term.unit == moves[0].unit and term.metric.kind == "level"]
        if candidates:
            opening = candidates[-1]
            same_list = _LISTING.search(opening.metric.sentence) and _share_words(opening.metric.sentence, sentence)
            return opening if same_list else None
    return None


def _opens(term: Term, unit: str) -> bool:
    return term.exact and term.unit == unit and _OPENING.search(term.left) is not None


def _share_words(one: str, other: str) -> bool:
    return any(one[k : k + _SHARED] in other for k in range(len(one) - _SHARED + 1) if one[k : k + _SHARED].isalpha())


def _statement(opening: Term, change: _Sum, result: Term, *, certain: bool, text: str) -> Statement | None:
    counted = [(term, sign) for term, sign in zip(change.moves, change.signs, strict=True) if sign]
    if not counted:
        return None
    expected = opening.value + sum(sign * term.value for term, sign in counted)
    slack = (opening.step + result.step + sum(term.step for term, _ in counted)) / 2
    holds = abs(expected - result.value) <= slack
    if not holds and not certain:
        return None
    moved = "".join(f" {'+' if sign > 0 else '-'} {plain(term.value)}" for term, sign in counted)
    expression = f"{plain(opening.value)}{moved} = {plain(result.value)}"
    return make("balance", (opening, *(term for term, _ in counted), result), expression, expected, holds=holds, text=text)
