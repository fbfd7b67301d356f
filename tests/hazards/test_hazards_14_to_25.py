"""Hazards 14 to 25 of portals, each met with by whole runs over HTTP."""

import ssl
from datetime import date
from urllib.parse import unquote

import pytest
import trustme
from hazard_nights import BASE, empty_site, publish, source_of_family

from etl.errors import Blocked, PortalUnreachable, StageError
from etl.sources import load_source
from sample.attachments import CONTENT_TYPES, docx_of, old_office, scan_of, xlsx_of
from sample.content import Attachment
from sample.families.id_query import IdQuerySite
from sample.families.pdf import pdf_of
from sample.seed_texts import Body, report_lines, signature


def body_of(name):
    """A department: each page of a night is a report of another one."""
    return Body(name, "department", f"云河区{name}", f"云河区{name}", "公共服务")


def title_of(name, year=2023):
    return f"云河区{name}{year}年度法治政府建设情况报告"


def lines_of(name, year=2023):
    return [*report_lines(body_of(name), year), *signature(body_of(name), date(year + 1, 2, 20))]


def page_of(name, inner=None, *, head="", info="", charset='<meta charset="utf-8">', below=""):
    """An article of the portal with markup of its own in the box of the text."""
    inner = "".join(f"<p>{line}</p>" for line in lines_of(name)) if inner is None else inner
    return (
        f'<!DOCTYPE html><html><head>{charset}<title>{title_of(name)}</title><meta name="ContentSource" content="云河区{name}">{head}'
        f'</head><body><div id="header"></div><div class="ewb-article"><h3 class="article-title">{title_of(name)}</h3>'
        f'<div class="info-source">{info or "【信息时间：2024-03-01】"}</div><div class="ewb-article-info" id="infoContentM">{inner}</div>'
        f'{below}</div><div id="footer">版权所有 2019</div></body></html>'
    )


REST = (
    "<p>坚持把依法行政要求贯穿工作全过程，印发年度法治政府建设工作计划，逐项明确责任单位和完成时限，形成主要负责人牵头抓总、分管领导具体负责的工作格局。</p>"
    "<p>二、存在的不足和原因</p><p>执法队伍专业能力还不够强，部门之间信息共享不畅，协同监督的方式方法较为单一，普法宣传的针对性有待提高。</p>"
    "<p>三、党政主要负责人履行推进法治建设第一责任人职责情况</p><p>主要负责人主持召开专题会议5次，对法治建设重要工作亲自部署、重大问题亲自过问。</p>"
    "<p>四、2024年的主要安排</p><p>一是深化专项执法监督。二是提升执法规范化水平，实现执法人员轮训。三是压实法治建设责任，推动述法工作向下属单位延伸。</p>"
)


class Pages:
    """Reports of one night by the name of their department, each with bytes of its own at its address."""

    def __init__(self, night):
        self.night = night
        self.paths = {}

    def add(self, name, body, *, content_type="text/html; charset=utf-8", **fields):
        told = {"title": title_of(name), "text": "x", "publisher": f"云河区{name}", "number": len(self.paths), **fields}
        self.paths[name] = publish(self.night.portal.site, **told)
        body = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": content_type}
        self.night.portal.scenario(self.paths[name], {"do": "answer", "status": 200, "body": body, "headers": headers})

    def report(self, name, columns="body_text"):
        """The only row of dim_report for a page."""
        rows = self.night.reports(columns, f"source_url = '{BASE}{self.paths[name]}'")
        assert len(rows) == 1, (name, rows, self.quarantined(name))
        return rows[0] if "," in columns else rows[0][0]

    def quarantined(self, name):
        return self.night.ops(f"SELECT rule, reason FROM ops_quarantine WHERE source_url = '{BASE}{self.paths[name]}'")

    def metrics(self, name, columns="quote, value::DOUBLE, unit"):
        where = f"source_url = '{BASE}{self.paths[name]}'"
        return self.night.sql(f"SELECT {columns} FROM fact_metric JOIN dim_report USING (report_id) WHERE {where} ORDER BY char_start")


# 14: how a portal is reached


def test_hazard_14_http_only(make_night):
    """Http only per site: https refuses (403 on Xuzhou sites), http answers."""
    site = empty_site()
    publish(site)
    night = make_night(site, secure=True)
    night.portal.scenario("*", "403https")
    night.run()
    assert len(night.reports()) == 1
    assert not [request for request in night.portal.requests if request.is_secure]


