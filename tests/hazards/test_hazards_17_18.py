"""Hazards 17 and 18: reports in files, and on several pages."""

from urllib.parse import unquote

import pytest
from hazard_nights import BASE, empty_site, publish
from hazard_reports import Pages, lines_of, page_of, plain, title_of

from sample.attachments import CONTENT_TYPES, docx_of, old_office, scan_of, xlsx_of
from sample.content import Attachment
from sample.families.pdf import pdf_of

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
