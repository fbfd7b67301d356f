"""Hazards 14, 15, 23 and 25: how a portal is reached, pages that are none, twins in another script, bytes that change."""

import re
import ssl

import pytest
import trustme
from hazard_nights import BASE, empty_site, publish, source_of_family
from hazard_reports import counted, lines_of, page_of, title_of

from etl.errors import Blocked, PortalUnreachable, StageError
from etl.sources import load_source
from sample.families.id_query import IdQuerySite

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
    assert re.search(match, why)
    return night.ops("SELECT outcome, status, coalesce(retry_at > fetched_at, false) FROM ops_fetch ORDER BY fetched_at")


def test_hazard_14_tls_too_old_for_default_clients(make_night):
    """TLS too old for default clients: named as such, asked again the next night, never asked without."""
    night = make_night(empty_site(), secure=True, base_url="https://www.yunhe.test")
    context = night.portal._tls
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.deprecated_call():
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    rows = refused(night, PortalUnreachable, "TLS|SSL")  # the words are those of the OpenSSL that Python has
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


def test_hazard_14_a_portal_that_leaves_us_waiting(make_night):
    """Geo or datacentre blocks with timeouts: named, and asked again the next night."""
    night = make_night(empty_site(), settings={"ETL_TIMEOUT_S": "0.1"})
    night.portal.scenario("*", {"do": "slow", "seconds": 0.5})
    rows = refused(night, PortalUnreachable, "did not answer in time")
    assert {row[:2] for row in rows} == {("unreachable", 0)}
    assert rows[-1] == ("unreachable", 0, True)


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
    with pytest.raises(StageError, match="holds no article"):
        night.run()
    assert night.ops("SELECT outcome FROM ops_fetch WHERE page = 'article'") == [("soft_404",)]
    assert not (night.home / "warehouse" / "reports.duckdb").exists()


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
