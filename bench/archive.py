"""How the archive grows: a manifest of a million lines, and 10,000 archived pages of short reports, inventory to warehouse.

Each figure comes from a process of its own, so that its peak memory is its own too. Nothing is fetched: the answers are made here.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from bench.reading import peak_memory
from etl.archive import Archive
from etl.archive.due import due
from etl.archive.lines import encode_line, to_line
from etl.archive.verify import Verification
from etl.archive.warc_export import export_warc
from etl.models import Answer
from etl.run import open_run
from etl.settings import PROJECT_DIR

YEARS = range(2019, 2026)
RUN = "bench-rebuild"

_START = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
_BASE = "http://127.0.0.1:8799/xxgk/002018/002018003/20240325"
_SYLLABLES = "安柏长春丹东恩丰高广海和华江锦康兰龙梅南宁平清仁瑞山石泰万文西新兴雅永云泽"
_HEADERS = {
    "server": "nginx", "date": "Mon, 25 Mar 2024 01:00:00 GMT", "content-type": "text/html; charset=utf-8", "connection": "keep-alive",
    "transfer-encoding": "chunked", "content-encoding": "gzip", "etag": 'W/"6600a1f0-5a3c"', "cache-control": "no-cache",
    "last-modified": "Mon, 25 Mar 2024 01:00:00 GMT", "expires": "Mon, 25 Mar 2024 01:00:00 GMT", "x-content-type-options": "nosniff",
}  # fmt: skip


# 2023 in 2023年
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Figure:
    """What one step took: wall and CPU seconds, the most memory that its process held in MB (`before`: when it began), and with what."""

    what: str
    seconds: float
    cpu: float
    before: float
    peak: float
    note: str


def of_manifest(folder: Path, pages: int, nights: int) -> Iterator[Figure]:
    """A manifest of pages x nights lines, most of them 304, a fiftieth of the pages changed each night."""
    yield apart(_make_manifest, folder, pages, nights)
    for step in (_index_first, _index_again, _due, _inventory, _answers_of_a_run):
        yield apart(step, folder)


def of_pages(home: Path, pages: int) -> Iterator[Figure]:
    """That many archived pages, each of another body or year, and all that is made of them."""
    os.environ |= {"ETL_HOME": str(home), "ETL_SOURCE": "sample", "ETL_MAX_QUARANTINE_SHARE": "1"}
    archive = home / "archive"
    yield apart(_make_pages, archive, pages)
    for step in (_verify, _inventory, _due, _export):
        yield apart(step, archive)
    for stage in ("archive", "parse", "facts", "validate", "publish"):
        yield apart(_stage, stage)


def apart(step: Callable[..., str], *arguments: object) -> Figure:
    """Run a step in a process of its own; what it returns is the note."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, step, *arguments).result()


def _measured(step: Callable[..., str], *arguments: object) -> Figure:
    before, wall, cpu = peak_memory(), time.perf_counter(), time.process_time()
    note = step(*arguments)
    name = str(arguments[0] if step is _stage else step.__name__.strip("_").replace("_", " "))
    return Figure(name, time.perf_counter() - wall, time.process_time() - cpu, before, peak_memory(), note)


def _make_manifest(folder: Path, pages: int, nights: int) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "manifest.jsonl").open("wb") as file:
        for night in range(nights):
            for number in range(pages):
                has_changed = night == 0 or (number + night) % 50 == 0
                body = sha256(f"{number} {night}".encode()).hexdigest() if has_changed else None
                file.write(encode_line(to_line(_answer(number, f"柳溪镇{number}", night, body))))
        size = file.tell()
    return f"{pages * nights:,} lines, {size / 1e6:,.0f} MB"


def _index_first(folder: Path) -> str:
    return f"{len(Archive(folder).known('sample')):,} addresses, index.json written"


def _index_again(folder: Path) -> str:
    return f"{len(Archive(folder).known('sample')):,} addresses, from index.json"


