import pytest

from etl.parse.idioms import RUN, expression_at
from etl.parse.lexicon import words


def expressions(text):
    found = [expression_at(text, run.start(), run.group()) for run in RUN.finditer(text)]
    return [(text[start:end], kind) for start, end, kind in (hit for hit in found if hit)]


def test_expressions_do_not_split_longer_numerals():
    assert expressions("十一批次,一批骨干,十四五规划,进一步") == [("一批", "idiom"), ("十四五", "name"), ("进一步", "idiom")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一企一策、一户一档", ["一企一策", "一户一档"]),
        ("1人1码", ["1人1码"]),
        ("一件一种", ["一种"]),
        ("三大攻坚战", ["三大攻坚战"]),
        ("5大行动", ["5大行动"]),
        ("5大类12小类", []),
        ("双随机、一公开", ["双随机、一公开"]),
        ("统一部署,唯一", ["统一", "唯一"]),
        ("近百场", []),
        ("两百户", []),
    ],
)
def test_expressions(text, found):
    assert [quote for quote, _ in expressions(text)] == found


@pytest.mark.parametrize("kind", ["name", "idiom"])
def test_every_entry_is_found_by_its_first_numeral(kind):
    for word in words("names", "fixed", kind):
        run = RUN.search(word)
        assert run is not None, word
        begin, end, _ = expression_at(word, run.start(), run.group())
        assert (begin, end) == (0, len(word)), word


def test_no_entry_stands_in_both_lists():
    assert not set(words("names", "fixed", "name")) & set(words("names", "fixed", "idiom"))
