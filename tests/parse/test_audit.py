from etl.parse.audit import account


def test_what_nothing_claims_is_unexplained_and_a_finding():
    text = "2023年办理3件，代码4711。"
    numerals, findings = account(text, text, [(7, 9)], [(0, 5, "date")])
    assert [(n.quote, n.class_) for n in numerals] == [("2023年", "date"), ("4711", "unexplained")]
    assert [(f.rule, f.quote) for f in findings] == [("unexplained_numeral", "4711")]
    assert "4711" in findings[0].message


def test_masks_under_a_metric_or_under_another_mask_are_dropped():
    text = "一批3件"
    numerals, findings = account(text, text, [(2, 4)], [(0, 2, "idiom"), (1, 2, "name"), (2, 3, "ordinal")])
    assert [(n.quote, n.class_) for n in numerals] == [("一批", "idiom")]
    assert findings == ()


def test_a_run_only_half_covered_is_no_covered_run():
    text = "1234"
    numerals, _ = account(text, text, [], [])
    assert [(n.char_start, n.char_end) for n in numerals] == [(0, 4)]
