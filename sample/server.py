"""The portal over HTTP on loopback, in a thread: `with SamplePortal() as portal: ... portal.url`.

Conditional requests and gzip; each request is recorded, refused ones too. The Host header picks one of several sites. What stands at
an address is the site's (`sample.page.AnySite`), what goes wrong on purpose `sample.faults`'.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from sample.faults import Fault, Faults
from sample.page import HTML, AnySite, Page
from sample.render import render_message
from sample.site import Site

_POLL_S = 0.02
_IDLE_S = 30
_MAX_BODY = 1_000_000


@dataclass(frozen=True)
class Request:
    """One request and its answer's status. `path` has its query; `at` is a monotonic time in seconds."""

    method: str
    path: str
    status: int
    if_none_match: str | None
    if_modified_since: str | None
    user_agent: str | None
    at: float


class SamplePortal:
    """The sample portal at a port of 127.0.0.1 (0: any free one), from entering the context to leaving it.

    `hosts` are further sites by host name in small letters; every other host name, and the bare address, is `site`.
    """

    def __init__(self, port: int = 0, site: Site | None = None, hosts: Mapping[str, AnySite] | None = None):
        self.site = site or Site()
        self.hosts: dict[str, AnySite] = dict(hosts or {})
        self.faults = Faults()
        self.requests: list[Request] = []
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it answers.

        Raises:
            RuntimeError: it does not, because it was not started or is stopped.
        """
        if self._server is None:
            raise RuntimeError("the sample portal is not running")
        return f"http://127.0.0.1:{self._server.server_port}"

    def fail(
        self, path_glob: str, status: int = 503, times: int | None = None, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer the next `times` requests (None: all) for matching paths with this instead of the page."""
        self.faults.put(Fault(path_glob, status, body, dict(headers or {}), times))

    def empty_list(self, path_glob: str) -> None:
        """Show matching list pages with zero items."""
        self.faults.put(Fault(path_glob, empties_list=True))

    def heal(self) -> None:
        """Let everything answer as it should again."""
        self.faults.clear()

    def start(self) -> None:
        """Begin to answer.

        Raises:
            OSError: the port is taken.
        """
        self._server = _Server(self, self._port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL_S,), name="sample-portal", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop to answer; connections that clients keep open are closed, and all threads have ended."""
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._thread.join()
        self._server.close_connections()
        self._server.server_close()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    """Knows its open connections: a handler waits on an idle one, and would outlive the portal."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, portal: SamplePortal, port: int):
        self.portal = portal
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        # the base class asks the resolver for this machine's name, which can take seconds without a network
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        with self._lock:
            waiting = list(self._open)
        for connection in waiting:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # a client that went away is no news
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_S
    disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement
    server: _Server

    def do_GET(self) -> None:
        fault = self.server.portal.faults.take(self.path.partition("?")[0])
        if fault is not None and not fault.empties_list:
            # a wrong length is only noticed when nothing follows
            self.close_connection = "Content-Length" in fault.headers
            self._send(fault.status, fault.body, {"Content-Type": HTML, **fault.headers})
            return
        emptied = self.server.portal.site.emptied_list(self.path) if fault is not None else None
        self._send_page(emptied or self._answer("GET", b""))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        # read what was sent, or the client may see a reset instead of the answer
        length = self.headers.get("Content-Length") or "0"
        body = self.rfile.read(min(int(length), _MAX_BODY) if length.isdigit() else 0)
        self._send_page(self._answer(self.command, body))

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST

    def _answer(self, method: str, body: bytes) -> Page:
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        portal = self.server.portal
        page = portal.hosts.get(host, portal.site).answer(method, self.path, body, host)
        return page or Page(render_message("您访问的页面不存在"), status=404)

    def _send_page(self, page: Page) -> None:
        headers = {"Content-Type": page.content_type, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        if page.location is not None:
            headers["Location"] = page.location
        headers |= page.headers
        if page.etag is not None and page.last_modified is not None:
            headers |= {"ETag": page.etag, "Last-Modified": format_datetime(page.last_modified, usegmt=True)}
            if self._is_unchanged(page.etag, page.last_modified):
                self._send(304, b"", headers)
                return
        body = page.body
        if "gzip" in (self.headers.get("Accept-Encoding") or ""):
            body = gzip.compress(body, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self._send(page.status, body, headers)

    def _is_unchanged(self, etag: str, last_modified: datetime) -> bool:
        """What the client's validators say; If-Modified-Since counts only without If-None-Match."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return any(tag.strip() in {etag, "*"} for tag in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        try:
            day = parsedate_to_datetime(since) if since else None
        except ValueError:
            return False
        return day is not None and last_modified <= (day if day.tzinfo else day.replace(tzinfo=UTC))

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self._record(status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304 and "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _record(self, status: int) -> None:
        seen = {name: self.headers.get(header) for name, header in _RECORDED.items()}
        request = Request(method=self.command, path=self.path, status=status, at=time.monotonic(), **seen)
        self.server.portal.requests.append(request)

    def version_string(self) -> str:
        return "sample-portal"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: `SamplePortal.requests` is the log."""


_RECORDED = {"if_none_match": "If-None-Match", "if_modified_since": "If-Modified-Since", "user_agent": "User-Agent"}
