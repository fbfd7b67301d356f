"""A small portal on loopback that plays back what a test tells it, and a client for it."""

import threading
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stamina

from etl.archive import Archive
from etl.fetch import PoliteClient
from etl.settings import Settings
from etl.sources import Entry, Source


@dataclass
class Portal:
    """`pages` maps a path (with query) to one answer, or to a list of answers of which the last one stays."""

    url: str = ""
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


@pytest.fixture
def portal():
    played = Portal()
    with ThreadingHTTPServer(("127.0.0.1", 0), _requests_of(played)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        played.url = f"http://127.0.0.1:{server.server_port}"
        yield played
        server.shutdown()


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

    def make(source=source, archive=archive, run_id="r1", refetch=False, **settings):
        chosen = Settings(**{"portal_url": portal.url, "contact": "data@example.org", **settings})
        clients.append(PoliteClient(source, chosen, archive, run_id, refetch=refetch))
        return clients[-1]

    yield make
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(make_client):
    return make_client()