def _due(folder: Path) -> str:
    return f"{len(due(Archive(folder), 'sample', datetime.now(UTC))):,} articles"


def _inventory(folder: Path) -> str:
    return f"{len(Archive(folder).inventory()):,} versions"


def _answers_of_a_run(folder: Path) -> str:
    return f"{sum(1 for _ in Archive(folder).answers(_run_id(0))):,} answers"


def _make_pages(folder: Path, pages: int) -> str:
    archive, texts = Archive(folder), _texts()
    for number in range(pages):
        town, year = _town(number // len(YEARS)), YEARS[number % len(YEARS)]
        title, page = _page(texts[number % len(texts)], town, year)
        archive.put(_answer(number, title, 0, None), page)
    return f"{pages:,} pages put in, each synced to disk"


def _verify(folder: Path) -> str:
    archive = Archive(folder)
    verification = Verification(archive.manifest, archive.bodies)
    found = len(list(verification.problems()))
    return f"{verification.checked:,} bodies, {verification.size / 1e6:,.0f} MB, {found} problems"


def _export(folder: Path) -> str:
    path = folder.parent / "bench.warc.gz"
    export_warc(Archive(folder), path)
    return f"{path.stat().st_size / 1e6:,.0f} MB"


def _stage(name: str) -> str:
    from etl import pipeline

    run = open_run(RUN)
    if name == "parse":
        results = [pipeline.parse(run, batch) for batch in run.staging.batches("versions")]
        return f"read {sum(each['read'] for each in results):,}, unread {sum(each['unread'] for each in results):,}"
    result = getattr(pipeline, name)(run)
    if isinstance(result, list):
        return f"{sum(batch['count'] for batch in result):,} versions in {len(result):,} batches"
    return ", ".join(f"{key} {value:,}" for key, value in result.items() if isinstance(value, int) and value)


def _answer(number: int, title: str, night: int, digest: str | None) -> Answer:
    url = f"{_BASE}/5f0c1a52-0000-4000-8000-{number:012}.html"
    time = _START + timedelta(days=night, seconds=2.5 * number)
    has_body = digest is not None or night == 0
    return Answer(
        url=url, requested_url=url, time=time.isoformat(timespec="microseconds"), status=200 if has_body else 304, source="sample",
        district="云河区", page="article", run_id=_run_id(night), outcome="ok" if has_body else "not_modified", title=title,
        listed_on="2024-03-25", sha256=digest, size=None if digest is None else 50_000, etag=_HEADERS["etag"],
        last_modified=_HEADERS["last-modified"], content_type=_HEADERS["content-type"] if has_body else None,
        charset="utf-8" if has_body else None, charset_from="utf8" if has_body else None, elapsed_ms=120,
        headers=_HEADERS if has_body else {name: _HEADERS[name] for name in ("etag", "last-modified")},
    )  # fmt: skip


def _run_id(night: int) -> str:
    return f"scheduled__{_START + timedelta(days=night):%Y-%m-%dT%H-%M-%S}"


def _texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((PROJECT_DIR / "sample/content/yunhe").glob("lxz-*.txt"))]


def _town(number: int) -> str:
    """A made-up town, such as 安柏."""
    return _SYLLABLES[number // len(_SYLLABLES) % len(_SYLLABLES)] + _SYLLABLES[number % len(_SYLLABLES)]


def _page(text: str, town: str, year: int) -> tuple[str, bytes]:
    """Title and page of a short report, moved to another town and year."""
    later = year - int(text.partition("年")[0][-4:])
    text = _YEAR.sub(lambda match: str(int(match[0]) + later), text)
    title, _, body = text.replace("柳溪", town).partition("\n")
    paragraphs = "".join(f"<p>{line}</p>\r\n" for line in body.splitlines())
    meta = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{year + 1}-01-20 09:00">'
    return title, f'<html><head><meta charset="utf-8">{meta}</head><body><div id="infoContentM">{paragraphs}</div></body></html>'.encode()
