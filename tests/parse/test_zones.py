import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.folding import fold
from etl.parse.zones import find_zones


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("《关于“十四五”的意见》和“1+5”", ["《关于“十四五”的意见》", "“1+5”"]),
        ("《甲《乙》丙》", ["《甲《乙》丙》"]),
        ("“这里引用了一整句话，其中有3件事情，它说得太长了不能算是名称。”", []),
        ("《没有结尾\n“也没有", []),
        ("”》倒着", []),
        ("“没有结尾《标题》”", ["“没有结尾《标题》”"]),
        ("依据沪府〔2023〕5号", ["〔2023〕5号"]),
        ("依据﹝2022﹞第5号、【2021】3号和[2020]33号", ["﹝2022﹞第5号", "【2021】3号", "[2020]33号"]),
        ("（2023）沪0106行初128号判决", ["(2023)沪0106行初128号"]),
        ('推行"1+5"和"3+2"', ['"1+5"', '"3+2"']),
        ('只有一个"引号3件', []),
        ("‘五个一’工程", ["‘五个一’"]),
        ("网址http://www.example.gov.cn/2023/1.html可查", ["http://www.example.gov.cn/2023/1.html"]),
        ("邮箱fzb2023@example.gov.cn。", ["fzb2023@example.gov.cn"]),
    ],
)
def test_zones(text, zones):
    folded = fold(text)
    assert [folded[start:end] for start, end, _ in find_zones(folded).spans] == zones


def test_look_up():
    zones = find_zones("在《办法》里")
    assert [zones.at(offset) is not None for offset in range(6)] == [False, True, True, True, True, False]


@pytest.mark.parametrize(
    "text", ["《" * 100_000 + "》" * 100_000, "“" * 200_000, "《“" * 100_000 + "》", '"1' * 100_000, "〔2023〕" * 30_000]
)
def test_endless_nesting_is_read(text):
    assert all(start < end for start, end, _ in find_zones(text).spans)


@given(st.text(alphabet='《》〈〉“”‘’「」『』"\n1。〔〕2023号@.w:/', max_size=60))
def test_zones_are_disjoint_and_in_order(text):
    last = 0
    for start, end, _ in find_zones(text).spans:
        assert last <= start < end <= len(text)
        last = end
