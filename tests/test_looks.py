"""What answers with status 200 look like: pages, refusals, pages that are not there, next to nothing."""

import pytest

from etl.looks import look_at

MENU = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(30))
REPORT = "<p>2023年，区司法局评查案卷168份，群众找不到办事窗口、页面不存在等问题得到整改。</p>" * 12


def page(body, title="云河区人民政府", head=""):
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


NOT_PAGES = {
    "empty": ("", "stub"),
    "blank": (" \r\n ", "stub"),
    "3 bytes": ("ok\n", "stub"),
    "13 bytes": ("<html></html>", "stub"),
    "a number": ("404", "stub"),
    "300 bytes": (page("", title="", head='<meta charset="utf-8">' + "<!-- TRS -->" * 18), "stub"),
    "nothing but a footer": (page('<div id="zoom"></div><script>load()</script>版权所有'), "stub"),
    "title says it": (page(f"<ul>{MENU}</ul>" + "<p>网站导航</p>" * 40, title="您访问的页面不存在"), "soft_404"),
    "heading says it": (page(f"<h1>404 Not Found</h1>{MENU}"), "soft_404"),
    "nginx": (page("<center><h1>404 Not Found</h1></center><hr><center>nginx/1.18.0</center>", title="404 Not Found"), "soft_404"),
    "iis": (page("<h2>404 - 找不到文件或目录。</h2><h3>您要查找的资源可能已被删除，已更改名称或者暂时不可用。</h3>"), "soft_404"),
    "tomcat": (page("<h1>HTTP Status 404</h1><p>The requested resource is not available</p>", title="Error report"), "soft_404"),
    "short text says it": (page(f"<ul>{MENU}</ul><p>抱歉，该信息已被删除或不存在，5秒后返回首页。</p>"), "soft_404"),
    "no such article": (page("<p>对不起，没有找到您要查看的文章！</p>"), "soft_404"),
    "script to the error page": ('<script>window.location.href="/404.html"</script>', "soft_404"),
    "refresh to the error page": ('<html><meta http-equiv="refresh" content="0; url=/error/index.html"></html>', "soft_404"),
    "refresh elsewhere": ('<html><meta http-equiv="refresh" content="0; url=/index.html"></html>', "stub"),
    "front page": (page(f"<ul>{MENU}</ul><div>主办单位：云河区人民政府办公室</div>", title="云河区人民政府门户网站"), "soft_404"),
    "front page by its site name": (page(f"<ul>{MENU}</ul>", head='<meta name="SiteName" content="云河区人民政府">'), "soft_404"),
    "script only": ("<html><head><script>location.reload()</script></head><body></body></html>", "blocked"),
    "script and noscript": ("<html><script src=/a.js></script><noscript>enable JavaScript</noscript></html>", "blocked"),
    "rs": ("<html><meta id=x content=\"{qtYwJ9a\"><script r='m'>$_ts={}</script><body>...</body></html>", "blocked"),
    "clearance cookie": ("<script>document.cookie='__jsl_clearance_s=1;path=/';location.href=location.pathname</script>", "blocked"),
    "wants a browser": ("<body><p>请开启JavaScript并刷新该页</p><script>go()</script></body>", "blocked"),
    "firewall": (page("<div>您的访问请求可能对网站造成威胁，请求已被网站防火墙拦截。</div>", title="访问被拦截"), "blocked"),
    "too often": (page("<p>您的访问过于频繁，请稍后再试。</p>"), "blocked"),
    "forbidden": (page("<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>", title="403 Forbidden"), "blocked"),
    "plain refusal": ("Access Denied", "blocked"),
    "bad gateway": (page("<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>", title="502 Bad Gateway"), "stub"),
    "busy": (page("<p>系统繁忙，请稍后再试！</p>"), "stub"),
    "shell": (page("<div id=app></div><script src=/app.js></script>"), "stub"),
}


