"""What the two READMEs name is there: targets of make, verbs, views, files."""

import re

import pytest
import typer

from etl.cli.main import app
from etl.schema import VIEWS
from etl.settings import PROJECT_DIR

PAGES = {name: (PROJECT_DIR / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")}
both = pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))


@both
def test_targets_of_make_are_there(page):
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT_DIR / "Makefile").read_text(), re.M))
    # `make run`, but not "make them"
    named = set(re.findall(r"(?:`|^|=\S+ )make ([a-z-]+)", page, re.M))
    assert {"run", "report", "sql", "status"} <= named <= targets


@both
def test_verbs_and_their_options_are_there(page):
    group = typer.main.get_command(app)
    named = re.findall(r"-m etl ([a-z]+)([^\n#`]*)", page)
    assert {verb for verb, _ in named} <= set(group.commands)
    assert len(named) >= 4
    for verb, rest in named:
        command = group.commands[verb]
        if not hasattr(command, "commands"):  # `archive` has verbs of its own
            options = {option for parameter in command.params for option in parameter.opts}
            assert set(re.findall(r"(?<!\S)--[a-z]+", rest)) <= options, verb


@both
def test_every_view_is_named(page):
    assert {name for name in VIEWS if f"`{name}`" in page or f"`reporting.{name}`" in page} == set(VIEWS)


@both
def test_links_lead_to_files(page):
    links = [link for link in re.findall(r"\]\(([^)#]+)", page) if "://" not in link]
    assert len(links) >= 5
    for link in links:
        assert (PROJECT_DIR / link).exists(), link
