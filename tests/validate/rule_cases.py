"""Rows that break each hand-written rule, and rows that just keep it, as changes of sound ones."""

from datetime import date
from decimal import Decimal

EMPTY_SPAN = [{"char_start": 5, "char_end": 5}, {"char_start": 5, "char_end": 4}]
ONE_CHARACTER = [{"char_start": 5, "char_end": 6}]
BEFORE_TEXT = [{"char_start": -1}]
AT_TEXT = [{"char_start": 0}]
NOT_HASHES = [{"x": "a" * 63}, {"x": "A" * 64}, {"x": ""}]

# rule: (changes of a sound row that break it, changes that keep it)
ROW_CASES = {
    # dim_report
    "report_year_possible": (
        [{"report_year": 1999}, {"report_year": 2101}, {"report_year": 23}],
        [{"report_year": 2000}, {"report_year": 2100}],
    ),
    "report_body_long_enough": ([{"char_count": 299}, {"char_count": 0}], [{"char_count": 300}]),
    "report_body_not_too_long": ([{"char_count": 200_001}], [{"char_count": 200_000}]),
    "report_title_is_of_this_kind": ([{"title": "2023年度工作总结"}, {"title": ""}], [{"title": "2015年度依法行政工作报告"}]),
    "report_title_length": ([{"title": "法治"}, {"title": "法治" * 61}], [{"title": "法治建设报告"}]),
    "report_source_is_address": (
        [{"source_url": "www.jingan.gov.cn/a.html"}, {"source_url": "ftp://host/a"}, {"source_url": "https://host/a b"}],
        [{"source_url": "https://www.jingan.gov.cn/a.html"}, {"source_url": "http://127.0.0.1:8799/"}],
    ),
    "report_body_hash_form": ([{"body_sha256": case["x"]} for case in NOT_HASHES], [{"body_sha256": "0" * 64}]),
    "report_raw_hash_form": ([{"raw_sha256": case["x"]} for case in NOT_HASHES], [{"raw_sha256": "f" * 64}]),
    "report_revision_from_one": ([{"revision": 0}], [{"revision": 1}, {"revision": 9}]),
    "report_parser_stated": ([{"parser_version": ""}], [{"parser_version": "1"}]),
    "report_published_stated": ([{"published_on": None}], [{"published_on": date(2024, 3, 31)}]),
    "report_body_not_garbled": (
        [{"body_text": "法治\ufffd建设"}, {"body_text": "锟斤拷"}, {"body_text": "Ã¦Â³Â•"}],
        [{"body_text": "法治建设"}],
    ),
    # dim_section
    "section_level_possible": ([{"level": 0}, {"level": 7}], [{"level": 1}, {"level": 6}]),
    "section_position_from_one": ([{"position": 0}], [{"position": 1}]),
    "section_part_known": ([{"part": "results"}, {"part": ""}], [{"part": "other"}]),
    "section_span_starts_in_text": (BEFORE_TEXT, AT_TEXT),
    "section_span_not_empty": (EMPTY_SPAN, ONE_CHARACTER),
    "section_heading_length": ([{"heading": ""}, {"heading": "标" * 121}], [{"heading": "标" * 120}]),
    # fact_measure
    "measure_part_known": ([{"part": "achievements"}], [{"part": "plan"}]),
    "measure_ordinal_from_one": ([{"ordinal": 0}], [{"ordinal": 1}]),
    "measure_span_starts_in_text": (BEFORE_TEXT, AT_TEXT),
    "measure_span_not_empty": (EMPTY_SPAN, ONE_CHARACTER),
    "measure_text_long_enough": ([{"text": "规范执法。"}], [{"text": "规范执法行为"}]),
    "measure_title_length": ([{"title": "题" * 61}], [{"title": None}, {"title": "题" * 60}]),
    "measure_theme_known": ([{"theme_code": "执法"}, {"theme_code": ""}], [{"theme_code": "enforcement"}, {"theme_code": None}]),
    "measure_theme_has_evidence": (
        [{"theme_code": "enforcement", "theme_words": None}],
        [{"theme_code": "enforcement", "theme_words": "执法"}, {"theme_code": None, "theme_words": None}],
    ),
    "measure_evidence_has_theme": (
        [{"theme_code": None, "theme_words": "执法"}],
        [{"theme_code": None, "theme_words": None}, {"theme_code": "enforcement", "theme_words": "执法"}],
    ),
    # fact_metric
    "metric_value_not_negative": ([{"value": Decimal("-0.000001")}], [{"value": Decimal(0)}]),
    "metric_value_plausible": ([{"value": Decimal("10000000000000.000001")}], [{"value": Decimal(10**13)}]),
    "metric_rate_within_hundred": (
        [{"unit": "%", "kind": "rate", "value": Decimal("100.1")}],
        [
            {"unit": "%", "kind": "rate", "value": Decimal(100)},
            {"unit": "%", "kind": "change", "value": Decimal(120)},
            {"unit": "件", "value": Decimal(500)},
        ],
    ),
    "metric_range_in_order": (
        [{"value": Decimal(5), "value_high": Decimal(3)}],
        [{"value": Decimal(5), "value_high": None}, {"value_high": Decimal(10**6)}],
    ),
    "metric_period_in_order": (
        [{"period_start": date(2023, 2, 1), "period_end": date(2023, 1, 31)}],
        [{"period_start": None, "period_end": date(2023, 1, 1)}, {"period_start": date(2023, 1, 1), "period_end": date(2023, 1, 1)}],
    ),
    "metric_period_form": (
        [{"period": x} for x in ("", "23", "2023年", "2023-13", "2023-1", "2023-Q5", "2023/", "as-of:", "2021/2025/2030", "２０２３")],
        [
            {"period": text}
            for text in ("2023", "2023-11", "2023-11-30", "2023-Q3", "2021/2025", "2023-01/2023-09", "as-of:2023-12-31", "as-of:2023")
        ],
    ),
    "metric_qualifier_known": ([{"qualifier": "more"}], [{"qualifier": "at_most"}]),
    "metric_kind_known": ([{"kind": "count"}], [{"kind": "level"}]),
    "metric_span_starts_in_text": (BEFORE_TEXT, AT_TEXT),
    "metric_span_not_empty": (EMPTY_SPAN, ONE_CHARACTER),
    "metric_quote_is_numeral": ([{"quote": "若干"}, {"quote": ""}], [{"quote": "近百场"}, {"quote": "１２件"}, {"quote": "半数"}]),
    "metric_label_length": ([{"label": ""}, {"label": "名" * 61}], [{"label": "案"}]),
    "metric_unit_length": ([{"unit": "个" * 13}], [{"unit": ""}, {"unit": "个工作日"}]),
    "metric_code_has_evidence": (
        [{"metric_code": "penalty_amount", "metric_pattern": None}],
        [{"metric_code": "penalty_amount", "metric_pattern": "罚没"}, {"metric_code": None, "metric_pattern": None}],
    ),
    "metric_evidence_has_code": (
        [{"metric_code": None, "metric_pattern": "罚没"}],
        [{"metric_code": None, "metric_pattern": None}, {"metric_code": "penalty_amount", "metric_pattern": "罚没"}],
    ),
    "metric_rule_stated": ([{"rule": ""}], [{"rule": "x"}]),
    # fact_citation
    "citation_names_document": (
        [{"title": None, "document_number": None}],
        [{"title": None, "document_number": "云司发〔2023〕12号"}, {"title": "办法"}],
    ),
    "citation_span_starts_in_text": (BEFORE_TEXT, AT_TEXT),
    "citation_span_not_empty": (EMPTY_SPAN, ONE_CHARACTER),
    "citation_number_form": (
        [{"document_number": "12号"}, {"document_number": "〔23〕1号"}],
        [{"document_number": "沪府发〔2023〕12号"}, {"document_number": "国务院令第711号"}, {"document_number": None}],
    ),
    "citation_title_length": ([{"title": "法"}, {"title": "法" * 121}], [{"title": "宪法"}]),
    # fact_numeral
    "numeral_class_known": ([{"class": "number"}], [{"class": "unexplained"}]),
    "numeral_explained": ([{"class": "unexplained"}], [{"class": "idiom"}]),
    "numeral_span_starts_in_text": (BEFORE_TEXT, AT_TEXT),
    "numeral_span_not_empty": (EMPTY_SPAN, ONE_CHARACTER),
    # fact_arithmetic
    "arithmetic_rule_known": ([{"rule": "sum"}], [{"rule": "balance"}]),
    "arithmetic_judged_is_known": (
        [{"holds": True, "expression": "94 - ? = 12"}],
        [{"holds": None, "expression": "94 - ? = 12"}, {"holds": False, "expression": "94 - 80 = 12"}],
    ),
    "arithmetic_holds": ([{"holds": False}], [{"holds": True}, {"holds": None}]),
    "arithmetic_span_starts_in_text": (BEFORE_TEXT, AT_TEXT),
    "arithmetic_span_not_empty": (EMPTY_SPAN, ONE_CHARACTER),
    # fact_correction
    "correction_state_known": ([{"state": "done"}, {"state": ""}], [{"state": "applied"}, {"state": "expired"}]),
    "correction_still_fits": ([{"state": "expired"}], [{"state": "applied"}]),
    "correction_reason_stated": ([{"reason": ""}], [{"reason": "x"}]),
    # fact_finding
    "finding_rule_stated": ([{"rule": ""}], [{"rule": "x"}]),
    "finding_message_stated": ([{"message": ""}], [{"message": "x"}]),
    "finding_span_starts_in_text": (BEFORE_TEXT, AT_TEXT),
    # fact_follow_through
    "follow_through_score_in_range": (
        [{"score": Decimal("-0.001")}, {"score": Decimal("1.001")}],
        [{"score": Decimal(0)}, {"score": Decimal(1)}, {"score": None}],
    ),
    "follow_through_rank_in_range": ([{"rank": 0}, {"rank": 4}], [{"rank": 1}, {"rank": 3}, {"rank": None}]),
    "follow_through_strength_known": ([{"strength": "sure"}], [{"strength": "weak"}, {"strength": None}]),
}

