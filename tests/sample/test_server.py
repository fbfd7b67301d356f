"""The portal over HTTP: conditional requests, what is refused, what is recorded, faults, and a clean end."""

import gzip
import http.client
import subprocess
import sys
import threading
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sample.page import Page
from sample.server import SamplePortal

REAL = "/xxgk/002017/002017001/20240202/b911578a-aa55-4262-afd1-00d13af96a80.html"
LIST = "/xxgk/002018/002018002/subpage.html"
NAVIGATION = "/xxgk/xxgk.html"
PROJECT_DIR = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("path", [REAL, LIST, NAVIGATION, "/js/webBuilderCommon.js"])
def test_nothing_new_is_304_by_either_validator(ask, path):
    etag, last_modified = ask(path).validators
    for headers in (
        {"If_None_Match": etag},
        {"If_Modified_Since": last_modified},
        {"If_None_Match": f'"x", {etag}'},
        {"If_None_Match": "*"},
    ):
        reply = ask(path, **headers)
        assert (reply.status, reply.body, reply.validators) == (304, b"", (etag, last_modified))


@pytest.mark.parametrize("path", [REAL, LIST])
def test_old_or_strange_validators_get_the_page(ask, path):
    _, last_modified = ask(path).validators
    for headers in (
        {"If_None_Match": 'W/"0-0"'},
        {"If_Modified_Since": "Mon, 01 Jan 2018 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_None_Match": 'W/"0-0"', "If_Modified_Since": last_modified},
    ):
        assert ask(path, **headers).status == 200


def test_a_changed_text_is_sent_again(portal, ask):
    etag, last_modified = ask(REAL).validators
    portal.site.replace_text(REAL, "231件", "232件")
    assert ask(REAL, If_None_Match=etag).status == 200
    changed = ask(REAL, If_Modified_Since=last_modified)
    assert changed.status == 200
    assert changed.validators[0] != etag
    assert parsedate_to_datetime(changed.validators[1]) > parsedate_to_datetime(last_modified)


def test_headers_are_those_of_static_files(ask):
    headers = ask(REAL).headers
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Last-Modified"] == "Fri, 02 Feb 2024 01:18:00 GMT"
    assert headers["Set-Cookie"] is None


def test_gzip_on_request(ask):
    plain, packed = ask(REAL), ask(REAL, Accept_Encoding="gzip, deflate")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3
    assert packed.validators == plain.validators


def test_head_is_get_without_the_body(ask):
    head, get = ask(REAL, method="HEAD"), ask(REAL)
    assert (head.status, head.body, head.validators) == (200, b"", get.validators)
    assert head.headers["Content-Length"] == str(len(get.body))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_every_other_method_is_refused_and_recorded(portal, ask, method):
    reply = ask("/EWB-FRONT/rest/errorreport/add", method=method, body=b"contact=x")
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")
    assert [(request.method, request.path, request.status) for request in portal.requests] == [
        (method, "/EWB-FRONT/rest/errorreport/add", 405)
    ]


def test_requests_are_recorded_with_what_they_asked(portal, ask):
    etag, day = ask(REAL, User_Agent="reader/1.0").validators
    ask(REAL + "?type=2", If_None_Match=etag, If_Modified_Since=day)
    ask("/robots.txt")
    first, second, third = portal.requests
    assert (first.method, first.path, first.status, first.user_agent, first.if_none_match) == ("GET", REAL, 200, "reader/1.0", None)
    assert (second.path, second.status, second.if_none_match, second.if_modified_since) == (REAL + "?type=2", 304, etag, day)
    assert (third.path, third.status) == ("/robots.txt", 404)
    assert first.at <= second.at <= third.at


def test_a_fault_answers_in_place_of_pages_until_it_is_used_up(portal, ask):
    portal.fail("/xxgk/*", status=503, times=2, body=b"busy", headers={"Retry-After": "3"})
    assert ask("/robots.txt").status == 404
    reply = ask(REAL)
    assert (reply.status, reply.body, reply.headers["Retry-After"]) == (503, b"busy", "3")
    assert [ask(REAL).status for _ in range(3)] == [503, 200, 200]
    assert [request.status for request in portal.requests] == [404, 503, 503, 200, 200]


def test_the_last_fault_wins_and_healing_ends_all(portal, ask):
    portal.fail("*", status=500)
    portal.fail(REAL, status=403)
    assert (ask(REAL).status, ask(LIST).status) == (403, 500)
    portal.heal()
    assert (ask(REAL).status, ask(LIST).status) == (200, 200)


def test_a_body_shorter_than_it_says_ends_early(portal, ask):
    portal.fail(REAL, status=200, body=b"<html>", headers={"Content-Length": "5000"})
    with pytest.raises(http.client.IncompleteRead):
        ask(REAL)


