"""One listening port of the portal: reads requests, records them, and sends what the portal answers, whole or as broken as asked."""

from __future__ import annotations

import contextlib
import gzip
import socket
import socketserver
import ssl
import struct
import sys
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from sample.behaviours import Delivery, Reply
from sample.log import HEADERS, Request
from sample.page import Page

_POLL_S = 0.02
_IDLE_S = 30
_MAX_BODY = 1_000_000
# a reset in place of a proper end: linger, for zero seconds
_NO_LINGER = struct.pack("ii", 1, 0)


class Answering(Protocol):
    """What a listener asks: the portal."""

    stopping: threading.Event

    def admit(self, request: Request) -> None:
        """Record a request."""

    def reply(self, request: Request, headers: Mapping[str, str]) -> Reply:
        """What is sent for it."""


class Listener(ThreadingHTTPServer):
    """A port in a thread. It knows its open connections: a handler waits on an idle one, and would outlive the portal."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, portal: Answering, port: int, *, is_secure: bool = False, tls: ssl.SSLContext | None = None):
        self.portal = portal
        self.is_secure = is_secure
        self._tls = tls
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)
        self._thread = threading.Thread(target=self.serve_forever, args=(_POLL_S,), name="sample-portal", daemon=True)

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.server_port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop to answer; connections that clients keep open are closed, and all threads have ended."""
        self.shutdown()
        self._thread.join()
        with self._lock:
            waiting = list(self._open)
        for connection in waiting:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def server_bind(self) -> None:
        # the base class asks the resolver for this machine's name, which can take seconds without a network
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self._tls is not None:
            # the handshake is left to the handler's thread: a client that does not speak TLS must not hold up the others
            connection.settimeout(_IDLE_S)
            connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        with contextlib.suppress(OSError):
            if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_NO_LINGER)) == _NO_LINGER:
                request.close()
                return
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # a client that went away, or that does not trust the certificate, is no news
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_S
    disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement
    server: Listener

    def setup(self) -> None:
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()
        super().setup()

    def do_GET(self) -> None:
        # read what was sent, or the client may see a reset instead of the answer
        length = self.headers.get("Content-Length") or "0"
        body = self.rfile.read(min(int(length), _MAX_BODY) if length.isdigit() else 0)
        if str(len(body)) != length:
            self.close_connection = True
        self._request = Request(
            method=self.command,
            path=self.path,
            host=self.headers.get("Host") or "",
            at=time.monotonic(),
            is_secure=self.server.is_secure,
            body=body,
        )
        for name, header in HEADERS.items():
            setattr(self._request, name, self.headers.get(header))
        self.server.portal.admit(self._request)
        try:
            reply = self.server.portal.reply(self._request, {name.lower(): value for name, value in self.headers.items()})
            self._wait(reply.delivery.wait_s)
            self._send(reply.page, reply.delivery)
        finally:
            self._end()

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET

    def _send(self, page: Page, delivery: Delivery) -> None:
        if delivery.is_reset and delivery.cut_at is None:
            self._reset()
            return
        headers = _headers_of(page)
        if page.status == 200 and self._is_unchanged(page):
            self._end()
            self._send_head(304, headers)
            return
        body = page.body
        is_chunked = False
        if self._is_packed(delivery) and "Content-Encoding" not in headers:
            body = gzip.compress(body, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            # as static files behind such servers come: packed on the way, so their length is not known before
            is_chunked = self.request_version == "HTTP/1.1" and delivery.cut_at is None and delivery.piece_bytes is None
        if is_chunked:
            headers["Transfer-Encoding"] = "chunked"
        elif "Content-Length" in headers:
            self.close_connection = True  # a wrong length is only noticed when nothing follows
        else:
            headers["Content-Length"] = str(len(body))
        if not body or self.command == "HEAD":
            self._end()
        self._send_head(page.status, headers)
        if self.command != "HEAD":
            self._send_body(_chunked(body) if is_chunked else body, delivery)

    def _send_head(self, status: int, headers: Mapping[str, str]) -> None:
        self._request.status = status
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_body(self, body: bytes, delivery: Delivery) -> None:
        if delivery.cut_at is not None:
            body, self.close_connection = body[: delivery.cut_at], True
        size = delivery.piece_bytes or len(body) or 1
        for start in range(0, len(body), size):
            self._wait(delivery.pause_s)
            if start + size >= len(body):
                self._end()
            self.wfile.write(body[start : start + size])
        if delivery.is_reset:
            self._reset()

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)

    def _wait(self, seconds: float) -> None:
        if seconds > 0 and self.server.portal.stopping.wait(seconds):
            raise ConnectionAbortedError("the portal stops")

    def _end(self) -> None:
        """Note the end before the last bytes go out: the client's next request may come before this thread goes on."""
        if self._request.ended_at is None:
            self._request.ended_at = time.monotonic()

    def _is_packed(self, delivery: Delivery) -> bool:
        return "gzip" in (self.headers.get("Accept-Encoding") or "") if delivery.gzip is None else delivery.gzip

    def _is_unchanged(self, page: Page) -> bool:
        """What the client's validators say; If-Modified-Since counts only without If-None-Match."""
        if page.etag is None or page.last_modified is None or self.command not in {"GET", "HEAD"}:
            return False
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return any(tag.strip() in {page.etag, "*"} for tag in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        try:
            day = parsedate_to_datetime(since) if since else None
        except ValueError:
            return False
        return day is not None and page.last_modified <= (day if day.tzinfo else day.replace(tzinfo=UTC))

    def version_string(self) -> str:
        return "sample-portal"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: `SamplePortal.requests` is the log."""


def _headers_of(page: Page) -> dict[str, str]:
    headers = {"Content-Type": page.content_type, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if page.location is not None:
        headers["Location"] = page.location
    if page.etag is not None:
        headers["ETag"] = page.etag
    if page.last_modified is not None:
        headers |= {"Last-Modified": _http_date(page.last_modified), "Expires": _http_date(datetime.now(UTC))}
    return headers | dict(page.headers)


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _chunked(body: bytes, size: int = 8192) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
