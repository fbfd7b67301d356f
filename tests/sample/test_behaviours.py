"""Each behaviour once over HTTP: what a client meets, and what cures it."""

import gzip
import http.client
import socket
import zlib
from urllib.parse import urlsplit

import pytest

LIST = "/xxgk/002018/002018002/subpage.html"


@pytest.fixture
def page(portal):
    return portal.site.articles("/xxgk/002018/*")[0]


def statuses(ask, path, count, **headers):
    return [ask(path, **headers).status for _ in range(count)]


def test_a_412_challenge_wants_its_cookie_back(portal, ask, page):
    portal.scenario(page, "412js")
    reply = ask(page)
    assert (reply.status, reply.html.body.text(strip=True)) == (412, "")
    assert reply.html.css("script[r=m]")
    assert ask(page).status == 412
    assert ask(page, Cookie=reply.headers["Set-Cookie"].partition(";")[0]).status == 200


@pytest.mark.parametrize(("name", "status"), [("521js", 521), ("512js", 512)])
def test_a_clearance_takes_three_rounds(portal, ask, page, name, status):
    portal.scenario(page, name)
    got = [ask(page, **({"Cookie": f"__jsl_clearance={number}"} if number else {})) for number in range(4)]
    assert [reply.status for reply in got] == [status] * 3 + [200]
    assert all("__jsl_clearance" in reply.text for reply in got[:3])
    assert statuses(ask, page, 4) == [status] * 4


def test_a_cookie_loop_ends_with_a_jar_only(portal, ask, page):
    portal.scenario(page, "302cookie")
    reply = ask(page + "?a=1")
    assert (reply.status, reply.headers["Location"]) == (302, page + "?a=1")
    assert ask(page, Cookie=reply.headers["Set-Cookie"].partition(";")[0]).status == 200


def test_a_challenge_may_have_status_200(portal, ask, page):
    portal.scenario(page, "challenge200")
    reply = ask(page)
    assert reply.status == 200
    assert reply.html.css_first("meta[r=m]").attributes["content"].startswith("{qt")
    assert reply.html.css("script[r=m]")


@pytest.mark.parametrize(
    ("name", "status", "cure"),
    [("403ua", 403, {"User_Agent": "Mozilla/5.0"}), ("404noreferer", 404, {"Referer": "http://127.0.0.1/"})],
)
def test_a_header_is_wanted(portal, ask, page, name, status, cure):
    portal.scenario(page, name)
    assert (ask(page, User_Agent="reader/1.0").status, ask(page, **cure).status) == (status, 200)


def test_a_firewall_says_so_with_405(portal, ask, page):
    portal.scenario(page, "405block")
    reply = ask(page)
    assert reply.status == 405
    assert "阻断" in reply.text


@pytest.mark.parametrize("name", ["429", "503"])
def test_busy_says_when_to_come_back(portal, ask, page, name):
    portal.scenario(page, {"do": name, "retry_after": 7}, {"do": name, "retry_after": "Wed, 21 Oct 2026 07:28:00 GMT"}, "ok")
    first, second, third = ask(page), ask(page), ask(page)
    assert (first.status, first.headers["Retry-After"]) == (int(name), "7")
    assert second.headers["Retry-After"] == "Wed, 21 Oct 2026 07:28:00 GMT"
    assert third.status == 200


def test_a_ban_is_for_everything_and_ends(portal, ask, page):
    portal.scenario("*", {"do": "ban60", "requests": 3, "ban_s": 3600})
    assert statuses(ask, page, 3) == [200, 200, 200]
    assert [ask(LIST).status, ask(page).status] == [403, 403]
    portal.heal()
    portal.scenario("*", {"do": "ban60", "requests": 2, "ban_s": 0})
    assert statuses(ask, page, 5) == [200] * 5


@pytest.mark.parametrize(("name", "says"), [("soft404", "不存在"), ("home200", "信息公开")])
def test_soft_errors_have_status_200_and_one_size(portal, ask, page, name, says):
    portal.scenario("*", name)
    one, other = ask(page), ask("/no/such.html")
    assert (one.status, other.status, one.body) == (200, 200, other.body)
    assert says in one.html.css_first("title").text()
    assert one.validators == (None, None)
    portal.heal()
    portal.scenario("*", {"do": name, "only_missing": True})
    assert ask(page).body != one.body
    assert ask("/no/such.html").body == one.body


def test_a_soft_404_has_about_two_kilobytes(portal, ask):
    portal.scenario("*", "soft404")
    assert 1800 < len(ask("/x").body) < 2400


@pytest.mark.parametrize("size", [3, 13, 300])
def test_stubs(portal, ask, page, size):
    portal.scenario(page, {"do": "stub200", "size": size})
    reply = ask(page)
    assert (reply.status, len(reply.body)) == (200, size)


def test_a_script_would_write_the_page(portal, ask, page):
    portal.scenario(page, "scriptpage")
    reply = ask(page)
    assert reply.status == 404
    assert "initFailPage" in reply.text


def test_types_that_are_wrong(portal, ask, page):
    portal.site.add_bytes("/a.pdf", b"%PDF-1.4", "application/pdf")
    portal.scenario("*", "wrongtype")
    assert ask(page).headers["Content-Type"] == "application/pdf"
    assert ask("/a.pdf").headers["Content-Type"].startswith("text/html")


def test_a_redirect_elsewhere(portal, ask, page):
    portal.scenario(page, {"do": "elsewhere", "to": "http://other.test/x"})
    assert ask(page).headers["Location"] == "http://other.test/x"


def test_a_truncated_body_is_shorter_than_its_length(portal, ask, page):
    portal.scenario(page, "truncate", "ok")
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(page, Accept_Encoding="gzip")
    assert len(caught.value.partial) == len(ask(page).body) // 2


def test_a_body_may_drip(portal, ask):
    portal.site.add_file("/short.txt", "abcdef")
    portal.scenario("/short.txt", {"do": "slowdrip", "piece_bytes": 2, "pause_s": 0.05})
    assert ask("/short.txt").text == "abcdef"
    assert portal.requests[0].ended_at - portal.requests[0].at >= 0.15


@pytest.mark.parametrize("after", [None, 100])
def test_a_reset_comes_before_the_answer_or_within_it(portal, ask, page, after):
    portal.scenario(page, {"do": "reset"} if after is None else {"do": "reset", "after": after})
    with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
        ask(page)
    assert portal.requests[0].status == (0 if after is None else 200)


def test_packed_though_not_asked_for(portal, ask, page):
    plain = ask(page)
    portal.scenario(page, "gzip-forced")
    reply = ask(page, Accept_Encoding="identity")
    assert (reply.headers["Content-Encoding"], gzip.decompress(reply.body)) == ("gzip", plain.body)


def test_a_bomb_is_small_on_the_wire(portal, ask, page):
    portal.scenario(page, {"do": "bomb", "megabytes": 5})
    reply = ask(page)
    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(reply.body) < 10_000
    assert len(zlib.decompress(reply.body, wbits=31)) > 5_000_000


def test_an_answer_may_be_late(portal, ask, page):
    portal.scenario(page, {"do": "slow", "seconds": 0.1})
    assert ask(page).status == 200
    assert portal.requests[0].ended_at - portal.requests[0].at >= 0.1


def test_an_answer_that_waits_does_not_hold_up_the_end(portal, page):
    portal.scenario(page, {"do": "slow", "seconds": 3600})
    address = urlsplit(portal.url)
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(f"GET {page} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while not portal.requests:
            pass
        portal.stop()
        assert connection.recv(10) == b""
