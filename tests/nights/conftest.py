"""Nights of the made-up district on its own portal: small sites for what goes wrong, the full one for what a night costs.

What they assert are the promises of a crawl: nothing lost, nothing doubled, nothing asked twice or harder than agreed.
"""

import shutil
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
import stamina
from whole_runs import Night, small_site

from sample.server import SamplePortal


@pytest.fixture(autouse=True)
def _tries_without_waiting():
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def make_night(tmp_path):
    """A portal with a site, and a home folder: a new one, or a copy of one that a night has left."""
    with ExitStack() as stack:

        def make(site=None, home=None, portal=SamplePortal, **settings):
            folder = tmp_path / f"home-{len(list(tmp_path.iterdir()))}"
            if home is not None:
                shutil.copytree(home, folder, symlinks=True)
            else:
                folder.mkdir()
            served = stack.enter_context(portal(port=0, site=site or small_site()))
            return Night(folder, served, source="yunhe", settings=settings)

        yield make


@pytest.fixture(scope="session")
def crawled(tmp_path_factory):
    """The home after the small site was crawled once; tests only copy it."""
    with SamplePortal(port=0, site=small_site()) as portal, stamina.set_testing(True, attempts=10, cap=True):
        night = Night(tmp_path_factory.mktemp("crawled") / "home", portal, source="yunhe")
        night.crawl("first")
        return night.home


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The home after the small site was crawled and published once; tests only copy it."""
    with SamplePortal(port=0, site=small_site()) as portal:
        night = Night(tmp_path_factory.mktemp("published") / "home", portal, source="yunhe")
        night.run("first")
        return night.home


@pytest.fixture
def clock(monkeypatch):
    """The clock of the client, which tests put forward: `clock.ahead = timedelta(days=2)`."""

    class Clock(datetime):
        ahead = timedelta()

        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + cls.ahead

    for module in ("client", "past"):
        monkeypatch.setattr(f"etl.fetch.{module}.datetime", Clock)
    return Clock
