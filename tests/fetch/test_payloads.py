"""What is posted: the query of a list, to the portal's own hosts, and nothing else."""

import pytest

from etl.errors import NotAllowed
from etl.fetch import Ask

BASE = "https://www.example.gov.cn"
PATH = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
QUERY = '{"deptcode":"JB0","pageIndex":0}'


def test_a_payload_is_posted_and_is_part_of_the_address_in_the_archive(portal, client, archive):
    portal.page(PATH, '{"custom":{}}', Content_Type="application/json")
    fetched = client.get(Ask(BASE + PATH, "list", "云河区", payload=QUERY))
    assert portal.posted == [(PATH, "application/json; charset=utf-8", QUERY)]
    assert fetched.body == b'{"custom":{}}'
    assert fetched.url == BASE + PATH
    answer = list(archive.answers())[-1]
    assert (answer.url, answer.requested_url, answer.page) == (f"{BASE + PATH}#{QUERY}", portal.url + PATH, "list")
    assert archive.latest(f"{BASE + PATH}#{QUERY}") == answer


def test_a_payload_may_be_of_another_type(portal, client):
    portal.page("/module/web/jpage/dataproxy.jsp?startrecord=1", "<datastore/>")
    client.get(
        Ask(
            BASE + "/module/web/jpage/dataproxy.jsp?startrecord=1",
            "list",
            payload="columnid=7",
            payload_type="application/x-www-form-urlencoded",
        )
    )
    assert portal.posted == [("/module/web/jpage/dataproxy.jsp?startrecord=1", "application/x-www-form-urlencoded", "columnid=7")]


def test_a_post_is_never_conditional(portal, client):
    portal.page(PATH, "{}", ETag='"1"')
    for _ in range(2):
        assert client.get(Ask(BASE + PATH, "list", payload=QUERY)).answer.status == 200
    assert all("If-None-Match" not in headers for headers in portal.headers_of(PATH))


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirect_that_would_drop_the_payload_is_not_followed(portal, client, status):
    portal.page(PATH, status=status, Location="/list.html")
    with pytest.raises(NotAllowed, match="redirects what is posted to another page"):
        client.get(Ask(BASE + PATH, "list", payload=QUERY))
    assert portal.paths() == ["/robots.txt", PATH]


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_that_keeps_the_payload_is_followed_on_own_hosts(portal, client, status):
    portal.page(PATH, status=status, Location="/other/list")
    portal.page("/other/list", "{}")
    client.get(Ask(BASE + PATH, "list", payload=QUERY))
    assert [path for path, _, _ in portal.posted] == [PATH, "/other/list"]
    portal.page(PATH, status=status, Location="https://evil.example/list")
    with pytest.raises(NotAllowed, match="not one of the source's hosts"):
        client.get(Ask(BASE + PATH, "list", payload=QUERY))


def test_nothing_is_posted_to_a_foreign_host(portal, client):
    with pytest.raises(NotAllowed, match="not one of the hosts"):
        client.get(Ask("https://evil.example/list", "list", payload=QUERY))
    assert portal.requests == []


@pytest.mark.parametrize("page", ["article", "attachment", "robots"])
def test_nothing_but_a_list_is_posted_to(page):
    with pytest.raises(ValueError, match="posted to lists only"):
        Ask(BASE + PATH, page, payload=QUERY)
