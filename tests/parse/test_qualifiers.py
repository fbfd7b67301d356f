import pytest

from etl.parse import qualifiers


@pytest.mark.parametrize(
    ("text", "quote", "qualifier"),
    [
        ("人数逾12", "逾12", "over"),
        ("不超过12", "不超过12", "at_most"),
        ("不低于12", "不低于12", "at_least"),
        ("约 12", "约 12", "about"),
        ("将近12", "将近12", "nearly"),
        ("不到12", "不到12", "under"),
        ("预约12", "12", None),
        ("节约12", "12", None),
        ("最近12", "12", None),
        ("办理12", "12", None),
        ("12", "12", None),
    ],
)
def test_before(text, quote, qualifier):
    start, found = qualifiers.before(text, text.index("12"), rounds=False)
    assert (text[start:], found) == (quote, qualifier)


def test_round_numbers_have_words_of_their_own():
    assert qualifiers.before("参与上百", 3, rounds=True) == (2, "over")
    assert qualifiers.before("参与上百", 3, rounds=False) == (3, None)


@pytest.mark.parametrize(
    ("text", "unit", "quote", "qualifier"),
    [
        ("12件以上", "件", "12件以上", "at_least"),
        ("12件左右", "件", "12件左右", "about"),
        ("12天内", "天", "12天内", "at_most"),
        ("12件内", "件", "12件", None),
        ("12米内部", "米", "12米", None),
        ("12元多", "元", "12元多", "over"),
        ("12次多次", "次", "12次", None),
        ("12人以下", "人", "12人以下", "at_most"),
        ("12人。", "人", "12人", None),
    ],
)
def test_after(text, unit, quote, qualifier):
    end, found = qualifiers.after(text, 2 + len(unit), unit)
    assert (text[:end], found) == (quote, qualifier)
