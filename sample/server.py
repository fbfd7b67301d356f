"""The portal over HTTP on loopback, in threads: `with SamplePortal() as portal: ... portal.url`.

The Host header picks one of several sites. What stands at an address is the site's (`sample.page.AnySite`), what goes wrong on purpose
`sample.scenarios`', how bytes go over the wire `sample.listener`'s. Every request is recorded (`portal.requests`, `sample.log`).
"""

from __future__ import annotations

import random
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sample.behaviours import Delivery, Reply, Visit
from sample.listener import Listener
from sample.log import Request, RequestLog
from sample.page import AnySite, Page
from sample.render import render_message
from sample.scenarios import ScenarioError, Scenarios, StepLike, load_scenarios
from sample.site import Site

__all__ = ["Request", "RequestLog", "SamplePortal"]


class SamplePortal:
    """The sample portal at a port of 127.0.0.1 (0: any free one), from entering the context to leaving it.

    `hosts` are further sites by host name in small letters; every other host name, and the bare address, is `site`.
    `secure_port` opens a second listener, which stands for https: with `tls` it is, without it speaks plainly. `redirects` makes the
    plain one answer 301 to the same address at the secure one, which with `drops_query` loses its query.
    """

    def __init__(
        self,
        port: int = 0,
        site: Site | None = None,
        hosts: Mapping[str, AnySite] | None = None,
        *,
        secure_port: int | None = None,
        tls: ssl.SSLContext | None = None,
        redirects: bool = False,
        drops_query: bool = False,
    ):
        self.site = site or Site()
        self.hosts: dict[str, AnySite] = dict(hosts or {})
        self.scenarios = Scenarios()
        self.requests = RequestLog()
        self.redirects = redirects
        self.drops_query = drops_query
        self.latency_s: tuple[float, float] = (0, 0)
        self.stopping = threading.Event()
        self._ports = (port, 0 if tls is not None and secure_port is None else secure_port)
        self._tls = tls
        self._plain: Listener | None = None
        self._secure: Listener | None = None
        self._actions: dict[int, list[Callable[[], object]]] = {}
        self._silent_after: int | None = None
        self._chance = random.Random(0)

    @property
    def url(self) -> str:
        """Where the plain listener answers.

        Raises:
            RuntimeError: it does not, because the portal was not started or is stopped.
        """
        return _url_of(self._plain)

    @property
    def secure_url(self) -> str:
        """Where the secure listener answers, with https: if it was given a context.

        Raises:
            RuntimeError: it does not, or there is none.
        """
        return _url_of(self._secure)

    def scenario(self, path_glob: str, *steps: StepLike) -> None:
        """Answer matching paths by these behaviours, one request after the other; the last one stays unless it has `times`.

        `portal.scenario("/xxgk/*", "412js", {"do": "503", "retry_after": 5, "times": 2}, "ok")`; names: `sample.behaviours`.

        Raises:
            ScenarioError: an unknown behaviour or parameter, or no step.
        """
        self.scenarios.put(path_glob, steps)

    def play(self, path: Path) -> None:
        """Do what a scenario file says.

        Raises:
            ScenarioError: it says what cannot be.
            OSError: it cannot be read.
        """
        found = load_scenarios(path)
        for path_glob, steps in found.scenarios:
            self.scenario(path_glob, *steps)
        try:
            self.site.options.change(found.options)
        except ValueError as error:
            raise ScenarioError(f"{path}: {error}") from error

    def fail(
        self, path_glob: str, status: int = 503, times: int | None = None, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer the next `times` requests (None: all) for matching paths with this instead of the page."""
        self.scenario(path_glob, {"do": "answer", "status": status, "body": body, "headers": headers, "times": times})

    def empty_list(self, path_glob: str) -> None:
        """Show matching list pages with zero items."""
        self.scenario(path_glob, "emptylist")

    def heal(self) -> None:
        """Let everything answer as it should again."""
        self.scenarios.clear()
        self._silent_after = None

    def after(self, number: int, action: Callable[[], object]) -> None:
        """Do something once, when the answer to the n-th request from now is made (1: the next one) and before it is sent.

        So what the action changes is seen by request n + 1. It may edit a site or end a process; not stop the portal.
        """
        self._actions.setdefault(len(self.requests) + number, []).append(action)

    def stop_answering_after(self, number: int) -> None:
        """After so many further requests every connection is reset without an answer, until `heal`."""
        self._silent_after = len(self.requests) + number

    def start(self) -> None:
        """Begin to answer.

        Raises:
            OSError: a port is taken.
        """
        port, secure_port = self._ports
        self.stopping.clear()
        plain = Listener(self, port)
        if secure_port is not None:
            try:
                self._secure = Listener(self, secure_port, is_secure=True, tls=self._tls)
            except OSError:
                plain.server_close()
                raise
            self._secure.start()
        self._plain = plain
        self._plain.start()

    def stop(self) -> None:
        """Stop to answer; connections that clients keep open are closed, and all threads have ended."""
        self.stopping.set()
        for listener in (self._plain, self._secure):
            if listener is not None:
                listener.stop()
        self._plain = self._secure = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def admit(self, request: Request) -> None:
        """Record a request: the listeners call this."""
        request.number = self.requests.enter(request)

    def reply(self, request: Request, headers: Mapping[str, str]) -> Reply:
        """What is sent for a request, the actions after it done: the listeners call this."""
        if self._silent_after is not None and request.number > self._silent_after:
            return Reply(Page(b""), Delivery(is_reset=True))
        reply = self._redirect(request) or self._scenario_or_own(request, headers)
        if self.latency_s != (0, 0):
            # what a behaviour waits for comes on top
            self.stopping.wait(self._chance.uniform(*self.latency_s))
        for action in self._actions.pop(request.number, ()):
            action()
        return reply

    def _scenario_or_own(self, request: Request, headers: Mapping[str, str]) -> Reply:
        site = self.hosts.get(request.host_name, self.site)
        path = request.path.partition("?")[0]

        def ask(method: str, target: str, body: bytes) -> Page:
            page = site.answer(method, target, body, request.host_name)
            return page or Page(render_message("您访问的页面不存在"), status=404)

        visit = Visit(
            method=request.method,
            target=request.path,
            headers=headers,
            is_secure=request.is_secure,
            now=time.monotonic(),
            own=lambda: ask("GET" if request.method == "HEAD" else request.method, request.path, request.body),
            home=lambda: ask("GET", "/", b""),
            emptied=lambda: site.emptied_list(request.path) if isinstance(site, Site) else None,
        )
        return self.scenarios.reply(request.host_name, path, visit) or Reply(visit.own())

    def _redirect(self, request: Request) -> Reply | None:
        """The plain listener's way to the secure one: to the same name, or for a bare address to where the other listens."""
        if not self.redirects or request.is_secure:
            return None
        is_bare = request.host_name in {"", "127.0.0.1", "localhost"}
        start = self.secure_url if is_bare else f"https://{request.host_name}"
        path = request.path.partition("?")[0] if self.drops_query else request.path
        return Reply(Page(b"", status=301, location=start + path))


def _url_of(listener: Listener | None) -> str:
    if listener is None:
        raise RuntimeError("the sample portal is not running, or not at that port")
    return listener.url
