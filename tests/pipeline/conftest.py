"""Whole runs against the sample portal, over real HTTP, in folders of their own."""

import pytest
from whole_runs import Night

from sample.server import SamplePortal


@pytest.fixture
def night(tmp_path):
    with SamplePortal(port=0) as portal:
        yield Night(tmp_path / "var", portal)


@pytest.fixture(scope="session")
def first_night(tmp_path_factory):
    """One run on the sample portal as it is; tests only read from it."""
    with SamplePortal(port=0) as portal:
        night = Night(tmp_path_factory.mktemp("first-night") / "var", portal)
        night.counts = night.run("first")
        yield night
