"""`etl archive …` and `etl due` as people call them, in processes of their own."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from etl.archive import Archive
from etl.models import Answer
from etl.settings import PROJECT_DIR

BASE = "http://127.0.0.1:8799"


@pytest.fixture
def etl(tmp_path):
    def run(*arguments, home="var"):
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ETL_")}
        command = [sys.executable, "-m", "etl", *map(str, arguments)]
        environment = inherited | {"ETL_HOME": str(tmp_path / home), "COLUMNS": "200"}
        return subprocess.run(command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, timeout=120)

    return run


@pytest.fixture
def archive(tmp_path):
    archive = Archive(tmp_path / "var" / "archive")
    for number in range(3):
        put(archive, f"/xxgk/002017/{number}.html", f"<p>{number}</p>".encode(), hours=30)
    put(archive, "/xxgk/002017/1.html", None, hours=2, status=503, outcome="unreachable", wait=20)
    return archive


def put(archive, path, body, *, hours, status=200, outcome="ok", wait=None):
    now = datetime.now(UTC)
    archive.put(
        Answer(
            BASE + path, BASE + path, (now - timedelta(hours=hours)).isoformat(), status, "sample", "静安区", "article", f"r{hours}",
            outcome=outcome, title="报告" + path[-6:], retry_at=None if wait is None else (now + timedelta(hours=wait)).isoformat(),
        ),
        body,
    )  # fmt: skip


def test_verify_counts_and_ends_well(etl, archive):
    finished = etl("archive", "verify")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout == "4 answers, 3 bodies, 0.0 MB; 0 damaged, 0 left over\n"


def test_verify_names_damage_and_fails(etl, archive):
    archive.bodies.path(archive.latest(f"{BASE}/xxgk/002017/1.html").sha256).unlink()
    (archive.root / "raw" / "x.part").touch()
    finished = etl("archive", "verify")
    assert finished.returncode == 1
    damaged, left, counts = finished.stdout.splitlines()
    assert damaged.startswith("damaged: ")
    assert f"{BASE}/xxgk/002017/1.html" in damaged
    assert left.startswith("left over: ")
    assert counts == "4 answers, 2 bodies, 0.0 MB; 1 damaged, 1 left over"
    assert finished.stderr.startswith("error: ")
    assert finished.stderr.count("\n") == 1


def test_export_and_import_by_hand(etl, archive, tmp_path):
    warc = tmp_path / "a.warc.gz"
    finished = etl("archive", "export", "--warc", warc)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith(f"{warc}: response 4; ")
    for expected in ("4 added, 0 already there, 0 refused\n", "0 added, 4 already there, 0 refused\n"):
        finished = etl("archive", "import", warc, "--source", "sample", home="other")
        assert (finished.returncode, finished.stdout, finished.stderr) == (0, expected, "")


def test_import_of_a_folder_names_what_it_refuses(etl, tmp_path):
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "报告\x1b[2J.html").write_text("<!-- saved from url=(0026)https://www.jingan.gov.cn/ --><p>", encoding="utf-8")
    (folder / "b.html").write_text("<p>报告</p>", encoding="utf-8")
    finished = etl("archive", "import", folder, "--source", "sample", "--district", "云河区")
    assert finished.returncode == 0
    assert finished.stdout == "1 added, 0 already there, 1 refused\n"
    assert finished.stderr == "refused: 报告?[2J.html: www.jingan.gov.cn is none of the hosts of source sample\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "nothing.warc", "--source", "sample"], "there is no such file or folder"),
        (["import", "README.md", "--source", "sample"], "record 1 cannot be read"),
        (["import", "README.md", "--source", "nowhere"], "there is no source 'nowhere'"),
        (["import", "tests/data/specs", "--source", "sample"], "no page of source sample in it"),
        (["export", "--warc", "a.zip"], "call it .warc"),
        (["export", "--warc", "/nonexistent/a.warc"], "cannot write /nonexistent/a.warc: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_one_line(etl, arguments, said):
    finished = etl("archive", *arguments)
    assert finished.returncode == 1
    assert said in finished.stderr.splitlines()[-1]
    assert finished.stderr.splitlines()[-1].startswith("error: ")
    assert "Traceback" not in finished.stderr


def test_archive_alone_is_still_the_stage(etl):
    finished = etl("archive", "--run-id", "r1")
    assert finished.returncode == 1
    assert "holds no article: run discover and fetch first" in finished.stderr


def test_due_counts_first_and_lists(etl, archive):
    finished = etl("due", "--source", "sample")
    assert (finished.returncode, finished.stderr) == (0, "")
    lines = finished.stdout.splitlines()
    assert lines[0] == "sample: 3 archived articles; due 2, waiting 1, gone 0"
    for number in range(3):
        assert f"{BASE}/xxgk/002017/{number}.html" in finished.stdout
    finished = etl("due", "--source", "sample", "--limit", "1")
    assert finished.stdout.splitlines()[-1] == "… and 2 more (--limit 0 shows all)"


def test_due_tells_of_a_refusal(etl, archive):
    put(archive, "/xxgk/002017/0.html", None, hours=1, status=412, outcome="blocked", wait=23)
    lines = etl("due", "--source", "sample").stdout.splitlines()
    assert lines[0] == "sample: 3 archived articles; due 0, waiting 3, gone 0"
    assert lines[1].startswith(f"refused us: {BASE}/xxgk/002017/0.html answered 412; not asked again before ")


def test_due_of_an_empty_archive(etl):
    assert etl("due", "--source", "jingan").stdout == "jingan: 0 archived articles; due 0, waiting 0, gone 0\n"
