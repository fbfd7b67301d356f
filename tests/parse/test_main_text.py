"""The text of pages whose template nobody knows: every digit run of the report and nothing of the portal."""

import subprocess
import sys

import pytest
import unseen_pages
from selectolax.lexbor import LexborHTMLParser

from etl.parse import main_text
from etl.parse.blocks import read_lines
from etl.parse.page import read_page


@pytest.fixture(scope="module")
def told():
    return unseen_pages.score(lambda markup: read_page(markup.encode(), "text/html").text.split("\n"))


@pytest.mark.parametrize("template", unseen_pages.TEMPLATES)
def test_every_report_is_read_exactly_in_every_template(told, template):
    found = told[template]
    assert (found["lost"], found["noisy"], found["exact"], found["whole"]) == (0, 0, found["pages"], found["lines"])


def test_what_found_the_text_is_told():
    markup = next(iter(unseen_pages.pages()))[2]
    assert read_page(markup.encode(), None).body_from == "trafilatura"


def test_without_trafilatura_nearly_all_is_found_too(monkeypatch):
    """A page that it cannot read, or that is too large for it, is judged by its sentences alone."""
    monkeypatch.setattr(main_text, "_extract", lambda markup: "")

    def read(markup):
        tree = LexborHTMLParser(markup)
        node, found_by = main_text.find_main(tree, markup, ())
        assert found_by == "most_text"
        return read_lines(node)

    found = unseen_pages.score(read)
    assert sum(one["lost"] for one in found.values()) <= 0.001 * sum(one["runs"] for one in found.values())


def test_a_page_without_text_has_no_main_node():
    assert main_text.find_main(LexborHTMLParser("<html><body><br></body></html>"), "<html><body><br></body></html>", ())[0] is None


def test_trafilatura_is_loaded_only_when_it_is_needed():
    code = "import sys, etl.parse.stage; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
