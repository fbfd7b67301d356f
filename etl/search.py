"""Search the current reports: measures, and the sentences of figures that stand in no measure.

In: words as a person types them, each looked for as it stands; all must be in one measure or sentence. Out: hits with the places of the
words. Width and case are folded one character for one, so that places count in the text as it is: ２０２３ finds 2023, pdf finds PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.publish.reading import Reader

_WIDE = "\u3000" + "".join(map(chr, range(0xFF01, 0xFF5F)))
_NARROW = " " + "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
_TO_NARROW = str.maketrans(_WIDE, _NARROW)

_HITS = """
    WITH hits AS (
        SELECT 'measure' AS kind, report_id, measure_id AS id, section_id, part, text, char_start
        FROM main.fact_measure WHERE {in_measures}
        UNION ALL BY NAME
        SELECT
            'sentence' AS kind, report_id, min(metric_id) AS id, section_id, NULL AS part, sentence AS text, min(char_start) AS char_start
        FROM main.fact_metric WHERE measure_id IS NULL AND {in_sentences}
        GROUP BY report_id, section_id, sentence
    )
    SELECT
        h.kind, h.id, h.report_id, o.name AS body, r.report_year AS year, r.title, r.published_on, r.source_url,
        coalesce(h.part, s.part) AS part, s.heading, h.text,
        count(*) OVER () AS all_hits, count(DISTINCT h.report_id) OVER () AS all_reports
    FROM hits AS h
    JOIN main.dim_report AS r ON r.report_id = h.report_id AND r.is_current
    JOIN main.dim_organization AS o USING (organization_id)
    LEFT JOIN main.dim_section AS s ON s.section_id = h.section_id
    WHERE {filters}
    ORDER BY r.report_year DESC, r.published_on DESC NULLS LAST, o.name, r.report_id, h.char_start
    LIMIT {limit}
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A measure or sentence with all the words; `marks` are their places in `text`, without overlaps, in order."""

    kind: str
    id: str
    report_id: str
    body: str
    year: int
    title: str
    published_on: date | None
    source_url: str
    part: str | None
    heading: str | None
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits, newest reports first, and how many there are in how many reports."""

    hits: list[Hit]
    all_hits: int
    all_reports: int


def search(
    reader: Reader, words: Sequence[str], *, body: str | None = None, year: int | None = None, part: str | None = None, limit: int = 0
) -> Found:
    """Hits in current reports, at most `limit` of them (0: all).

    `body` is part of a body's name, `part` one of achievement, shortcoming, leadership, plan, other.

    Raises:
        QueryError: the warehouse cannot be asked.
    """
    parameters: dict[str, Any] = {f"word_{number}": fold(word) for number, word in enumerate(words)}
    filters = ["true"]
    if body is not None:
        parameters["body"] = fold(body)
        filters.append(f"({_contains('o.name', 'body', body)} OR {_contains('o.short_name', 'body', body)})")
    for name, value, column in (("year", year, "r.report_year"), ("part", part, "coalesce(h.part, s.part)")):
        if value is not None:
            parameters[name] = value
            filters.append(f"{column} = ${name}")

    def all_in(column: str) -> str:
        return " AND ".join(_contains(column, f"word_{number}", word) for number, word in enumerate(words))

    sql = _HITS.format(in_measures=all_in("text"), in_sentences=all_in("sentence"), filters=" AND ".join(filters), limit=limit or "ALL")
    rows = reader.rows(sql, parameters)
    totals = [(row.pop("all_hits"), row.pop("all_reports")) for row in rows]
    hits = [Hit(**row, marks=places(row["text"], words)) for row in rows]
    return Found(hits, *(totals[0] if totals else (0, 0)))


def places(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text, as (start, end); places that touch or overlap are one."""
    folded = fold(text)
    found = []
    for word in map(fold, words):
        start = folded.find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = folded.find(word, start + 1)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def fold(text: str) -> str:
    """The text with narrow ASCII in small letters, one character for each: a letter whose small form is longer (İ) stays."""
    narrow = text.translate(_TO_NARROW)
    small = narrow.lower()
    return small if len(small) == len(narrow) else "".join(c.lower() if len(c.lower()) == 1 else c for c in narrow)


def _contains(column: str, parameter: str, word: str) -> str:
    """The condition that a column holds a word; a word of Chinese characters alone folds to itself, which spares folding the column."""
    is_plain = not any(character.isascii() or character in _WIDE or character != character.lower() for character in word)
    return f"contains({column}, ${parameter})" if is_plain else f"contains({_folded(column)}, ${parameter})"


def _folded(column: str) -> str:
    narrow = _NARROW.replace("'", "''")
    return f"lower(translate({column}, '{_WIDE}', '{narrow}'))"
