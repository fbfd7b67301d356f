import re

import pytest

from etl.parse import lexicon


@pytest.mark.parametrize(
    "name", ["units", "qualifiers", "names", "parts", "organizations", "labels", "kinds", "words", "catalogue", "themes", "arithmetic"]
)
def test_every_vocabulary_loads(name):
    assert lexicon.load(name)


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
