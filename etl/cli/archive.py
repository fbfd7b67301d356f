"""`etl archive`: alone it is the stage; its sub-commands look through the archive, export it, and feed it by hand. And `etl due`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from etl.cli import stages
from etl.cli.progress import counted
from etl.errors import ArchiveError, StageError
from etl.settings import load_settings

app = typer.Typer(
    name="archive",
    help="Take stock of the archive and read every version in it (stages archive and parse), or one of the commands below.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_SHOWN = 40
OneSource = Annotated[str, typer.Option("--source", help="Entry of the source registry.")]
AnySource = Annotated[str | None, typer.Option("--source", help="Only this entry of the source registry.")]


@app.callback()
def _stage(context: typer.Context, run_id: stages.RunId = None) -> None:
    if context.invoked_subcommand is None:
        stages.archive(run_id)


@app.command()
def verify() -> None:
    """Read every line and every body; name what is damaged (exit status 1) and what a killed process has left over (harmless)."""
    from etl.archive.verify import Verification

    archive = _open()
    verification = Verification(archive.manifest, archive.bodies)
    with counted("bodies") as tell:
        for problem in verification.problems(tell):
            sys.stdout.write(f"{'damaged' if problem.is_damage else 'left over'}: {problem.words}\n")
    sys.stdout.write(
        f"{verification.lines:,} answers, {verification.checked:,} bodies, {verification.size / 1e6:,.1f} MB; "
        f"{verification.damage} damaged, {verification.leftovers} left over\n"
    )
    if verification.damage:
        raise ArchiveError(f"{archive.root}: {verification.damage} damaged: restore them from a backup")


@app.command()
def export(
    warc: Annotated[Path, typer.Option("--warc", help="File to write, .warc or .warc.gz.", metavar="FILE")], source: AnySource = None
) -> None:
    """Write the archive as a WARC file, which web archives and their tools read."""
    from etl.archive.warc_export import export_warc

    archive = _open()
    with counted("answers") as tell:
        exported = export_warc(archive, warc, source, tell)
    counts = ", ".join(f"{kind} {count:,}" for kind, count in sorted(exported.counts.items()))
    sys.stdout.write(f"{warc}: {counts}; {warc.stat().st_size / 1e6:,.1f} MB\n")


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="A .warc or .warc.gz file, or a folder of saved pages.", metavar="FILE|FOLDER")],
    source: OneSource,
    district: Annotated[str | None, typer.Option(help="District of the pages, where the registry does not tell it by address.")] = None,
    only: Annotated[str | None, typer.Option(help="Only addresses that fit, such as '*/002017/*'.", metavar="PATTERN")] = None,
) -> None:
    """Put pages that you have saved into the archive, as answers of a source; `etl rebuild` then reads them.

    A folder may say in urls.csv (file,url) where its pages come from; else the browser's own note in them does. What is of another
    host than the source's is refused and named. The same again adds nothing.
    """
    from etl.archive.feeding import Feeder, Report
    from etl.fetch.addresses import Addresses
    from etl.sources import load_source

    entry, archive, report = load_source(source), _open(), Report()
    pages = _pages(path, entry.base_url, report)
    feeder = Feeder(archive, entry, Addresses(entry), datetime.now(UTC), district=district, only=only)
    try:
        with counted("pages") as tell:
            feeder.feed(_told(pages, tell), report)
    finally:
        _print_report(report)
    if not report.added and not report.known:
        raise StageError(f"{path}: no page of source {source} in it: nothing was imported")


def due(source: OneSource, limit: Annotated[int, typer.Option(help="Rows to show; 0: all.", min=0)] = _SHOWN) -> None:
    """Say which archived articles of a source are due, from the archive alone; nothing is fetched."""
    from etl.archive.due import DUE_STATES
    from etl.archive.due import due as find_due
    from etl.cli.tables import print_rows
    from etl.sources import load_source

    entry, archive = load_source(source), _open()
    found = find_due(archive, source, datetime.now(UTC), entry.gone_after)
    counts = Counter(each.state for each in found)
    sys.stdout.write(
        f"{source}: {len(found):,} archived articles; " + ", ".join(f"{state} {counts[state]:,}" for state in DUE_STATES) + "\n"
    )
    if blocked := archive.blocked_until(source):
        sys.stdout.write(f"refused us: {blocked[1]}; not asked again before {blocked[0].astimezone():%Y-%m-%d %H:%M}\n")
    rows = [(each.state, each.last_seen_at, each.retry_at, each.district, each.title, each.url) for each in found[: limit or None]]
    if rows:
        print_rows(Console(), ["state", "last seen", "not before", "district", "title", "url"], rows)
    if len(rows) < len(found):
        sys.stdout.write(f"… and {len(found) - len(rows):,} more (--limit 0 shows all)\n")


def _open() -> Any:
    from etl.archive import Archive
    from etl.storage import check_store

    settings = load_settings()
    check_store(settings.store_dir)
    return Archive(settings.archive_dir)


def _pages(path: Path, base_url: str, report: Any) -> Any:
    """The pages of a file or a folder."""
    from etl.archive.saved_pages import SavedPages
    from etl.archive.warc_import import WarcPages

    limit = load_settings().max_page_bytes
    if path.is_dir():
        return SavedPages(path, base_url, limit, report)
    if not path.is_file():
        raise StageError(f"{path}: there is no such file or folder")
    return WarcPages(path, _open(), limit, report)


def _told(pages: Any, tell: Any) -> Iterator[Any]:
    for number, page in enumerate(pages, start=1):
        tell(number)
        yield page


def _print_report(report: Any) -> None:
    for name, reason in report.refused:
        sys.stderr.write(f"refused: {name}: {reason}\n")
    skipped = "".join(f", {count:,} skipped ({reason})" for reason, count in sorted(report.skipped.items()))
    sys.stdout.write(f"{report.added:,} added, {report.known:,} already there, {len(report.refused):,} refused{skipped}\n")
