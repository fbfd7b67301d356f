"""`etl report`: the address to open on standard output, one line where there is nothing to make it from or nowhere to put it."""

import os
import subprocess
import sys

from etl.settings import PROJECT_DIR


def etl(home, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ETL_")} | {"ETL_HOME": str(home)}
    command = [sys.executable, "-m", "etl", *arguments]
    return subprocess.run(command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_it_prints_the_page_to_open(sample_home, tmp_path):
    finished = etl(sample_home, "report", str(tmp_path / "book"))
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout == f"{tmp_path / 'book' / 'index.html'}\n"
    assert (tmp_path / "book" / "index.html").is_file()
    assert "reports 19" in finished.stderr


def test_without_a_warehouse_it_is_one_line(tmp_path):
    finished = etl(tmp_path, "report")
    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr == f"error: no warehouse at {tmp_path}/warehouse/reports.duckdb: run `make run` first\n"
    assert not (tmp_path / "report").exists()


def test_a_place_that_cannot_be_written_is_one_line(sample_home, tmp_path):
    (tmp_path / "file").write_text("")
    finished = etl(sample_home, "report", str(tmp_path / "file" / "book"))
    assert finished.returncode == 1
    assert finished.stderr.count("\n") == 1
    assert finished.stderr.startswith(f"error: cannot write the book {tmp_path}/file/book: ")
