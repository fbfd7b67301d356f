"""One request: its limits on time, size and packing, and what is not kept."""

import gzip
import socket
import struct
import time
import zlib

import pytest

from etl.fetch.network import Gate
from etl.fetch.transport import Transport

LOOPBACK = Gate(allows_loopback=True)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def transport():
    made = Transport(contact="", timeout_s=5, gate=LOOPBACK)
    yield made
    made.close()


@pytest.fixture
def impatient():
    made = Transport(contact="", timeout_s=0.1, gate=LOOPBACK)
    yield made
    made.close()


def send(transport, url, headers=None, **fields):
    return transport.send(url, headers or {}, **{"max_bytes": 1000, **fields})


def failed(reply):
    return (reply.failure.outcome, reply.failure.detail, reply.failure.is_passing)


def test_a_reply_is_what_was_received(portal, transport):
    portal.page("/a.html", "<p>一</p>", ETag='"1"', Set_Cookie="a=b")
    reply = send(transport, portal.url + "/a.html", {"X-Test": "1"})
    assert (reply.status, reply.body.decode(), reply.requested_url) == (200, "<p>一</p>", portal.url + "/a.html")
    assert reply.headers["etag"] == '"1"'
    assert "set-cookie" not in reply.headers
    assert portal.headers_of("/a.html")[0]["X-Test"] == "1"
    assert reply.failure is None


def test_without_a_contact_the_name_stands_alone(portal, transport):
    send(transport, portal.url + "/")
    assert portal.headers_of("/")[0]["User-Agent"] == "rule-of-law-reports/0.1"


def test_a_redirect_is_a_reply_like_any_other(portal, transport):
    portal.page("/a.html", status=302, Location="/b.html")
    assert send(transport, portal.url + "/a.html").status == 302
    assert portal.paths() == ["/a.html"]


def test_no_cookie_is_sent_to_the_next_hop(portal, transport):
    portal.page("/a.html", status=302, Location="/b.html", Set_Cookie="a=b; Path=/")
    for path in ("/a.html", "/b.html"):
        send(transport, portal.url + path)
    assert "Cookie" not in portal.headers_of("/b.html")[0]


def test_a_body_that_says_that_it_is_too_large_is_not_read(speak, transport):
    url = speak(lambda connection: connection.sendall(OK + b"Content-Length: 5000\r\n\r\nx"))
    reply = send(transport, url)
    assert (reply.status, reply.body) == (200, None)
    assert failed(reply) == ("too_large", "sends 5000 bytes, more than 1000", False)


def test_a_body_that_does_not_say_so_is_given_up_at_the_limit(speak, transport):
    def endless(connection):
        connection.sendall(OK + b"\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    assert failed(send(transport, speak(endless))) == ("too_large", "sends more than 1000 bytes", False)


def test_the_connection_serves_after_a_body_was_given_up(portal, transport):
    portal.page("/a.html", b"x" * 500_000)
    portal.page("/b.html", b"y")
    assert send(transport, portal.url + "/a.html").body is None
    assert send(transport, portal.url + "/b.html").body == b"y"


def test_of_an_error_page_the_status_counts_whatever_its_size(portal, transport):
    portal.page("/a.html", b"x" * 5000, status=404)
    reply = send(transport, portal.url + "/a.html")
    assert (reply.status, reply.body, reply.failure) == (404, None, None)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress)])
def test_packed_bodies_are_unpacked_though_nobody_asked(portal, transport, encoding, pack):
    portal.page("/a.html", pack("法治政府".encode()), Content_Encoding=encoding)
    assert send(transport, portal.url + "/a.html").body.decode() == "法治政府"


def test_the_limit_counts_unpacked_bytes(portal, transport):
    portal.page("/a.html", gzip.compress(b"x" * 1001), Content_Encoding="gzip")
    assert failed(send(transport, portal.url + "/a.html")) == ("too_large", "sends more than 1000 bytes", False)


def test_a_bomb_is_given_up_early(portal, transport):
    portal.page("/a.html", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    reply = send(transport, portal.url + "/a.html", max_bytes=100_000_000)
    assert failed(reply) == ("too_large", "sends a body that unpacks to more than 200 times its size", False)


def test_a_body_that_says_nothing_often_is_no_bomb(portal, transport):
    portal.page("/a.html", gzip.compress(b" " * 900_000), Content_Encoding="gzip")
    assert len(send(transport, portal.url + "/a.html", max_bytes=1_000_000).body) == 900_000


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("br", b"\x0b\x02", "packed as br, which was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x")), "packed as gzip, gzip, which was not asked for"),
        ("gzip", b"<html>", "is not packed as gzip, as it says"),
        ("gzip", gzip.compress(b"x" * 500)[:-9], "breaks off in the middle of gzip"),
    ],
    ids=["br", "twice", "not packed", "cut off"],  # packed bytes hold the time: as names of tests they would differ from process to process
)
def test_a_body_that_cannot_be_unpacked_is_no_answer(portal, transport, encoding, body, words):
    portal.page("/a.html", body, Content_Encoding=encoding)
    outcome, detail, is_passing = failed(send(transport, portal.url + "/a.html"))
    assert (outcome, is_passing) == ("unreachable", True)
    assert words in detail


def test_headers_without_end_are_given_up(speak, transport):
    url = speak(lambda connection: connection.sendall(OK + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(500)) + b"\r\n"))
    reply = send(transport, url)
    assert reply.failure is not None
    assert reply.body is None


def test_large_headers_are_given_up_by_name(speak, transport):
    url = speak(lambda connection: connection.sendall(OK + b"X: " + b"y" * 70_000 + b"\r\nContent-Length: 1\r\n\r\nz"))
    outcome, detail, _ = failed(send(transport, url))
    assert (outcome, detail.startswith("sends headers of 70")) == ("too_large", True)


@pytest.mark.parametrize("begin", [OK + b"Content-Length: 900\r\n\r\n", OK])
def test_an_answer_that_drips_is_given_up(speak, impatient, begin):
    def drip(connection):
        connection.sendall(begin)
        for _ in range(200):
            time.sleep(0.02)
            connection.sendall(b"x")

    assert failed(send(impatient, speak(drip))) == ("too_large", "sends its answer too slowly", False)


def test_silence_is_a_timeout(speak, impatient):
    url = speak(lambda connection: time.sleep(1))
    assert failed(send(impatient, url)) == ("unreachable", "did not answer in time", True)


def test_a_body_shorter_than_it_says_is_no_answer(speak, transport):
    url = speak(lambda connection: connection.sendall(OK + b"Content-Length: 900\r\n\r\n<p>"))
    reply = send(transport, url)
    assert (reply.status, reply.body) == (0, None)
    assert "gave no whole answer" in reply.failure.detail


def test_chunks_that_break_off_are_no_answer(speak, transport):
    url = speak(lambda connection: connection.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n"))
    assert "gave no whole answer" in send(transport, url).failure.detail


def test_a_reset_is_no_answer(speak, transport):
    def reset(connection):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    assert failed(send(transport, speak(reset))) == ("unreachable", "broke off the connection", True)


def test_what_is_no_http_is_no_answer(speak, transport):
    assert "gave no whole answer" in send(transport, speak(lambda connection: connection.sendall(b"220 ftp ready\r\n"))).failure.detail


def test_a_proxy_of_the_environment_is_not_asked(portal, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    portal.page("/a.html", b"x")
    transport = Transport(contact="", timeout_s=5, gate=LOOPBACK)
    assert send(transport, portal.url + "/a.html").body == b"x"
    transport.close()