def test_hazard_14_https_only_with_a_redirect_from_http(make_night):
    """Https only per site."""
    site = empty_site()
    path = publish(site)
    night = make_night(site, secure=True, redirects=True, base_url="https://www.yunhe.test")
    night.run()
    assert night.reports("source_url") == [(f"https://www.yunhe.test{path}",)]
    assert all(request.is_secure for request in night.portal.requests)


def test_hazard_14_a_redirect_to_https_that_loses_the_query(make_night):
    """Redirect http -> https loses the query: of pages that the query tells apart."""
    site = IdQuerySite()
    source = source_of_family(site, scheme_policy="either")
    night = make_night(hosts={site.host: site}, source=source, secure=True, redirects=True, drops_query=True)
    night.run()
    assert {url for (url,) in night.reports("source_url")} == {one.url for one in site.expected}
    assert night.ops("SELECT count(*) > 0 FROM ops_fetch WHERE outcome = 'redirected'") == [(True,)]


def refused(night, error, match):
    """A run that ends with an error in discovery and publishes nothing; the rows that tell why."""
    with pytest.raises(error, match=match):
        night.run()
    assert not (night.home / "warehouse" / "reports.duckdb").exists()
    [(state, why)] = night.ops("SELECT state, error FROM ops_run")
    assert state == "failed"
    assert match in why
    return night.ops("SELECT outcome, status, coalesce(retry_at > fetched_at, false) FROM ops_fetch ORDER BY fetched_at")


def test_hazard_14_tls_too_old_for_default_clients(make_night):
    """TLS too old for default clients: named as such, asked again the next night, never asked without."""
    night = make_night(empty_site(), secure=True, base_url="https://www.yunhe.test")
    context = night.portal._tls
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.deprecated_call():
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    rows = refused(night, PortalUnreachable, "TLS")
    assert {row[:2] for row in rows} == {("unreachable", 0)}
    assert rows[-1] == ("unreachable", 0, True)
    assert night.portal.requests == []


def test_hazard_14_a_certificate_of_an_authority_that_nobody_knows(make_night, tmp_path):
    """A certificate that default clients do not trust."""
    night = make_night(empty_site(), secure=True, base_url="https://www.yunhe.test")
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(other)
    night.settings["ETL_CA_FILE"] = str(other)
    rows = refused(night, PortalUnreachable, "certificate")
    assert {row[:2] for row in rows} == {("unreachable", 0)}
    assert rows[-1] == ("unreachable", 0, True)
    assert night.portal.requests == []


@pytest.mark.parametrize("behaviour", [{"do": "answer", "status": 403}, "405block"])
def test_hazard_14_blocked_by_place(make_night, behaviour):
    """Geo or datacentre blocks with 403 or 405: the run stops, says until when, and the next one does not ask."""
    night = make_night(empty_site())
    night.portal.scenario("*", behaviour)
    rows = refused(night, Blocked, "refuses us")
    assert [(outcome, waits) for outcome, _, waits in rows] == [("blocked", True)]
    assert len(night.portal.requests) == 1
    with pytest.raises(Blocked, match=r"not asked: the portal refuses us .* it is asked again after 20"):
        night.run("second")
    assert len(night.portal.requests) == 1


# 15: pages that are none, with status 200


@pytest.mark.parametrize("behaviour", ["soft404", "home200"])
def test_hazard_15_a_page_that_is_none_is_no_report_and_no_revision(make_night, behaviour):
    """Soft 404: error text or home page with 200, constant size."""
    site = empty_site()
    old = publish(site)
    night = make_night(site)
    night.run("first")
    facts = night.reports("report_id, revision, is_current, body_sha256, gone_at"), night.sql("SELECT count(*) FROM fact_metric")
    new = publish(site, number=1, title=title_of("审计局"), text="\n".join(lines_of("审计局")), publisher="云河区审计局")
    for path in (old, new):
        night.portal.scenario(path, behaviour)
    night.run("second")
    assert (night.reports("report_id, revision, is_current, body_sha256, gone_at"), night.sql("SELECT count(*) FROM fact_metric")) == facts
    rows = night.ops("SELECT url, outcome, retry_at > fetched_at FROM ops_fetch WHERE run_id = 'second' AND page = 'article' ORDER BY url")
    assert rows == [(BASE + path, "soft_404", True) for path in sorted((old, new))]
    assert night.ops("SELECT * FROM ops_quarantine WHERE run_id = 'second'") == []


