import re
from collections import Counter
from pathlib import Path

import pytest

from etl.parse import lexicon

NAMES = sorted(path.stem for path in Path(lexicon.__file__).with_name("lexicon").glob("*.toml"))


def lists(node, path=()):
    """Every list of words below a table, with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from lists(value, (*path, key))
    elif isinstance(node, list) and node and isinstance(node[0], dict):
        for number, entry in enumerate(node):
            yield from lists(entry, (*path, number))
    elif isinstance(node, str | list):
        yield path, node.split() if isinstance(node, str) else node


@pytest.mark.parametrize("name", NAMES)
def test_no_list_of_a_vocabulary_holds_a_word_twice(name):
    found = list(lists(lexicon.load(name)))
    assert found
    assert [(path, word) for path, words in found for word, times in Counter(words).items() if times > 1] == []


def test_the_longest_word_is_tried_first():
    match = re.match(lexicon.alternation(["工", "工作日", "工作"]), "工作日内")
    assert match is not None
    assert match.group() == "工作日"


@pytest.mark.parametrize("text", ["工作日内开展行政复议", "行政机关工人", "工作", "行", "", "复议+工作日"])
def test_a_prefix_tree_finds_what_the_alternation_finds(text):
    words = ["工", "工作日", "工作", "行政", "行政复议", "行政诉讼", "复议+"]
    assert re.findall(lexicon.prefix_tree(words), text) == re.findall(lexicon.alternation(words), text)


def test_a_prefix_tree_shares_beginnings():
    assert lexicon.prefix_tree(["行政复议", "行政诉讼", "行政"]) == "行政(?:复议|诉讼)?"


def test_an_unknown_table_is_an_error():
    with pytest.raises(KeyError):
        lexicon.words("units", "no_such_table")
