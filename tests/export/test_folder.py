"""An export appears whole or not at all, and takes nothing away."""

import pytest

from etl.errors import ExportError
from etl.export.folder import filled_at_once


def fill(folder, *, force=False, text="new"):
    with filled_at_once(folder, force=force) as fresh:
        (fresh / "a.csv").write_text(text)


def test_a_new_or_empty_folder_is_filled(tmp_path):
    fill(tmp_path / "deep" / "folder")
    (tmp_path / "empty").mkdir()
    fill(tmp_path / "empty")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv")) == ["deep/folder/a.csv", "empty/a.csv"]
    assert not list(tmp_path.rglob(".*"))


def test_a_folder_that_holds_something_is_left_alone_unless_forced(tmp_path):
    (tmp_path / "own.txt").write_text("mine")
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(ExportError, match="is not empty: name another folder, or add --force"):
        fill(tmp_path)
    assert (tmp_path / "a.csv").read_text() == "old"
    fill(tmp_path, force=True)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"own.txt": "mine", "a.csv": "new"}


def test_an_export_that_fails_leaves_nothing(tmp_path):
    def fail():
        with filled_at_once(tmp_path / "folder", force=False) as fresh:
            (fresh / "half.csv").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nowhere/folder"])
def test_what_cannot_be_written_is_one_line(tmp_path, place):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match=r"^(cannot write .*|.* is a file: name a folder)$"):
        fill(tmp_path / place)
