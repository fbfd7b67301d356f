"""The full made-up district in one night: 41 bodies over seven years, in two systems, some of them in files."""

from urllib.parse import urlsplit

import pytest

from etl.sources import load_source
from sample.seed import full_site


@pytest.fixture(scope="module")
def night(make_night):
    night = make_night(full_site(), source=load_source("yunhe"))
    night.counts = night.run()
    return night


def unreadable(site):
    """Addresses of reports whose page only refers to a file that cannot be read: scans and old formats."""
    found = set()
    for one in site.expected:
        article = site.article(urlsplit(one.url).path)
        only_refers = article.text == f"{article.title}详见附件。"
        if only_refers and not _is_text(site, article.attachments[0].path):
            found.add(one.url)
    return found


def _is_text(site, path):
    body = site.page(path).body
    return body.startswith(b"PK") or (body.startswith(b"%PDF") and b"Tj" in body and b"<> Tj" not in body)


def test_every_report_that_can_be_read_is_there_once(night):
    site = night.portal.site
    lost = unreadable(site) - site.twins.keys()
    expected = {(f"临江市{one.organization}（示例）", one.year) for one in site.expected if one.url not in lost}
    found = night.sql("SELECT name, report_year FROM dim_report JOIN dim_organization USING (organization_id)")
    assert len(site.expected) == 287
    assert len(found) == len(set(found)) == 287 - len(lost)
    assert set(found) == expected
    assert night.reports("revision", "revision > 1 OR NOT is_current") == [], "a report in both systems has one revision"


def test_titles_days_and_addresses_are_those_of_the_portal(night):
    years = {one.url: one.year for one in night.portal.site.expected}
    for own, twin in night.portal.site.twins.items():
        years[twin] = years[own]
    for url, title, year, published_on in night.reports("source_url, title, report_year, published_on"):
        article = night.portal.site.article(urlsplit(url).path)
        assert (title, year, published_on) == (article.title, years[url], article.published_on)


def test_what_cannot_be_read_is_in_quarantine_by_name_and_nothing_else_is(night):
    rows = night.ops("SELECT source_url, rule, reason FROM ops_quarantine")
    assert {url for url, _, _ in rows} == unreadable(night.portal.site)
    assert {rule for _, rule, _ in rows} == {"report_in_unread_file"}
    assert all("http://www.yunhe.test/" in reason for _, _, reason in rows)


def test_what_became_of_each_file(night):
    states = dict(night.ops("SELECT state, count(*) FROM ops_attachment GROUP BY ALL"))
    assert states.keys() == {"used_as_body", "appended", "no_text", "unsupported"}
    assert states["no_text"] + states["unsupported"] == len(unreadable(night.portal.site))
