"""The words of a measure, weighed by how rare they are, without a segmenter: pairs of Chinese characters, names and figures.

In: a text. Out: `Wording`: 行政复议案件 -> 行政 政复 复议 议案 案件. What is said everywhere (推进, 进一步) is cut out, and no pair
reaches over it. Chains of pairs weigh as the words they come from: 明白人 is rare because 明白 and 白人 are.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from etl.parse.folding import fold
from etl.parse.lexicon import alternation, search_tree

# 行政复议
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
# “一网通办”, 《云河区涉企行政检查规范》
_NAME = re.compile(r"[“《][^“”《》]{2,30}[”》]")
# 1,208件
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


class Wording(NamedTuple):
    """What a text is made of: `terms` with the times that each is said, and the stretches of Chinese `runs` between what is cut out."""

    terms: Counter[str]
    runs: tuple[str, ...]


@cache
def lexicon(name: str = "follow_through") -> dict[str, Any]:
    """The tables of `etl/facts/<name>.toml`. Callers must not change them."""
    return tomllib.loads(files("etl.facts").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def wording(text: str) -> Wording:
    """The terms of a text: pairs of characters, “names” with their marks, and figures as 24期."""
    cut, figure = _patterns()
    folded = _THOUSANDS.sub("", fold(text))
    runs = tuple(_HAN.findall(cut.sub(" ", folded)))
    terms = Counter([run[at : at + 2] for run in runs for at in range(len(run) - 1)])
    terms.update(_NAME.findall(folded))
    terms.update("".join(parts) for parts in figure.findall(folded))
    return Wording(terms, runs)


def weight(term: str) -> float:
    """How much it says that two texts share a term."""
    weights = lexicon()["weights"]
    if term[0] in "“《":
        return float(weights["name"])
    if term[0].isdigit():
        return float(weights["figure"])
    return _common().get(term, float(weights["rare"]))


def shared_words(one: Wording, other: Wording, count: int) -> list[str]:
    """The longest stretches of characters that both texts have, and the figures, the heaviest first."""
    text = "|".join(other.runs)
    found = {term: weight(term) for term in one.terms if term[0].isdigit() and term in other.terms}
    for run in one.runs:
        start = 0
        while start < len(run) - 1:
            end = start + 1
            while end < len(run) and run[start : end + 1] in text:
                end += 1
            if end - start > 1:
                found[run[start:end]] = sum(weight(run[at : at + 2]) for at in range(start, end - 1))
            start = end if end - start > 1 else start + 1
    return sorted(found, key=lambda word: (-found[word], word))[:count]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = lexicon()["words"]
    cut = re.compile(f"{search_tree(words['nothing'].split())}|[{words['joints']}]")
    # 24期, 约240余名, not 2024年, 15%
    figure = re.compile(rf"(?<![\d.])(\d{{2,}}(?:\.\d+)?)[余多]?({alternation(words['counters'].split())})")
    return cut, figure


@cache
def _common() -> dict[str, float]:
    return {pair: float(value) for value, pairs in lexicon("common_words")["weights"].items() for pair in pairs.split()}
