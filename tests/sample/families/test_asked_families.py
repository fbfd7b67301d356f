"""Families whose lists are asked for (posted forms, JSON, queries), over HTTP: all documents are found, and nothing else."""

import json
import re

import pytest
from family_walks import items, urls, walk

from sample.families.documents import DEPARTMENTS, GOVERNMENT, STREETS
from sample.families.gkmlpt import CATEGORY, PLATFORM, POSTS, SID, GkmlptSite
from sample.families.id_query import FORMS, NAVIGATION_LINKS, IdQuerySite
from sample.families.jcms import COLUMN_ID, PROXY, UNIT_ID, WEB_ID, JcmsSite


class TestJcms:
    FORM = f"col=1&appid=1&webid={WEB_ID}&path=%2F&columnid={COLUMN_ID}&unitid={UNIT_ID}&permissiontype=0".encode()

    def records(self, visit, start, end, per_page=15, form=FORM):
        reply = visit(f"{PROXY}?startrecord={start}&endrecord={end}&perpage={per_page}", method="POST", body=form)
        assert (reply.status, reply.headers["Content-Type"], reply.headers["ETag"]) == (200, "text/xml;charset=UTF-8", None)
        return re.findall(r'<record><!\[CDATA\[<li><a href="(.*?)"', reply.text), reply.text

    def test_records_come_from_start_to_end(self, serve):
        site = JcmsSite()
        visit = serve(site)
        paths = [site.address(each) for each in site.documents]
        found = [path for start in range(1, 61, 15) for path in self.records(visit, start, start + 14)[0]]
        assert found == paths
        assert self.records(visit, 1, 45)[0] == paths[:45]
        assert "<totalrecord>51</totalrecord><totalpage>4</totalpage>" in self.records(visit, 1, 45)[1]
        assert self.records(visit, 61, 75)[0] == []

    def test_the_column_page_has_its_first_records_in_a_script(self, serve):
        site = JcmsSite()
        reply = serve(site)(f"/col/col{COLUMN_ID}/index.html")
        assert items(reply, site, "/") == []
        assert reply.text.count("<record>") == 15

    def test_a_form_without_the_column_gets_no_records(self, serve):
        visit = serve(JcmsSite())
        for missing in (b"columnid", b"unitid", b"webid", b"path", b"permissiontype"):
            assert self.records(visit, 1, 45, form=self.FORM.replace(missing, b"x"))[0] == []
        assert visit(f"{PROXY}?startrecord=1&endrecord=45&perpage=15").status == 405

    def test_start_may_be_ignored_and_answers_cut(self, serve):
        site = JcmsSite(ignores_start=True, most_records=30)
        visit = serve(site)
        paths = [site.address(each) for each in site.documents]
        assert self.records(visit, 16, 30)[0] == paths[:30]
        assert self.records(visit, 1, 300, 300)[0] == paths[:30]

    def test_days_are_not_padded(self, serve):
        text = self.records(serve(JcmsSite()), 1, 51)[1]
        assert "[2024-3-8]" in text
        assert f"/art/2024/3/8/art_{COLUMN_ID}_" in text

    def test_ids_may_be_hidden(self):
        assert all(re.search(r"/art_\d+_[0-9a-f]{32}\.html$", report.url) for report in JcmsSite(encrypted=True).expected)


