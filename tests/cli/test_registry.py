"""`etl sources` as people use it, in a process of its own."""

import pytest

from etl.sources import REGISTRY, load_sources


def test_all_sources_are_listed_one_a_line(etl):
    finished = etl("sources")
    assert finished.returncode == 0, finished.stderr
    lines = finished.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["name", *load_sources()]
    (jingan,) = [line for line in lines if line.startswith("jingan")]
    assert all(word in jingan for word in ("静安区", "epoint-static", "unverified", "yes", "1 + 14 since 2018", "2026-11-24"))


def test_a_source_is_shown_whole(etl):
    output = etl("sources", "jingan").stdout
    assert "base_url        https://www.jingan.gov.cn\n" in output
    assert "scope departments, family epoint-gov, options deptcode JB0, max_pages 5, optional True\n" in output
    assert "confirm         robots.txt, ETag" in output
    assert "a run asks      at most 800 requests, about 1,200 an hour (2.5 s and up to 1 s more between two)" in output
    assert "22:00-07:00, Shanghai time" in output


def test_an_unknown_source_is_one_line(etl):
    finished = etl("sources", "jing-an")
    assert finished.returncode == 1
    assert finished.stderr.startswith("error: sources.toml: there is no source 'jing-an'; known: ")


def test_another_file_is_checked(etl, file):
    path = file("mine.toml", REGISTRY.read_text(encoding="utf-8"))
    finished = etl("sources", "--check", path)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.endswith(f"{path}: {len(load_sources())} sources, nothing wrong\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('hours = "22', 'hour = "22', "jingan.hour: unknown key"),
        ('deptcode = "JB0"', "deptcode = 0", "jingan: entry /rest/lightfrontaction/getgovinfolist: options.deptcode: "),
        ('deptcode = "JB0"', 'dept = "JB0"', "jingan: entry /rest/lightfrontaction/getgovinfolist: options.dept is of no use there"),
    ],
)
def test_a_mistake_in_another_file_is_one_line(etl, file, old, new, said):
    path = file("mine.toml", REGISTRY.read_text(encoding="utf-8").replace(old, new))
    finished = etl("sources", "--check", path)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr.startswith(f"error: {path}: {said}")
    assert finished.stderr.count("\n") == 1
