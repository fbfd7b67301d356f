"""The packaged vocabularies (`lexicon/*.toml`), read once and handed out as tuples and compiled patterns.

In: the name of a file. Out: its tables. Which words there are is data with comments; what is done with them is in the modules
that ask.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

_GROUP = 28  # first characters looked at together in `search_tree`


@cache
def load(name: str) -> dict[str, Any]:
    """The tables of `lexicon/<name>.toml`. Callers must not change them."""
    return tomllib.loads(files("etl.parse").joinpath("lexicon", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """The list of words at `path` in a vocabulary, in file order.

    Raises:
        KeyError: the vocabulary has no such table: a mistake in the code, not in a report.
    """
    node: Any = load(name)
    for key in path:
        node = node[key]
    return tuple(node.split() if isinstance(node, str) else node)


def by_last(values: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their last character: of hundreds of endings only those that a phrase may have need be asked for."""
    table: dict[str, tuple[str, ...]] = {}
    for word in values:
        table[word[-1]] = (*table.get(word[-1], ()), word)
    return table


def alternation(values: Iterable[str]) -> str:
    """A non-capturing group of literal words, longest first, so that 工作日 is tried before 工."""
    ordered = sorted(set(values), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


def prefix_tree(values: Iterable[str]) -> str:
    """A pattern that matches what `alternation` does, with beginnings shared: 行政(?:复议|诉讼)?

    For hundreds of words it is more than twice as fast.
    """
    root: dict[str, Any] = {}
    for word in sorted(values):
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(root)


def search_tree(values: Iterable[str]) -> str:
    """`prefix_tree` for hundreds of words that are looked for all over a text: more than twice as fast there.

    Two characters are looked at before any word is tried, then groups of first characters before the words of each.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(values):
        by_first.setdefault(word[0], []).append(word)
    firsts = list(by_first)
    groups = [firsts[at : at + _GROUP] for at in range(0, len(firsts), _GROUP)]
    trees = (f"(?=[{_class(group)}])(?:{'|'.join(prefix_tree(by_first[first]) for first in group)})" for group in groups)
    seconds = {word[1:2] for words_of in by_first.values() for word in words_of}
    following = "" if "" in seconds else f"[{_class(seconds)}]"
    return f"(?=[{_class(firsts)}]{following})(?:{'|'.join(trees)})"


def _class(characters: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(characters)))


def _branches(node: dict[str, Any]) -> str:
    """The rest of the words that go through a node, the longest first; "" in a node says that a word may end there."""
    parts = [re.escape(character) + _branches(below) for character, below in node.items() if character]
    if not parts:
        return ""
    may_end = "" in node
    joined = parts[0] if len(parts) == 1 and not may_end else "(?:" + "|".join(parts) + ")"
    return joined + ("?" if may_end else "")


@cache
def word_pattern(name: str, *path: str) -> str:
    """`prefix_tree` of a list of a vocabulary, as a group."""
    return f"(?:{prefix_tree(words(name, *path))})"
