"""A run that is killed, at whatever request and however often, ends with the archive of one that was not."""

import multiprocessing
import os
import signal
from collections import Counter
from functools import partial

import pytest
from whole_runs import Night, crawl_in_a_process, tiny_site

from bench.night import DeadlyPortal, kind
from etl.archive import Archive
from sample.seed import full_site
from sample.server import SamplePortal

LIVES = multiprocessing.get_context("forkserver")
# what the processes would spend their second on; only what lies below the checkout is found by name there
LIVES.set_forkserver_preload(["etl.pipeline", "sample.seed", "pytest", "duckdb"])


def shown(night):
    """What counts: every version of every address, with its files, and every body that is kept."""
    archive = Archive(night.home / "archive")
    assert archive.verify() == []
    versions = archive.inventory()
    named = {each.sha256 for each in archive.answers() if each.sha256}
    return (
        sorted((each.url, each.raw_sha256, [(file.url, file.sha256) for file in each.attachments]) for each in versions),
        {digest: archive.read(digest) for digest in named},
    )


def whole(requests, *kinds):
    """How often each address of a kind was sent whole."""
    return Counter(request.path for request in requests if request.status == 200 and kind(request) in kinds)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A tiny site, crawled in one go: requests and archive."""
    with SamplePortal(port=0, site=tiny_site()) as portal:
        night = Night(tmp_path_factory.mktemp("undisturbed") / "home", portal, source="yunhe")
        night.crawl("one")
        return len(portal.requests), shown(night)


def test_killed_at_any_request_a_run_resumes_to_the_same_result(make_night, undisturbed):
    requests, expected = undisturbed
    for at in range(1, requests + 1):
        night = make_night(tiny_site())
        process = LIVES.Process(target=crawl_in_a_process, args=(night.environment, "one"))
        night.portal.after(at, lambda process=process: os.kill(process.pid, signal.SIGKILL))
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL, f"request {at}"
        before = len(night.portal.requests)
        assert before == at
        resumed = night.crawl("one")
        assert shown(night) == expected, f"killed at request {at}"
        again = whole(night.portal.requests, "articles")
        in_flight = night.portal.requests[before - 1].path
        assert {path for path, times in again.items() if times > 1} <= {in_flight}
        assert not {request.path for request in resumed if request.is_conditional and kind(request) == "articles"}
        night.portal.stop()


def crawl_with_lives(night):
    """`etl discover` and `etl fetch` again and again, each process killed at its tenth new request, until one comes through."""
    lives = 0
    for verb in ("discover", "fetch"):
        while True:
            process = night.start(verb, "--run-id", "crawl")
            night.portal.live(process)
            _, errors = process.communicate(timeout=120)
            lives += 1
            if process.returncode == 0:
                break
            assert process.returncode == -signal.SIGKILL, errors
    return lives


def test_killed_at_every_tenth_request_a_crawl_ends_with_the_same_archive_and_fetches_nothing_twice(make_night):
    make_site = partial(full_site, [2021, 2022, 2023, 2024], departments=5, streets=2)
    undisturbed = make_night(make_site())
    undisturbed.crawl("crawl")
    night = make_night(make_site(), portal=DeadlyPortal)
    lives = crawl_with_lives(night)
    assert lives > 5
    assert shown(night) == shown(undisturbed)
    articles = whole(night.portal.requests, "articles")
    assert articles.keys() == whole(undisturbed.portal.requests, "articles").keys()
    assert sum(articles.values()) <= len(articles) + lives, "only what was under way at a kill is sent again"
    assert not [request for request in night.portal.requests if request.is_conditional and kind(request) == "articles"]
