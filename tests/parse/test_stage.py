"""One archived page to one row: what is read, and why a page is refused."""

import json
from datetime import UTC, date, datetime

import pytest

from etl.parse import stage

VERSION = {
    "url": "http://portal/a.html",
    "title": "云河区司法局2023年度法治政府建设情况报告",
    "district": "云河区",
    "source": "sample",
    "raw_sha256": "a" * 64,
    "content_type": "text/html; charset=utf-8",
    "fetched_at": datetime(2024, 3, 1, tzinfo=UTC),
    "last_seen_at": datetime(2024, 3, 2, tzinfo=UTC),
    "gone_at": None,
    "listed_on": None,
    "attachments": [],
}


def page(title, body):
    return f'<html><head><meta name="ArticleTitle" content="{title}"></head><body><div id="zoom"><p>{body}</p></div></body></html>'.encode()


def test_a_report_becomes_a_row_with_its_json():
    row = stage.parsed_row(VERSION, page(VERSION["title"], "2023年，评查案卷168份，法治政府建设取得新成效。"))
    assert (row["reason"], row["organization"], row["report_year"]) == (None, "云河区司法局", 2023)
    report = json.loads(row["report"])
    assert [metric["quote"] for metric in report["metrics"]] == ["168份"]
    assert report["source"] == VERSION["url"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty_page"),
        (page("食堂菜单", "今日供应红烧肉三份，欢迎各位同志前来就餐。"), "not_a_report"),
        (page("法治政府建设情况报告", "法治政府建设扎实推进，成效明显，群众满意。"), "no_organization"),
        (page("云河区司法局法治政府建设情况报告", "法治政府建设扎实推进，成效明显，群众满意。"), "no_report_year"),
    ],
)
def test_what_is_no_report_is_a_row_with_its_reason(raw, reason):
    row = stage.parsed_row(VERSION | {"title": None}, raw)
    assert row["reason"] == reason
    assert row["message"]
    assert row.get("report") is None
    assert row["raw_sha256"] == VERSION["raw_sha256"]


@pytest.mark.parametrize(
    ("listed", "body", "year"),
    [
        ("云河区司法局2023年度法治政府建设情况报告", "云河区司法局", 2023),
        ("青石街道2023年法治政府建设年度报告", "青石街道办事处", 2023),
        ("2023年法治政府建设情况报告", None, 2023),
        (None, None, None),
    ],
)
def test_the_title_of_the_list_tells_whose_report_an_unread_page_is(listed, body, year):
    row = stage.parsed_row(VERSION | {"title": listed}, b"")
    assert (row["reason"], row["organization"], row["report_year"]) == ("empty_page", body, year)


def test_a_fault_of_the_parser_costs_one_report_and_not_the_night(monkeypatch, caplog):
    def fails(*_args, **_options):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(stage, "parse_report", fails)
    row = stage.parsed_row(VERSION, page(VERSION["title"], "2023年，法治政府建设取得新成效。"))
    assert (row["reason"], row["message"]) == ("parser_failed", "ZeroDivisionError: by zero")
    assert VERSION["url"] in caplog.text


def test_the_same_report_in_two_systems_has_one_core_and_each_page_its_own_text():
    lines = ["一、主要举措", "评查案卷168份，优秀率95.8%，法治政府建设取得新成效。", "二、存在的不足", "执法力量不足。"]
    text = "</p><p>".join(lines)
    title = f'<meta name="ArticleTitle" content="{VERSION["title"]}">'
    xxgk = f"{title}<div id=infoContentM><p>{VERSION['title']}</p><p>{text}</p></div>"
    band = "<div class=gov-head><h2>2023年度法治政府建设情况报告</h2></div><ul class=gov-meta><li>公开主体：区司法局</li></ul>"
    wide = text.replace("168份，", "１６８份, ")
    govxxgk = f"{band}<div id=ivs_content><p>区委、区政府：</p><p>{wide}</p><p>云河区司法局</p><p>2024年2月28日</p></div>"
    one, other = (stage.parsed_row(VERSION, markup.encode()) for markup in (xxgk, govxxgk))
    assert (one["reason"], other["reason"], one["organization"], other["organization"]) == (None, None, "云河区司法局", "云河区司法局")
    assert one["core_sha256"] == other["core_sha256"]
    assert one["body_sha256"] != other["body_sha256"]
    changed = stage.parsed_row(VERSION, xxgk.replace("168", "186").encode())
    assert changed["core_sha256"] != one["core_sha256"]


def test_the_list_s_day_and_title_stand_in_and_no_day_after_the_fetch_counts():
    markup = '<meta name="PubDate" content="2024-12-01"><div id="zoom"><p>2023年，评查案卷168份，法治政府建设取得新成效。</p></div>'
    row = stage.parsed_row(VERSION | {"listed_on": date(2024, 2, 27)}, markup.encode())
    assert (row["title"], row["published_on"], row["published_from"]) == (VERSION["title"], date(2024, 2, 27), "list")
    assert (row["charset"], row["charset_from"], row["body_from"]) == ("utf-8", "utf8", "#zoom")
