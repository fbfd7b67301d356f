"""Changes beside the figures they lie between, or beside the year's own figure alone.

In: the lines of a report. Out: `change` statements where both figures are there (由3216项调整为3190项,净减26项; 2020年68件、2021年97件,
2021年同比增长42.6%; 97件,较上年的68件增加29件), and `growth` statements, not yet judged, where last year's figure is in last year's report
(诉讼案件94件,较上年减少12件). A change on another base (可比口径, 环比) is neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from etl.models import Statement
from etl.parse.arithmetic.statement import make, plain, prints_as, rounded
from etl.parse.arithmetic.terms import Line, Term
from etl.parse.lexicon import load, word_pattern, words

_UP = frozenset(words("arithmetic", "changes", "up"))
_WORD = (
    word_pattern("arithmetic", "changes", "up").removesuffix(")") + "|" + word_pattern("arithmetic", "changes", "down").removeprefix("(?:")
)
_MANNER = word_pattern("arithmetic", "changes", "manner")
# what all of the following end in
_CHANGED = re.compile(rf"(?:{_WORD})(?:了|达|为)?$")
# 由3216项   平均用时从30天
_FROM = re.compile(rf"{word_pattern('arithmetic', 'changes', 'from')}[^,;。:]{{0,12}}$")
# 调整为   压缩到   降至   增至2023年的
_TO = re.compile(r"^[^,;。]{0,10}[为到至成](?:[0-9]{4}年的?)?$")
# ,净减   ,压缩   ,降幅达
_BY = re.compile(rf"^[^,;。]{{0,6}}[,(]\s?{_MANNER}?(?P<word>{_WORD})(?:了|达|为)?$")
# ,较2020年的   ,比上年的
_THAN = re.compile(r"^[^,;。]{0,8},(?:较|比|与)(?:上年同期|去年同期|上年末|上一年度|上年|去年|上一年|[0-9]{4}年末?)的$")
_MORE = re.compile(rf"^(?:相比)?(?P<word>{_WORD})(?:了)?$")
# 2021年同比增长   降幅   同比下降
_YEARLY = re.compile(rf"[,(](?:(?P<year>[0-9]{{4}})年)?(?:同比|比上年|较上年)?(?P<word>{_WORD})(?:了|达|为)?$")
# 、   和   ,2022年降至   ,2021年为: nothing else may stand between two years of a series
_NEXT_YEAR = re.compile(r"^(?:[、,和及]|以及)?(?:[0-9]{4}年)?(?:为|达|有|是)?(?:[降增升减下上]{1,2}[至到为])?$")
_LAST_YEAR = rf"(?:{word_pattern('arithmetic', 'changes', 'year_before')}|[较比](?P<year>[0-9]{{4}})年(?:末|底)?(?:同期)?)"
# ,较上年减少   ,检查户次同比下降   ,总量较上年末增长
_ON_YEAR = re.compile(rf"^[^,;。]{{0,8}}[,(]\s?(?P<noun>[^,;。:0-9]{{0,8}}?){_LAST_YEAR}(?P<word>{_WORD})(?:了)?$")
_EXEMPT = re.compile(word_pattern("arithmetic", "changes", "exempt", "words"))
_NOUNS: dict[str, list[str]] = {unit: nouns.split() for unit, nouns in load("arithmetic")["changes"]["nouns"].items()}


def find_changes(lines: Sequence[Line], text: str, wholes: Mapping[int, int]) -> list[Statement]:
    """Statements of changes; `lines` are those of the whole report.

    `wholes` leads from the last part of a list to its whole (indices of metrics): 68412户,其中…合作社247户,总量较上年末增长9.02%.
    """
    found = []
    for line in lines:
        for at in range(1, len(line.terms)):
            change = line.terms[at]
            if change.exact and _CHANGED.search(change.left[-8:]) and not _EXEMPT.search(change.metric.sentence):
                whole = wholes.get(line.terms[at - 1].number)
                figure = next((term for term in line.terms if term.number == whole), line.terms[at - 1])
                statement = _between(line.terms, at, text) or _on_year(figure, change, text, listed=whole is not None)
                if statement:
                    found.append(statement)
    return found


def _between(terms: Sequence[Term], at: int, text: str) -> Statement | None:
    """A change between the two figures right before it."""
    if at < 2 or terms[at].metric.kind == "level":
        return None
    before, after, change = terms[at - 2 : at + 1]
    if not (before.exact and after.exact) or before.unit != after.unit or before.value == after.value:
        return None
    if _FROM.search(before.left) and _TO.match(after.left) and (match := _BY.match(change.left)):
        return _judged(before, after, change, match["word"], text)
    if _THAN.match(after.left) and (match := _MORE.match(change.left)):
        return _judged(after, before, change, match["word"], text)
    match = _YEARLY.search(change.left)
    if (
        match
        and change.unit == "%"
        and _are_years(before, after)
        and match["year"] in (None, after.metric.period)
        and ";" not in change.left
    ):
        return _judged(before, after, change, match["word"], text)
    return None


def _are_years(before: Term, after: Term) -> bool:
    """Whether two figures are of one series of years: 2020年68件、2021年97件."""
    years = before.metric.period, after.metric.period
    successive = all(re.fullmatch("[0-9]{4}", year) for year in years) and int(years[0]) + 1 == int(years[1])
    return successive and _NEXT_YEAR.match(after.left) is not None


def _judged(before: Term, after: Term, change: Term, word: str, text: str) -> Statement | None:
    """The change between two figures, in their unit, in points or in percent."""
    up = word in _UP
    sign = 1 if up else -1
    terms = (before, after, change) if before.metric.char_start < after.metric.char_start else (after, before, change)
    high, low = (after, before) if up else (before, after)
    if low.value > high.value:
        return None  # 由10天缩短至5天,提高50%: of something else, or in other words
    if change.unit == before.unit != "%" or (change.unit == "个百分点" and before.unit == "%"):
        expected = sign * (after.value - before.value)
        slack = (after.step + before.step + change.step) / 2
        expression = f"{plain(high.value)} - {plain(low.value)} = {plain(change.value)}"
        return make("change", terms, expression, expected, holds=abs(expected - change.value) <= slack, text=text)
    if change.unit == "%" and before.unit != "%" and before.low > 0:
        holds, expected = percent_change(before, after, change, sign)
        return make(
            "change", terms, percent_expression(plain(before.value), plain(after.value), change, up=up), expected, holds=holds, text=text
        )
    return None


def percent_change(before: Term, after: Term, change: Term, sign: int) -> tuple[bool, Decimal]:
    """Whether `change` is printed for what lies between two figures, and what would be."""
    least = sign * 100 * (after.low / before.high - 1)
    most = sign * 100 * (after.high / before.low - 1)
    expected = sign * 100 * (after.value / before.value - 1)
    return prints_as(min(least, most), max(least, most), change), rounded(expected, change.step)


def percent_expression(before: str, after: str, change: Term, *, up: bool) -> str:
    """97 / 68 - 1 = 42.6%, or 1 - 87 / 121 = 28.1%."""
    stated = f"{plain(change.value)}%"
    return f"{after} / {before} - 1 = {stated}" if up else f"1 - {after} / {before} = {stated}"


def _on_year(figure: Term, change: Term, text: str, *, listed: bool) -> Statement | None:
    """A change on last year's figure, which another report holds: to be judged where both are known.

    Behind a list of parts (`listed`) only a noun tells that the whole is meant.
    """
    match = _ON_YEAR.match(change.left)
    if (
        match is None
        or (listed and not match["noun"])
        or not figure.exact
        or figure.metric.kind == "change"
        or not _same_thing(match["noun"], figure.unit)
    ):
        return None
    if match["year"] and not figure.metric.period.endswith(str(int(match["year"]) + 1)):
        return None
    up = match["word"] in _UP
    now, stated = plain(figure.value), plain(change.value)
    if change.unit == figure.unit != "%" or (change.unit == "个百分点" and figure.unit == "%"):
        expression = f"{now} - ? = {stated}" if up else f"? - {now} = {stated}"
    elif change.unit == "%" and figure.unit != "%":
        expression = percent_expression("?", now, change, up=up)
    else:
        return None
    return make("growth", (figure, change), expression, None, holds=None, text=text)


def _same_thing(noun: str, unit: str) -> bool:
    """Whether the noun of a change means the figure before it: none at all, 检查户次 of 户次, 案件量 of 件."""
    return not noun or noun in _NOUNS["any"] or noun in _NOUNS.get(unit, ()) or (bool(unit) and noun.endswith(unit))
