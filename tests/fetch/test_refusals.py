"""Refusals: named, never answered with another try, and remembered: a host that refuses us is not asked before its time."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from etl.archive import Archive
from etl.errors import Blocked, NotDue, PortalUnreachable
from etl.fetch import Ask

BASE = "https://www.example.gov.cn"
TEXT = "<p>云河区司法局2023年度法治政府建设情况报告</p>"
CHALLENGE = '<html><head><meta content="{qtYwJx"><script r="m">$_ts=window["$_ts"];</script></head><body></body></html>'


def article(name="a"):
    return Ask(f"{BASE}/{name}.html", "article", "云河区", title="云河区司法局2023年度法治政府建设情况报告")


def days(answer):
    return (datetime.fromisoformat(answer.retry_at) - datetime.fromisoformat(answer.time)) / timedelta(days=1)


def at(monkeypatch, **ahead):
    """Let the client's clock run ahead."""
    now = datetime.now(UTC) + timedelta(**ahead)

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return now

    for module in ("client", "past"):
        monkeypatch.setattr(f"etl.fetch.{module}.datetime", Clock)


@pytest.mark.parametrize("status", [401, 403, 405, 407, 412, 418, 429, 451, 512, 521])
def test_a_refusal_stops_the_run_at_the_first_try(portal, client, archive, status):
    portal.page("/a.html", "<script>challenge()</script>", status=status, Set_Cookie="clearance=1")
    portal.page("/b.html", TEXT)
    with pytest.raises(Blocked, match=rf"a\.html: the portal refuses us \({status}\): the run stops, and is not asked before 20") as caught:
        client.get(article())
    assert "\n" not in str(caught.value)
    with pytest.raises(Blocked, match=rf"b\.html: not asked: the portal refuses us \({status}\)"):
        client.get(article("b"))
    assert portal.paths() == ["/robots.txt", "/a.html"]
    answer = archive.last_answer(f"{BASE}/a.html")
    assert (answer.status, answer.outcome, answer.sha256) == (status, "blocked", None)
    assert days(answer) == pytest.approx(1, abs=0.001)


def test_a_challenge_in_a_200_is_a_refusal_and_its_bytes_are_kept_for_people(portal, client, archive):
    portal.page("/a.html", CHALLENGE)
    with pytest.raises(Blocked, match="refuses us: the page only runs a script"):
        client.get(article())
    answer = archive.last_answer(f"{BASE}/a.html")
    assert (answer.status, answer.outcome) == (200, "blocked")
    assert archive.read(answer.sha256).decode() == CHALLENGE
    assert archive.latest(f"{BASE}/a.html") is None
    assert archive.inventory("town") == []


@pytest.mark.parametrize("page", ["list", "robots"])
def test_a_challenge_in_place_of_a_list_or_of_robots_is_a_refusal(portal, client, page):
    path = "/robots.txt" if page == "robots" else "/list.html"
    portal.page(path, CHALLENGE)
    with pytest.raises(Blocked):
        client.get(Ask(f"{BASE}/list.html", "list"))
    assert portal.paths()[-1] == path


def test_a_circle_of_redirects_is_a_refusal(portal, client, archive):
    portal.page("/a.html", status=302, Location="/b.html")
    portal.page("/b.html", status=302, Location="/a.html")
    with pytest.raises(Blocked, match="redirects in a circle"):
        client.get(article())
    assert [(a.status, a.outcome) for a in archive.answers()][1:] == [(302, "redirected"), (302, "blocked")]
    with pytest.raises(Blocked, match="not asked"):
        client.get(article("c"))


def test_the_next_run_does_not_ask_before_the_time(portal, make_client):
    portal.page("/a.html", status=412)
    with pytest.raises(Blocked):
        make_client().get(article())
    portal.requests.clear()
    with pytest.raises(Blocked, match=r"not asked: the portal refuses us \(412\); it is asked again after 20.* UTC") as caught:
        make_client(run_id="r2").get(article("b"))
    assert "\n" not in str(caught.value)
    assert portal.requests == []


def test_pages_are_not_fetched_anew_from_a_portal_that_refuses(portal, make_client):
    portal.page("/a.html", status=412)
    with pytest.raises(Blocked):
        make_client().get(article())
    with pytest.raises(Blocked):
        make_client(run_id="r2", refetch=True).get(article())
    assert portal.paths().count("/a.html") == 1


def test_after_the_time_it_is_asked_again_and_each_refusal_doubles_the_pause(portal, make_client, archive, monkeypatch):
    portal.page("/a.html", status=403)
    pauses, ahead = [], 0
    for number in range(7):
        at(monkeypatch, days=ahead)
        with pytest.raises(Blocked, match=r"refuses us \(403\)"):
            make_client(run_id=f"r{number}").get(article())
        answer = archive.last_answer(f"{BASE}/a.html")
        pauses.append(round(days(answer)))
        ahead += pauses[-1] + 0.01
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert "; 7 runs in a row since 20" in answer.detail