def test_hazard_15_every_article_is_the_home_page_from_the_start(make_night):
    """The home page with 200: nothing is published rather than an empty report."""
    site = empty_site()
    publish(site)
    night = make_night(site)
    night.portal.scenario("/xxgk/002017/002017002/2*/*", "home200")
    with pytest.raises(StageError, match="holds no page"):
        night.run()
    assert night.ops("SELECT outcome FROM ops_fetch WHERE page = 'article'") == [("soft_404",)]
    assert not (night.home / "warehouse" / "reports.duckdb").exists()


# 16 and 19 to 24: what pages hold; one night of odd pages


@pytest.fixture(scope="module")
def odd(make_night):
    """A portal on which every report is written in a way of its own, read in one night."""
    pages = Pages(make_night(empty_site()))
    for fill in (_charsets, _tables, _digits, _blanks, _dates):
        fill(pages)
    pages.night.run()
    return pages


def plain(text):
    return "".join(text.split())


def _charsets(pages):
    gbk = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    pages.add("教育局", page_of("教育局").encode("gbk"))
    pages.add("财政局", page_of("财政局", charset=gbk).encode("gbk"), content_type="text/html")
    pages.add("民政局", page_of("民政局", charset="").encode("gb18030"), content_type="text/html")
    pages.add("审计局", b"\xef\xbb\xbf" + page_of("审计局", charset=gbk).encode(), content_type="text/html; charset=gbk")
    # the portal's own database holds 法治 as 娉曟不
    pages.add("统计局", page_of("统计局", "".join(f"<p>{line.encode().decode('gb18030', 'replace')}</p>" for line in lines_of("统计局"))))


@pytest.mark.parametrize(
    ("name", "charset", "charset_from"),
    [("教育局", "gb18030", "fallback"), ("财政局", "gb18030", "meta"), ("民政局", "gb18030", "fallback"), ("审计局", "utf-8", "bom")],
)
def test_hazard_16_charsets(odd, name, charset, charset_from):
    """GBK body under a UTF-8 header, GBK only in meta, no charset; a mark that is right where header and meta are wrong."""
    text, *decided = odd.report(name, "body_text, charset, charset_from")
    assert plain(text) == plain("".join(lines_of(name)))
    assert decided == [charset, charset_from]


def test_hazard_16_mojibake_of_the_portal_is_named(odd):
    """Detect mojibake: it is named, and no report."""
    [(rule, reason)] = odd.quarantined("统计局")
    assert rule == "mojibake"
    assert "decoded as utf-8" in reason


def _tables(pages):
    lines = lines_of("商务委员会")
    cells = "".join(f"<tr><td>{line}</td></tr>" for line in lines)
    pages.add("商务委员会", page_of("商务委员会", f"<table><tbody>{cells}</tbody></table>"))
    pages.add("科学技术委员会", page_of("科学技术委员会", f"<!DOCTYPE html>{page_of('科学技术委员会')}"))
    text = "".join(f"<p>{line}</p>" for line in lines_of("体育局"))
    table = (
        "<table><tr><th>类别</th><th>事项</th><th>件数</th></tr><tr><td rowspan=2>行政处罚</td><td>警告</td><td>117</td></tr>"
        "<tr><td>罚款</td><td>223</td></tr><tr><td>行政许可</td><td><table><tr><td>准予</td></tr></table></td><td>1,311</td></tr></table>"
    )
    pages.add("体育局", page_of("体育局", text + f"<table><tr><td><table><tr><td>{table}</td></tr></table></td></tr></table>"))


@pytest.mark.parametrize("name", ["商务委员会", "科学技术委员会"])
def test_hazard_19_a_table_that_only_arranges_and_a_page_inside_the_page(odd, name):
    """Layout tables with one cell per paragraph, and a whole nested <html> in the box."""
    text = odd.report(name)
    assert text.splitlines()[-len(lines_of(name)) :] == lines_of(name)


