"""The client over real HTTP on loopback: what it asks, what it refuses, and what it leaves in the archive."""

import gzip
import socket

import pytest

from etl.errors import Blocked, FetchError, NotAllowed, PortalUnreachable
from etl.fetch import Ask
from etl.fetch.pace import Pace
from etl.fetch.retries import TRIES

BASE = "https://www.example.gov.cn"
PATH = "/xxgk/002017/002017002/20240325/5f0c1a52.html"
URL = BASE + PATH
TEXT = "<p>云河区司法局2023年度法治政府建设情况报告</p>"


def get(client, url=URL, **fields):
    return client.get(Ask(url, **{"page": "article", "district": "云河区", "title": "报告", **fields}))


def test_a_page_is_archived_under_its_canonical_address(portal, client, archive):
    portal.page(PATH, TEXT, ETag='W/"1"', Last_Modified="Mon, 25 Mar 2024 01:00:00 GMT")
    fetched = get(client)
    assert fetched.body.decode() == TEXT
    assert fetched.url == URL
    robots, answer = archive.answers()
    assert fetched.answer == answer
    assert (answer.url, answer.requested_url, answer.status) == (URL, portal.url + PATH, 200)
    assert (answer.source, answer.district, answer.page, answer.run_id, answer.title) == ("town", "云河区", "article", "r1", "报告")
    assert (answer.etag, answer.last_modified) == ('W/"1"', "Mon, 25 Mar 2024 01:00:00 GMT")
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.headers["etag"] == 'W/"1"'
    assert answer.time.endswith("+00:00")
    assert archive.read(answer.sha256) == fetched.body
    assert (robots.page, robots.status, robots.url) == ("robots", 404, BASE + "/robots.txt")


def test_the_client_says_who_it_is_and_how_to_reach_us(portal, client):
    portal.page(PATH, TEXT)
    get(client)
    for _, headers in portal.requests:
        assert headers["User-Agent"] == "rule-of-law-reports/0.1 (+data@example.org)"


def test_without_a_contact_a_real_portal_gives_a_warning(make_client, caplog):
    make_client(contact="", portal_url=None)
    assert "set ETL_CONTACT" in caplog.text
    caplog.clear()
    make_client(contact="")
    assert not caplog.records


def test_a_second_run_asks_conditionally_and_gets_the_archived_bytes(portal, make_client, archive):
    portal.page(PATH, TEXT, ETag='W/"1"', Last_Modified="Mon, 25 Mar 2024 01:00:00 GMT")
    first = get(make_client())
    second = get(make_client(run_id="r2"))
    asked = portal.headers_of(PATH)[1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('W/"1"', "Mon, 25 Mar 2024 01:00:00 GMT")
    assert (second.answer.status, second.answer.sha256, second.answer.run_id) == (304, None, "r2")
    assert second.body == first.body
    assert [a.status for a in archive.answers() if a.url == URL] == [200, 304]
    assert archive.latest(URL) == first.answer


def test_a_changed_page_is_a_second_version(portal, make_client, archive):
    portal.page(PATH, TEXT, ETag='"1"')
    portal.then(PATH, TEXT + "更正", ETag='"2"')
    get(make_client())
    assert get(make_client()).answer.status == 200
    assert [v.url for v in archive.inventory("town")] == [URL, URL]


@pytest.mark.parametrize(("of_client", "of_get"), [({"refetch": True}, {}), ({}, {"conditional": False})])
def test_a_page_can_be_fetched_anew(portal, make_client, of_client, of_get):
    portal.page(PATH, TEXT, ETag='"1"')
    get(make_client())
    assert get(make_client(**of_client), **of_get).answer.status == 200
    assert "If-None-Match" not in portal.headers_of(PATH)[1]


def test_damaged_bytes_are_fetched_anew(portal, make_client, archive, caplog):
    portal.page(PATH, TEXT, ETag='"1"')
    digest = get(make_client()).answer.sha256
    path = archive.root / "raw" / digest[:2] / digest
    path.chmod(0o644)
    path.write_bytes(b"?")
    assert get(make_client()).answer.status == 200
    assert "fetched anew" in caplog.text
    assert archive.verify() == []


def test_a_304_that_nobody_asked_for_is_an_error(portal, client):
    portal.page(PATH, status=304)
    with pytest.raises(FetchError, match="answers 304, which is not expected"):
        get(client)


def test_compressed_bodies_are_kept_unpacked(portal, client):
    portal.page(PATH, gzip.compress(TEXT.encode()), Content_Encoding="gzip")
    assert get(client).body.decode() == TEXT


def test_no_cookie_is_kept_sent_or_archived(portal, client, archive):
    portal.page(PATH, TEXT, Set_Cookie="session=1; Path=/")
    get(client)
    get(client, conditional=False)
    assert all("Cookie" not in headers for _, headers in portal.requests)
    assert "session" not in (archive.root / "manifest.jsonl").read_text()


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_an_answer(portal, client, archive, status):
    portal.page(PATH, "not here", status=status)
    fetched = get(client)
    assert (fetched.body, fetched.answer.status, fetched.answer.sha256) == (None, status, None)
    assert [a.status for a in archive.answers()] == [404, status]


def test_a_redirect_on_the_same_host_is_followed_and_archived(portal, client, archive):
    portal.page("/xxgk/002017/", status=302, Location="/xxgk/002017/002017001/subpage.html")
    portal.page("/xxgk/002017/002017001/subpage.html", TEXT, ETag='"1"')
    fetched = get(client, BASE + "/xxgk/002017/", page="list")
    assert fetched.url == BASE + "/xxgk/002017/002017001/subpage.html"
    _, hop, answer = archive.answers()
    assert (hop.url, hop.status, hop.sha256) == (BASE + "/xxgk/002017/", 302, None)
    assert (answer.url, answer.requested_url) == (hop.url, portal.url + "/xxgk/002017/002017001/subpage.html")
    again = get(client, BASE + "/xxgk/002017/", page="list")
    assert (again.answer.status, again.body, again.url) == (304, fetched.body, fetched.url)
    assert "If-None-Match" not in portal.headers_of("/xxgk/002017/")[1], "the validators belong to the page behind the redirect"


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/a.html",
        "http://127.0.0.1:1/a.html",
        "//169.254.169.254/latest",
        "file:///etc/passwd",
        "https://www.example.gov.cn/a",
    ],
)
def test_a_redirect_to_another_host_is_refused(portal, client, archive, location):
    portal.page(PATH, status=302, Location=location)
    with pytest.raises(NotAllowed, match=r"redirects to .* not one of the source's hosts"):
        get(client)
    assert portal.paths() == ["/robots.txt", PATH]
    assert [a.status for a in archive.answers()] == [404, 302]


