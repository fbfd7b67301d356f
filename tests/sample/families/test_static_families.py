"""Families whose lists are static pages, walked over HTTP as their paging rules say: all documents are found, and nothing else."""

import json
import re
from urllib.parse import urljoin

import pytest
from family_walks import items, urls, walk

from sample.families.base import hex_id
from sample.families.documents import DEPARTMENTS, GOVERNMENT, STREETS
from sample.families.doy import SECTION, DoySite
from sample.families.generic import FOLDER, FRAME, HOSTS, GenericSite
from sample.families.hash_month import LISTS, HashMonthSite
from sample.families.minhang import COLUMN as MH_COLUMN
from sample.families.minhang import ROOT, SEARCH, MinhangSite
from sample.families.shanghai_city import COLUMN as CITY_COLUMN
from sample.families.shanghai_city import YEARS, ShanghaiCitySite
from sample.families.slug_id import SlugIdSite
from sample.families.trs import COLUMN as TRS_COLUMN
from sample.families.trs import TrsSite


class TestTrs:
    PAGES = (TRS_COLUMN, *(f"{TRS_COLUMN}index_{number}.html" for number in (1, 2, 3)))

    def test_page_2_is_index_1_and_the_script_counts_the_pages(self, serve):
        site = TrsSite()
        visit = serve(site)
        assert walk(visit, site, self.PAGES) == urls(site)
        assert visit(f"{TRS_COLUMN}index.html").body == visit(TRS_COLUMN).body
        assert 'createPageHTML(4, 1, "index", "html");' in visit(self.PAGES[1]).text

    def test_links_are_relative_and_titles_cut(self, serve):
        page = serve(TrsSite())(TRS_COLUMN).html
        assert all(node.attributes["href"].startswith("./") for node in page.css(".list a"))
        assert any(node.text().endswith("…") and len(node.attributes["title"]) > len(node.text()) for node in page.css(".list a"))

    def test_behind_the_last_page_there_are_stubs(self, serve):
        reply = serve(TrsSite())(f"{TRS_COLUMN}index_4.html")
        assert (reply.status, len(reply.body), reply.html.body.text().strip()) == (200, 300, "")

    def test_deep_pages_may_be_stubs_and_hide_reports(self, serve):
        site = TrsSite(stub_from=3)
        visit = serve(site)
        assert len(visit(self.PAGES[2]).body) == 300
        seen = set(walk(visit, site, self.PAGES[:2]))
        assert [report.url for report in site.expected] == [report.url for report in TrsSite().expected if report.url in seen]
        assert 0 < len(site.expected) < 10

    def test_one_address_holds_1970(self, serve):
        (report,) = (report for report in TrsSite().expected if "/197001/t19700101_" in report.url)
        assert serve(TrsSite())(report.url).html.css_first("meta[name=PubDate]").attributes["content"] == f"{report.published_on} 09:18"

    def test_a_list_may_be_written_by_script(self, serve):
        site = TrsSite(written_by_script=True)
        reply = serve(site)(TRS_COLUMN)
        assert items(reply, site, TRS_COLUMN) == []
        written = re.findall(r'document\.writeln\("<li><a href=\\"(.*?)\\"', reply.text)
        assert [urljoin(f"http://{site.host}{TRS_COLUMN}", href) for href in written] == urls(site)[:15]


class TestDoy:
    def test_the_section_links_a_column_for_each_year(self, serve):
        site = DoySite()
        visit = serve(site)
        lists = [node.attributes["href"] for node in visit(SECTION).html.css(".menu a")][2:]
        assert {"/zhengwu/2023nd-jdzfzzfjsqkbg/index.html", "/zhengwu/2024nd-jdzfzzfjsqkbg/index.html"} <= set(lists)
        found = []
        for path in lists:
            pages = int(visit(path).html.css_first(".pages span").text().partition("/")[2])
            found += walk(visit, site, [path, *(path.replace("index", f"index_{number}") for number in range(2, pages + 1))])
            assert visit(path.replace("index", f"index_{pages + 1}")).status == 404
        assert sorted(found) == sorted(urls(site))

    def test_the_day_in_the_address_is_often_another(self, serve):
        site = DoySite()
        days = {report.url: re.search(r"/(\d{4})/(\d{1,3})/\d+\.html$", report.url).groups() for report in site.expected}
        same = [report for report in site.expected if f"{report.published_on:%Y %-j}" == " ".join(days[report.url])]
        assert 0 < len(same) < len(days)

    def test_a_table_tells_who_published_when(self, serve):
        site = DoySite()
        for report in site.expected:
            cells = [node.text() for node in serve(site)(report.url).html.css(".detail-meta td")]
            assert cells[2:] == [report.organization, str(report.published_on)]

    def test_one_page_only_refers_to_its_attachment(self, serve):
        site = DoySite()
        visit = serve(site)
        pages = {report.url: visit(report.url).html for report in site.expected}
        assert sum("详见附件" in page.css_first("#ivs_content").text() for page in pages.values()) == 1
        for url, page in pages.items():
            file = page.css_first(".detail-file a").attributes["href"]
            assert re.fullmatch(re.escape(url.removesuffix(".html").partition(".test")[2]) + r"/[0-9a-f]{32}\.pdf", file)
            assert visit(file).headers["Content-Type"] == "application/pdf"


