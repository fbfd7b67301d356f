"""The command line in a process of its own."""

import os
import subprocess
import sys

import pytest
from whole_runs import Night

from etl.settings import PROJECT_DIR
from sample.server import SamplePortal


def run_etl(home, *arguments, stdin=None, **environment):
    """The finished `python -m etl …` with a home folder of its own; its output as text."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ETL_")}
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    environment = inherited | {"ETL_HOME": str(home), "COLUMNS": "200"} | environment
    raw = subprocess.run(command, cwd=PROJECT_DIR, env=environment, input=(stdin or "").encode(), capture_output=True, timeout=120)
    # decoded here: text=True would make line feeds of all line ends
    return subprocess.CompletedProcess(command, raw.returncode, raw.stdout.decode(), raw.stderr.decode())


@pytest.fixture
def etl(tmp_path):
    def run(*arguments, **environment):
        return run_etl(tmp_path / "var", *arguments, **environment)

    return run


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
