"""Where connections go: nowhere private, to the address that was checked, and with the certificate of the URL's host."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
import trustme

from etl.errors import NotAllowed, PortalUnreachable, SettingsError
from etl.fetch import Ask
from etl.fetch.network import ForbiddenAddress, Gate, is_public
from etl.settings import Settings

HOST = "www.example.gov.cn"
BASE = f"https://{HOST}"
TEXT = "<p>云河区司法局2023年度法治政府建设情况报告</p>"


def article(name="a"):
    return Ask(f"{BASE}/{name}.html", "article", "云河区", title="报告")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "192.0.2.1"),
        *("198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%2", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1"),
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_private_addresses_are_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.2.4.8", "101.230.193.164", "2400:3200::1", "::ffff:1.2.4.8", "64:ff9b::102:408"])
def test_public_addresses_are(address):
    assert is_public(ip_address(address))


def resolving(monkeypatch, *answers):
    """Let any name resolve to the addresses of one answer after the other; says how often it was asked."""
    asked = []
    real = socket.getaddrinfo

    def resolve(host, port, *args, **kwargs):
        try:
            ip_address(host)
        except ValueError:
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answers[min(len(asked), len(answers)) - 1]]
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


@pytest.mark.parametrize("answer", [("127.0.0.1",), ("10.0.0.5",), ("169.254.169.254",), ("1.2.4.8", "192.168.0.1")])
def test_a_name_that_leads_to_a_private_address_is_refused_by_name(make_client, make_source, archive, monkeypatch, answer):
    resolving(monkeypatch, answer)
    client = make_client(source=make_source(allow_loopback=False), portal_url=None)
    with pytest.raises(
        NotAllowed, match=rf"robots\.txt: the portal is not connected to: {HOST} is {answer[-1]}, which is no public"
    ) as caught:
        client.get(article())
    assert "\n" not in str(caught.value)
    (answer,) = archive.answers()
    assert (answer.status, answer.outcome, answer.page) == (0, "not_allowed", "robots")


def test_a_loopback_address_is_allowed_where_the_registry_says_so(monkeypatch):
    resolving(monkeypatch, ("127.0.0.1",), ("10.0.0.5",))
    gate = Gate(allows_loopback=True)
    assert gate.places(HOST, 80) == (["127.0.0.1"], 80)
    with pytest.raises(ForbiddenAddress):
        gate.places(HOST, 80)


@pytest.mark.parametrize(
    ("fields", "allowed", "refused"),
    [
        ({"portal_url": "http://127.0.0.1:8799"}, ["127.0.0.1"], ["127.0.0.2", "10.0.0.1"]),
        ({"portal_url": "http://10.0.0.7/mirror"}, ["10.0.0.7"], ["10.0.0.8", "127.0.0.1"]),
        ({"portal_url": "http://localhost:8799"}, ["127.0.0.1", "::1"], ["10.0.0.1"]),
        ({"portal_url": "http://mirror.example.org"}, [], ["127.0.0.1"]),
        ({}, [], ["127.0.0.1"]),
    ],
)
def test_a_setting_allows_what_it_writes_out(make_source, fields, allowed, refused):
    gate = Gate.of(make_source(allow_loopback=False), Settings(**fields))
    for address in allowed:
        assert gate.places(address, 80) == ([address], 80)
    for address in refused:
        with pytest.raises(ForbiddenAddress):
            gate.places(address, 80)


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1"])
def test_other_spellings_of_an_address_are_seen_through(spelling):
    with pytest.raises(ForbiddenAddress, match=r"127\.0\.0\.1, which is no public address"):
        Gate().places(spelling, 80)


def test_the_connection_goes_to_the_address_that_was_checked(portal, make_client, make_source, monkeypatch):
    portal.page("/a.html", TEXT)
    asked = resolving(monkeypatch, ("127.0.0.1",), ("10.255.255.1",))
    port = portal.place.rpartition(":")[2]
    source = make_source(base_url=f"http://{HOST}:{port}", hosts=())
    client = make_client(source=source, portal_url=None)
    client.get(Ask(f"http://{HOST}:{port}/a.html", "article"))
    assert asked == [HOST], "a second look at the name would give another address"
    assert portal.headers_of("/a.html")[0]["Host"] == f"{HOST}:{port}"


def test_a_name_that_does_not_resolve_is_one_line(make_client, make_source, monkeypatch):
    def resolve(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(PortalUnreachable, match="the portal has a name that does not resolve: is it up"):
        make_client(source=make_source(allow_loopback=False), portal_url=None).get(article())


def test_connections_go_where_the_setting_says_and_the_host_stays(portal, make_client, make_source, archive):
    portal.page("/a.html", TEXT)
    source = make_source(base_url=f"http://{HOST}", hosts=(), allow_loopback=False)
    client = make_client(source=source, portal_url=None, connect_to=portal.place)
    client.get(Ask(f"http://{HOST}/a.html", "article"))
    assert portal.headers_of("/a.html")[0]["Host"] == HOST
    assert list(archive.answers())[-1].requested_url == f"http://{HOST}/a.html"


def test_connections_by_port(portal, make_client, make_source):
    source = make_source(base_url=f"http://{HOST}", hosts=(), allow_loopback=False)
    client = make_client(source=source, portal_url=None, connect_to=f"443={portal.place}")
    with pytest.raises(NotAllowed, match="ETL_CONNECT_TO names no place for port 80"):
        client.get(Ask(f"http://{HOST}/a.html", "article"))
    assert portal.requests == []


@pytest.fixture
def ask_over_tls(make_client, make_source, ca_file):
    def ask(portal, **settings):
        source = make_source(allow_loopback=False)
        client = make_client(source=source, portal_url=None, connect_to=portal.place, **{"ca_file": ca_file, **settings})
        return client.get(article())

    return ask


def test_a_certificate_for_the_host_is_trusted(make_tls_portal, ask_over_tls):
    portal = make_tls_portal(HOST)
    portal.page("/a.html", TEXT)
    assert ask_over_tls(portal).body.decode() == TEXT
    assert portal.headers_of("/a.html")[0]["Host"] == HOST


def test_a_certificate_for_another_host_is_refused_by_name(make_tls_portal, ask_over_tls, archive):
    portal = make_tls_portal("www.other.gov.cn", "127.0.0.1")
    with pytest.raises(PortalUnreachable, match=rf"certificate that is not trusted \(Hostname mismatch.*{HOST}") as caught:
        ask_over_tls(portal)
    assert "\n" not in str(caught.value)
    assert portal.requests == []
    assert [(answer.status, answer.outcome) for answer in archive.answers()] == [(0, "unreachable")], "it is not tried again"


@pytest.mark.parametrize("settings", [{"ca_file": None}, {}])
def test_a_certificate_of_an_unknown_authority_is_refused(make_tls_portal, ask_over_tls, settings):
    portal = make_tls_portal(HOST, issuer=trustme.CA())
    with pytest.raises(PortalUnreachable, match=r"not trusted \(.*certificate.*ETL_CA_FILE"):
        ask_over_tls(portal, **settings)
    assert portal.requests == []


def test_a_portal_that_does_not_speak_tls_is_not_asked_without(portal, ask_over_tls):
    with pytest.raises(PortalUnreachable, match="does not speak TLS as we do"):
        ask_over_tls(portal)
    assert portal.requests == []


def test_a_file_without_certificates_is_one_line(make_client, tmp_path):
    (tmp_path / "empty.pem").write_text("nothing")
    with pytest.raises(SettingsError, match=r"ETL_CA_FILE=.*holds no certificate in PEM form"):
        make_client(ca_file=tmp_path / "empty.pem")


def test_http_that_leads_to_https_of_the_same_host_is_followed_with_its_query(portal, make_tls_portal, make_client, make_source, ca_file):
    secure = make_tls_portal(HOST)
    source = make_source(base_url=f"http://{HOST}", hosts=(), allow_loopback=False)
    portal.page("/article.html?infoid=7", status=301, Location=f"{BASE}/article.html")
    secure.page("/article.html?infoid=7", TEXT)
    places = f"80={portal.place},443={secure.place}"
    client = make_client(source=source, portal_url=None, connect_to=places, ca_file=ca_file)
    assert client.get(Ask(f"http://{HOST}/article.html?infoid=7", "article")).body.decode() == TEXT


@pytest.mark.parametrize(("policy", "may"), [("https", False), ("either", True), ("http", True)])
def test_https_that_leads_to_http_is_followed_where_the_registry_says_so(
    portal, make_tls_portal, make_client, make_source, ca_file, policy, may
):
    secure = make_tls_portal(HOST)
    secure.page("/a.html", status=302, Location=f"http://{HOST}/a.html")
    portal.page("/a.html", TEXT)
    source = make_source(scheme_policy=policy, allow_loopback=False)
    places = f"80={portal.place},443={secure.place}"
    client = make_client(source=source, portal_url=None, connect_to=places, ca_file=ca_file)
    if may:
        assert client.get(article()).body.decode() == TEXT
    else:
        with pytest.raises(NotAllowed, match="not followed"):
            client.get(article())
        assert portal.requests == []


class _OnlyVersion6(ThreadingHTTPServer):
    address_family = socket.AF_INET6
    daemon_threads = True


class _Page(BaseHTTPRequestHandler):
    def do_GET(self):
        is_page = self.path.endswith("/a.html")
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(TEXT.encode() if is_page else b"")

    def log_message(self, *args):
        pass


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_a_host_that_only_has_an_ipv6_address_is_reached(make_client):
    with _OnlyVersion6(("::1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        fetched = make_client(portal_url=f"http://[::1]:{server.server_port}").get(article())
        server.shutdown()
    assert fetched.body.decode() == TEXT