class TestGkmlpt:
    def articles(self, visit, page, sid=SID):
        reply = visit(f"/gkmlpt/api/all/{CATEGORY}?page={page}&sid={sid}")
        assert (reply.status, reply.validators) == (200, (None, None))
        return json.loads(reply.body)

    def test_articles_come_by_pages_and_0_is_1(self, serve):
        site = GkmlptSite()
        visit = serve(site)
        assert self.articles(visit, 0) == self.articles(visit, 1)
        articles = [article for page in (1, 2, 3) for article in self.articles(visit, page)["articles"]]
        ours = [article["url"] for article in articles if article["type"] == "normal"]
        assert {report.url for report in site.expected_in(PLATFORM)} <= set(ours) <= set(urls(site, PLATFORM))
        assert [article["type"] for article in articles].count("url") == len(articles) - len(ours) > 0
        assert self.articles(visit, 4)["articles"] == []
        assert self.articles(visit, 1, sid="1")["articles"] == []

    def test_settings_stand_in_a_script(self, serve):
        text = serve(GkmlptSite())("/gkmlpt/index").text
        assert re.search(r"window\._CONFIG = \{\s+SID: '200016'", text)
        assert f'"id": {CATEGORY}' in text

    def test_dates_are_seconds_and_another_day_in_utc(self, serve):
        site = GkmlptSite()
        (report, *_) = site.expected_in(PLATFORM)
        (article,) = (each for page in (1, 2, 3) for each in self.articles(serve(site), page)["articles"] if each["url"] == report.url)
        assert article["create_time"] % 86400 == 16.5 * 3600
        assert article["date"] < article["create_time"]

    def test_some_texts_stand_only_in_the_script(self, serve):
        site = GkmlptSite()
        pages = [serve(site)(report.url) for report in site.expected_in(PLATFORM)]
        shells = [page for page in pages if page.html.css_first(".article-content") is None]
        assert 0 < len(shells) < len(pages)
        for page in pages:
            detail = json.loads(re.search(r"DETAIL: (\{.*\}),\r\n", page.text)[1])
            assert "<p>" in detail["content"]
            assert "<p>" not in re.search(r"DETAIL: (.*)", page.text)[1]

    def test_posts_stand_in_a_column_with_links_elsewhere(self, serve):
        site = GkmlptSite()
        visit = serve(site)
        pages = ["/zwgk/fzzfjs/", "/zwgk/fzzfjs/index_2.html", "/zwgk/fzzfjs/index_3.html"]
        assert walk(visit, site, pages) == urls(site, POSTS)
        assert all("content/post_" in url for url in urls(site, POSTS))
        assert "/zcjdpt?id=" in visit(pages[0]).text
        assert visit(site.expected_in(POSTS)[0].url).html.css_first("#zoomcon")


class TestIdQuery:
    @pytest.mark.parametrize("column", [DEPARTMENTS, STREETS])
    def test_pages_go_by_number(self, serve, column):
        site = IdQuerySite()
        visit = serve(site)
        pages = -(-len(urls(site, column)) // 4)
        targets = [site.list_address(column, number) for number in range(1, pages + 1)]
        assert walk(visit, site, targets) == urls(site, column)
        assert items(visit(targets[0].replace("&page=1", "")), site, "/") == urls(site, column)[:4]
        assert visit(site.list_address(column, pages + 1)).status == 404

    def test_one_list_has_no_pages(self, serve):
        site = IdQuerySite()
        assert walk(serve(site), site, [site.list_address(GOVERNMENT)]) == urls(site, GOVERNMENT)

    def test_few_items_stand_among_many_links(self, serve):
        site = IdQuerySite()
        page = serve(site)(site.list_address(DEPARTMENTS)).html
        assert len(page.css(".left a")) == NAVIGATION_LINKS == 82
        assert len(page.css(".right td a")) == 4
        assert any("detail?id=" in node.attributes["href"] for node in page.css(".left a"))

    def test_without_its_key_a_page_says_in_200_that_there_is_nothing(self, serve):
        visit = serve(IdQuerySite())
        for form in FORMS.values():
            for target in (form.article_path, f"{form.article_path}?{form.key}=0", form.list_path):
                reply = visit(target)
                assert reply.status == 200
                assert reply.html.css_first(".tip").text() == "没有找到相关信息"

    def test_metadata_are_bullets(self, serve):
        site = IdQuerySite()
        for report in site.expected:
            bullets = [node.text() for node in serve(site)(report.url).html.css(".con-meta li")]
            assert {f"发布日期：{report.published_on}", f"公开机构：{report.organization}"} <= set(bullets)

    def test_some_links_may_lead_to_a_bare_address(self, serve):
        text = serve(IdQuerySite(twin="192.0.2.7"))("/infoDirectory.html?type=dept&dept=003006").text
        assert "http://192.0.2.7/article.html?infoid=" in text
