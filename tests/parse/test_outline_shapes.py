"""Reports of many shapes (`tests/data/outlines`), marked with the sections and measures that must be read in them."""

import re
from pathlib import Path

import pytest

from etl.parse.folding import fold
from etl.parse.measures import read_measures
from etl.parse.outline import read_outline
from etl.parse.years import find_year

CASES = sorted((Path(__file__).resolve().parent.parent / "data" / "outlines").glob("*.txt"))
PARTS = {"a": "achievement", "s": "shortcoming", "l": "leadership", "p": "plan", "o": "other"}
MARK = re.compile(r"<(\d)([aslpo])\|([^|>]*)\|([^>]*)>|\{([aslpo])\|([^|}]*)\|([^}]*)\}")
YEAR = re.compile(r"@year (\d{4}|null)\n")


def read_case(path):
    """The plain text, its year, its sections and its measures."""
    marked = path.read_text()
    head = YEAR.match(marked)
    sections, measures, text, at = [], [], "", head.end()
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        level, part, ordinal, heading, own, enumerator, body = mark.groups()
        if level:
            text += ordinal + heading
            kept = ordinal.strip() if level == "3" else ordinal.strip("、.．: 　\n")
            sections.append((int(level), kept or None, heading.strip(), PARTS[part]))
        else:
            title = re.search(r"\^(.*)\^", body)
            plain = body.replace("^", "")
            text += enumerator + plain
            section = len(sections) - 1 if sections else None
            measures.append((PARTS[own], section, enumerator or None, title and title[1], plain.lstrip(" ，,、：:*")))
    return text + marked[at:], None if head[1] == "null" else int(head[1]), sections, measures


def read_text(text):
    """Outline and measures, as the parser composes them."""
    folded = fold(text)
    lines = [line.strip() for line in folded.split("\n") if line.strip()]
    stated = find_year(lines[0], folded)
    year = stated and stated.year
    outline = read_outline(folded, lines[0], year)
    sections = [
        (s.level, text[slice(*s.ordinal)] if s.ordinal else None, text[s.char_start : s.char_end], s.part) for s in outline.sections
    ]
    return year, sections, read_measures(text, folded, outline, year)


def test_there_are_enough_shapes():
    assert len(CASES) >= 40


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_sections(path):
    text, _, sections, _ = read_case(path)
    assert read_text(text)[1] == sections


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_measures(path):
    text, _, _, measures = read_case(path)
    assert [(m.part, m.section, m.enumerator, m.title, m.text.lstrip("* ")) for m in read_text(text)[2]] == measures


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_year(path):
    text, year, _, _ = read_case(path)
    assert read_text(text)[0] == year