def test_hazard_19_tables_in_tables(odd):
    """Tables inside the report: nested, rowspan."""
    found = {(quote, value) for quote, value, _ in odd.metrics("体育局")}
    assert {("117", 117), ("223", 223), ("1,311", 1311)} <= found
    text = odd.report("体育局")
    assert "警告 117" in text
    assert "罚款 223" in text


def _digits(pages):
    inner = (
        "<p>2023年，云河区农业农村委员会坚持法治政府建设。现将情况报告如下。</p><p>一、主要举措和成效</p>"
        "<p>一是规范执法。办理案件<span>1</span><span>3</span>7<span>件</span>，罚没款１２.５万元，检查２，１８０家次，"
        "评查案卷1\r\n\t\t68份，优秀率９５．８％，受理申请1,204件，调解纠纷<b>4</b><i>5</i><font>6</font>件。</p>"
        + REST
        + "<p>云河区农业农村委员会</p><p><span>2024</span><span>年</span><span>2</span>月<span>2</span><span>0</span>日</p>"
    )
    pages.add("农业农村委员会", page_of("农业农村委员会", inner))
    years = (
        "<p>二○二三年，云河区档案局全面推进法治政府建设，现将二〇二三年情况报告如下。</p><p>一、二零二三年主要举措</p>"
        "<p>一是依法履职。二O二三年办理案件137件，二〇二二年办理案件121件；到二○三五年基本建成法治政府。</p>"
        + REST
        + "<p>云河区档案局</p><p>二○二四年二月二十日</p>"
    )
    pages.add(
        "档案局",
        page_of("档案局", years).replace("档案局2023年度", "档案局二○二三年度"),
        title="云河区档案局二○二三年度法治政府建设情况报告",
    )


def test_hazard_20_digits_are_joined_and_quoted_as_they_stand(odd):
    """Digits split over spans or broken by a newline, full-width digits, thousands commas, ％."""
    found = {(quote, value, unit) for quote, value, unit in odd.metrics("农业农村委员会")}
    expected = {
        ("137件", 137, "件"), ("１２.５万元", 125000, "元"), ("２，１８０家次", 2180, "家次"), ("168份", 168, "份"),
        ("９５．８％", 95.8, "%"), ("1,204件", 1204, "件"), ("456件", 456, "件"),
    }  # fmt: skip
    assert expected <= found
    assert "2024年2月20日" in odd.report("农业农村委员会")


def test_hazard_21_years_in_chinese_numerals_with_look_alike_zeros(odd):
    """Chinese numerals for years with look-alike zeros (二○二一, 二 〇 三五): ○ 〇 零 O mixed."""
    assert odd.report("档案局", "report_year, organization_id IS NOT NULL") == (2023, True)
    periods = odd.metrics("档案局", "value::INTEGER, period")
    assert (137, "2023") in periods
    assert (121, "2022") in periods


def _blanks(pages):
    lines = lines_of("水务局")
    cover = "&nbsp;<br>" * 30 + "\u3000\u3000\u200b<br>" * 10
    inner = cover + "<br>".join(f"&emsp;&emsp;\u200b&nbsp;\u3000{line}&nbsp;&nbsp;" for line in lines) + "<br>" * 20
    pages.add("水务局", page_of("水务局", f"<div>{inner}</div>"))


def test_hazard_22_blanks_of_all_kinds_and_breaks_in_place_of_paragraphs(odd):
    """&nbsp;, &emsp;, U+3000, U+200B indents, <br> instead of <p>, long blank runs from a cover page."""
    assert odd.report("水务局").splitlines() == lines_of("水务局")


def _dates(pages):
    clock = '<div class="topbar">今天是：2019年5月6日 星期一</div>'
    body = page_of("信访办", info="发布时间：2024-03-05 来源：云河区信访办").replace('<div id="header"></div>', clock)
    pages.add("信访办", body)
    body = page_of(
        "司法局",
        head='<meta name="PubDate" content="${publishDate}"><meta name="ArticleTitle" content="文章标题">',
        info="成文日期：2024-02-20 发布日期：2024-03-06",
    )
    pages.add("司法局", body)
    body = page_of("城管局", head='<meta name="PubDate" content="2024-03-07 09:18">', info="【信息时间：2024-03-09】")
    pages.add("城管局", body)
    pages.add("住建委", page_of("住建委", info="【信息时间：】"), published_on=date(2024, 3, 11))


