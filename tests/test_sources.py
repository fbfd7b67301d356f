"""The registry as shipped, and what a wrong entry says."""

import re
from datetime import date

import pytest

from etl.errors import SourceError
from etl.sources import REGISTRY, Territory, check_may_ask, is_private_host, load_source, load_sources

ENTRY = """
[defaults]
jitter_s = 1
enabled = true

[town]
title = "某镇"
base_url = "https://www.example.gov.cn"
hosts = ["example.gov.cn"]
family = "epoint-static"
city = "某市"
district = "某区"
click_path = "/xxgk/{ancestors}/{date}/{uuid}.html"
title_include = ['法治政府建设']
min_interval_s = 2.5
max_requests = 10
checked_at = 2026-11-24
status = "unverified"
confirm = ["robots.txt"]

[[town.entries]]
path = "/xxgk/002017/"
"""


@pytest.fixture
def registry(tmp_path):
    def write(text=ENTRY):
        path = tmp_path / "sources.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_registry_ships_the_real_portal_and_the_sample():
    sources = load_sources()
    assert {"jingan", "sample"} <= set(sources)
    assert all(source.name == key for key, source in sources.items())


def test_the_real_portal_is_read_gently_and_said_to_be_unverified():
    source = load_source("jingan")
    assert source.base_url == "https://www.jingan.gov.cn"
    assert (source.min_interval_s, source.allow_loopback, source.status) == (2.5, False, "unverified")
    assert source.jitter_s > 0
    assert source.entries[0].path == "/xxgk/002017/"
    assert isinstance(source.checked_at, date)


def test_the_sample_is_on_loopback_and_says_what_is_invented():
    source = load_source("sample")
    assert source.base_url == "http://127.0.0.1:8799"
    assert source.allow_loopback
    assert source.entries[0].territory == Territory("静安区", "上海市", invented=False)
    assert source.entries[1].territory == Territory("云河区", "临江市", invented=True)


@pytest.mark.parametrize(
    ("title", "included"),
    [
        ("2023年度上海市静安区人民政府法治政府建设情况报告", True),
        ("关于静安区2023年度法治政府建设情况的报告", True),
        ("柳溪镇人民政府2022年法治政府建设工作情况报告", True),
        ("临江市滨湖区人民政府2021年度法治政府建设年度报告", True),
        ("2023年政府信息公开工作年度报告", False),
        ("静安区教育局2023年工作总结", False),
    ],
)
def test_title_patterns_know_reports(title, included):
    for source in load_sources().values():
        assert any(re.search(pattern, title) for pattern in source.title_include) == included


def test_an_unknown_source_names_the_known_ones():
    with pytest.raises(SourceError, match=r"there is no source 'jing-an'; known: .*jingan.*sample"):
        load_source("jing-an")


