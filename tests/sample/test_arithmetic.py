"""The reports of 云河区 agree with themselves, with the year before, and with each other."""

from decimal import Decimal

import pytest
from invented_reports import YEARS, N, assert_rounds_to, every_year, read, read_one

BASES = [
    ("district", rf"调整后共{N}项", rf"原有{N}项"),
    ("market", rf"平均用时从\d+天压缩到{N}天", rf"平均用时从{N}天"),
    ("ecology", rf"天压缩到{N}天", rf"由上年的{N}天压缩"),
    ("town", rf"现为{N}项", rf"原有{N}项"),
    ("town", rf"缩至{N}个工作日", rf"承诺办结时间由{N}个工作日"),
]


@pytest.mark.parametrize(("body", "result", "base", "year"), [(*case, year) for case in BASES for year in YEARS[1:]])
def test_a_year_starts_where_the_last_one_ended(body, result, base, year):
    assert read_one(body, year, base) == read_one(body, year - 1, result)


ADJUSTED = [
    ("district", rf"原有{N}项,新增{N}项,取消{N}项,调整后共{N}项"),
    ("district", rf"决策事项目录{N}项,年中调入{N}项、调出{N}项,全年完成决策{N}项"),
    ("town", rf"原有{N}项,承接下放{N}项,收回{N}项,现为{N}项"),
]


@pytest.mark.parametrize(("body", "pattern", "year"), every_year(ADJUSTED))
def test_what_came_and_went_explains_the_new_number(body, pattern, year):
    before, came, went, after = read(body, year, pattern)
    assert before + came - went == after


PARTS = [
    ("district", rf"评查案卷{N}份,其中行政处罚案卷{N}份、行政许可案卷{N}份"),
    ("district", rf"现行{N}件规范性文件开展专项清理,继续有效{N}件,修改{N}件,废止{N}件"),
    ("market", rf"经营主体{N}户,其中企业{N}户、个体工商户{N}户、农民专业合作社{N}户"),
    ("market", rf"罚没款合计{N}万元,其中罚款{N}万元、没收违法所得{N}万元"),
    ("market", rf"行政复议案件{N}件,其中撤回申请{N}件、驳回或维持{N}件、确认违法{N}件"),
    ("market", rf"排查隐患{N}处,已整改{N}处"),
    ("ecology", rf"四类配套办法案件{N}件,其中查封扣押{N}件、移送行政拘留{N}件、涉嫌犯罪移送{N}件"),
    ("street", rf"立案查处{N}件,罚款[\d.]+万元。其中,简易程序{N}件、普通程序{N}件"),
    ("town", rf"调解成功{N}件,其中婚姻家庭{N}件、邻里{N}件、土地流转{N}件、其他{N}件"),
]


@pytest.mark.parametrize(("body", "pattern", "year"), every_year(PARTS))
def test_parts_add_up(body, pattern, year):
    total, *parts = read(body, year, pattern)
    assert sum(parts) == total


def test_the_one_misprint_that_is_meant():
    """The example of a finding, and of a correction (etl/facts/corrections.toml)."""
    total, *parts = read("street", 2022, rf"法治讲座{N}场,其中学校{N}场、楼宇{N}场、其他{N}场")
    assert sum(parts) == total - 1


@pytest.mark.parametrize("year", YEARS)
def test_grades_of_case_files_are_a_whole(year):
    files, *shares = read("market", year, rf"评查案卷{N}份,优秀、良好、合格等次分别占{N}%、{N}%和{N}%")
    assert sum(shares) == 100
    assert all(files * share % 100 == 0 for share in shares), "a share of so many files is a whole number"


CHANGES = [
    ("district", rf"一审行政诉讼案件{N}件,较上年(减少|增加){N}件"),
    ("district", rf"优秀率{N}%,较上年(提高|降低){N}个百分点"),
    ("market", rf"行政诉讼案件{N}件,较\d{{4}}年(减少|增加){N}件"),
    ("ecology", rf"信访举报{N}件,同比(减少|增加){N}件"),
    ("ecology", rf"优良率{N}%,比上年(提高|降低){N}个百分点"),
    ("street", rf"全年安排{N}万元,比上年(增加|减少){N}万元"),
    ("town", rf"办结行政处罚案件{N}件,比\d{{4}}年(多|少)办{N}件"),
]


@pytest.mark.parametrize(("body", "pattern", "year"), [(*case, year) for case in CHANGES for year in YEARS[1:]])
def test_a_change_on_last_year_agrees_with_last_years_figure(body, pattern, year):
    now, way, change = read(body, year, pattern)
    before = read(body, year - 1, pattern)[0]
    assert now - before == (change if way in {"增加", "提高", "多"} else -change)


PERCENT_CHANGES = [
    ("district", rf"检查市场主体{N}户次,检查户次同比(下降|上升){N}%"),
    ("market", rf"实有经营主体{N}户,.*?总量较上年末(增长|下降){N}%"),
    ("ecology", rf"PM2\.5平均浓度{N}微克/立方米,(下降|上升){N}%"),
]


@pytest.mark.parametrize(("body", "pattern", "year"), [(*case, year) for case in PERCENT_CHANGES for year in YEARS[1:]])
def test_a_percent_change_agrees_with_last_years_figure(body, pattern, year):
    now, way, percent = read(body, year, pattern)
    before = read(body, year - 1, pattern)[0]
    assert_rounds_to((now - before) / before * (100 if way in {"增长", "上升"} else -100), percent)


@pytest.mark.parametrize("year", YEARS)
def test_new_and_closed_businesses_explain_their_number_and_its_growth(year):
    now, percent, opened, closed = read("market", year, rf"经营主体{N}户,.*?总量较上年末增长{N}%。全年新设{N}户,注销{N}户")
    before = now - opened + closed
    assert_rounds_to((now - before) / before * 100, percent)
    if year > YEARS[0]:
        assert before == read_one("market", year - 1, rf"实有经营主体{N}户")


