"""One request: its limits on time and size, and what is not kept."""

import itertools

import httpx2
import pytest

from etl.errors import PortalUnreachable
from etl.fetch.retries import TRIES
from etl.fetch.transport import Transport


@pytest.fixture
def transport():
    made = Transport(contact="", timeout_s=5, max_bytes=1000, is_loopback=True)
    yield made
    made.close()


def test_a_reply_is_what_was_received(portal, transport):
    portal.page("/a.html", "<p>一</p>", ETag='"1"', Set_Cookie="a=b")
    reply = transport.send(portal.url + "/a.html", {"X-Test": "1"})
    assert (reply.status, reply.body.decode(), reply.requested_url) == (200, "<p>一</p>", portal.url + "/a.html")
    assert reply.headers["etag"] == '"1"'
    assert "set-cookie" not in reply.headers
    assert portal.headers_of("/a.html")[0]["X-Test"] == "1"


def test_without_a_contact_the_name_stands_alone(portal, transport):
    transport.send(portal.url + "/", {})
    assert portal.headers_of("/")[0]["User-Agent"] == "rule-of-law-reports/0.1"


def test_a_redirect_is_a_reply_like_any_other(portal, transport):
    portal.page("/a.html", status=302, Location="/b.html")
    assert transport.send(portal.url + "/a.html", {}).status == 302
    assert portal.paths() == ["/a.html"]


def test_a_body_beyond_the_limit_is_none(portal, transport):
    portal.page("/a.html", b"x" * 1001)
    assert transport.send(portal.url + "/a.html", {}).body is None


def test_the_connection_serves_after_a_body_was_given_up(portal, transport):
    portal.page("/a.html", b"x" * 500_000)
    portal.page("/b.html", b"y")
    assert transport.send(portal.url + "/a.html", {}).body is None
    assert transport.send(portal.url + "/b.html", {}).body == b"y"


def test_a_body_that_drips_is_a_timeout(portal, transport, monkeypatch):
    clock = itertools.count(0, 21)  # more than four timeouts between two looks at the clock
    monkeypatch.setattr("etl.fetch.transport.time.monotonic", lambda: next(clock))
    portal.page("/a.html", b"x")
    with pytest.raises(httpx2.ReadTimeout, match="too slowly"):
        transport.send(portal.url + "/a.html", {})


def test_a_portal_that_does_not_speak_tls_is_not_asked_without(portal, make_client):
    client = make_client(portal_url=portal.url.replace("http:", "https:"))
    with pytest.raises(PortalUnreachable, match="gave no whole answer"):
        client.may_fetch("https://www.example.gov.cn/")
    assert client._requests == TRIES


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(portal, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    portal.page("/a.html", b"x")
    transport = Transport(contact="", timeout_s=5, max_bytes=1000, is_loopback=True)
    assert transport.send(portal.url + "/a.html", {}).body == b"x"
    transport.close()
