"""`make bench`: how long the parts take on this machine. Prints tables, asserts nothing.

`python -m bench parse` measures reading, `memory` what a process holds over many reports, `limits` how time grows with hostile input,
`archive` an archive of 10,000 pages, `warehouse` a warehouse of a million figures and the queries on it, `book` its picture book, `runs`
whole runs, `night` what a night costs a portal; without a name all of them run, which takes some thirty minutes, most of it for the memory
over 10,000 reports, for the archive and for the book.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bench import archive as archive_run
from bench import book as book_run
from bench import limits as limits_run
from bench import memory as memory_run
from bench import mix as mixes
from bench import night as nights
from bench import reading, runs, stages
from bench import warehouse as warehouse_run

app = typer.Typer(name="bench", pretty_exceptions_enable=False, rich_markup_mode=None, add_completion=False)
console = Console(highlight=False, soft_wrap=True)


@app.callback(invoke_without_command=True)
def everything(context: typer.Context) -> None:
    """How long the parts take on this machine."""
    if context.invoked_subcommand is None:
        parse()
        memory(reports=10_000)
        limits()
        archive(pages=10_000, nights=100)
        warehouse(reports=16_000, rounds=7)
        book(reports=16_000)
        whole_runs()
        night()


@app.command()
def parse(
    processes: Annotated[int, typer.Option(help="Worker processes.")] = 2,
    reports: Annotated[int, typer.Option(help="Reports of each mix for each process.")] = 240,
    rounds: Annotated[int, typer.Option(help="Rounds of the mix for the time by stage.")] = 4,
) -> None:
    """Page -> text -> full records -> fact rows in Parquet: reports a second, and the time by stage."""
    by_stage = {}
    missing: list[str] = []
    for mix in mixes.MIXES:
        tallies = reading.throughput(processes, reports, mix)
        count, wall = sum(t.reports for t in tallies), max(t.wall for t in tallies)
        cpu = sum(t.cpu for t in tallies) / count
        figures = sum(t.figures for t in tallies) / count
        console.print(
            f"[bold]{mix}: {count / wall:.0f} reports/s[/] on {processes} processes, {figures:.0f} figures a report "
            f"of {mixes.LENGTH:,} characters in a page of 50 kB (bar: {reading.BAR} on 2)"
        )
        console.print(
            f"  {sum(t.characters for t in tallies) / wall:,.0f} characters/s, {sum(t.rows for t in tallies) / count:.0f} rows a report, "
            f"peak {max(t.peak for t in tallies):.0f} MB a process"
        )
        console.print(f"  CPU {1000 * cpu:.2f} ms a report: {processes / cpu:.0f} reports/s if {processes} cores were ours alone\n")
        by_stage[f"{mix}, {figures:.0f} figures"], missing = stages.milliseconds_by_stage(rounds, mix)
    table = Table("CPU by stage, ms a report, one process", box=None, pad_edge=False)
    for name in by_stage:
        table.add_column(name, justify="right")
        table.add_column("share", justify="right")
    totals = {name: sum(spent.values()) for name, spent in by_stage.items()}
    for stage in next(iter(by_stage.values())):
        cells = [(f"{spent[stage]:.2f}", f"{spent[stage] / totals[name]:.0%}") for name, spent in by_stage.items()]
        table.add_row(stage, *(cell for pair in cells for cell in pair))
    table.add_row("all", *(cell for total in totals.values() for cell in (f"{total:.2f}", "")), style="bold")
    console.print(table)
    for name in missing:
        console.print(f"  not found, its time is in the rest: {name}", style="yellow")


@app.command()
def memory(reports: Annotated[int, typer.Option(help="Reports to read.")] = 10_000) -> None:
    """What a process holds after a tenth of the reports and after all of them; caches without a bound that grow."""
    points = memory_run.run(reports)
    table = Table("memory after", "held, MB", "peak, MB", box=None, pad_edge=False)
    for point in points:
        table.add_row(f"{point.reports:,} reports", f"{point.held:.1f}", f"{point.peak:.1f}")
    console.print(table)
    growth = points[-1].held / points[-2].held - 1
    console.print(f"  {growth:+.1%} from {points[-2].reports:,} to {points[-1].reports:,} reports")
    for name in memory_run.growing(points):
        console.print(f"  an unbounded cache grows: {name}", style="red")
    for name, (size, bound) in points[-1].caches.items():
        if bound is not None:
            console.print(f"  cache {name}: {size:,} of {bound:,}")


@app.command()
def limits(only: Annotated[str, typer.Option(help="Only inputs whose name holds this.")] = "") -> None:
    """Time over n, 2n and 4n characters of hostile input; the ratio is about 4 where it is linear."""
    console.print(f"{'hostile input':<44}{'n':>9}{'n, ms':>10}{'2n, ms':>10}{'4n, ms':>10}{'4n/n':>7}", style="bold")
    steep = 0
    for curve in limits_run.curves(only):
        steep += curve.ratio > limits_run.LINEAR
        times = "".join(f"{1000 * seconds:>10.0f}" for seconds in curve.seconds)
        style = "red" if curve.ratio > limits_run.LINEAR else None
        console.print(f"{curve.name:<44}{curve.size:>9,}{times}{curve.ratio:>7.1f}", style=style)
    console.print(f"  {steep} inputs cost more than {limits_run.LINEAR:.0f} times as much at four times the size")


@app.command()
def archive(
    pages: Annotated[int, typer.Option(help="Archived pages.")] = 10_000,
    nights: Annotated[int, typer.Option(help="Nights in the long manifest: pages x nights lines.")] = 100,
) -> None:
    """A long manifest, and an archive of short reports from inventory to warehouse: time and memory of each step.

    MB is the most that the process held, "more" what it held beyond what it had when the step began (Python and the imports).
    """
    for title, figures in (
        (f"manifest of {pages:,} addresses x {nights} nights", archive_run.of_manifest),
        (f"archive of {pages:,} pages of short reports, then a rebuild", archive_run.of_pages),
    ):
        with tempfile.TemporaryDirectory() as name:
            arguments = (pages, nights) if figures is archive_run.of_manifest else (pages,)
            _print_steps(title, figures(Path(name), *arguments))


def _print_steps(title: str, figures: Iterable[archive_run.Figure]) -> None:
    console.print(f"\n[bold]{title}[/]")
    console.print(f"{'step':<18}{'s':>9}{'CPU s':>9}{'MB':>7}{'more':>7}", style="bold")
    for figure in figures:
        held = f"{figure.peak:>7.0f}{figure.peak - figure.before:>7.0f}"
        console.print(f"{figure.what:<18}{figure.seconds:>9.2f}{figure.cpu:>9.2f}{held}  {figure.note}")


@app.command()
def warehouse(
    reports: Annotated[int, typer.Option(help="Current reports; 16,000 of them state a million figures.")] = 16_000,
    rounds: Annotated[int, typer.Option(help="Times that each query is asked, after a first one.")] = 7,
    keep: Annotated[Path | None, typer.Option(help="Leave rows and warehouse in this folder, and use what is there.")] = None,
) -> None:
    """Publish a large warehouse and ask it the queries of warehouse/queries: time and memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = keep or Path(name)
        _print_steps(f"a warehouse of {reports:,} reports", warehouse_run.of_publication(folder, reports))
        table = Table("query", "rows", "median, ms", "min", "max", box=None, pad_edge=False)
        for timing in warehouse_run.of_queries(folder, rounds):
            figures = (f"{figure:.0f}" for figure in (timing.median, timing.low, timing.high))
            style = "red" if timing.median > warehouse_run.BAR_MS else None
            table.add_row(timing.name, f"{timing.rows:,}", *figures, style=style)
        console.print(table)


