"""A small portal on loopback that plays back what a test tells it, and a client for it."""

import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stamina
import trustme
from three_articles import text

from etl.archive import Archive
from etl.fetch import PoliteClient
from etl.settings import Settings
from etl.sources import Entry, Source


@dataclass
class Portal:
    """`pages` maps a path (with query) to one answer, or to a list of answers of which the last one stays."""

    url: str = ""
    place: str = ""
    pages: dict = field(default_factory=dict)
    requests: list = field(default_factory=list)
    posted: list = field(default_factory=list)

    def page(self, path, body="", status=200, **headers):
        self.pages[path] = [(status, _named(headers), _bytes(body))]

    def then(self, path, body="", status=200, **headers):
        self.pages[path].append((status, _named(headers), _bytes(body)))

    def paths(self):
        return [path for path, _ in self.requests]

    def headers_of(self, path):
        return [headers for asked, headers in self.requests if asked == path]

    def answer(self, path):
        answers = self.pages.get(path, [(404, {}, b"<html>not here</html>")])
        return answers.pop(0) if len(answers) > 1 else answers[0]


def _named(headers):
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _bytes(body):
    return body.encode() if isinstance(body, str) else body


def _requests_of(portal):
    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement

        def do_GET(self):
            portal.requests.append((self.path, dict(self.headers)))
            status, headers, body = portal.answer(self.path)
            etag = headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            if headers.get("Content-Length"):
                self.close_connection = True

        def do_POST(self):
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            portal.posted.append((self.path, self.headers["Content-Type"], content.decode()))
            self.do_GET()

        def log_message(self, *args):
            pass

    return Requests


@contextlib.contextmanager
def _serving(played, context=None):
    with ThreadingHTTPServer(("127.0.0.1", 0), _requests_of(played)) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # a client that hangs up is what some tests are about
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        played.url = f"http{'' if context is None else 's'}://127.0.0.1:{server.server_port}"
        played.place = f"127.0.0.1:{server.server_port}"
        yield played
        server.shutdown()


@pytest.fixture
def portal():
    with _serving(Portal()) as played:
        yield played


@pytest.fixture(scope="session")
def authority():
    return trustme.CA()


@pytest.fixture
def ca_file(authority, tmp_path):
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def make_tls_portal(authority):
    """Portals that speak TLS, with a certificate for the names given."""
    with contextlib.ExitStack() as stack:

        def make(*names, issuer=authority):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            issuer.issue_cert(*names).configure_cert(context)
            return stack.enter_context(_serving(Portal(), context))

        yield make


@pytest.fixture
def speak():
    """Start a server that reads a request on each connection and does what it is told with it; gives its address."""
    listeners = []

    def start(act):
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection, contextlib.suppress(OSError):
                    connection.recv(65_536)
                    act(connection)

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener in listeners:
        listener.close()


@pytest.fixture(autouse=True)
def _tries_without_waiting():
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def make_source():
    def make(**fields):
        values = {
            "name": "town", "title": "某区", "base_url": "https://www.example.gov.cn", "hosts": ("example.gov.cn",),
            "allow_loopback": True, "family": "epoint-static", "city": "临江市", "district": "云河区", "invented": True,
            "click_path": "/xxgk/{ancestors}/{date}/{uuid}.html",
            "drop_query": ("type=2",), "title_include": ("法治政府建设.*(报告|情况|工作)",), "title_exclude": ("信息公开", "规划"),
            "path_exclude": ("/gate/",),
            "min_interval_s": 0, "jitter_s": 0, "max_requests": 100, "checked_at": date(2024, 3, 25), "status": "verified",
            "enabled": True, "entries": (Entry(path="/xxgk/002017/", district="云河区", city="临江市", invented=True),),
        }  # fmt: skip
        return Source(**{**values, **fields})

    return make


@pytest.fixture
def source(make_source):
    return make_source()


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


@pytest.fixture
def make_client(portal, source, archive):
    clients = []

    def make(source=source, archive=archive, run_id="r1", refetch=False, respect_hours=False, **settings):
        chosen = Settings(**{"portal_url": portal.url, "contact": "data@example.org", **settings})
        clients.append(PoliteClient(source, chosen, archive, run_id, refetch=refetch, respect_hours=respect_hours))
        return clients[-1]

    yield make
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(make_client):
    return make_client()


@pytest.fixture
def articles(portal):
    for name in "abc":
        portal.page(f"/{name}.html", text(name), ETag=f'"{name}"')
    return portal
