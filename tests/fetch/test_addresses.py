"""Canonical and requested addresses."""

import pytest

from etl.fetch.addresses import Addresses, authority

BASE = "https://www.example.gov.cn"
LIST = BASE + "/xxgk/002017/002017002/subpage.html"
ARTICLE = BASE + "/xxgk/002017/002017002/20240325/5f0c.html"


@pytest.mark.parametrize(
    "href",
    [
        ARTICLE,
        "/xxgk/002017/002017002/20240325/5f0c.html",
        "20240325/5f0c.html",
        " 20240325/5f0c.html\n",
        "./20240325/5f0c.html?type=2",
        "20240325/5f0c.html#top",
        "//www.example.gov.cn/xxgk/002017/002017002/20240325/5f0c.html",
        "http://www.example.gov.cn/xxgk/002017/002017002/20240325/5f0c.html",
        "http://www.example.gov.cn:80/xxgk/002017/002017002/20240325/5f0c.html",
        "https://example.gov.cn:443/xxgk/002017/002017002/20240325/5f0c.html?type=2#a",
        "HTTPS://WWW.EXAMPLE.GOV.CN/xxgk/002017/002017002/20240325/5f0c.html",
        "http://127.0.0.1:8799/xxgk/002017/002017002/20240325/5f0c.html",
    ],
)
def test_all_ways_to_write_an_address_are_one(source, href):
    assert Addresses(source, "http://127.0.0.1:8799").canonical(href, LIST) == ARTICLE


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        (BASE, BASE + "/"),
        (BASE + "/article.html?infoid=7&type=2", BASE + "/article.html?infoid=7"),
        (BASE + "/article.html?type=21", BASE + "/article.html?type=21"),
    ],
)
def test_other_parts_of_a_query_are_kept(source, href, canonical):
    assert Addresses(source).canonical(href) == canonical


@pytest.mark.parametrize(
    "href",
    [
        "https://www.shanghai.gov.cn/nw/a.html",
        "https://www.example.gov.cn@evil.example/a.html",
        "https://www.example.gov.cn.evil.example/a.html",
        "https://www.example.gov.cn:8443/a.html",
        "https://www.example.gov.cn:port/a.html",
        "https://[evil/a.html",
        "mailto:a@example.gov.cn",
        "ftp://www.example.gov.cn/a.html",
    ],
)
def test_foreign_addresses_are_not_own(source, href):
    addresses = Addresses(source)
    assert not addresses.is_own(addresses.canonical(href, LIST))


def test_credentials_in_an_address_are_dropped(source):
    assert Addresses(source).canonical("https://user:secret@www.example.gov.cn/a.html") == BASE + "/a.html"


def test_requests_go_to_the_source_itself_by_default(source):
    addresses = Addresses(source)
    assert addresses.requested(ARTICLE) == ARTICLE
    assert addresses.host == "www.example.gov.cn"
    assert not addresses.is_loopback


def test_requests_go_to_the_portal_of_the_settings_and_back(source):
    addresses = Addresses(source, "http://127.0.0.1:8799/mirror")
    assert addresses.requested(ARTICLE) == "http://127.0.0.1:8799/mirror/xxgk/002017/002017002/20240325/5f0c.html"
    assert addresses.canonical(addresses.requested(ARTICLE)) == ARTICLE
    assert addresses.host == "127.0.0.1:8799"
    assert addresses.is_loopback


@pytest.mark.parametrize(
    ("portal_url", "origin", "target", "may"),
    [
        (None, ARTICLE, BASE + "/b.html", True),
        (None, ARTICLE, "https://example.gov.cn/b.html", True),
        (None, "http://www.example.gov.cn/a.html", BASE + "/a.html", True),
        (None, ARTICLE, "http://www.example.gov.cn/a.html", False),
        (None, ARTICLE, "https://evil.example/a.html", False),
        (None, ARTICLE, "https://127.0.0.1/a.html", False),
        ("http://127.0.0.1:8799", "http://127.0.0.1:8799/a", "http://127.0.0.1:8799/b", True),
        ("http://127.0.0.1:8799", "http://127.0.0.1:8799/a", "http://127.0.0.1:8800/b", False),
        ("http://127.0.0.1:8799", "http://127.0.0.1:8799/a", BASE + "/b.html", False),
    ],
)
def test_redirects_stay_on_the_hosts_that_may_be_asked(source, portal_url, origin, target, may):
    assert Addresses(source, portal_url).may_follow(origin, target) == may


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://a.cn/", "a.cn"),
        ("http://A.cn:80", "a.cn"),
        ("https://a.cn:80", "a.cn:80"),
        ("javascript:void(0)", None),
        ("https:///a", None),
    ],
)
def test_the_authority_hides_the_usual_port(url, name):
    assert authority(url) == name
