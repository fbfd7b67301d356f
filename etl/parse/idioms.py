"""Numerals with a fixed meaning: policies (十四五, 一件事), idioms (进一步, 举一反三), and names that pair two numerals (一企一策).

In: folded text and a run of digits or Chinese numerals. Out: span and class of the expression around it, or null. The expressions
are data (`lexicon/names.toml`); they are found from their first numeral, so that a text costs one look-up a numeral however
long the lists grow.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.models import NumeralClass
from etl.parse.lexicon import word_pattern, words
from etl.parse.numerals import CHINESE_CHARACTERS

# A run of digits or of Chinese numerals; one class in front of the alternatives lets the search skip what is neither.
RUN = re.compile(rf"[0-9{CHINESE_CHARACTERS}半](?:(?<=[0-9])[0-9]*|[{CHINESE_CHARACTERS}半]*)")

# 一企一策   一户一档   1人1码: two ones that pair, the second with a record, a plan or a rule
_PAIRED = re.compile(rf"([一1])(?:[\u4e00-\u9fff]{{1,3}})\1{word_pattern('names', 'paired', 'seconds')}")
# 一事一议   一地一策: four characters
_FOUR = re.compile("一[\u4e00-\u9fff]一(?![次个件种些是])[\u4e00-\u9fff]")
# 三大|攻坚战   十大|工程   5大|行动, but not 5大类, 三大件
_GREAT = re.compile("(?:[二两三四五六七八九十]|[0-9]{1,2})\\s?大(?![类项件小型队])[\u4e00-\u9fff]{2}")


class _Expression(NamedTuple):
    text: str
    before: int  # characters in front of its first numeral
    kind: NumeralClass


_Index = dict[str, list[_Expression]]


def expression_at(text: str, start: int, run: str) -> tuple[int, int, NumeralClass] | None:
    """Span and class of the fixed expression whose first numeral is `run` at `start`."""
    end = start + len(run)
    following = text[end : end + 1]
    for word in (*_FOLLOWED.get(run + following, ()), *_ENDING.get(text[start - 1 : start] + run, ()), *_ENDING.get(run, ())):
        begin = start - word.before
        if begin >= 0 and text.startswith(word.text, begin):
            return begin, begin + len(word.text), word.kind
    if run in ("一", "1"):
        pair = _PAIRED.match(text, start) or _FOUR.match(text, start)
        return (start, pair.end(), "name") if pair else None
    great = _GREAT.match(text, start) if following == "大" else None
    return (start, great.end(), "name") if great else None


def _read_lexicon() -> tuple[_Index, _Index]:
    """Expressions by their first numeral with the character behind it, and those that end in a numeral with the one in front."""
    followed: dict[str, list[_Expression]] = {}
    ending: dict[str, list[_Expression]] = {}
    kinds: tuple[NumeralClass, ...] = ("name", "idiom")
    for kind in kinds:
        for word in words("names", "fixed", kind):
            run = RUN.search(word)
            if run is None:
                continue
            expression = _Expression(word, run.start(), kind)
            if run.end() < len(word):
                followed.setdefault(word[run.start() : run.end() + 1], []).append(expression)
            else:
                ending.setdefault(word[max(0, run.start() - 1) :], []).append(expression)
    for listed in (*followed.values(), *ending.values()):
        listed.sort(key=lambda expression: -len(expression.text))
    return followed, ending


_FOLLOWED, _ENDING = _read_lexicon()
# Arabic digits that open an expression (1件事, 365天): no other digits need a look.
OPENING_DIGITS = frozenset(run.group() for key in (*_FOLLOWED, *_ENDING) for run in RUN.finditer(key) if run.group().isdecimal()) | {"1"}
