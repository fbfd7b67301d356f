from etl import parse
from etl.parse import parse_report, parse_text


def test_the_package_offers_the_two_functions_and_a_version():
    assert parse.PARSER_VERSION
    assert (parse.parse_report, parse.parse_text) == (parse_report, parse_text)


def test_the_text_is_kept_as_given_with_its_title_line():
    text = "甲区2023年报告\r\n\u3000一、成效\r\n\u3000办理１２件。\r\n"
    report = parse_text(text)
    assert report.text == text
    assert report.title == "甲区2023年报告"
    assert [(m.quote, text[m.char_start : m.char_end]) for m in report.metrics] == [("１２件", "１２件")]


def test_title_and_text_apart():
    report = parse_report("甲区2023年度法治政府建设情况报告", "一、成效\n办理12件。\n二、2024年工作安排\n办理20件。")
    assert (report.organization, report.report_year) == ("甲区人民政府", 2023)
    assert [(m.section, m.measure, m.period) for m in report.metrics] == [(0, 0, "2023"), (1, 1, "2024")]


def test_the_publisher_helps_where_the_title_names_nobody():
    assert parse_report("2023年法治政府建设情况报告", "办理12件。", publisher="甲区司法局").organization == "甲区司法局"
    assert parse_report("乙区司法局2023年法治政府建设情况报告", "办理12件。", publisher="甲区司法局").organization == "乙区司法局"


def test_a_report_without_a_year_says_so():
    report = parse_text("工作报告\n办理案件12件。")
    assert report.report_year is None
    assert [f.rule for f in report.findings] == ["no_report_year"]
    assert [m.period for m in report.metrics] == [""]


def test_empty_texts():
    for text in ("", "\n", "\u3000", "标题"):
        report = parse_text(text)
        assert (report.metrics, report.measures, report.sections) == ((), (), ())


def test_values_are_plain_decimals():
    report = parse_text("甲区2023年报告\n一、成效\n投入1.2万元，增长5.60%，合计100万元。")
    assert [format(m.value, "f") for m in report.metrics] == ["12000", "5.6", "1000000"]
    assert [row["value"] for row in report.to_json()["metrics"]] == ["12000", "5.6", "1000000"]


def test_a_number_too_large_for_the_warehouse_is_unexplained_not_stored():
    report = parse_text("甲区2023年报告\n一、成效\n编码" + "9" * 20 + "件。")
    assert report.metrics == ()
    assert [n.class_ for n in report.numerals if n.quote.startswith("9")] == ["unexplained"]