def test_a_portal_that_lets_us_in_again_starts_anew(portal, make_client, archive, monkeypatch):
    portal.page("/a.html", status=403)
    portal.then("/a.html", status=403)
    portal.then("/a.html", TEXT)
    portal.then("/a.html", status=403)
    for number, ahead in enumerate((0, 1.1, 3.3, 4.4)):
        at(monkeypatch, days=ahead)
        with contextlib.suppress(Blocked):
            make_client(run_id=f"r{number}").get(article())
    assert [round(days(a)) for a in archive.answers() if a.outcome == "blocked"] == [1, 2, 1]


@pytest.mark.parametrize(("retry_after", "expected"), [("60", 1), (str(3 * 86_400), 3), (str(10**9), 30), ("9" * 400, 30)])
def test_a_longer_retry_after_is_honoured(portal, client, archive, retry_after, expected):
    portal.page("/a.html", status=429, Retry_After=retry_after)
    with pytest.raises(Blocked):
        client.get(article())
    assert days(archive.last_answer(f"{BASE}/a.html")) == pytest.approx(expected, abs=0.001)


def test_a_long_retry_after_of_an_ill_server_is_kept(portal, client, archive):
    portal.page("/a.html", status=503, Retry_After=str(2 * 86_400))
    with pytest.raises(PortalUnreachable, match="answers 503, and asks to wait 172800"):
        client.get(article())
    answer = archive.last_answer(f"{BASE}/a.html")
    assert (answer.outcome, round(days(answer))) == ("unreachable", 2)


def test_outside_its_hours_a_scheduled_run_asks_nothing(portal, make_client, make_source, archive):
    hour = (datetime.now(UTC).hour + 8 + 3) % 24  # three hours from now in Shanghai
    source = make_source(hours=f"{hour:02}:00-{(hour + 1) % 24:02}:00")
    portal.page("/a.html", TEXT)
    with pytest.raises(NotDue, match="town: not asked at this hour: its hours are"):
        make_client(source=source, respect_hours=True).get(article())
    assert portal.requests == []
    assert list(archive.answers()) == []
    assert make_client(source=source).get(article()).answer.status == 200


@pytest.mark.parametrize("send_referer", [True, False])
def test_a_referer_is_sent_only_where_the_registry_says_so(portal, make_client, make_source, send_referer):
    portal.page("/a.html", TEXT)
    make_client(source=make_source(send_referer=send_referer)).get(article())
    assert portal.headers_of("/a.html")[0].get("Referer") == (f"{portal.url}/" if send_referer else None)


def test_the_cap_counts_all_clients_of_a_run(portal, make_client, make_source):
    portal.page("/a.html", TEXT)
    source = make_source(max_requests=3)
    make_client(source=source).get(article())
    other = Archive(make_client(source=source).archive.root)  # another process
    client = make_client(source=source, archive=other)
    client.get(article())
    with pytest.raises(Exception, match="limit of 3 requests a run is used up"):
        client.get(article())
    assert make_client(source=source, run_id="r2").get(article()).answer.status == 200


def test_robots_are_asked_for_once_a_run_by_all_its_clients(portal, make_client):
    portal.page("/robots.txt", "User-agent: *\nDisallow: /b\n", Content_Type="text/plain")
    portal.page("/a.html", TEXT)
    for _ in range(3):
        client = make_client()
        client.get(article())
        assert not client.may_fetch(f"{BASE}/b.html")
    assert portal.paths().count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("body", "content_type", "detail"),
    [
        (b"%PDF-1.7 abc", "text/html", "a PDF file, sent as text/html"),
        (TEXT.encode(), "application/pdf", "a web page, sent as application/pdf"),
        (TEXT.encode(), "text/html", None),
    ],
)
def test_a_wrong_type_is_noted(portal, client, body, content_type, detail):
    portal.page("/a.html", body, Content_Type=content_type)
    answer = client.get(article()).answer
    assert (answer.outcome, answer.detail) == ("ok", detail)


def test_how_characters_were_decided_is_kept(portal, client):
    portal.page("/a.html", TEXT.encode("gb18030"), Content_Type="text/html; charset=gb2312")
    answer = client.get(article()).answer
    assert (answer.charset, answer.charset_from) == ("gb18030", "header")


def test_an_etag_that_cannot_be_sent_is_not(portal, make_client):
    portal.page("/a.html", TEXT, ETag='"é"')
    make_client().get(article())
    assert make_client(run_id="r2").get(article()).answer.status == 200
    assert "If-None-Match" not in portal.headers_of("/a.html")[1]