# rule: (changes (table, row, values or None to leave it out) that break it, changes that keep it)
TEXT_CASES = {
    "report_char_count_is_length": ([("dim_report", 0, {"char_count": 1000})], []),
    "report_hash_is_of_body": ([("dim_report", 0, {"body_sha256": "0" * 64})], []),
    "section_span_is_heading": ([("dim_section", 0, {"heading": "主要举措"}), ("dim_section", 1, {"char_start": -3})], []),
    "measure_span_is_text": ([("fact_measure", 1, {"char_end": 10**6})], []),
    "metric_span_is_quote": (
        [("fact_metric", 0, {"quote": "168"}), ("fact_metric", 1, {"char_start": 0}), ("fact_metric", 2, {"report_id": "elsewhere"})],
        [("fact_metric", 0, {"value": Decimal(1)})],
    ),
    "metric_sentence_holds_quote": (
        [("fact_metric", 0, {"sentence": "评查案卷186份"}), ("fact_metric", 0, {"sentence": "另有168份"})],
        [("fact_metric", 0, {"sentence": "168份"})],
    ),
    "citation_span_is_title_or_number": (
        [("fact_citation", 0, {"title": "执行办法"}), ("fact_citation", 0, {"title": None, "document_number": "12号"})],
        [("fact_citation", 0, {"title": None, "document_number": "执法办法"}), ("fact_citation", 0, {"document_number": "elsewhere"})],
    ),
    "numeral_span_is_quote": ([("fact_numeral", 0, {"quote": "2022年"})], []),
    "arithmetic_span_is_quote": ([("fact_arithmetic", 0, {"quote": "168份"})], [("fact_arithmetic", 0, {"holds": False})]),
    "finding_span_is_quote": ([("fact_finding", 0, {"quote": "169份"})], []),
    "numeral_accounting": (
        [
            ("fact_numeral", 0, None),
            ("fact_metric", 0, None),
            ("fact_numeral", 0, {"char_start": 343}),
            ("fact_numeral", 0, {"char_end": 380}),
        ],
        [("fact_citation", 0, None), ("fact_metric", 0, {"label": "other"})],
    ),
}

