"""The command line in a process of its own."""

import os
import subprocess
import sys

import pytest

from etl.settings import PROJECT_DIR


@pytest.fixture
def etl(tmp_path):
    def run(*arguments, **environment):
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ETL_")}
        command = [sys.executable, "-m", "etl", *map(str, arguments)]
        environment = inherited | {"ETL_HOME": str(tmp_path / "var"), "COLUMNS": "200"} | environment
        return subprocess.run(command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, timeout=120)

    return run


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