def test_hazard_24_a_frozen_clock_is_no_day_of_publication(odd):
    """Decoy dates: header clock frozen at another year (2019 above a 2024 report)."""
    assert odd.report("信访办", "published_on, published_from") == (date(2024, 3, 5), "label")


def test_hazard_24_the_day_of_writing_is_another_one_and_placeholders_are_none(odd):
    """信息时间 vs 发布时间 vs 成文日期; placeholder meta."""
    found = odd.report("司法局", "published_on, published_from, written_on, title")
    assert found == (date(2024, 3, 6), "label", date(2024, 2, 20), title_of("司法局"))
    assert odd.report("城管局", "published_on, published_from") == (date(2024, 3, 7), "meta")
    assert odd.report("住建委", "published_on, published_from") == (date(2024, 3, 11), "list")


# 17: reports in files


FILE = "/shja_main/11111111-1111-4111-8111-111111111111/22222222-2222-4222-8222-222222222222/"
UNREAD = {
    "商务委员会": ("pdf", scan_of("x\nx"), "no_text"),
    "科学技术委员会": ("doc", old_office("x"), "unsupported"),
    "体育局": ("wps", old_office("x"), "unsupported"),
    "水务局": ("zip", b"PK\x05\x06" + bytes(18), "unsupported"),
}


@pytest.fixture(scope="module")
def filed(make_night):
    """A portal whose reports are in files, read in one night."""
    pages = Pages(make_night(empty_site()))
    site = pages.night.portal.site
    made = {"教育局": ("pdf", pdf_of), "财政局": ("docx", docx_of)}
    files = {name: (kind, make("\n".join([title_of(name), *lines_of(name)]))) for name, (kind, make) in made.items()}
    for name, (kind, raw) in {**files, **{name: made[:2] for name, made in UNREAD.items()}}.items():
        path = f"{FILE}{name}.{kind}"
        site.add_bytes(path, raw, CONTENT_TYPES[kind])
        text = f"{title_of(name)}详见附件。"
        attachment = Attachment(path, f"{title_of(name)}.{kind}")
        pages.paths[name] = publish(
            site, title=title_of(name), text=text, publisher=f"云河区{name}", number=len(pages.paths), attachments=(attachment,)
        )
    path = f"{FILE}民政局.xlsx"
    site.add_bytes(path, xlsx_of([["事项", "件数"], ["行政处罚", "1,317"], ["行政许可", "4,219"]]), CONTENT_TYPES["xlsx"])
    attachment = Attachment(path, "附件：2023年执法数据统计表.xlsx")
    told = {"title": title_of("民政局"), "text": "\n".join(lines_of("民政局")), "publisher": "云河区民政局"}
    pages.paths["民政局"] = publish(site, number=20, attachments=(attachment,), **told)
    pages.add("审计局", page_of("审计局", '<p><img src="/files/1.jpg"><img src="/files/2.jpg"></p>'), number=21)
    pages.add("统计局", pdf_of("\n".join([title_of("统计局"), *lines_of("统计局")])), content_type="application/pdf", number=22)
    pages.night.run()
    return pages


@pytest.mark.parametrize(("name", "kind"), [("教育局", "pdf"), ("财政局", "docx")])
def test_hazard_17_a_page_that_only_refers_to_its_attachment(filed, name, kind):
    """Attachment-only pages: one line that refers to the annex."""
    text, body_from, body_url = filed.report(name, "body_text, body_from, body_url")
    assert plain(text).removeprefix(plain(title_of(name))) == plain("".join(lines_of(name)))
    assert body_from == kind
    assert unquote(body_url) == f"{BASE}{FILE}{name}.{kind}"
    assert filed.night.ops(f"SELECT kind, state FROM ops_attachment WHERE url = '{body_url}'") == [(kind, "used_as_body")]
    assert len(filed.metrics(name)) > 10


def test_hazard_17_an_item_of_the_list_that_is_a_file(filed):
    """List items that are files."""
    text, body_from, body_url = filed.report("统计局", "body_text, body_from, body_url")
    assert plain(text).removeprefix(plain(title_of("统计局"))) == plain("".join(lines_of("统计局")))
    assert (body_from, body_url) == ("pdf", None)


