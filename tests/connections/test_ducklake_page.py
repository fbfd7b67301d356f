"""The blocks of docs/ducklake.md, run as they stand but for the address of the catalogue, on a lake of two nights."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl.publish.attaching import attach_lake, connect
from etl.publish.warehouses import open_warehouse
from etl.settings import PROJECT_DIR, Settings
from sample.server import SamplePortal
from tests.whole_runs import Night

PAGE = (PROJECT_DIR / "docs" / "ducklake.md").read_text(encoding="utf-8")
# ```python … ```
BLOCKS = [(match["language"], match["code"]) for match in re.finditer(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", PAGE, re.M | re.S)]
WORDS = "dbname=lake host=127.0.0.1 port=5432 user=lake"
QUESTIONS = [code for language, code in BLOCKS if language == "sql" and "ROLE" not in code]
ROLES = [code for language, code in BLOCKS if language == "sql" and "ROLE" in code]


@pytest.fixture(scope="module")
def words(tmp_path_factory, postgres):
    """A lake that was published twice; libpq's words for it."""
    words = postgres.create()
    with SamplePortal(port=0) as portal:
        night = Night(tmp_path_factory.mktemp("lake") / "var", portal, settings={"ETL_WAREHOUSE": f"ducklake:postgres:{words}"})
        night.run("first")
        night.run("second")
    return words


def of_language(language):
    return [code for found, code in BLOCKS if found == language]


@pytest.mark.parametrize("language", ["python", "sh"])
def test_a_block_runs_and_prints(words, tmp_path, language):
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    [code] = of_language(language)
    command = [sys.executable, "-"] if language == "python" else ["sh", "-eu"]
    finished = subprocess.run(command, input=code.replace(WORDS, words), cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.count("\n") > 3
    assert "error" not in finished.stderr.lower()


@pytest.mark.parametrize("code", QUESTIONS, ids=range(len(QUESTIONS)))
def test_a_question_is_answered(words, code):
    with connect() as connection:
        attach_lake(connection, words, "READ_ONLY")
        connection.execute("USE lake")
        answers = [connection.execute(statement).fetchall() for statement in code.split(";") if statement.strip()]
    assert answers
    if "EXCEPT" in code:
        assert answers == [[], []], "both nights read the same pages"
    else:
        assert all(answers)


def test_a_role_for_readers_reads_and_does_nothing_else(words, postgres):
    [code] = ROLES
    postgres.sql(code, words)
    analyst = words.replace("user=lake", "user=analyst")
    with connect() as connection:
        attach_lake(connection, analyst, "READ_ONLY")
        assert connection.execute("SELECT count(*) > 500 FROM lake.reporting.metrics").fetchone() == (True,)
    with pytest.raises(subprocess.CalledProcessError):
        postgres.sql("DELETE FROM ducklake_snapshot", analyst)


def test_the_example_is_a_possible_setting():
    [setting] = re.findall(r"^ETL_WAREHOUSE='(.*)'$", PAGE, re.M)
    assert Settings(warehouse=setting).lake_words == WORDS
    assert WORDS in open_warehouse(Settings(warehouse=setting)).describe()


def test_every_link_of_the_page_leads_somewhere():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", PAGE):
        assert (PROJECT_DIR / "docs" / target).exists(), target