@pytest.mark.parametrize(("text", "outcome"), NOT_PAGES.values(), ids=NOT_PAGES)
def test_what_is_no_page_is_named_and_says_why(text, outcome):
    looks = look_at(text.encode(), "text/html; charset=utf-8", page="article")
    assert looks.outcome == outcome
    assert looks.detail
    assert "\n" not in looks.detail
    assert look_at(text.encode("gb18030"), "text/html; charset=gbk", page="article").outcome == outcome


PAGES = {
    "report that speaks of pages not found": page(f"<div id=zoom>{REPORT}</div>", title="法治政府建设情况报告"),
    "a line that refers to its attachment": page("<p>详见附件</p><a href='/a/U/report.pdf'>附件：2023年法治政府建设情况报告.pdf</a>"),
    "attachment only, in a page of links": page(f"<ul>{MENU}</ul><a href='/a/U/report.pdf'>报告</a>", title="云河区政府首页"),
    "article under the site's name": page(f"<ul>{MENU}</ul>{REPORT}", title="云河区人民政府门户网站"),
    "short article": page("<div><p>2024年法治政府建设。进展顺利。</p></div>"),
    "a title that begins with a number": page(REPORT, title="404个村居法治建设情况"),
    "an article about such pages": page(
        "<p>短讯：页面不存在问题已整改。</p>", title="页面不存在问题整改情况", head='<meta name="PubDate" content="2024-03-25 09:18">'
    ),
    "text in a script": "<html><script>window._CONFIG={content:'" + "法治政府建设情况报告" * 20 + "'}</script><body></body></html>",
    "a page that ran its challenge": page(f"<div id=zoom>{REPORT * 2}</div>", head="<script r='m'>$_ts={}</script>"),
    "only an image": page("<img src=/scan.png>"),
    "a PDF": "%PDF-1.7 <html>404 Not Found",
    "JSON": '{"custom": {"data": [], "total": 0}}',
}


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_what_is_a_page_is_left_alone(text):
    looks = look_at(text.encode(), None, page="article")
    assert (looks.outcome, looks.detail) == ("ok", None)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (page(f"<ul>{MENU}</ul>", title="云河区人民政府门户网站"), "ok"),
        (page("<div id=app></div><script src=/app.js></script>"), "ok"),
        ("<datastore><recordset></recordset></datastore>", "ok"),
        (
            "<datastore><nextgroup></nextgroup><record><![CDATA[<a href='/art/art_1_2.html'>报告</a>]]></record></datastore>",
            "ok",
        ),
        ("[]", "ok"),
        ("", "stub"),
        ("<script>document.cookie='a=b';location.reload()</script>", "blocked"),
    ],
)
def test_of_a_list_it_is_not_asked_whether_it_holds_items(text, outcome):
    assert look_at(text.encode(), None, page="list").outcome == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", "ok"),
        ("User-agent: *\nDisallow: /xxgk/002099/\n", "ok"),
        ("x", "ok"),
        (page(f"<ul>{MENU}</ul>", title="首页"), "soft_404"),
        ("<script>location.reload()</script>", "blocked"),
    ],
)
def test_a_page_in_place_of_robots_txt_is_none(text, outcome):
    assert look_at(text.encode(), "text/plain", page="robots").outcome == outcome


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (b"%PDF-1.4", "ok"),
        (b"PK\x03\x04\x14\x00", "ok"),
        (b"\x00\x01<a>\x00\x02", "ok"),
        (b"a,b\n1,2\n", "ok"),
        (b"", "stub"),
        (page("<p>文件不存在</p>").encode(), "soft_404"),
        (page(f"<ul>{MENU}</ul>", title="云河区人民政府门户网站").encode(), "soft_404"),
    ],
)
def test_an_attachment_may_be_any_file_but_no_notice(raw, outcome):
    assert look_at(raw, "application/pdf", page="attachment").outcome == outcome


@pytest.mark.parametrize(
    "markup", ["<div>" * 100_000, "<p><font size=1>" * 40_000, "<a href=x>" * 50_000, "<!" * 200_000, "<script" * 50_000]
)
def test_hostile_markup_is_looked_at_in_time_linear_in_its_size(markup):
    look_at(markup.encode(), None, page="article")
