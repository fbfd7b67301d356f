"""A report's text with the marks of everything that was read from it, as blocks of pieces that a template writes down. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from etl.marks import Mark, Marks, Stretch, merged
from etl.report.batches import Row


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same marks.

    `figures` are the rows of the figures over it, `begins` those whose mark begins here; `anchors` are ids of measures that begin here.
    """

    text: str
    figures: tuple[Row, ...] = ()
    begins: tuple[Row, ...] = ()
    numeral: str | None = None
    is_cited: bool = False
    is_found: bool = False
    heading: Row | None = None
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text. `heading` is the row of the heading that it is, all of it; a heading that runs into its text is in the pieces."""

    pieces: tuple[Piece, ...]
    heading: Row | None = None


def blocks(text: str, parts: dict[str, list[Row]]) -> Iterator[Block]:
    """The lines of the text that hold anything."""
    marks = Marks(_marks(parts))
    headings = {row["section_id"]: row for row in parts["sections"]}
    figures = {row["metric_id"]: row for row in parts["figures"]}
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip())
        if start < end:
            stretches = [stretch for stretch in marks.stretches(start, end) if stretch.start < stretch.end]
            yield Block(tuple(_piece(text, stretch, figures, headings) for stretch in stretches), _whole(stretches, headings, end))
        start += len(line)


def _marks(parts: dict[str, list[Row]]) -> Iterator[Mark]:
    for kind, key in (("figures", "metric_id"), ("numerals", "class"), ("sections", "section_id"), ("measures", "measure_id")):
        for row in parts[kind]:
            end = row["char_end"] if kind != "measures" else row["char_start"] + 1  # a measure is no mark, but has a place
            yield Mark(row["char_start"], end, kind, row[key])
    for kind in ("citations", "findings"):
        for start, end in merged((row["char_start"], row["char_end"]) for row in parts.get(kind, ())):
            yield Mark(start, end, kind, None)


def _piece(text: str, stretch: Stretch, figures: dict[str, Row], headings: dict[str, Row]) -> Piece:
    own = stretch.of("figures")
    numerals, sections = stretch.of("numerals"), stretch.of("sections")
    return Piece(
        text=text[stretch.start : stretch.end],
        figures=tuple(figures[mark.key] for mark in own),
        begins=tuple(figures[mark.key] for mark in own if stretch.opens(mark)),
        numeral=numerals[0].key if numerals else None,
        is_cited=bool(stretch.of("citations")),
        is_found=bool(stretch.of("findings")),
        heading=headings[sections[0].key] if sections else None,
        anchors=tuple(mark.key for mark in stretch.of("measures") if stretch.opens(mark)),
    )


def _whole(stretches: list[Stretch], headings: dict[str, Row], end: int) -> Row | None:
    """The heading that ends with its line, so that all of the line is its heading: 二、存在问题."""
    marks = stretches[-1].of("sections")
    return headings[marks[0].key] if marks and marks[0].end == end else None
