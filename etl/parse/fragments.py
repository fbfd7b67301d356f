"""A fragment of a clause, taken apart, and the words that turn it into its opposite.

In: tokens. Out: records. How a fragment is read is for `clauses.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.parse.nouns import NEGATIONS
from etl.parse.words import Token

_NOT = "未"
ADVERBIALS = frozenset(("按时", "按期", "按规定", "按要求", "如期", "及时", "依法", "就近"))


@dataclass(slots=True)
class Fragment:
    """What stands in front of a figure: 区司法局|对|重点企业|开展|执法检查 -> actor, preposition, means, verb, noun.

    `verb` is empty for verbs that add nothing: `light` says that there was one, `doing` that it was 开展. `change` is 同比增长,
    较上年减少. `listed` is the noun with the list in front of 等 that `noun` leaves out.
    """

    actor: str = ""
    preposition: str = ""
    means: str = ""
    verb: str = ""
    noun: str = ""
    change: str = ""
    light: bool = False
    listed: str = ""
    doing: bool = False

    @property
    def phrase(self) -> str:
        """Verb and noun together."""
        return self.verb + self.noun


def negate(said: Fragment, word: str) -> None:
    """Say of the whole fragment that it is not so: 未|按期答复, 未|按时|报送, 未|通过考试, 没有|公职律师."""
    prefix = prefix_of(word)
    kept = word if word.endswith("有") else prefix
    if said.actor in ADVERBIALS:
        said.verb, said.actor = said.actor + said.verb, ""
    if said.verb:
        said.verb = prefix + said.verb.removeprefix(prefix)
    elif said.noun:
        said.noun = kept + said.noun.removeprefix(kept)
    elif said.means:
        said.verb, said.preposition, said.means = prefix + said.preposition + said.means, "", ""


def prefix_of(word: str) -> str:
    """未 for all words that say that it is not so, 拟 for what is still to be done."""
    return word if word == "拟" else _NOT


def negation(tokens: Sequence[Token], at: int) -> str:
    """The word among the adverbs in front of `at` that says it is not so; empty where none does."""
    while at > 0 and tokens[at - 1].kind == "a":
        at -= 1
        if tokens[at].text in NEGATIONS:
            return tokens[at].text
    return ""
