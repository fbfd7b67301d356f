"""What a night costs a portal: requests of a first crawl of the full made-up district, and of a night without changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.settings import PROJECT_DIR
from sample.log import Request, RequestLog
from sample.seed import full_site
from sample.server import SamplePortal

# …/20240201/b991c31c-73a4-4121-82af-f443f57b06cd.html
_ARTICLE = re.compile(r"/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.html$")


@dataclass(frozen=True)
class Crawl:
    """One crawl: what it is called, how long it took in seconds (two processes start in it), and what it asked for."""

    name: str
    seconds: float
    requests: RequestLog


def crawls() -> Iterator[Crawl]:
    """A first crawl and a night without changes, without pauses between requests."""
    with SamplePortal(site=full_site()) as portal, tempfile.TemporaryDirectory() as home:
        for name in ("first crawl", "night without changes"):
            yield _crawl(portal, Path(home), name)


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
    before, start = len(portal.requests), time.perf_counter()
    environment = os.environ | {"ETL_HOME": str(home), "ETL_SOURCE": "yunhe", "ETL_CONNECT_TO": portal.url.removeprefix("http://")}
    for verb in ("discover", "fetch"):
        subprocess.run([sys.executable, "-m", "etl", verb], cwd=PROJECT_DIR, env=environment, capture_output=True, check=True)
    return Crawl(name, time.perf_counter() - start, portal.requests[before:])