def test_a_good_entry_loads(registry):
    assert load_source("town", registry()).entries[0].city == "某市"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("min_interval_s = 2.5", "min_intervall_s = 2.5\nmin_interval_s = 2.5", r"town\.min_intervall_s: unknown key"),
        ("min_interval_s = 2.5", "", r"town\.min_interval_s: Field required"),
        ("min_interval_s = 2.5", "min_interval_s = -1", r"town\.min_interval_s: .*greater than or equal to 0"),
        ('path = "/x', 'town = "某市"\npath = "/x', r"town\.entries\.0\.town: unknown key"),
        ('city = "某市"', "", r"town\.city: Field required"),
        ('path = "/xxgk/002017/"', 'path = "xxgk/002017"', r"town\.entries\.0\.path: "),
        ("{date}", "{day}", r"town\.click_path: unknown \{day\}; known: "),
        ('confirm = ["robots.txt"]', "", "town: confirm must say what a first live look has to tell"),
        ("max_requests", 'hours = "25:00-26:00"\nmax_requests', r"town\.hours: "),
        ("max_requests", "season = { months = [13] }\nmax_requests", r"town\.season\.months\.0: "),
        ('"https://www.example.gov.cn"', '"https://www.example.gov.cn/xxgk"', r"town\.base_url: must be scheme and host only"),
        ('"https://www.example.gov.cn"', '"ftp://www.example.gov.cn"', r"town\.base_url: must be scheme and host only"),
        ('"https://www.example.gov.cn"', '"http://127.0.0.1:8799"', "town: host 127.0.0.1 is on a private network"),
        ('hosts = ["example.gov.cn"]', 'hosts = ["10.0.0.8"]', r"town: host 10\.0\.0\.8 is on a private network"),
        ("'法治政府建设'", "'法治(政府'", r"town\.title_include: '法治\(政府' is no regular expression"),
        ('"epoint-static"', '"trs"', r"town\.family: "),
        ("max_requests", "season = { months = [] }\nmax_requests", r"town\.season\.months: "),
        ("max_requests", "season = { months = [1], days = -1 }\nmax_requests", r"town\.season\.days: "),
        ("max_requests", 'hours = "22:00"\nmax_requests', r"town\.hours: "),
        ("max_requests", 'selectors = { item = "a[" }\nmax_requests', r"town\.selectors\.item: 'a\[' is no CSS selector"),
        ("max_requests", 'selectors = { list = "a" }\nmax_requests', r"town\.selectors\.list: unknown key"),
        ("max_requests", "title_maybe = ['(']\nmax_requests", r"town\.title_maybe: '\(' is no regular expression"),
        ("max_requests", 'page_rule = "{folder}{m}.html"\nmax_requests', r"town\.page_rule: unknown \{m\}; known: "),
        ("max_requests", 'page_rule = "{folder"\nmax_requests', r"town\.page_rule: "),
        ("max_requests", 'date_order = ["page"]\nmax_requests', r"town\.date_order\.0: "),
        ("max_requests", 'robots_policy = "ignore"\nmax_requests', r"town\.robots_policy: "),
        ("max_requests", 'org_level = "village"\nmax_requests', r"town\.org_level: "),
        ("max_requests", "expect = { district = -1 }\nmax_requests", r"town\.expect\.district: "),
        ('path = "/x', 'kind = "rss"\npath = "/x', r"town\.entries\.0\.kind: "),
        ('path = "/x', 'family = "trs"\npath = "/x', r"town\.entries\.0\.family: "),
        ('path = "/x', 'optional = "yes, please"\npath = "/x', r"town\.entries\.0\.optional: "),
        ('status = "unverified"', 'status = "blocked"', 'town: enabled must be false while status is "blocked"'),
    ],
)
def test_a_wrong_entry_is_one_line_with_file_and_key(registry, old, new, message):
    assert old in ENTRY
    path = registry(ENTRY.replace(old, new))
    with pytest.raises(SourceError, match=message) as caught:
        load_sources(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_district_is_in_one_territory_only(registry):
    second = '\n[[town.entries]]\npath = "/xxgk/002018/"\ncity = "另市"\ndistrict = "某区"\n'
    with pytest.raises(SourceError, match="place 某区 in two territories"):
        load_sources(registry(ENTRY + second))


@pytest.mark.parametrize("text", ["[town", "town = 1"])
def test_a_file_that_is_no_registry_says_so(registry, text):
    with pytest.raises(SourceError, match=r"sources\.toml: "):
        load_sources(registry(text))


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(SourceError, match="cannot be read as TOML"):
        load_sources(tmp_path / "sources.toml")


@pytest.mark.parametrize(
    ("host", "private"),
    [("127.0.0.1", True), ("localhost", True), ("192.168.3.4", True), ("169.254.169.254", True), ("[::1]", True),
     ("www.jingan.gov.cn", False), ("101.230.193.164", False)],
)  # fmt: skip
def test_private_hosts_are_known(host, private):
    assert is_private_host(host) == private


def test_the_file_lies_beside_the_module():
    assert REGISTRY.exists()


PROVED = {"jingan", "sample", "yunhe"}
OTHERS = sorted(load_sources().keys() - PROVED)


def test_the_districts_of_shanghai_and_beijing_are_there():
    districts = {source.district for source in load_sources().values() if source.city == "上海市"}
    assert len(districts) == 16
    assert load_source("beijing").city == "北京市"


@pytest.mark.parametrize("name", OTHERS)
def test_what_nobody_has_looked_at_is_off_and_says_what_to_confirm(name):
    source = load_source(name)
    assert (source.status, source.enabled) == ("unverified", False)
    assert source.confirm
    assert source.note.startswith("V: ")
    assert source.base_url.startswith("https://")


def test_no_source_asks_harder_than_every_two_seconds():
    assert all(source.min_interval_s >= 2 for source in load_sources().values() if not source.allow_loopback)


def test_an_address_has_one_source(registry):
    twin = ENTRY.partition("[town]")[2].replace("town", "twin").replace("www.example", "www.twin")
    with pytest.raises(SourceError, match=r"sources\.toml: twin: host example\.gov\.cn belongs to town"):
        load_sources(registry(f"{ENTRY}\n[twin]{twin}"))


def test_the_second_system_of_the_real_portal_does_not_end_its_runs():
    entries = load_source("jingan").entries
    assert [entry.path for entry in entries if not entry.optional] == ["/xxgk/002017/"]
    codes = {entry.options["deptcode"] for entry in entries if entry.optional}
    assert codes == {"JA0", "JA1", "JA4", "JB0", "JB2", "JC2", "JC6", "JE8", "JF5"}


def test_a_source_that_is_on_may_be_asked():
    for name in PROVED:
        check_may_ask(load_source(name))


def test_a_source_that_is_off_says_what_would_turn_it_on():
    with pytest.raises(SourceError) as caught:
        check_may_ask(load_source("fengxian"))
    message = str(caught.value)
    assert message.startswith("source fengxian is off (unverified): confirm where reports are listed")
    assert "then set enabled = true in etl/sources/sources.toml; ETL_ALLOW_UNVERIFIED=true allows a first look" in message
    check_may_ask(load_source("fengxian"), allow_unverified=True)


@pytest.mark.parametrize(
    ("status", "said"), [("blocked", "it answers 412 since May"), ("manual", "it answers"), ("verified", "set enabled = true")]
)
def test_a_first_look_is_for_what_nobody_has_looked_at(status, said):
    source = load_source("fengxian").model_copy(update={"status": status, "note": "it answers 412 since May"})
    with pytest.raises(SourceError, match=said):
        check_may_ask(source, allow_unverified=True)