SERIES = [
    ("ecology", r"(\d{4})年(\d+)件、(\d{4})年(\d+)件、(\d{4})年(\d+)件,呈逐年下降态势,\d{4}年同比下降([\d.]+)%"),
    ("town", r"(\d{4})年为(\d+)件,(\d{4})年为(\d+)件,(\d{4})年降至(\d+)件,降幅([\d.]+)%"),
]


@pytest.mark.parametrize(("body", "pattern", "year"), every_year(SERIES))
def test_series_of_years_agree_from_report_to_report(body, pattern, year):
    first, a, second, b, third, c, percent = read(body, year, pattern)
    assert (first, second, third) == (year - 2, year - 1, year)
    assert_rounds_to((b - c) / b * 100, percent)
    if year > YEARS[0]:
        before = read(body, year - 1, pattern)
        assert [a, b] == [before[3], before[5]]


# number of cases, of these, percent
SHARES = [
    ("district", rf"审结{N}件,其中以调解、和解方式结案{N}件,占审结数的{N}%"),
    ("market", rf"实施抽查{N}批次.*?跨部门联合抽查{N}批次,占抽查总批次的{N}%"),
    ("street", rf"受理各类纠纷{N}件,成功调解{N}件,成功率{N}%"),
]


@pytest.mark.parametrize(("body", "pattern", "year"), every_year(SHARES))
def test_shares_are_what_their_parts_say(body, pattern, year):
    whole, part, percent = read(body, year, pattern)
    assert_rounds_to(part / whole * 100, percent)


@pytest.mark.parametrize("year", YEARS)
def test_rates_are_what_their_counts_say(year):
    sampled, failed, passed = read("market", year, rf"监督抽检{N}批次,检出不合格样品{N}批次,总体合格率{N}%")
    assert_rounds_to((sampled - failed) / sampled * 100, passed)
    cases, fines, mean = read("ecology", year, rf"环境违法案件{N}件,处罚金额{N}万元,平均每案{N}万元")
    assert_rounds_to(fines / cases, mean)
    days, share = read("ecology", year, rf"优良天数{N}天,优良率{N}%")
    assert_rounds_to(days / (366 if year % 4 == 0 else 365) * 100, share)
    people, each = read("town", year, rf"“法律明白人”{N}名,村均{N}名")
    villages = read_one("town", year, rf"年初与{N}个村")
    assert people == each * villages
    model, percent = read("town", year, rf"全镇{N}个村获评市级以上民主法治示范村,占比{N}%")
    assert_rounds_to(model / villages * 100, percent)


@pytest.mark.parametrize("year", YEARS[1:])
def test_certificates_of_the_towns_officers(year):
    staff, certified, percent = read("town", year, rf"配备执法人员{N}名,其中{N}名持有行政执法证,持证率{N}%")
    assert_rounds_to(certified / staff * 100, percent)


@pytest.mark.parametrize("year", YEARS)
def test_court_rates_are_those_of_a_whole_number_of_cases(year):
    cases, lost = read("district", year, rf"一审行政诉讼案件{N}件.*?败诉率{N}%")
    assert any(abs(Decimal(n) / cases * 100 - lost) <= Decimal("0.05") for n in range(int(cases)))
    files, excellent = read("district", year, rf"评查案卷{N}份.*?优秀率{N}%")
    assert any(abs(Decimal(n) / files * 100 - excellent) <= Decimal("0.05") for n in range(int(files)))


@pytest.mark.parametrize("year", YEARS)
def test_the_district_is_not_smaller_than_its_bodies(year):
    assert read_one("district", year, rf"罚没款{N}万元") > (
        read_one("market", year, rf"罚没款合计{N}万元")
        + read_one("ecology", year, rf"处罚金额{N}万元")
        + read_one("street", year, rf"立案查处\d+件,罚款{N}万元")
        + read_one("town", year, rf"罚款{N}万元")
    )
    assert read_one("district", year, rf"移送涉嫌犯罪案件{N}件") >= (
        read_one("market", year, rf"移送公安机关案件{N}件") + read_one("ecology", year, rf"涉嫌犯罪移送{N}件")
    )
    assert read_one("district", year, rf"依法免罚{N}件") >= (
        read_one("market", year, rf"对{N}件轻微违法案件依法不予行政处罚") + read_one("ecology", year, rf"对{N}起轻微违法行为")
    )
    assert read_one("district", year, rf"联合“双随机、一公开”抽查{N}批次") >= read_one("market", year, rf"跨部门联合抽查{N}批次")
    assert read_one("district", year, rf"行政处罚案件{N}件") > (
        read_one("market", year, rf"办结{N}件,罚没款合计") + read_one("ecology", year, rf"环境违法案件{N}件")
    )
    assert read_one("district", year, rf"生态环境领域{N}件") >= read_one("ecology", year, rf"环境违法案件{N}件")
    assert read_one("district", year, rf"一审行政诉讼案件{N}件") > read_one("market", year, rf"行政诉讼案件{N}件")


@pytest.mark.parametrize("year", YEARS[1:])
def test_plans_are_followed_by_results(year):
    assert read_one("district", year, rf"方式结案\d+件,占审结数的{N}%") >= read_one("district", year - 1, rf"调解和解率达到{N}%以上")
    assert read_one("district", year, rf"主题服务{N}个") >= read_one("district", year - 1, rf"再推出主题集成服务{N}个")
    assert read_one("town", year, rf"持证率{N}%") >= read_one("town", year - 1, rf"持证率达到{N}%")
