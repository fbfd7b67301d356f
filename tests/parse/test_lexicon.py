import re

import pytest

from etl.parse import lexicon


@pytest.mark.parametrize("name", ["units", "qualifiers", "names", "parts", "organizations", "phrases", "catalogue"])
def test_every_vocabulary_loads(name):
    assert lexicon.load(name)


def test_the_longest_word_is_tried_first():
    match = re.match(lexicon.alternation(["工", "工作日", "工作"]), "工作日内")
    assert match is not None
    assert match.group() == "工作日"


def test_an_unknown_table_is_an_error():
    with pytest.raises(KeyError):
        lexicon.words("units", "no_such_table")