def test_a_cookie_loop_is_blocked(portal, client):
    portal.page(PATH, status=302, Location=PATH, Set_Cookie="clearance=1")
    with pytest.raises(Blocked, match="redirects in a circle"):
        get(client)
    assert portal.paths().count(PATH) == 1


def test_endless_redirects_end(portal, client):
    for number in range(20):
        portal.page(f"/{number}", status=302, Location=f"/{number + 1}")
    with pytest.raises(Blocked, match="redirects in a circle"):
        get(client, BASE + "/0")
    assert len(portal.requests) < 10


@pytest.mark.parametrize("url", ["https://evil.example/a.html", "https://www.example.gov.cn.evil.example/a", "ftp://www.example.gov.cn/a"])
def test_nothing_outside_the_allow_list_is_asked(portal, client, url):
    with pytest.raises(NotAllowed, match="not one of the hosts of source town"):
        get(client, url)
    assert portal.requests == []


def test_a_page_larger_than_the_limit_is_not_kept(portal, make_client, archive):
    portal.page(PATH, b"x" * 1001)
    with pytest.raises(NotAllowed, match="sends 1001 bytes, more than 1000: not kept; the limit is ETL_MAX_PAGE_BYTES"):
        get(make_client(max_page_bytes=1000))
    assert [(a.status, a.sha256) for a in archive.answers()] == [(404, None), (200, None)]
    assert not (archive.root / "raw").exists()


def test_the_limit_counts_unpacked_bytes(portal, make_client):
    portal.page(PATH, gzip.compress(b"x" * 100_000), Content_Encoding="gzip")
    with pytest.raises(NotAllowed, match="sends more than 1000 bytes"):
        get(make_client(max_page_bytes=1000))


def test_a_page_of_exactly_the_limit_is_kept(portal, make_client):
    portal.page(PATH, b"x" * 1000)
    assert len(get(make_client(max_page_bytes=1000)).body) == 1000


@pytest.mark.parametrize("status", [401, 403, 405, 412, 429, 512, 521])
def test_a_refusal_stops_the_run_at_once(portal, client, archive, status):
    portal.page(PATH, "<script>challenge()</script>", status=status)
    portal.page("/other.html", TEXT)
    with pytest.raises(Blocked, match=rf"refuses us \({status}\)"):
        get(client)
    with pytest.raises(Blocked):
        get(client, BASE + "/other.html")
    assert portal.paths() == ["/robots.txt", PATH], "one try, and nothing after it"
    assert [a.status for a in archive.answers()] == [404, status]


