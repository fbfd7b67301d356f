"""`python -m etl …` in a process of its own, as people and programs use it."""

import os
import subprocess
import sys

from etl.settings import PROJECT_DIR


def run_etl(home, *arguments, stdin=None, **environment):
    """The finished process with a home folder of its own; its output as text."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ETL_")}
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    environment = inherited | {"ETL_HOME": str(home), "COLUMNS": "200"} | environment
    raw = subprocess.run(command, cwd=PROJECT_DIR, env=environment, input=(stdin or "").encode(), capture_output=True, timeout=120)
    # decoded here: text=True would make line feeds of all line ends
    return subprocess.CompletedProcess(command, raw.returncode, raw.stdout.decode(), raw.stderr.decode())
