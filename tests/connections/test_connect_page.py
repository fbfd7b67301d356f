"""The blocks of docs/connect.md, run as they stand, in a folder that looks like a checkout after its first night."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl.settings import PROJECT_DIR
from tests.machine import needs

PAGE = (PROJECT_DIR / "docs" / "connect.md").read_text(encoding="utf-8")
# ```python … ```
BLOCKS = [(match["language"], match["code"]) for match in re.finditer(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", PAGE, re.M | re.S)]
VENV = Path(sys.executable).parent.parent


@pytest.fixture
def checkout(tmp_path, sample_home):
    for name, target in {"var": sample_home, ".venv": VENV, "etl": PROJECT_DIR / "etl", "warehouse": PROJECT_DIR / "warehouse"}.items():
        (tmp_path / name).symlink_to(target)
    return tmp_path


def test_the_page_holds_blocks_of_each_language():
    assert {language for language, _ in BLOCKS} == {"sh", "python", "r"}
    assert len(BLOCKS) >= 5


@pytest.mark.parametrize(("language", "code"), BLOCKS, ids=[f"{number}-{language}" for number, (language, _) in enumerate(BLOCKS)])
def test_a_block_runs_and_prints(checkout, language, code):
    command = {"sh": ["sh", "-eu"], "python": [sys.executable, "-"], "r": []}[language] or [needs("Rscript"), "-"]
    finished = subprocess.run(command, input=code, cwd=checkout, capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.strip() or ">" in code, "nothing was shown"
    assert "error" not in finished.stderr.lower()


def test_every_link_of_the_page_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (PROJECT_DIR / "docs" / target).exists(), target
