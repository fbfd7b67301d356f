from etl.parse import parse_text

HEAD = "甲区2024年法治政府建设情况报告\n一、成效\n工作开展，成效明显。\n"


def rows(table):
    return [(m.label, str(m.value), m.unit, m.period, m.quote) for m in parse_text(HEAD + table).metrics]


def test_units_in_a_column_of_their_own():
    assert rows("附表：数据\n项目 数量 单位\n办理行政许可 52800 件\n罚没款 2968.5 万元") == [
        ("办理行政许可", "52800", "件", "2024", "52800 件"),
        ("罚没款", "29685000", "元", "2024", "2968.5 万元"),
    ]


def test_unit_before_the_number_and_years_in_the_head():
    assert rows("附表：数据\n指标 单位 2023年 2024年\n罚没款 万元 120.5 98") == [
        ("罚没款", "1205000", "元", "2023", "120.5"),
        ("罚没款", "980000", "元", "2024", "98"),
    ]


def test_one_cell_a_line_with_row_numbers():
    report = parse_text(HEAD + "附件1：数据\n序号\n项目\n数量（件）\n1\n行政许可\n520\n2\n行政处罚\n33")
    assert [(m.label, str(m.value), m.unit) for m in report.metrics] == [("行政许可", "520", "件"), ("行政处罚", "33", "件")]
    assert [n.class_ for n in report.numerals if n.quote in "12"] == ["ordinal"] * 3


def test_the_unit_above_a_table_of_two_columns():
    table = "执法情况见下表。\n表1 执法情况\n单位：件\n项目 数量\n行政许可 5210\n行政处罚 386\n行政强制 12\n全年无败诉案件。"
    assert [row[:3] for row in rows(table)] == [("行政许可", "5210", "件"), ("行政处罚", "386", "件"), ("行政强制", "12", "件")]


def test_the_unit_in_the_title_of_an_appendix():
    assert [row[:3] for row in rows("附表：执法数据（单位：万元）\n项目 2023年 2024年\n罚没款 12 15")] == [
        ("罚没款", "120000", "元"),
        ("罚没款", "150000", "元"),
    ]


def test_a_table_with_bars():
    assert [row[:3] for row in rows("附表：数据\n| 项目 | 数量 | 单位 |\n| 行政许可 | 52 | 件 |")] == [("行政许可", "52", "件")]


def test_rows_are_no_measures():
    report = parse_text(HEAD + "附表：数据\n项目 数量 单位\n许可 5 件")
    assert [m.text for m in report.measures] == ["工作开展，成效明显。"]


def test_ragged_tables_do_not_raise():
    for table in ("附表：\n项目 数量\n许可\n5", "附表：数据\n1 2 3\n4 5 6 7", "附表：数据\n序号\n项目\n1"):
        parse_text(HEAD + table)
