"""What a night costs a portal: requests of a first crawl of the full made-up district, and of a night without changes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.settings import PROJECT_DIR
from sample.behaviours import Reply
from sample.log import Request, RequestLog
from sample.seed import full_site
from sample.server import SamplePortal
from sample.site import Site

# …/20240201/b991c31c-73a4-4121-82af-f443f57b06cd.html
_ARTICLE = re.compile(r"/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.html$")


@dataclass(frozen=True)
class Crawl:
    """One crawl: what it is called, how long it took in seconds, with how many processes, and what it asked for."""

    name: str
    seconds: float
    lives: int
    requests: RequestLog


class DeadlyPortal(SamplePortal):
    """A portal that kills the process that asks, when it makes the answer to the n-th request that no earlier process was sent.

    A request is new if none like it was answered before the process began; the kill comes before the answer is sent.
    """

    def __init__(self, port: int = 0, site: Site | None = None, per_life: int = 10):
        super().__init__(port, site)
        self._per_life = per_life
        self._victim: subprocess.Popen[Any] | None = None
        self._known: set[object] = set()
        self._new: set[object] = set()

    def live(self, process: subprocess.Popen[Any]) -> None:
        """The next process begins."""
        self._known |= self._new
        self._new.clear()
        self._victim = process

    def reply(self, request: Request, headers: Mapping[str, str]) -> Reply:
        key = request.method, request.path, request.body
        if self._victim is not None and key not in self._known:
            self._new.add(key)
            if len(self._new) == self._per_life:
                self._victim.kill()
        return super().reply(request, headers)


def crawls(per_life: int = 0) -> Iterator[Crawl]:
    """A first crawl and a night without changes, without pauses between requests; and one that is killed after every so many new ones."""
    with SamplePortal(site=full_site()) as portal, tempfile.TemporaryDirectory() as home:
        for name in ("first crawl", "night without changes"):
            yield _crawl(portal, Path(home), name)
    if per_life:
        with DeadlyPortal(site=full_site(), per_life=per_life) as portal, tempfile.TemporaryDirectory() as home:
            yield _crawl(portal, Path(home), f"first crawl, killed after every {per_life} new requests")


def kind(request: Request) -> str:
    """What a request was for: robots.txt, an article, a file, a list (pages, JSON, and what leads to them)."""
    path = request.path.partition("?")[0]
    if path == "/robots.txt":
        return "robots.txt"
    if path.startswith(("/shja_main/", "/EpointWebBuilder/")):
        return "files"
    if _ARTICLE.search(path):
        return "articles"
    return "JSON lists" if request.method == "POST" else "list pages"


def tally(requests: Iterable[Request]) -> Counter[tuple[str, str]]:
    """How many requests there were by kind, and by what was answered: whole, unchanged, redirected, not there."""
    words = {200: "whole", 304: "unchanged", 302: "redirected", 404: "not there"}
    return Counter((kind(request), words.get(request.status, str(request.status))) for request in requests)


def _crawl(portal: SamplePortal, home: Path, name: str) -> Crawl:
    before, start, lives = len(portal.requests), time.perf_counter(), 0
    environment = os.environ | {"ETL_HOME": str(home), "ETL_SOURCE": "yunhe", "ETL_CONNECT_TO": portal.url.removeprefix("http://")}
    for verb in ("discover", "fetch"):
        command = [sys.executable, "-m", "etl", verb, "--run-id", name.partition(",")[0].replace(" ", "-")]
        status = None
        while status != 0:
            with subprocess.Popen(command, cwd=PROJECT_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
                if isinstance(portal, DeadlyPortal):
                    portal.live(process)
                _, errors = process.communicate()
            status, lives = process.returncode, lives + 1
            if status not in (0, -signal.SIGKILL):
                raise RuntimeError(f"{' '.join(command)}: {errors.decode()}")
    return Crawl(name, time.perf_counter() - start, lives, portal.requests[before:])
