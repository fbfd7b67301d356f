import pytest

from etl.parse.bodies import read_body
from etl.parse.body_names import items_of, may_name
from etl.parse.words import Words


def read_name(part):
    """The name at the start of a fragment, "" for persons, None where there is none."""
    body = read_body(part, Words(part), 0)
    return body and (part[body.start : body.end] if body.named else "")


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("区档案馆", "开放档案"),
        ("县公安局交警大队", "查处酒驾"),
        ("区委全面依法治区委员会", "召开会议"),
        ("市公共资源交易中心", "受理异议"),
        ("区绿化市容局", "压减垃圾"),
        ("区建设和管理委员会", "办理"),
        ("公安、交通、城管三部门", "集中整治"),
        ("各镇(街道)", "共化解纠纷"),
        ("县公安局各派出所", "调处纠纷"),
        ("区政府及部门", "行政诉讼案件"),
        ("我市行政复议机构", "收到申请"),
        ("区税务局", "辅导纳税人"),
        ("市司法局", "(以下简称市局)审核合同"),
    ],
)
def test_names(name, rest):
    assert read_name(name + rest) == name


@pytest.mark.parametrize("part", ["区司法局局长带队", "县人大代表提出建议", "我局执法人员186人", "区政府门户网站访问量"])
def test_persons_and_pages_of_a_body_are_none(part):
    assert read_name(part) == ""


@pytest.mark.parametrize(
    "part",
    [
        "部门联合检查",
        "法治政府建设",
        "市级财政安排",
        "县政府办文件",
        "审查市政府合同",
        "司法所平均每所3人",
        "格局形成",
        "城镇新增",
        "区司法局的案卷",
    ],
)
def test_what_names_no_body(part):
    assert read_name(part) is None


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("派出所、司法所和综合执法队", ["派出所", "司法所", "综合执法队"]),
        ("区建设和管理委员会", ["区建设和管理委员会"]),
        ("水务、林业部门", ["水务部门", "林业部门"]),
        ("区司法局", ["区司法局"]),
    ],
)
def test_items(name, items):
    assert items_of(name) == items


def test_a_fragment_without_the_last_character_of_a_name_is_not_looked_at():
    assert may_name("区司法局办理")
    assert not may_name("全年接听电话")
