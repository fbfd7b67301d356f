"""The import rules of pyproject.toml hold, and each of them would notice a breach."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.settings import PROJECT_DIR

LINTER = Path(sys.executable).with_name("lint-imports")
CONTRACTS = 8

BREACHES = {
    "parse/breach.py": ("import etl.pipeline", "Imports go one way"),
    "models_of_tomorrow.py": ("", "Imports go one way"),
    "archive/breach.py": ("import etl.parse.lexicon", "The archive keeps bytes and does not read them"),
    "facts/breach.py": ("import etl.archive", "parse and facts do not ask the archive"),
    "parse/clock.py": ("import time", "parse is pure"),
    "parse/file.py": ("from pathlib import Path", "parse is pure"),
    "parse/memory.py": ("from io import BytesIO", "parse is pure"),  # only where files are read, in etl.parse.attachments
    "archive/net.py": ("def get():\n    import httpx2", "Only fetch touches the network"),
    "facts/sql.py": ("import duckdb", "Only publish knows DuckDB; others ask through its Reader"),
    "pipeline_breach/__init__.py": ("", "Imports go one way"),
    "publish/gx.py": ("import great_expectations", "Only validate knows Great Expectations and pandas"),
    "cli/dag.py": ("from airflow.sdk import DAG", "Only dags/ knows Airflow"),
}


def lint(folder):
    return subprocess.run(
        [LINTER, "--no-logo", "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_contracts_are_kept():
    done = lint(PROJECT_DIR)
    assert done.returncode == 0, done.stdout
    assert f"Contracts: {CONTRACTS} kept, 0 broken." in done.stdout


@pytest.mark.parametrize("module", BREACHES)
def test_a_breach_is_noticed(tmp_path, module):
    source, contract = BREACHES[module]
    shutil.copytree(PROJECT_DIR / "etl", tmp_path / "etl", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT_DIR / "pyproject.toml", tmp_path)
    (tmp_path / "etl" / module).parent.mkdir(exist_ok=True)
    (tmp_path / "etl" / module).write_text(source + "\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode != 0
    # a module without a place in the layers ends the check with a message of its own
    assert contract in done.stdout
    if source:
        assert any(line.startswith(contract) and " BROKEN" in line for line in done.stdout.splitlines())


def imports(path):
    """(module, whether it is imported when the file is loaded) for each import of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    loaded = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in loaded) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module), id(node) in loaded


DAG_FILES = sorted((PROJECT_DIR / "dags").rglob("*.py"))
HEAVY = {"duckdb", "great_expectations", "pandas", "pyarrow", "httpx2"}


def test_there_are_dags():
    assert DAG_FILES


@pytest.mark.parametrize("path", DAG_FILES, ids=lambda path: path.name)
def test_dags_leave_the_work_to_the_pipeline(path):
    found = dict(imports(path))
    assert not {name.split(".")[0] for name in found} & HEAVY
    assert not {name for name in found if name.startswith(("etl.fetch", "etl.parse", "etl.facts", "etl.validate", "etl.publish"))}


@pytest.mark.parametrize("path", DAG_FILES, ids=lambda path: path.name)
def test_the_pipeline_is_imported_inside_tasks(path):
    """Airflow loads the file again and again: what it imports at the top is paid each time."""
    assert "etl.pipeline" not in {name for name, at_load in imports(path) if at_load}


PARSE_FILES = sorted((PROJECT_DIR / "etl" / "parse").rglob("*.py"))
IMPURE_CALLS = {"open", "now", "utcnow", "today", "write_text", "write_bytes", "print", "input", "getenv"}


@pytest.mark.parametrize("path", PARSE_FILES, ids=lambda path: path.name)
def test_parse_calls_nothing_that_is_impure(path):
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    names = {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}
    assert not names & IMPURE_CALLS
    if "read_text" in names:
        # only its own data, which travels in the package
        assert "importlib.resources" in dict(imports(path))
