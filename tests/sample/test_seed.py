"""The full made-up district: what it holds, where each report is found, and what its files are."""

import io
import json
import re
from collections import Counter
from urllib.parse import unquote, urlsplit

import docx
import openpyxl
import pypdf
import pytest
from selectolax.lexbor import LexborHTMLParser

from sample.json_lists import GOV_LIST, SEARCH
from sample.options import SITE_GUID
from sample.seed import NOTICE, YEARS, full_site

BASE = "http://www.yunhe.test"
SEED = full_site()
REPORTS = {urlsplit(each.url).path for each in SEED.expected} | {urlsplit(each).path for each in SEED.twins.values()}
FOLDERS = [f"/xxgk/002017/00201700{number}/" for number in (1, 2, 3)]


def path_of(url):
    return urlsplit(url).path


def post(site, path, **query):
    return json.loads(site.answer("POST", path, json.dumps(query).encode(), "").body)


def listed(site):
    """What the list pages lead to, clicks and later pages included."""
    found = []
    for folder in FOLDERS:
        number = 1
        while page := site.page(f"{folder}{number}.html"):
            for item in LexborHTMLParser(page.body.decode()).css("li.ewb-list-node"):
                anchor = item.css_first("a").attributes
                if click := re.match(r"linkToNew\('(.+)','(\d+)'\)", anchor.get("onclick") or ""):
                    day = re.sub(r"\D", "", item.css_first(".ewb-list-date").text())
                    found.append(f"/xxgk/002017/{click[2]}/{day}/{click[1]}.html")
                else:
                    found.append(anchor["href"])
            number += 1
    return found


def in_json(site):
    found, number = [], 0
    while rows := post(site, GOV_LIST, pageIndex=number, pageSize=50, siteGuid=SITE_GUID)["custom"]["data"]:
        found += [row["infourl"] for row in rows]
        number += 1
    return found


def searched(site):
    condition = [{"fieldName": "categorynum", "equal": "002017", "isLike": True, "likeType": 2}]
    records = post(site, SEARCH, pn=0, rn=500, wd="", condition=condition)["result"]["records"]
    return [record["linkurl"] for record in records]


WAYS = {"list": listed, "json": in_json, "search": searched}


def test_every_body_reports_on_every_year():
    assert len(SEED.expected) == 41 * 7
    assert set(Counter(each.organization for each in SEED.expected).values()) == {7}
    assert Counter(each.year for each in SEED.expected) == dict.fromkeys(YEARS, 41)
    assert len({each.url for each in SEED.expected}) == len({each.title for each in SEED.expected}) == 287


def test_two_have_the_same_addresses_and_bytes_and_another_seed_others():
    other = full_site()
    assert other.expected == SEED.expected
    assert all(other.page(path) == SEED.page(path) for path in list(REPORTS)[:20])
    assert full_site(years=[2024], departments=2, streets=1, seed=1).expected != full_site([2024], 2, 1).expected


def test_titles_have_several_word_orders():
    shapes = {re.sub(r"\d{4}", "Y", each.title).replace(each.organization, "B") for each in SEED.expected if "司法局" in each.organization}
    assert len({each.replace("云河区司法局", "B") for each in shapes}) >= 6


def test_systems_share_the_reports():
    places = Counter(each.url.startswith(BASE + "/xxgk/") for each in SEED.expected)
    assert places[True] > 200
    assert places[False] > 30
    assert len(SEED.twins) > 30


@pytest.mark.parametrize("way", WAYS)
def test_each_way_finds_what_is_expected_of_it_once(way):
    found = [path for path in WAYS[way](SEED) if path in REPORTS]
    assert sorted(found) == sorted(path_of(each.url) for each in SEED.expected_by(way))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("way", WAYS)
def test_with_everything_everywhere_each_way_finds_all(way):
    site = full_site(everywhere=True)
    twins = {path_of(gov): path_of(static) for static, gov in site.twins.items()}
    found = [twins.get(path, path) for path in WAYS[way](site)]
    wanted = {path_of(each.url) for each in site.expected}
    counts = Counter(path for path in found if path in wanted)
    assert counts.keys() == wanted
    assert max(counts.values()) == (2 if way == "search" else 1)


