"""An explanation on a terminal, or as plain text where there is none: rich decides about colour, NO_COLOR and width.

Marks are signs as well as colours: [168份]→#3 is figure 3, a flow, ‹2023年·日期› a numeral that is none, _…_ a title cited, and ! a
finding. The notes below a sentence repeat the number of the figure.
"""

from __future__ import annotations

from functools import partial

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from etl.cli.explain.layout import Block, Layout, Piece
from etl.cli.explain.wording import counts, fields, verdict
from etl.models import Report
from etl.names import name, names
from etl.visible import visible

_STYLES = {"level": "bold cyan", "flow": "bold green", "rate": "bold magenta", "change": "bold yellow"}
_INDENT = 4
_BY_WHAT = ("metric_code", "metric_pattern", "section", "measure", "rule")
_DIM, _FINDING, _CITED, _HEADING = "dim", "bold red", "underline", "bold"


def print_explanation(console: Console, layout: Layout, source: str) -> None:
    """Head, legend, text with notes, summary."""
    wide = not console.is_terminal  # a file or a pipe gets whole lines
    console.print(Rule(Text(_end_of(visible(source), console.width - 4)), align="left", characters="─" if not wide else "-"))
    for line in (_head(layout.report), _legend()):
        console.print(line, soft_wrap=wide)
    for block in layout.blocks:
        for indent, text in _block(layout.report, block):
            text.pad_left(indent if wide else 0)
            console.print(text if wide else Padding(text, (0, 0, 0, indent)), soft_wrap=wide)
    console.print()
    for text in _summary(layout.report):
        console.print(text, soft_wrap=wide)


def _end_of(path: str, width: int) -> str:
    """A path in so many columns: where it is too long its beginning is left out, and the name of the file stays."""
    if cell_len(path) <= width:
        return path
    kept = path[-width:]
    while kept and cell_len(kept) >= width:
        kept = kept[1:]
    return f"…{kept}"


def _head(report: Report) -> Text:
    facts = {"organization": report.organization, "year": report.report_year, "characters": len(report.text)}
    text = Text(visible(report.title), style=_HEADING)
    for key, value in facts.items():
        text.append(f"\n{name('page', key)}  {visible(str(value or name('page', 'none')))}", style="not bold")
    return text


def _legend() -> Text:
    text = Text(f"{name('page', 'legend')}  ")
    for kind, style in _STYLES.items():
        text.append(f"[…]{name('sign', kind)}#1", style=style)
        text.append(f" {name('kind', kind)}  ")
    text.append("‹…·…›", style=_DIM).append(f" {name('page', 'numerals')} ({', '.join(names()['class'].values())})  ")
    text.append("_…_", style=_CITED).append(f" {name('page', 'citations')}  ")
    return text.append("!", style=_FINDING).append(f" {name('page', 'findings')}\n")


def _block(report: Report, block: Block) -> list[tuple[int, Text]]:
    """The lines of a block with their indents: its text, broken after each sentence that has notes."""
    lines = [(0, Text())]
    for sentence in block.sentences:
        for piece in sentence.pieces:
            _append(lines[-1][1], report, piece)
        notes = [note for index in sentence.metrics for note in _note(report, index)]
        notes += [(_INDENT, _statement(report, index)) for index in sentence.statements]
        notes += [(_INDENT, _finding(report, index)) for index in sentence.findings]
        if notes:
            lines += [*notes, (0, Text())]
    return lines if len(lines) == 1 or lines[-1][1] else lines[:-1]


def _append(line: Text, report: Report, piece: Piece) -> None:
    style = _HEADING if piece.section is not None else ""
    if piece.metrics:
        style = _STYLES[report.metrics[piece.metrics[0]].kind]
        line.append("[" if piece.opens else "", style=style)
    elif piece.numeral:
        style = _DIM
        line.append("‹", style=style)
    if piece.finding:
        style = f"{style} {_FINDING}"
        line.append("!" if piece.finding_opens else "", style=_FINDING)
    opening, closing = "_" if piece.citation_opens else "", "_" if piece.citation_closes else ""
    line.append(f"{opening}{piece.text}{closing}", style=f"{style} {_CITED}" if piece.cited else style)
    if piece.closes:
        line.append("]" + "".join(map(partial(_number, report), piece.metrics)), style=style)
    elif piece.numeral:
        line.append(f"·{_chinese('class', piece.numeral.class_)}›", style=_DIM)


def _note(report: Report, index: int) -> list[tuple[int, Text]]:
    """Two lines: what was read, and by what."""
    metric = report.metrics[index]
    shown = {field: value for field, (_, value) in fields(report, metric).items()}
    text = Text().append(f"{_number(report, index)} {shown['label']} = {shown['value']} {metric.unit}", style=_STYLES[metric.kind])
    text.append("".join(f" · {shown[field]}" for field in ("qualifier", "kind", "period", "subject") if field in shown))
    rest = [f"{name('field', field)}: {shown[field]}" for field in _BY_WHAT if field in shown]
    return [(_INDENT, text), (_INDENT + 3, Text().append(" · ".join(rest), style=_DIM))]


def _statement(report: Report, index: int) -> Text:
    statement = report.arithmetic[index]
    return Text().append(verdict(statement), style=_FINDING if statement.holds is False else "")


def _finding(report: Report, index: int) -> Text:
    finding = report.findings[index]
    return Text().append(f"! {name('page', 'finding')} {finding.rule}: {visible(finding.message)}", style=_FINDING)


def _number(report: Report, index: int) -> str:
    """→#3: the sign of its kind and the figure's number."""
    return f"{name('sign', report.metrics[index].kind)}#{index + 1}"


def _chinese(group: str, code: str) -> str:
    return name(group, code).partition(" ")[0]


def _summary(report: Report) -> list[Text]:
    lines = [Text(name("page", "summary"), style=_HEADING)]
    for group, rows in counts(report):
        line = Text(f"  {group}")
        for key, count in rows:
            line.append(f"  {key} {count}", style=_DIM)
        lines.append(line)
    return lines