@app.command()
def book(
    reports: Annotated[int, typer.Option(help="Current reports; 16,000 of them state a million figures.")] = 16_000,
    keep: Annotated[Path | None, typer.Option(help="Leave rows and warehouse in this folder, and use what is there.")] = None,
) -> None:
    """Write the picture book of a large warehouse: pages a second by kind, and memory."""
    with tempfile.TemporaryDirectory() as name:
        _print_steps(f"the picture book of {reports:,} reports", book_run.of_book(keep or Path(name), reports))


@app.command("runs")
def whole_runs() -> None:
    """Import of the DAG file, `make run`, rebuild."""
    table = Table("what", "median", "min", "max", "", box=None, pad_edge=False)
    for row in runs.rows():
        table.add_row(*row)
    console.print(table)


@app.command()
def night(
    per_life: Annotated[int, typer.Option(help="Crawl once more with processes killed after so many new requests each; 0: do not.")] = 0,
) -> None:
    """Requests and seconds of a first crawl and of a night without changes: 41 bodies, seven years, no pause between requests."""
    for crawl in nights.crawls(per_life):
        pauses = crawl.requests.pauses()
        console.print(
            f"[bold]{crawl.name}: {len(crawl.requests)} requests in {crawl.seconds:.1f} s[/], {crawl.lives} processes, "
            f"at most {crawl.requests.max_in_flight()} at once, {sum(pauses) / len(pauses):.3f} s between two on average"
        )
        table = Table("for", "answered", "requests", box=None, pad_edge=False)
        for (kind, answered), count in sorted(nights.tally(crawl.requests).items()):
            table.add_row(kind, answered, str(count))
        console.print(table)


if __name__ == "__main__":
    app()