def test_an_ill_server_is_tried_again(portal, client, archive):
    portal.page(PATH, status=503, Retry_After="0")
    portal.then(PATH, status=502)
    portal.then(PATH, TEXT)
    assert get(client).body.decode() == TEXT
    assert portal.paths().count(PATH) == 3
    tries = [(a.status, a.outcome, a.retry_at) for a in archive.answers() if a.url == URL]
    assert tries == [(503, "unreachable", None), (502, "unreachable", None), (200, "ok", None)]
    assert [a.detail for a in archive.answers() if a.status == 503] == [
        "answers 503, and asks to wait 0; try 1 of 4, which asks to wait 0 s"
    ]


def test_an_ill_server_is_given_up_after_all_tries(portal, client, archive):
    portal.page(PATH, status=500)
    with pytest.raises(PortalUnreachable, match="answers 500: "):
        get(client)
    assert portal.paths().count(PATH) == TRIES
    tries = [a for a in archive.answers() if a.url == URL]
    assert [a.status for a in tries] == [500] * TRIES
    assert [a.retry_at is None for a in tries] == [True, True, True, False]


def test_a_long_retry_after_ends_the_run(portal, client):
    portal.page(PATH, status=503, Retry_After="7200")
    with pytest.raises(PortalUnreachable, match="asks to wait 7200"):
        get(client)
    assert portal.paths().count(PATH) == 1


def test_a_body_that_breaks_off_is_tried_again_and_never_kept(portal, client, archive):
    portal.page(PATH, TEXT, Content_Length="5000")
    with pytest.raises(PortalUnreachable, match="gave no whole answer"):
        get(client)
    assert portal.paths().count(PATH) == TRIES
    portal.page(PATH, TEXT)
    assert get(client).body.decode() == TEXT
    assert [(a.status, a.sha256 is None) for a in archive.answers()] == [(404, True), *[(0, True)] * TRIES, (200, False)]


def test_a_portal_that_is_not_running_is_one_line_with_the_remedy(make_client):
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # bound but not listening: refused
        client = make_client(portal_url=f"http://127.0.0.1:{reserved.getsockname()[1]}")
        with pytest.raises(PortalUnreachable, match="refused the connection: is the portal running") as caught:
            get(client)
    assert "make sample" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_portal_that_does_not_answer_is_one_line(make_client):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        client = make_client(portal_url=f"http://127.0.0.1:{silent.getsockname()[1]}", timeout_s=0.05)
        with pytest.raises(PortalUnreachable, match="did not answer in time"):
            get(client)


def test_the_number_of_requests_is_capped(portal, make_client, make_source):
    portal.page(PATH, TEXT)
    client = make_client(source=make_source(max_requests=3))
    get(client)
    get(client)
    with pytest.raises(
        FetchError, match=r"limit of 3 requests a run is used up: raise max_requests of town in the source registry"
    ) as caught:
        get(client)
    assert type(caught.value) is FetchError, "neither the portal's fault nor one page's"
    assert len(portal.requests) == 3


def test_tries_count_against_the_cap(portal, make_client, make_source):
    portal.page(PATH, status=503)
    with pytest.raises(FetchError, match="limit of 3 requests"):
        get(make_client(source=make_source(max_requests=3)))
    assert len(portal.requests) == 3


def test_an_unexpected_status_is_an_error_of_that_address(portal, client):
    portal.page(PATH, status=400)
    with pytest.raises(FetchError, match="answers 400, which is not expected"):
        get(client)


def test_every_request_waits_for_its_turn(portal, client, archive):
    waits = []
    client._pace = Pace(archive.root / "pace" / "town", 2.5, 0, sleep=waits.append, now=lambda: 1000.0)
    portal.page(PATH, status=503)
    portal.then(PATH, TEXT)
    get(client)
    assert portal.paths() == ["/robots.txt", PATH, PATH]
    assert waits == [0, 2.5, 2.5]


def test_clients_of_one_host_share_their_turns(make_client, make_source):
    first, second = make_client(), make_client(source=make_source(name="other"))
    assert first._pace.path == second._pace.path


def test_the_setting_overrides_the_interval(make_client, make_source):
    assert make_client(source=make_source(min_interval_s=2.5), min_interval_s=0.5)._pace.interval_s == 0.5
