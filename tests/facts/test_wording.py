"""Terms of a text, what they weigh, and the words that two texts share."""

from etl.facts.wording import lexicon, shared_words, weight, wording


def test_pairs_do_not_reach_over_what_is_said_everywhere():
    said = wording("进一步加强行政复议规范化建设，持续推进")
    assert said.runs == ("行政复议规范化",)
    assert list(said.terms) == ["行政", "政复", "复议", "议规", "规范", "范化"]


def test_names_and_figures_are_terms_of_their_own():
    terms = wording("深化“一网通办”改革，印发《检查规范》，推出短视频2４期、代办1，208件，参训约60余学时").terms
    assert {"“一网通办”", "《检查规范》", "24期", "1208件", "60学时"} <= set(terms)


def test_years_shares_and_single_digits_are_no_figures():
    assert not [term for term in wording("2024年办结率98.5%，新建2处，12.5%").terms if term[0].isdigit()]


def test_what_is_said_twice_counts_twice():
    assert wording("行政复议案件，行政诉讼案件").terms["案件"] == 2


def test_common_words_weigh_little():
    assert weight("行政") < weight("复议") < weight("短视") == lexicon()["weights"]["rare"]


def test_shared_words_are_the_longest_stretches_of_both():
    plan = wording("对12个社区的“法律明白人”开展一轮集中轮训，推出短视频24期")
    done = wording("推出原创普法短视频24期，完成12个社区“法律明白人”集中轮训")
    assert shared_words(plan, done, 9)[:2] == ["法律明白人", "集中轮训"]
    assert {"24期", "短视频", "12个"} <= set(shared_words(plan, done, 9))
    assert len(shared_words(plan, done, 2)) == 2


def test_a_text_without_chinese_has_no_terms():
    assert not wording("").terms
    assert not wording("— 12 %").terms