def test_lists_hold_other_things_and_departments_need_several_pages():
    found = listed(SEED)
    assert len([path for path in found if "/002017002/" in path]) > 160
    titles = {SEED.article(path).title for path in found if path not in REPORTS}
    assert any("信息公开" in title for title in titles)
    assert any("规划" in title for title in titles)
    assert any("工作总结" in title for title in titles)


def test_twins_differ_in_band_salutation_and_signature_only():
    for static, gov in SEED.twins.items():
        one, other = SEED.article(path_of(static)), SEED.article(path_of(gov))
        if "详见附件" in one.text:
            continue
        lines, others = one.text.splitlines(), other.text.splitlines()
        assert others[0].endswith("：")
        assert lines[1 if lines[0] == one.title else 0 : -2] == others[1:-2]


@pytest.mark.parametrize("path", sorted(REPORTS)[::10])
def test_every_page_says_that_it_is_invented_and_has_a_text(path):
    page, article = SEED.page(path).body.decode(), SEED.article(path)
    assert NOTICE in page
    assert "静安" not in page
    assert len(article.text) > 700 or article.attachments
    assert SEED.page(path + "?type=2") == SEED.page(path)


def test_some_come_out_before_the_year_is_over_and_some_addresses_have_another_day():
    days = [SEED.article(path_of(each.url)).published_on.year - each.year for each in SEED.expected]
    assert 10 < days.count(0) < 40
    assert set(days) == {0, 1}
    others = [path for path in REPORTS if f"{SEED.article(path).published_on:%Y%m%d}" not in path.replace("-", "")]
    assert len(others) > 5


def test_news_and_questions_have_lists_of_their_own():
    for path in ("/rmtzx/003001/rmtmoreinfo.html", "/zmhd/003001/zmhdmoreinfo.html"):
        items = LexborHTMLParser(SEED.page(path).body.decode()).css("li.ewb-list-node a")
        assert len(items) > 10
        assert all(SEED.page(item.attributes["href"]) for item in items)
    links = [node.attributes["href"] for node in LexborHTMLParser(SEED.page("/").body.decode()).css("a")]
    assert "/govxxgk/" not in links


def attachments():
    return [(path, each) for path in sorted(REPORTS) for each in SEED.article(path).attachments]


def test_attachments_are_of_all_kinds_and_answer():
    endings = Counter(each.name.rpartition(".")[2] for _, each in attachments())
    assert endings.keys() == {"pdf", "docx", "doc", "wps", "xlsx"}
    assert all(SEED.page(each.path) is not None for _, each in attachments())
    handed_out = [SEED.page(each.path).headers["Content-Disposition"] for _, each in attachments() if "downloadattach" in each.path]
    assert any("filename*=UTF-8''" in each for each in handed_out)
    raw = next(each for each in handed_out if "filename=" in each)
    assert "法治政府建设" in raw.encode("latin-1").decode("gbk") or "执法数据" in raw.encode("latin-1").decode("gbk")


def text_of(ending, body):
    file = io.BytesIO(body)
    if ending == "pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    if ending == "docx":
        return "".join(paragraph.text for paragraph in docx.Document(file).paragraphs)
    return "".join(str(cell) for row in openpyxl.load_workbook(file).active.values for cell in row if cell)


def test_files_hold_the_report_or_its_annex_and_scans_hold_nothing():
    texts = {}
    for path, each in attachments():
        ending = each.name.rpartition(".")[2]
        if ending in {"pdf", "docx", "xlsx"}:
            texts[path, each.path] = text_of(ending, SEED.page(each.path).body).replace("\n", "")
    reports = [text for (path, _), text in texts.items() if "详见附件" in SEED.article(path).text]
    assert sum("第一责任人" in text for text in reports) > 20
    assert sum(not text for text in reports) > 5
    assert any("行政处罚案件" in text and "第一责任人" not in text for text in texts.values())


def test_addresses_of_files_are_percent_encoded():
    paths = [each.path for _, each in attachments() if each.path.startswith("/shja_main/")]
    assert paths
    assert all(path.isascii() and re.fullmatch(r"/shja_main/[0-9a-f-]{36}/[0-9a-f-]{36}/.+\.\w+", unquote(path)) for path in paths)


def test_more_bodies_than_names():
    with pytest.raises(ValueError, match="names for 26"):
        full_site(departments=27)