@pytest.mark.parametrize("name", UNREAD)
def test_hazard_17_what_cannot_be_read_is_recorded_and_never_an_empty_report(filed, name):
    """Scanned PDF without text layer, .wps/.doc, zip: record as "no text", do not store an empty report."""
    kind, _, state = UNREAD[name]
    [(rule, reason)] = filed.quarantined(name)
    assert rule == "report_in_unread_file"
    assert f"{name}.{kind}" in unquote(reason)
    found = filed.night.ops(f"SELECT kind, state, url, detail FROM ops_attachment WHERE source_url = '{BASE}{filed.paths[name]}'")
    [(found_kind, found_state, url, detail)] = found
    assert (found_kind, found_state) == (kind, state)
    assert unquote(url) == f"{BASE}{FILE}{name}.{kind}"
    assert detail
    assert filed.night.reports("title", f"source_url = '{BASE}{filed.paths[name]}'") == []


def test_hazard_17_a_page_of_pictures(filed):
    """Image-only page: recorded, and no report."""
    assert [rule for rule, _ in filed.quarantined("审计局")] == ["empty_page"]
    assert filed.night.reports("title", f"source_url = '{BASE}{filed.paths['审计局']}'") == []


def test_hazard_17_the_table_of_an_appendix_gives_figures(filed):
    """An .xlsx with the tables of a report's appendix."""
    found = {(quote, value) for quote, value, _ in filed.metrics("民政局")}
    assert {("1,317", 1317), ("4,219", 4219)} <= found
    states = filed.night.ops(f"SELECT state FROM ops_attachment WHERE source_url = '{BASE}{filed.paths['民政局']}'")
    assert states == [("appended",)]


# 18: reports on several pages


