"""The command line in a process of its own."""

import pytest
from command_line import run_etl
from whole_runs import Night

from sample.server import SamplePortal


@pytest.fixture
def etl(tmp_path):
    def run(*arguments, **environment):
        return run_etl(tmp_path / "var", *arguments, **environment)

    return run


@pytest.fixture(scope="session")
def etl_at():
    """`etl_at(home, "status")`: the command line with that home."""
    return run_etl


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A home after one run on the sample portal; no test changes it."""
    with SamplePortal(port=0) as portal:
        night = Night(tmp_path_factory.mktemp("published") / "home", portal)
        night.run("first")
        return night.home


@pytest.fixture
def ask(published):
    """The command line on the published sample."""

    def run(*arguments, **options):
        return run_etl(published, *arguments, **options)

    return run


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
