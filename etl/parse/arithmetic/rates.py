"""Rates beside their counts: 审结147件,其中调解结案59件,占审结数的40.1%; 受理516件,成功调解507件,成功率98.3%.

In: the lines of a report. Out: statements part / whole = rate, or 1 - part / whole where the part is what failed (合格率 beside
不合格样品). A share whose whole is named but not among the figures, and rates on a base of their own (按时办结率), say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.models import Statement
from etl.parse.arithmetic.statement import make, percent, plain, prints_as, rounded
from etl.parse.arithmetic.terms import Line, Term
from etl.parse.lexicon import alternation, load, word_pattern, words

_TABLE = load("arithmetic")["rates"]
# ,占   ,占比   ,占审结数的   ,占比为
_SHARE = re.compile(
    rf"[,(]\s?(?:约|均)?{word_pattern('arithmetic', 'rates', 'share')}(?:为|达|达到|到)?(?:(?P<whole>[^,;。0-9占]{{1,14}}?)的)?\s?$"
)
# 54批次,占抽查总批次|326批次|的16.6%
_INSIDE = re.compile(r"[,(]\s?占[^,;。0-9]{0,12}$")
# ,总体合格率   ,成功率达   ,办结率为
_RATE = re.compile(r"[,(、]\s?(?P<name>[\u4e00-\u9fff]{2,8})率(?:为|达到?|是)?\s?$")
_ASKED = re.compile(word_pattern("arithmetic", "rates", "asked"))
_INTAKE = re.compile(word_pattern("arithmetic", "rates", "intake"))
_OF_INTAKE = frozenset(words("arithmetic", "rates", "of_intake"))
_TOTAL = re.compile(r"(?:总|的)?(?:总数|总量|总额|数量|总|数|量|的)?$")
_PLAIN = re.compile(rf"^{word_pattern('arithmetic', 'rates', 'plain')}")
_OTHER_BASE = re.compile(word_pattern("arithmetic", "rates", "other_base"))
_NEGATION = alternation(words("arithmetic", "rates", "negations"))
_CHANGES = frozenset([*words("arithmetic", "changes", "up"), *words("arithmetic", "changes", "down")])
_STEMS: dict[str, list[str]] = {stem: said.split() for stem, said in _TABLE["stems"].items()}
_FARTHEST = 2
"""So many figures may stand between a count and its rate."""


def find_rates(lines: Sequence[Line], text: str) -> list[Statement]:
    """Statements of rates and their counts; `lines` are those of the whole report."""
    found = []
    for line in lines:
        for at in range(2, len(line.terms)):
            rate = line.terms[at]
            if rate.unit != "%" or not rate.exact or not rate.step:
                continue
            statement = _share_inside(line.terms, at, text) or _share(line.terms, at, text) or _named(line.terms, at, text)
            if statement:
                found.append(statement)
    return found


def _share_inside(terms: Sequence[Term], at: int, text: str) -> Statement | None:
    """54批次,占抽查总批次326批次的16.6%: the whole stands between 占 and the rate."""
    part, whole, rate = terms[at - 2 : at + 1]
    if rate.left.strip() != "的" or not _INSIDE.search(whole.left) or part.unit != whole.unit or not (part.exact and whole.exact):
        return None
    return _divide(part, [whole], rate, text, certain=True)


def _share(terms: Sequence[Term], at: int, text: str) -> Statement | None:
    rate, part = terms[at], terms[at - 1]
    match = _SHARE.search(rate.left)
    if match is None or not part.exact or part.unit == "%" or re.search("[;。]", rate.left) or rate.left.count(",") > 1:
        return None
    wholes = [
        term for term in reversed(terms[: at - 1]) if term.exact and term.unit == part.unit and term.metric.kind not in ("rate", "change")
    ]
    name = _TOTAL.sub("", match["whole"] or "")
    if name:
        wholes = [term for term in wholes if _named_by(name, term)]
        return _divide(part, wholes, rate, text, certain=len(wholes) == 1 and len(name) > 1)
    return _divide(part, wholes, rate, text, certain=len(wholes) == 1 and "其中" in part.left)


def _named_by(name: str, term: Term) -> bool:
    """Whether a whole's name is in the words around a figure: 审结数 and 审结147件, 抽查总批次 and 抽查326批次."""
    around = term.left[-20:] + term.unit
    if name in around:
        return True
    plain_name = name.replace("总", "").removesuffix(term.unit)
    return bool(plain_name) and plain_name in around


def _named(terms: Sequence[Term], at: int, text: str) -> Statement | None:
    """A rate that is called after its count: 成功调解507件,成功率98.3%."""
    rate = terms[at]
    match = _RATE.search(rate.left)
    if match is None or ";" in rate.left or "。" in rate.left or _OTHER_BASE.search(match["name"]):
        return None
    stem = _PLAIN.sub("", match["name"])
    if stem in _CHANGES:
        return None  # 压缩率75%: a change
    for back in range(1, min(_FARTHEST, at - 1) + 1):
        part = terms[at - back]
        said = part.left[-30:].rsplit(",", 1)[-1] if "," in part.left else part.left[-30:]
        said += part.right.split(",", 1)[0][:12]
        if not part.exact or part.unit == "%" or _ASKED.search(said):
            continue
        failed = re.search(rf"{_NEGATION}{re.escape(stem)}", said) is not None
        if not failed and not any(_is_said(way, said) for way in _STEMS.get(stem, [stem])):
            continue
        wholes = [
            term
            for term in reversed(terms[: at - back])
            if term.unit == part.unit and term.exact and term.metric.kind not in ("rate", "change")
        ]
        known_base = stem in _OF_INTAKE or not any(_INTAKE.search(term.left) for term in wholes)
        return _divide(part, wholes, rate, text, certain=len(wholes) == 1 and back == 1 and known_base, failed=failed)
    return None


def _is_said(stem: str, said: str) -> bool:
    """持证 in 名持有行政执法证: the characters of the stem, in order."""
    at = -1
    for character in stem:
        at = said.find(character, at + 1)
        if at < 0:
            return False
    return True


def _divide(part: Term, wholes: Sequence[Term], rate: Term, text: str, *, certain: bool, failed: bool = False) -> Statement | None:
    """The first whole that gives the rate; where none does, a breach if it is certain that this is the whole."""
    statements = [_quotient(part, whole, rate, text, failed=failed) for whole in wholes if whole.value > 0]
    held = next((statement for statement in statements if statement.holds), None)
    return held or (statements[0] if statements and certain else None)


def _quotient(part: Term, whole: Term, rate: Term, text: str, *, failed: bool) -> Statement:
    low, high = 100 * part.low / whole.high, 100 * part.high / max(whole.low, whole.value / 2)
    share = 100 * part.value / whole.value
    if failed:
        low, high, share = 100 - high, 100 - low, 100 - share
    expression = f"{'1 - ' if failed else ''}{plain(part.value)} / {plain(whole.value)} = {percent(rate)}"
    terms = (part, whole, rate) if part.metric.char_start < whole.metric.char_start else (whole, part, rate)
    return make("rate", terms, expression, rounded(share, rate.step), holds=prints_as(low, high, rate), text=text)
