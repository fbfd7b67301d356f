"""The folder of the book: whole or not at all, never in the place of something else, the same bytes for the same warehouse."""

import fcntl
import json

import pytest

from etl.errors import StageError
from etl.report import book as book_module
from etl.report.book import write_book
from etl.report.pages import Page, Words
from tests.report.warehouses import changed


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_warehouse_gives_the_same_bytes(warehouse, book, tmp_path):
    with warehouse.read() as reader:
        counts = write_book(reader, tmp_path / "again")
    assert files(tmp_path / "again") == files(book)
    assert json.loads((book / "book.json").read_text()) == {"pages": counts}
    assert counts["reports"] == 16 + 3, "a page a report, and a list a year"
    assert counts["bodies"] == 6 + 1


def test_each_page_that_is_written_is_told(warehouse, tmp_path):
    told = []
    with warehouse.read() as reader:
        counts = write_book(reader, tmp_path / "book", lambda kind, count: told.append((kind, count)))
    assert dict(told) == counts
    assert len(told) == sum(counts.values())


def test_a_book_takes_the_place_of_the_last_and_leaves_nothing_beside(warehouse, tmp_path):
    target = tmp_path / "book"
    with warehouse.read() as reader:
        write_book(reader, target)
        (target / "reports" / "of-old.html").write_text("from the last book")
        write_book(reader, target)
    assert not (target / "reports" / "of-old.html").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"book", ".book.lock"}


def test_a_book_that_fails_half_way_leaves_the_last_one(warehouse, tmp_path, monkeypatch):
    target = tmp_path / "book"

    def break_off(reader):
        yield Page("quality.html", Words("甲", "a"), "plain.html.jinja", {}, "quality")
        raise StageError("enough")

    with warehouse.read() as reader:
        write_book(reader, target)
        before = files(target)
        broken = (*book_module.KINDS[:-1], book_module.KINDS[-1].__class__("quality", Words("甲", "a"), "quality.html", (), break_off))
        monkeypatch.setattr(book_module, "KINDS", broken)
        with pytest.raises(StageError, match="enough"):
            write_book(reader, target)
    assert files(target) == before
    assert {path.name for path in tmp_path.iterdir()} == {"book", ".book.lock"}


def test_a_writer_killed_between_its_renames_loses_nothing(warehouse, tmp_path, monkeypatch):
    target = tmp_path / "book"
    with warehouse.read() as reader:
        write_book(reader, target)
        before = files(target)
        target.rename(tmp_path / ".book.old")
        monkeypatch.setattr(book_module, "_write", lambda *_: pytest.fail("seen"))
        with pytest.raises(pytest.fail.Exception, match="seen"):
            write_book(reader, target)
    assert files(target) == before


@pytest.mark.parametrize("name", ["letter.txt", "folder/letter.txt"])
def test_a_folder_that_holds_no_book_is_never_replaced(warehouse, tmp_path, name):
    letter = tmp_path / "documents" / name
    letter.parent.mkdir(parents=True)
    letter.write_text("mine")
    with warehouse.read() as reader, pytest.raises(StageError, match="holds no picture book: name a new folder, or an empty one"):
        write_book(reader, tmp_path / "documents")
    assert letter.read_text() == "mine"


def test_two_writers_do_not_mix(warehouse, tmp_path):
    with (tmp_path / ".book.lock").open("w") as lock, warehouse.read() as reader:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StageError, match="another run is writing the book"):
            write_book(reader, tmp_path / "book")


def test_a_place_that_cannot_be_written_is_named(warehouse, tmp_path):
    (tmp_path / "file").write_text("")
    with warehouse.read() as reader, pytest.raises(StageError, match=r"cannot write the book .*: Not a directory|File exists"):
        write_book(reader, tmp_path / "file" / "book")


@pytest.mark.parametrize("what", ["empty", "older"])
def test_a_warehouse_with_little_in_it_gives_a_book_that_says_so(warehouse, opened, tmp_path, what):
    empty = ["DELETE FROM main.dim_report", "DELETE FROM main.fact_metric", "DELETE FROM main.ops_run", "DELETE FROM main.fact_measure"]
    older = [f"DROP VIEW reporting.{view}" for view in ("metrics", "metric_trends", "coverage")]
    stored = ("reporting.changes", "main.fact_finding", "main.fact_correction", "main.fact_arithmetic", "main.ops_run")
    older += [f"DROP TABLE {table}" for table in stored]
    with changed(warehouse, tmp_path, *(empty if what == "empty" else older)) as reader:
        counts = write_book(reader, tmp_path / "book")
    assert all(counts.values()), "each kind has a page"
    for kind in book_module.KINDS:
        with opened(kind.entry, folder=tmp_path / "book") as page:
            assert page.inner_text("h1")
    with opened("reports/index.html", folder=tmp_path / "book") as page:
        assert ("还没有报告" in page.inner_text("main")) == (what == "empty")
    with opened("index.html", folder=tmp_path / "book") as page:
        assert ("这个数据库较旧" in page.inner_text("main")) == (what == "older")
