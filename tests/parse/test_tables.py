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


def test_the_numbers_of_neighbouring_cells_are_others():
    assert [row[1] for row in rows("附表：数据\n类型 收件（件） 办结（件） 办结率\n卫生 876 876 100%\n市监 30 20 66.7%")] == [
        "876", "876", "100", "30", "20", "66.7",
    ]  # fmt: skip


def test_units_on_a_line_below_the_names():
    table = "执法主体\t行政许可\t行政检查\t合计\n\t（件）\t（次）\t\n区城管局\t120\t3260\t3380\n区卫健委\t432\t890\t1322"
    assert [row[:3] for row in rows(table)][:3] == [
        ("区城管局行政许可", "120", "件"),
        ("区城管局行政检查", "3260", "次"),
        ("区城管局合计", "3380", ""),
    ]


def test_names_and_numbers_that_alternate_without_a_head():
    assert [row[:2] for row in rows("主要数据\n行政许可\n5210\n行政处罚\n386\n行政强制\n12")] == [
        ("行政许可", "5210"),
        ("行政处罚", "386"),
        ("行政强制", "12"),
    ]


def test_several_names_and_numbers_on_a_line():
    assert [row[:2] for row in rows("一般程序案件 386 简易程序案件 1204\n当场处罚 1100 听证 12")] == [
        ("一般程序案件", "386"),
        ("简易程序案件", "1204"),
        ("当场处罚", "1100"),
        ("听证", "12"),
    ]


def test_years_without_年_in_a_head_of_stacked_cells():
    assert [(row[0], row[1], row[3]) for row in rows("领域\n2023\n2024\n交通（件）\n320\n335\n农业（件）\n56\n61")][:2] == [
        ("交通", "320", "2023"),
        ("交通", "335", "2024"),
    ]


def test_what_a_form_says_of_itself_is_no_unit():
    assert [row[:3] for row in rows("执法情况表\n填报单位：甲区司法局\n单位：件\n类别 收案 结案\n公安 5 4\n城管 6 6")][:1] == [
        ("公安收案", "5", "件")
    ]


def test_classes_of_cases_take_the_thing_of_the_title():
    assert [row[0] for row in rows("法律援助情况统计\n案件类型\n件数\n民事\n1286\n刑事\n301")] == ["民事法律援助案件", "刑事法律援助案件"]


def test_ranks_and_telephones_are_no_figures():
    report = parse_text(HEAD + "镇街 得分（分） 排名 联系电话\n东山镇 96.5 1 65231188\n西河镇 94.2 2 65231907")
    assert [str(m.value) for m in report.metrics] == ["96.5", "94.2"]
    assert [(n.quote, n.class_) for n in report.numerals][1:] == [
        ("1", "ordinal"),
        ("65231188", "name"),
        ("2", "ordinal"),
        ("65231907", "name"),
    ]


def test_empty_cells_leave_two_blanks_and_keep_the_columns():
    table = "执法情况表\n单位 许可（件） 处罚（件） 强制（件）\n县住建局 215 46\n县应急局  31 4\n县文旅局 52  1\n合计 267 77 5"
    assert [row[:2] for row in rows(table)] == [
        ("县住建局许可", "215"),
        ("县住建局处罚", "46"),
        ("县应急局处罚", "31"),
        ("县应急局强制", "4"),
        ("县文旅局许可", "52"),
        ("县文旅局强制", "1"),
        ("许可合计", "267"),
        ("处罚合计", "77"),
        ("强制合计", "5"),
    ]
