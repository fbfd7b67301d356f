"""The command line in a process of its own."""

import pytest

from tests.command_line import run_etl


@pytest.fixture
def etl(tmp_path):
    def run(*arguments, **environment):
        return run_etl(tmp_path / "var", *arguments, **environment)

    return run


@pytest.fixture(scope="session")
def etl_at():
    """`etl_at(home, "status")`: the command line with that home."""
    return run_etl


@pytest.fixture
def ask(sample_home):
    """The command line on the published sample."""

    def run(*arguments, **options):
        return run_etl(sample_home, *arguments, **options)

    return run


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
