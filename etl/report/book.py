"""Writes the book into a folder, whole or not at all: it is made beside the folder, and takes its place when the last page is written."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from etl.errors import StageError
from etl.publish.reading import Reader
from etl.report.asking import has, missing
from etl.report.charts import vega_script
from etl.report.kinds import KINDS, Kind
from etl.report.pages import Page
from etl.report.render import Renderer

_MARK = "book.json"
"""The file that tells a book from any other folder; it is written last, and says how many pages of each kind there are."""

OnPage = Callable[[str, int], None]


def write_book(reader: Reader, folder: Path, on_page: OnPage | None = None) -> dict[str, int]:
    """Make the book of the warehouse in `folder`, in the place of an older book there. Returns the pages of each kind.

    `on_page` is told the kind and how many pages of it are written, after each. The same warehouse gives the same bytes.

    Raises:
        StageError: the folder cannot be written, holds something else than a book, or another book is being written there.
        QueryError: the warehouse refuses a question.
    """
    target = folder.resolve()
    with _one_writer(target):
        _check_replaceable(target)
        fresh = _beside(target, "part")
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            counts = _write(reader, fresh, on_page or (lambda kind, count: None))
            _swap(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return counts


def _write(reader: Reader, folder: Path, on_page: OnPage) -> dict[str, int]:
    renderer = Renderer({"kinds": KINDS, "made_from": _made_from(reader)})
    folder.mkdir(parents=True)
    with as_file(files("etl.report").joinpath("assets")) as assets:
        shutil.copytree(assets, folder / "assets")
    (folder / "assets" / "vega.js").write_text(vega_script(), encoding="utf-8")
    counts = {}
    for kind in KINDS:
        counts[kind.name] = 0
        for page in _pages(reader, kind):
            path = folder / page.path
            path.parent.mkdir(exist_ok=True)
            path.write_text(renderer.render(page), encoding="utf-8")
            counts[kind.name] += 1
            on_page(kind.name, counts[kind.name])
    (folder / _MARK).write_text(json.dumps({"pages": counts}) + "\n", encoding="utf-8")
    return counts


def _pages(reader: Reader, kind: Kind) -> Iterator[Page]:
    """The pages of a kind; where the warehouse is older than the views that it needs, one page that says so."""
    if lacking := missing(reader, *kind.needs):
        yield Page(kind.entry, kind.words, "missing.html.jinja", {"lacking": lacking}, kind.name)
    else:
        yield from kind.pages(reader)


def _made_from(reader: Reader) -> dict[str, Any]:
    """What stands at the foot of each page: the run that was published, and the last time that a portal was asked."""
    if not has(reader, "main.ops_run"):
        return {"run_id": None, "started_at": None}
    rows = reader.rows(
        "SELECT run_id, started_at FROM main.ops_run WHERE state IN ('validated', 'published') ORDER BY started_at DESC LIMIT 1"
    )
    return rows[0] if rows else {"run_id": None, "started_at": None}


def _check_replaceable(target: Path) -> None:
    """Never take the place of a folder that is no book: somebody may have named the folder of their documents."""
    if target.exists() and not (target / _MARK).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise StageError(f"{target} is there and holds no picture book: name a new folder, or an empty one")


def _swap(fresh: Path, target: Path) -> None:
    """Two renames: for a moment there is no book, but never half a one."""
    old = _beside(target, "old")
    if target.exists():
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")


@contextmanager
def _one_writer(target: Path) -> Iterator[None]:
    """Hold a lock beside the folder; give back the last book where a writer was killed between its two renames."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _beside(target, "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StageError(f"another run is writing the book {target}: wait for it, then try again") from error
            old = _beside(target, "old")
            if old.exists() and not target.exists():
                old.rename(target)
            yield
    except OSError as error:
        raise StageError(f"cannot write the book {target}: {error.strerror or error}; name a folder that can be written") from error
