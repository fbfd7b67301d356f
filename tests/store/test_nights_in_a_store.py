"""Whole nights with archive, staging and ops in S3: the same facts as from a disk, whoever is killed."""

import signal
from collections import Counter

import pytest
from s3_store import reached
from whole_runs import Night, tiny_site

from bench.night import DeadlyPortal, kind
from etl.archive import Archive
from etl.ops import OpsLog
from etl.storage import open_store
from sample.server import SamplePortal


@pytest.fixture(scope="module")
def nights(s3, tmp_path_factory):
    """A night on a disk and two in a store, of the same site; requests of the second one."""
    with reached(s3.environment), SamplePortal(port=0, site=tiny_site()) as portal:
        disk = Night(tmp_path_factory.mktemp("disk"), portal, source="yunhe")
        disk.run("one")
        night = Night(tmp_path_factory.mktemp("store"), portal, source="yunhe", settings={"ETL_STORE": s3.new_store()})
        first = night.run("one")
        facts, before = night.facts(times=False), len(portal.requests)
        night.run("two")
        yield disk, night, first, facts, portal.requests[before:]


@pytest.fixture
def store_of(nights):
    return nights[1].settings["ETL_STORE"]


def test_the_facts_are_those_of_a_disk(nights):
    disk, night, first, facts, _ = nights
    assert first["metrics"] > 0
    assert facts == disk.facts(times=False)
    assert night.facts(times=False) == facts, "a second night, with no news"


def test_the_second_night_is_answered_304(nights):
    requests = nights[-1]
    articles = [request.status for request in requests if kind(request) == "articles"]
    assert articles
    assert set(articles) == {304}


def test_only_the_warehouse_and_locks_lie_on_the_disk(nights, s3, store_of):
    night = nights[1]
    assert {path.name for path in night.home.iterdir()} == {"warehouse", "pace", "copies"}
    assert not list((night.home / "copies").iterdir())
    keys = s3.keys(store_of)
    assert {key.partition("/")[0] for key in keys} == {"archive", "staging", "ops"}
    assert len(s3.keys(store_of, "archive/manifest/")) == 2, "one object a run"


def test_runs_are_told(nights, s3, store_of):
    with reached(s3.environment):
        runs = [(row["run_id"], row["state"]) for row in OpsLog(open_store(store_of) / "ops").runs()]
    assert runs == [("two", "published"), ("one", "published")]


def test_the_archive_is_verified_exported_and_imported(nights, s3, tmp_path):
    _, night, _, facts, _ = nights
    warc = tmp_path / "a.warc.gz"
    code, output, errors = night.etl("archive", "verify", **s3.environment)
    assert (code, errors) == (0, "")
    assert "0 damaged, 0 left over" in output
    assert night.etl("archive", "export", "--warc", str(warc), **s3.environment)[0] == 0
    other = Night(tmp_path / "other", night.portal, source="yunhe", settings={"ETL_STORE": s3.new_store()})
    code, output, errors = other.etl("archive", "import", str(warc), "--source", "yunhe", **s3.environment)
    assert (code, errors) == (0, ""), errors
    code, output, errors = other.etl("rebuild", **s3.environment)
    assert code == 0, errors
    left_out = {"dim_report"}  # its times are told by the answers, which keep them
    assert {name: rows for name, rows in other.facts(times=False).items() if name not in left_out} == {
        name: rows for name, rows in facts.items() if name not in left_out
    }
    code, output, _ = other.etl("due", "--source", "yunhe", **s3.environment)
    assert code == 0
    assert output.startswith("yunhe: ")


def shown(root):
    """What counts: every version of every address, with its files, and what verify says."""
    archive = Archive(root)
    versions = sorted((each.url, each.raw_sha256, [file.sha256 for file in each.attachments]) for each in archive.inventory())
    return versions, archive.verify()


def test_killed_again_and_again_nothing_is_lost_or_doubled(nights, s3, tmp_path):
    disk = nights[0]
    store = s3.new_store()
    with reached(s3.environment), DeadlyPortal(port=0, site=tiny_site()) as portal:
        night = Night(tmp_path, portal, source="yunhe", settings={"ETL_STORE": store})
        lives = Counter()
        for each in ("discover", "fetch"):
            while True:
                process = night.start(each, "--run-id", "one")
                portal.live(process)
                _, errors = process.communicate(timeout=120)
                lives[process.returncode] += 1
                if process.returncode == 0:
                    break
                assert process.returncode == -signal.SIGKILL, errors
        assert lives[-signal.SIGKILL]
        root = open_store(store) / "archive"
        before = list(Archive(root).answers())
        Archive(root).settle()
        assert list(Archive(root).answers()) == before
        assert len({(each.url, each.time) for each in before}) == len(before)
        assert shown(root) == shown(disk.home / "archive")
