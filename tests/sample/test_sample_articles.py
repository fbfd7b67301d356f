"""Article pages: the markup that readers rely on, the text whole, and the marks of what is invented."""

import html
import re

import pytest

from sample.content import CONTENT_DIR, load_content
from sample.site import Site

REAL = "/xxgk/002017/002017001/20240202/b911578a-aa55-4262-afd1-00d13af96a80.html"
INVENTED = "虚构示例：云河区为虚构行政区，机构、事件、数字均为虚构"
ARTICLES = {article.path: article for article in load_content().articles}
TEMPLATE_A = [path for path, article in ARTICLES.items() if article.template == "a"]
TEMPLATE_B = [path for path, article in ARTICLES.items() if article.template == "b"]
SITE = Site()


def page(path):
    return SITE.page(path).body.decode()


def box(text, end):
    """The markup of the main text, by plain search: no parser that might mend something."""
    start = re.search(r'<div [^>]*class="ewb-article-info"[^>]*>', text).end()
    return text[start : text.index(end, start)]


def stripped(markup):
    """Without tags and indents: a line for each paragraph."""
    text = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"\r\n", "", markup).replace("<p", "\n<p")))
    return "\n".join(line.strip(" \t\u2003\u00a0\u3000") for line in text.splitlines() if line.strip())


def metas(text):
    return dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', text))


def test_the_real_report_is_at_its_path_with_its_text_and_its_meta_tags():
    title, _, text = (CONTENT_DIR / "jingan" / "2023.txt").read_text(encoding="utf-8").partition("\n")
    found = page(REAL)
    assert title == "2023年度上海市静安区人民政府法治政府建设情况报告"
    assert stripped(box(found, "</div><!--endprint-->")) == text.strip()
    assert len(text) > 5000
    assert metas(found) == {
        "SiteName": "静安区政务公开（离线样例）",
        "SiteDomain": "www.jingan.test",
        "SiteIDCode": "3101060000",
        "ColumnName": "区政府",
        "ColumnType": "信息公开",
        "ArticleTitle": title,
        "PubDate": "2024-02-02 09:18",
        "ContentSource": "静安区人民政府",
    }
    assert INVENTED not in found


@pytest.mark.parametrize("path", ARTICLES)
def test_the_text_is_whole_once_the_tags_are_gone(path):
    found, article = page(path), ARTICLES[path]
    end = "</div><!--endprint-->" if article.template == "a" else '</div>\r\n\t<div class="error-form">'
    assert stripped(box(found, end)) == article.text
    assert article.title not in article.text


@pytest.mark.parametrize("path", ARTICLES)
def test_pages_look_like_the_portals(path):
    found = page(path)
    assert found.count("\n") == found.count("\r\n") > 30
    assert re.search(r"<!DOCTYPE html>\s*<!--.*?-->\s*<html.*?<meta charset=\"utf-8\">", found, re.DOTALL)
    assert re.search(r"^\t+<", found, re.MULTILINE)
    assert '<div id="header"></div>' in found


@pytest.mark.parametrize("path", ARTICLES)
def test_every_article_has_the_form_for_corrections(path):
    form = page(path).partition('<div class="error-form">')[2]
    for field in ('name="errortype"', 'name="url"', 'name="contact"', 'name="content"', 'name="yzm"', 'id="ImgGuid"', "使用说明"):
        assert field in form
    assert 'method="post"' in form


@pytest.mark.parametrize("path", TEMPLATE_A)
def test_template_a_has_title_band_meta_tags_and_its_box(path):
    found, article = page(path), ARTICLES[path]
    assert f'<h3 class="article-title">{article.title}</h3>' in found
    assert '<!--startprint--><div class="ewb-article-info" id="infoContentM">' in found
    tags = metas(found)
    assert (tags["ArticleTitle"], tags["ContentSource"]) == (article.title, article.publisher)
    assert tags["PubDate"] == f"{article.published_on} 09:18"


@pytest.mark.parametrize("path", TEMPLATE_B)
def test_template_b_has_title_outside_its_box_no_content_meta_tags_salutation_and_signature(path):
    found, article = page(path), ARTICLES[path]
    assert re.fullmatch(r"/govxxgk/[A-Z]{2}\d/\d{4}-\d\d-\d\d/[0-9a-f-]{36}\.html", path)
    assert f"<h2>{article.title}</h2>" in found
    assert not metas(found).keys() & {"ArticleTitle", "PubDate", "ContentSource"}
    assert f"<label>公开主体：</label><p>{article.publisher}</p>" in found
    assert f"<label>发布日期：</label><p>{article.published_on}</p>" in found
    assert re.search(r"<label>成文日期：</label><p>\d{4}-\d\d-\d\d</p>", found)
    lines = article.text.splitlines()
    assert lines[0].endswith("：")
    assert re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", lines[-1])
    assert found.count('<p align="right">') == 2


def test_both_templates_are_used():
    assert len(TEMPLATE_B) == 3
    assert len(TEMPLATE_A) > 30


@pytest.mark.parametrize("path", [*TEMPLATE_B, REAL])
def test_the_twin_address_is_the_same_page(path):
    assert SITE.page(path + "?type=2") == SITE.page(path)


@pytest.mark.parametrize("path", ARTICLES)
def test_everything_invented_says_so_outside_its_text(path):
    found, article = page(path), ARTICLES[path]
    before = found.partition('class="ewb-article-info"')[0]
    notice = re.search(r'<div class="sample-notice">(.*?)</div>', before)[1]
    if article.column.startswith("002018"):
        assert notice == INVENTED
        assert metas(found)["SiteName"] == "云河区（虚构）政务示例"
    else:
        assert notice.startswith("离线样例")
    assert notice not in article.text


@pytest.mark.parametrize("sub", ["001", "002", "003"])
@pytest.mark.parametrize("name", ["subpage", "1", "2"])
def test_every_list_of_the_made_up_district_says_so(sub, name):
    found = page(f"/xxgk/002018/002018{sub}/{name}.html")
    assert f'<div class="sample-notice">{INVENTED}</div>' in found
    assert metas(found)["SiteName"] == "云河区（虚构）政务示例"


def test_items_put_beside_the_real_report_name_no_real_body():
    for article in ARTICLES.values():
        if article.column.startswith("002017") and article.path != REAL:
            assert article.title.endswith("（演示条目）")
            assert article.publisher == "离线样例"
            assert "静安" not in article.title + article.text
