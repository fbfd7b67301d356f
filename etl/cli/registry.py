"""The verb `sources`: which portals the registry has, what is known of one, and whether a registry file is right. Asks no portal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from etl.cli.tables import print_rows
from etl.errors import SourceError
from etl.sources import REGISTRY, Source, load_source, load_sources

_TABLE_WIDTH = 110
"""Lines of the table are rather broken by a narrow terminal than names by the table."""


def sources(
    name: Annotated[str | None, typer.Argument(help="Show one source whole.")] = None,
    check: Annotated[
        Path | None, typer.Option("--check", help="Check another registry file, and list what it holds.", metavar="FILE")
    ] = None,
) -> None:
    """List the sources of the registry, or show one: what is known, what to confirm, what a run would ask of its portal."""
    file = check or REGISTRY
    console = Console()
    console.width = max(console.width, _TABLE_WIDTH)
    if name is not None:
        _print_source(console, load_source(name, file))
        return
    found = load_sources(file)
    if check is not None:
        _check_families(file, found.values())
    rows = [
        (key, each.title, each.family, each.status, _yes(each.enabled), _expected(each), each.checked_at) for key, each in found.items()
    ]
    print_rows(console, ["name", "title", "family", "status", "enabled", "expected", "checked"], rows)
    if check is not None:
        console.print(f"\n{file}: {len(found)} sources, nothing wrong", highlight=False, markup=False, soft_wrap=True)


def _check_families(file: Path, found: Iterable[Source]) -> None:
    """What only a family can tell of its entries: their options, and the kind that it reads."""
    from etl.fetch.families import family_of

    for source in found:
        for entry in source.entries:
            try:
                family_of(source, entry)
            except SourceError as error:
                raise SourceError(f"{file}: {str(error).removeprefix('sources.toml: ')}") from error


def _print_source(console: Console, source: Source) -> None:
    """All that the registry says of a source; what it does not say is left out."""
    fields = source.model_dump(exclude={"entries", "confirm", "note"}, exclude_defaults=True)
    for key, value in fields.items():
        _print(console, key, _worded(value))
    for entry in source.entries:
        own = entry.model_dump(exclude={"path"}, exclude_defaults=True)
        told = {key: value for key, value in own.items() if value != getattr(source, key, None)}
        _print(console, "entry", f"{entry.path}  {_worded(told)}")
    for line in source.confirm:
        _print(console, "confirm", line)
    if source.note:
        _print(console, "note", source.note)
    _print(console, "a run asks", what_a_run_asks(source))


def what_a_run_asks(source: Source) -> str:
    """How much of its portal a run takes: requests an hour at its pace, their limit, and the time until that is reached."""
    limit = f"at most {source.max_requests:,} requests"
    pause = source.min_interval_s + source.jitter_s / 2
    if pause:
        limit += f", about {3600 / pause:,.0f} an hour ({source.min_interval_s:g} s and up to {source.jitter_s:g} s more between two)"
        limit += f", so {source.max_requests * pause / 60:,.0f} minutes at the longest"
    when = f"; scheduled runs {source.hours}, Shanghai time" if source.hours else ""
    return limit + when


def _print(console: Console, key: str, value: str) -> None:
    console.print(f"{key:<15} {value}", highlight=False, markup=False, soft_wrap=True)


def _worded(value: object) -> str:
    """A value of the registry in one line: deptcode JB0, page_size 20."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_worded(part)}" for key, part in value.items())
    return " ".join(map(_worded, value)) if isinstance(value, tuple) else str(value)


def _expected(source: Source) -> str:
    """Bodies that should report, by what is known of them: 1 + 14 since 2018."""
    levels = (source.expect.district, source.expect.departments, source.expect.streets)
    known = " + ".join(str(number) for number in levels if number)
    return f"{known} since {source.expect.since}" if known and source.expect.since else known or "–"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
