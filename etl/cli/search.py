"""The verb `search`: words in the current reports, marked, grouped by report."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from enum import StrEnum
from itertools import groupby
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from etl.search import Found, Hit
from etl.search import search as find
from etl.settings import load_settings

# 加强监督。2023年，评查案卷168份；… -> its sentences and half-sentences
_SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？\n]*|[。；;！？\n]+")


class Format(StrEnum):
    """How `search` prints its hits."""

    text = "text"
    json = "json"


class Part(StrEnum):
    """Parts of a report."""

    achievement = "achievement"
    shortcoming = "shortcoming"
    leadership = "leadership"
    plan = "plan"
    other = "other"


def search(
    words: Annotated[
        list[str],
        typer.Argument(help="Looked for as they stand, all in one measure or sentence; blanks by quoting.", metavar="关键词…"),
    ],
    body: Annotated[str | None, typer.Option(help="Only bodies with this in their name.", metavar="机构")] = None,
    year: Annotated[int | None, typer.Option(help="Only reports about this year.", metavar="年度")] = None,
    part: Annotated[Part | None, typer.Option(help="成效, 不足, 第一责任人, 计划, 其他: only this part of the reports.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Hits to show; 0: all.")] = 20,
    output: Annotated[
        Format, typer.Option("--format", help="json: with the whole texts and the places of the words in them.")
    ] = Format.text,
) -> None:
    """Find words in the measures of the current reports and in the sentences of their figures, newest reports first.

    Width and case make no difference: ２０２３ finds 2023. Hits are in colour on a terminal and in 【】 elsewhere. No hit is no error:
    the exit status is 0.
    """
    from etl.publish.warehouses import open_warehouse

    if not all(word.strip() for word in words):
        raise typer.BadParameter("a word is empty", param_hint="关键词…")
    with open_warehouse(load_settings()).read() as reader:
        found = find(reader, words, body=body, year=year, part=part.value if part else None, limit=limit)
    if output is Format.json:
        sys.stdout.write(json.dumps({"words": words, **asdict(found)}, ensure_ascii=False, default=str) + "\n")
        return
    _print(Console(), found)
    sys.stdout.flush()
    sys.stderr.write(_summary(words, found))


def _print(console: Console, found: Found) -> None:
    for number, (_, hits) in enumerate(groupby(found.hits, key=lambda hit: hit.report_id)):
        group = list(hits)
        first = group[0]
        if number:
            console.print()
        console.print(Text(f"{first.year}  {first.title}", style="bold"), soft_wrap=True)
        published = f"{first.published_on}  " if first.published_on else ""
        console.print(Text(f"{first.body}  {published}{first.source_url}", style="dim"), soft_wrap=True)
        for hit in group:
            line = Text(f"  {hit.part or 'other'}  ", style="cyan")
            line.append_text(_marked(hit, in_colour=console.is_terminal and not console.no_color))
            console.print(line, soft_wrap=True)


def _marked(hit: Hit, *, in_colour: bool) -> Text:
    """The sentences of a hit that hold a word, its words marked; … stands for those between."""
    text = Text(style="default")
    shown_to = 0
    for sentence in _SENTENCE.finditer(hit.text):
        marks = [(start, end) for start, end in hit.marks if start < sentence.end() and end > sentence.start()]
        if not marks:
            continue
        if sentence.start() > shown_to:
            text.append("… ")
        at = max(sentence.start(), shown_to)
        for start, end in marks:
            if start >= at:  # else it began in the sentence before, and is shown with it
                text.append(_one_line(hit.text[at:start]))
                text.append(hit.text[start:end] if in_colour else f"【{hit.text[start:end]}】", style="bold red" if in_colour else "")
                at = end
        text.append(_one_line(hit.text[at : sentence.end()]))
        shown_to = max(at, sentence.end())
    if shown_to < len(hit.text):
        text.append(" …")
    return text


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _summary(words: list[str], found: Found) -> str:
    if not found.all_hits:
        return f"no hit for {' '.join(words)}: each word is looked for as it stands, all of them in one measure or sentence\n"
    total = f"{found.all_hits:,} hit{'s' * (found.all_hits > 1)} in {found.all_reports:,} report{'s' * (found.all_reports > 1)}"
    shown = len(found.hits)
    return f"{total}\n" if shown == found.all_hits else f"{total}, {shown:,} shown: --limit 0 shows all\n"