def split(site, name, pieces, *, number, missing=()):
    """Publish a report on several pages, each of which links the next one; those that are `missing` are not there. Their paths."""
    lines = lines_of(name)
    size = -(-len(lines) // pieces)
    path = publish(site, title=title_of(name), text="x", publisher=f"云河区{name}", number=number)
    paths = [path, *(path.replace(".html", f"_{index}.html") for index in range(1, pieces))]
    for index, own in enumerate(paths):
        text = "".join(f"<p>{line}</p>" for line in lines[index * size : (index + 1) * size])
        further = f'<a href="{paths[index + 1].rpartition("/")[2]}">下一页</a>' if index + 1 < pieces else "<span>下一页</span>"
        body = page_of(name, text, below=f'<div class="pages"><span>{index + 1}</span>{further}</div>').encode()
        if index not in missing:
            yield own, body


@pytest.fixture
def divided(make_night):
    """A portal of reports on three pages each; of the second one the last page is missing."""
    pages = Pages(make_night(empty_site()))
    for number, (name, missing) in enumerate({"教育局": (), "财政局": (2,)}.items()):
        for path, body in split(pages.night.portal.site, name, 3, number=number, missing=missing):
            pages.paths.setdefault(name, path)
            pages.night.portal.scenario(path, {"do": "answer", "status": 200, "body": body, "headers": {"Content-Type": "text/html"}})
    return pages


def test_hazard_18_a_report_on_several_pages_is_one(divided):
    """Report split over pages (`uuid_1.html`)."""
    divided.night.run("first")
    assert divided.report("教育局").splitlines() == lines_of("教育局")
    further = divided.night.ops(f"SELECT url, state FROM ops_attachment WHERE source_url = '{BASE}{divided.paths['教育局']}' ORDER BY url")
    own = divided.paths["教育局"]
    assert further == [(BASE + own.replace(".html", f"_{index}.html"), "appended") for index in (1, 2)]
    divided.night.run("second")
    assert divided.night.reports("revision", f"source_url = '{BASE}{own}'") == [(1,)]


def test_hazard_18_a_text_whose_next_page_is_missing_is_never_taken_for_whole(divided):
    """Report split over pages: it goes on elsewhere, which is named."""
    divided.night.run()
    [(rule, reason)] = divided.quarantined("财政局")
    assert rule == "continues_elsewhere"
    assert divided.paths["财政局"].replace(".html", "_2.html") in reason
    assert divided.night.reports("title", f"source_url = '{BASE}{divided.paths['财政局']}'") == []


def test_hazard_18_tabs(make_night):
    """Report split over tabs; Putuo page text opens with a tab hint."""
    pages = Pages(make_night(empty_site()))
    lines = lines_of("教育局")
    panes = ["".join(f"<p>{line}</p>" for line in part) for part in (lines[:9], lines[9:])]
    tabs = '<ul class="tab-title"><li class="on">主要举措</li><li>不足和安排</li></ul>'
    hint = "<p>提示：按Tab键可进入正文，按Shift+Tab键返回</p>"
    inner = f'{hint}{tabs}<div class="tab-pane active">{panes[0]}</div><div class="tab-pane" style="display:none">{panes[1]}</div>'
    pages.add("教育局", page_of("教育局", inner))
    pages.night.run()
    assert [line for line in pages.report("教育局").splitlines() if line in lines] == lines
    assert "Tab键" not in pages.report("教育局")


# 23: the same pages in another script, and elsewhere


def test_hazard_23_a_twin_in_another_script_and_mirrors_are_listed_and_not_fetched(make_night):
    """Traditional-character twin via `/gate/big5/` that also changes words; pirate mirrors on unrelated domains."""
    night = make_night(empty_site(), path_exclude=load_source("jingan").path_exclude)
    site = night.portal.site
    own = publish(site)
    twin, mirror, gate = (
        f"/gate/big5/www.yunhe.test{own}",
        f"http://mirror.test{own}",
        f"http://big5.example.test/gate/big5/www.yunhe.test{own}",
    )
    listed = site.page("/xxgk/002017/002017002/subpage.html").body.decode()
    day = '<span class="ewb-list-date">2024-03-01</span>'
    item = f'<li class="ewb-list-node clearfix"><a class="ewb-list-name" title="{{}}" href="{{}}">x</a>{day}</li>'
    title = "云河区司法局2023年度法治政府建设情况报告"
    more = "".join(item.format(title, address) for address in (twin, mirror, gate))
    body = listed.replace('<ul class="ewb-list-items">', f'<ul class="ewb-list-items">{more}').encode()
    night.portal.scenario(
        "/xxgk/002017/002017002/subpage.html", {"do": "answer", "status": 200, "body": body, "headers": {"Content-Type": "text/html"}}
    )
    site.add_bytes(twin, page_of("司法局").replace("质量", "品質").encode(), "text/html; charset=utf-8")
    night.run()
    assert night.reports("source_url, revision") == [(BASE + own, 1)]
    reasons = dict(night.ops("SELECT url, reason FROM ops_listed WHERE NOT is_report"))
    assert reasons[BASE + twin] == "excluded_path:/gate/"
    assert reasons[mirror] == "foreign_host:mirror.test"
    assert reasons[gate] == "foreign_host:big5.example.test"
    assert night.asked("/gate/*") == 0
    assert {request.host_name for request in night.portal.requests} == {"www.yunhe.test"}


# 25: bytes that change with each fetch


def test_hazard_25_counters_and_captchas_make_no_revision(make_night):
    """Missing validators and dynamic parts: view counters and captchas change the bytes each fetch; the text is hashed."""
    night = make_night(empty_site())
    path = publish(night.portal.site, title=title_of("教育局"), text="x", publisher="云河区教育局")
    bodies = [
        page_of("教育局", info=f"【信息时间：2024-03-01】【浏览次数：<span id='infoViewCount'>{4711 + 13 * count}</span>】").replace(
            '<div id="footer">', f'<div class="error-form"><h4>纠错</h4><img src="/captcha?t={count}{count}"></div><div id="footer">{count}'
        )
        for count in range(3)
    ]
    steps = [{"do": "answer", "status": 200, "body": body.encode(), "headers": {"Content-Type": "text/html"}} for body in bodies]
    night.portal.scenario(path, *steps)
    night.run("n0")
    before = night.reports("* EXCLUDE (fetched_at)"), counted(night)
    for run_id in ("n1", "n2"):
        night.run(run_id)
        assert (night.reports("* EXCLUDE (fetched_at)"), counted(night)) == before
    digests = night.ops("SELECT count(DISTINCT sha256) FROM ops_fetch WHERE page = 'article'")
    assert digests == [(3,)], "the archive keeps the bytes of each fetch"


def counted(night):
    tables = ("dim_report", "dim_section", "fact_measure", "fact_metric", "fact_citation", "fact_numeral", "fact_finding")
    return {table: night.sql(f"SELECT count(*) FROM {table}") for table in tables}
