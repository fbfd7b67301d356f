"""Two listeners, what is recorded of requests, and what happens after some of them."""

import http.client
import socket
import ssl
import threading
from urllib.parse import urlsplit

import pytest
import trustme

from sample.log import Request, RequestLog
from sample.server import SamplePortal

LIST = "/xxgk/002018/002018002/subpage.html"
HOST = "www.jingan.test"


def get(url, path, context=None, **headers):
    """Status, Location and body of a request to where `url` listens."""
    address = urlsplit(url)
    if address.scheme == "https":
        connection = http.client.HTTPSConnection(address.hostname, address.port, timeout=10, context=context)
    else:
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers["Location"], answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def contexts(authority):
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1", HOST).configure_cert(server)
    authority.configure_trust(client)
    return server, client


def test_the_secure_listener_speaks_tls_and_serves_the_same(contexts):
    server, client = contexts
    with SamplePortal(tls=server) as portal:
        assert portal.secure_url.startswith("https://127.0.0.1:")
        assert get(portal.secure_url, LIST, client) == get(portal.url, LIST)
        assert [request.is_secure for request in portal.requests] == [True, False]


def test_clients_that_cannot_speak_to_it_do_no_harm(contexts, capfd):
    server, client = contexts
    with SamplePortal(tls=server) as portal:
        address = urlsplit(portal.secure_url)
        with socket.create_connection((address.hostname, address.port)) as silent, pytest.raises(ssl.SSLError):
            get(portal.secure_url, LIST, ssl.create_default_context())
        with socket.create_connection((address.hostname, address.port)) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with socket.create_connection((address.hostname, address.port)) as silent:
            assert get(portal.secure_url, LIST, client)[0] == 200
            del silent
    assert capfd.readouterr().err == ""


def test_without_a_context_it_stands_for_https_all_the_same():
    with SamplePortal(secure_port=0) as portal:
        portal.scenario("*", "403https")
        assert (get(portal.url, LIST)[0], get(portal.secure_url, LIST)[0]) == (200, 403)


def test_the_plain_one_may_lead_to_it():
    with SamplePortal(secure_port=0, redirects=True) as portal:
        assert get(portal.url, LIST + "?type=2", Host=f"{HOST}:80")[:2] == (301, f"https://{HOST}{LIST}?type=2")
        assert get(portal.url, LIST)[:2] == (301, portal.secure_url + LIST)
        assert get(portal.secure_url, LIST)[0] == 200
        portal.drops_query = True
        assert get(portal.url, LIST + "?type=2", Host=HOST)[1] == f"https://{HOST}{LIST}"


def test_there_is_none_unless_asked_for():
    with SamplePortal() as portal, pytest.raises(RuntimeError, match="not at that port"):
        _ = portal.secure_url


def test_a_port_that_is_taken_leaves_nothing_open():
    with SamplePortal() as portal:
        taken = urlsplit(portal.url).port
        other = SamplePortal(secure_port=taken)
        with pytest.raises(OSError, match="in use"):
            other.start()
        with pytest.raises(RuntimeError):
            _ = other.url


def test_requests_are_kept_with_body_host_and_times(portal, ask):
    ask("/a?b=1", method="POST", body=b"x=1", Host=HOST, Content_Type="text/plain", Referer="http://r/", Cookie="a=b")
    ask(LIST)
    first, second = portal.requests
    assert (first.method, first.path, first.host_name, first.body) == ("POST", "/a?b=1", HOST, b"x=1")
    assert (first.content_type, first.referer, first.cookie) == ("text/plain", "http://r/", "a=b")
    assert first.at <= first.ended_at <= second.at <= second.ended_at
    assert portal.requests.max_in_flight() == 1
    assert (len(portal.requests.posts()), portal.requests.by_path()[LIST]) == (1, 1)
    assert portal.requests.of_host(HOST) == [first]
    assert portal.requests.to("/xxgk/*") == [second]


def test_requests_in_flight_at_once_are_seen(portal, ask):
    portal.scenario("*", {"do": "slow", "seconds": 0.2})
    threads = [threading.Thread(target=ask, args=(LIST,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert portal.requests.max_in_flight() == 3


def test_what_times_tell():
    log = RequestLog(Request("GET", "/", "a", at=at, ended_at=ended_at) for at, ended_at in [(0, 1), (1, 2), (5, None), (6, 7)])
    assert log.max_in_flight() == 2
    assert log.intervals() == [1, 4, 1]
    assert log.pauses() == [0, 3]
    assert (log.most_within(1), log.most_within(5), log.most_within(6)) == (2, 3, 4)
    assert isinstance(log[1:], RequestLog)
    assert RequestLog().max_in_flight() == RequestLog().most_within(1) == 0


def test_something_happens_after_a_request(portal, ask):
    ask(LIST)
    portal.after(2, lambda: portal.fail(LIST, status=500))
    assert [ask(LIST).status for _ in range(3)] == [200, 200, 500]


def test_it_falls_silent_after_some_requests(portal, ask):
    portal.stop_answering_after(1)
    assert ask(LIST).status == 200
    with pytest.raises(ConnectionResetError):
        ask(LIST)
    portal.heal()
    assert ask(LIST).status == 200
    assert [request.status for request in portal.requests] == [200, 0, 200]


def test_answers_may_take_time(portal, ask):
    portal.latency_s = (0.05, 0.1)
    ask(LIST)
    assert portal.requests[0].ended_at - portal.requests[0].at >= 0.05