class TestMinhang:
    FOLDER = f"{ROOT}/{MH_COLUMN}/List/"

    def test_later_pages_count_down(self, serve):
        site = MinhangSite()
        visit = serve(site)
        assert "var PageCount = 4;" in visit(f"{self.FOLDER}config.js").text
        assert walk(visit, site, [f"{self.FOLDER}list_{name}.htm" for name in (0, 3, 2, 1)]) == urls(site)
        assert visit(f"{self.FOLDER}list_4.htm").status == 404

    def test_an_added_page_renames_the_others(self, serve):
        site = MinhangSite(page_size=17)
        visit = serve(site)
        assert visit(f"{self.FOLDER}list_3.htm").status == 404
        site.add("区政府信息公开工作年度报告")
        assert walk(visit, site, [f"{self.FOLDER}list_{name}.htm" for name in (0, 3, 2, 1)]) == urls(site)

    def test_dates_have_blanks_inside(self, serve):
        dates = [node.text() for node in serve(MinhangSite())(f"{self.FOLDER}list_0.htm").html.css(".f_float")]
        assert len(dates) == 14
        assert all(re.fullmatch(r"\d{4}- \d\d-\s+\d\d ", each) for each in dates)

    def test_titles_are_found_as_json(self, serve):
        site = MinhangSite()
        visit = serve(site)
        target = f"{SEARCH}?keyword=%E6%B3%95%E6%B2%BB%E6%94%BF%E5%BA%9C&sitecode=mh_xxgk&pagesize=10&pageindex="
        answers = [json.loads(visit(f"{target}{number}").body) for number in range(1, 6)]
        found = [f"http://{site.host}{item['url']}" for answer in answers for item in answer["list"]]
        assert found == [site.url(each) for each in site.documents if "法治政府" in each.title]
        assert answers[0]["totalcount"] == len(found)
        assert '<span style="color:red">法治政府</span>' in answers[0]["list"][0]["title"]
        assert json.loads(visit(target.replace("mh_xxgk", "other") + "1").body)["totalcount"] == 0

    def test_one_report_has_an_attachment(self, serve):
        site = MinhangSite()
        visit = serve(site)
        found = [(report.url, node) for report in site.expected if (node := visit(report.url).html.css_first(".xx_attach a"))]
        ((url, node),) = found
        assert visit(urljoin(url, node.attributes["href"])).body.startswith(b"%PDF")


class TestShanghaiCity:
    def test_page_2_is_index_2_and_years_have_columns(self, serve):
        site = ShanghaiCitySite()
        visit = serve(site)
        for column in (CITY_COLUMN, *(f"{CITY_COLUMN}-{year}" for year in YEARS)):
            first = f"/{column}/index.html"
            assert f'href="{first}"' in visit(site.entries[0]).text
            pages = int(re.search(r"totalPage: (\d+)", visit(first).text)[1])
            later = [first.replace("index", f"index_{number}") for number in range(2, pages + 1)]
            assert walk(visit, site, [first, *later]) == urls(site, column)
            assert visit(first.replace("index", "index_1")).status == 404

    def test_items_stand_twice_once_commented_out(self, serve):
        text = serve(ShanghaiCitySite())(f"/{CITY_COLUMN}/index.html").text
        assert text.count('<span class="time">') == 2 * len(re.findall(r"<!-- <li>", text)) == 12

    def test_a_list_links_a_report_that_is_a_file(self, serve):
        (report,) = (report for report in ShanghaiCitySite().expected if report.url.endswith(".pdf"))
        reply = serve(ShanghaiCitySite())(report.url)
        assert (reply.headers["Content-Type"], reply.body[:5]) == ("application/pdf", b"%PDF-")

    def test_older_pages_lack_meta_tags(self, serve):
        site = ShanghaiCitySite()
        pages = [serve(site)(report.url).html for report in site.expected if not report.url.endswith(".pdf")]
        assert 0 < sum(page.css_first("meta[name=ArticleTitle]") is None for page in pages) < len(pages)
        assert all(page.css_first("#ivs_title") and page.css_first("#ivs_date") and page.css_first("#ivs_content") for page in pages)

    def test_one_page_shows_a_file(self, serve):
        site = ShanghaiCitySite()
        visit = serve(site)
        (page,) = (page for report in site.expected if b"pdf-content" in (page := visit(report.url)).body)
        assert visit(page.html.css_first("div.xgfj a").attributes["href"]).body.startswith(b"%PDF")