def test_an_emptied_list_is_a_good_page_without_items(portal, ask):
    full = ask(LIST)
    portal.empty_list("/xxgk/002018/*")
    reply = ask(LIST, If_None_Match=full.validators[0])
    assert reply.status == 200
    assert reply.html.css("#categorypagingcontent li.ewb-list-node") == []
    assert reply.html.css("ul.ewb-left-nav a")
    assert reply.validators == (None, None)
    article = portal.site.articles("/xxgk/002018/*")[0]
    assert ask(article).body == SamplePortal().site.page(article).body
    assert ask("/xxgk/002017/002017001/subpage.html").html.css("li.ewb-list-node")
    assert ask("/xxgk/002018/").status == 302
    assert ask(NAVIGATION).status == 200


def test_it_answers_many_at_once(portal, ask):
    statuses = []
    threads = [threading.Thread(target=lambda: statuses.append(ask(LIST).status)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 20
    assert len(portal.requests) == 20


def test_one_connection_carries_many_requests(portal):
    connection = http.client.HTTPConnection(urlsplit(portal.url).netloc, timeout=10)
    for path in (REAL, "/robots.txt", LIST):
        connection.request("GET", path)
        connection.getresponse().read()
        assert connection.sock is not None
    connection.close()


def test_stopping_ends_all_threads_though_clients_keep_their_connections():
    before = set(threading.enumerate())
    with SamplePortal(port=0) as portal:
        connections = [http.client.HTTPConnection(urlsplit(portal.url).netloc, timeout=10) for _ in range(3)]
        for connection in connections:
            connection.request("GET", "/robots.txt")
            connection.getresponse().read()
        assert len(set(threading.enumerate()) - before) == 4
    assert set(threading.enumerate()) == before
    for connection in connections:
        connection.close()
    with pytest.raises(RuntimeError, match="not running"):
        _ = portal.url


def test_it_can_be_started_again_and_two_do_not_meet():
    with SamplePortal() as one, SamplePortal() as two:
        assert one.url != two.url
        one.site.remove(REAL)
        assert two.site.page(REAL) is not None
    one.start()
    assert one.url.startswith("http://127.0.0.1:")
    one.stop()
    one.stop()


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "sample", *arguments], cwd=PROJECT_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_the_command_says_where_it_is_in_one_line_and_ends_with_ctrl_c():
    process = start("--port", "0")
    line = process.stdout.readline()
    address = urlsplit(line.split()[3])
    connection = http.client.HTTPConnection(address.netloc, timeout=10)
    connection.request("GET", address.path)
    assert connection.getresponse().status == 200
    process.send_signal(2)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (0, "", "")


def test_the_command_serves_the_full_district_as_a_scenario_says(tmp_path):
    scenario = tmp_path / "a.toml"
    scenario.write_text('[[scenario]]\npath = "/robots.txt"\nsteps = ["503"]\n')
    process = start("--port", "0", "--full", "--scenario", str(scenario))
    address = urlsplit(process.stdout.readline().split()[3])
    connection = http.client.HTTPConnection(address.netloc, timeout=10)
    for path, status in (("/xxgk/002017/002017002/8.html", 200), ("/robots.txt", 503)):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status
    process.send_signal(2)
    assert process.communicate(timeout=30) == ("", "")


def test_the_command_says_what_is_wrong_with_a_scenario(tmp_path):
    (tmp_path / "a.toml").write_text("[[scenario]]\npath = '*'\nsteps = ['x']")
    process = start("--scenario", str(tmp_path / "a.toml"))
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (1, "")
    assert errors.startswith("error: 'x': no behaviour 'x'")
    assert errors.count("\n") == 1


def test_the_command_says_that_a_port_is_taken(portal):
    process = start("--port", str(urlsplit(portal.url).port))
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (1, "")
    assert errors.startswith("error: cannot serve at port")
    assert errors.count("\n") == 1


def test_nothing_but_jinja2_is_needed():
    script = "import sys, sample.server; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", WITHOUT_SITE + script], cwd=PROJECT_DIR, capture_output=True, text=True, check=True
    )
    third_party = set(loaded.stdout.split()) - set(sys.stdlib_module_names) - {"__main__", "sample"}
    assert {name for name in third_party if not name.startswith("_")} == {"jinja2", "markupsafe"}


# -S leaves .pth files and site customisations out, which load modules of their own
WITHOUT_SITE = f"import sys; sys.path += {[path for path in sys.path if 'site-packages' in path]!r}; "


class Echo:
    """A site that says what it was asked."""

    def answer(self, method, target, body, host):
        if target == "/nothing":
            return None
        return Page(f"{method} {host} {target} {body.decode()}".encode(), "text/plain", status=202, headers={"X-Site": "echo"})


def test_the_host_header_picks_the_site(portal, ask):
    portal.hosts["echo.test"] = Echo()
    reply = ask("/a?b=1", method="POST", body=b"c", Host="Echo.test:8080")
    assert (reply.status, reply.text, reply.headers["X-Site"]) == (202, "POST echo.test /a?b=1 c", "echo")
    assert ask("/nothing", Host="echo.test").status == 404
    assert ask(REAL, Host="elsewhere.test").body == ask(REAL).body