YEAR_BEFORE = {"organization_id": "org", "report_year": 2022}
THIS_YEAR = {"organization_id": "org", "report_year": 2023}

# rule: (changes of one or more reports that break it, with the reports that do; changes that keep it)
REPORT_CASES = {
    "report_one_current_revision": (
        [
            ([{"is_current": False}], {"report-a"}),
            ([{"document_id": "d"}, {"document_id": "d", "revision": 2}], {"report-a", "report-b"}),
            ([{"document_id": "d", "is_current": False}, {"document_id": "d"}], {"report-a", "report-b"}),
        ],
        [
            [{"document_id": "d", "is_current": False}, {"document_id": "d", "revision": 2}],
            [{"document_id": "d"}, {"document_id": "d", "revision": 2, "is_current": False}],  # the portal went back to its first text
        ],
    ),
    "report_not_half_of_year_before": (
        [([THIS_YEAR | {"char_count": 499}, YEAR_BEFORE | {"char_count": 1000}], {"report-a"})],
        [
            [THIS_YEAR | {"char_count": 500}, YEAR_BEFORE | {"char_count": 1000}],
            [THIS_YEAR | {"char_count": 400}, YEAR_BEFORE | {"char_count": 1000, "report_year": 2021}],
            [THIS_YEAR | {"char_count": 400}, YEAR_BEFORE | {"char_count": 1000, "organization_id": "another"}],
            [THIS_YEAR | {"char_count": 400}, YEAR_BEFORE | {"char_count": 1000, "is_current": False}],
        ],
    ),
    "report_title_names_its_year": (
        [([{"title": "2022年度法治政府建设情况报告"}], {"report-a"})],
        [[{"title": "关于2023年法治政府建设情况和2024年工作打算的报告"}], [{"title": "法治政府建设情况报告"}]],
    ),
    "report_published_after_year_began": (
        [([{"published_on": date(2022, 12, 31)}], {"report-a"})],
        [[{"published_on": date(2023, 1, 1)}], [{"published_on": None}]],
    ),
    "report_published_within_two_years": ([([{"published_on": date(2026, 1, 1)}], {"report-a"})], [[{"published_on": date(2025, 12, 31)}]]),
}

# rule: (table, part) that a report must lose to break it; None is every row, "other" makes all rows of that part
WITHOUT_ROWS = {
    "report_has_measures": [("fact_measure", None)],
    "report_has_figures": [("fact_metric", None)],
    "report_has_parts": [("dim_section", "other"), ("fact_measure", "other")],
    "report_parts_complete": [("dim_section", "plan"), ("fact_measure", "plan")],
}