class TestGeneric:
    @pytest.mark.parametrize("rule", list(HOSTS))
    def test_each_rule_leads_through_the_list(self, serve, rule):
        site = GenericSite(rule)
        visit = serve(site)
        assert walk(visit, site, [site.page_address(number) for number in (1, 2, 3, 4)]) == urls(site)

    @pytest.mark.parametrize(("rule", "status", "count"), [("index_1", 404, 0), ("index_2", 200, 6), ("number", 200, 0), ("query", 200, 6)])
    def test_behind_the_last_page_they_differ(self, serve, rule, status, count):
        site = GenericSite(rule)
        target = site.page_address(5)
        reply = serve(site)(target)
        assert (reply.status, len(items(reply, site, target))) == (status, count)

    def test_a_list_may_stand_in_a_frame(self, serve):
        site = GenericSite("frame")
        reply = serve(site)(FOLDER)
        assert items(reply, site, FOLDER) == []
        assert reply.html.css_first("iframe").attributes["src"] == f"{FRAME}index.html"

    def test_dated_links_of_other_columns_stand_beside(self, serve):
        site = GenericSite("query")
        beside = serve(site)(FOLDER).html.css(".r li")
        assert len(beside) == 2
        assert all("法治政府建设" in node.text() and "2025.03." in node.text() for node in beside)


class TestSlugId:
    @pytest.mark.parametrize("column", [GOVERNMENT, DEPARTMENTS, STREETS])
    def test_lists_are_walked(self, serve, column):
        site = SlugIdSite()
        visit = serve(site)
        pages = -(-len(urls(site, column)) // 3)
        assert walk(visit, site, [site.page_address(column, number) for number in range(1, pages + 1)]) == urls(site, column)
        assert visit(site.page_address(column, pages + 1)).status == 404

    def test_addresses_have_no_date_or_a_wrong_one(self, serve):
        site = SlugIdSite()
        for report in site.expected:
            assert re.search(r"/publicity/jggk/fzzfjs/\w+/\d+$|/shqp/zwgk/fzjs/jz/\d{8}/\d+\.html$", report.url)
            assert f"{report.published_on:%Y%m%d}" not in report.url
        (report, *_) = site.expected_in(STREETS)
        assert serve(site)(report.url).html.css_first(".time").text() == f"{report.published_on:%Y.%m.%d}"


class TestHashMonth:
    @pytest.mark.parametrize("column", list(LISTS))
    def test_lists_are_walked(self, serve, column):
        site = HashMonthSite()
        visit = serve(site)
        pages = -(-len(urls(site, column)) // 3)
        assert walk(visit, site, [site.page_address(column, number) for number in range(1, pages + 1)]) == urls(site, column)
        assert visit(site.page_address(column, pages + 1)).status == 404

    def test_addresses_are_hashes(self):
        site = HashMonthSite()
        for document in site.documents:
            assert hex_id(document) in site.url(document) or document.column == STREETS
        assert re.search(r"/fzzfjs/\d{6}/[0-9a-f]{32}\.shtml$", site.expected_in(GOVERNMENT)[0].url)
        assert re.search(r"/bmfzzfjs/\d{4}/\d{1,2}/\d{1,2}/[0-9a-f]{32}\.shtml$", site.expected_in(DEPARTMENTS)[0].url)
        assert re.search(r"/columns/[0-9a-f-]{36}/\d{6}/\d\d/[0-9a-f-]{36}\.html$", site.expected_in(STREETS)[0].url)
