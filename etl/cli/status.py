"""The verb `status`: how things stand, for a person or (--json) for a program."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from etl.cli.summary import print_counts
from etl.cli.tables import print_rows
from etl.errors import QueryError
from etl.ops import OpsLog, Row
from etl.publish.state import OLD_DAYS, Contents, News, State, read_state
from etl.publish.warehouses import Warehouse, open_warehouse
from etl.settings import load_settings
from etl.storage import check_store

_NEW_SHOWN = 10


def status(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")] = False) -> None:
    """Say what the last run did, what is published and new, how old it is, what is in quarantine, and what else to look at."""
    settings = load_settings()
    check_store(settings.store_dir)
    warehouse = open_warehouse(settings)
    state = read_state(OpsLog(settings.ops_dir), warehouse)
    if state.last_run is None:
        raise QueryError(f"no run below {settings.store_dir} yet: run `make run` first")
    now = datetime.now(UTC)
    if as_json:
        sys.stdout.write(json.dumps(_as_json(state, now), ensure_ascii=False, default=str) + "\n")
    else:
        _print(Console(), state, warehouse, now)


def _as_json(state: State, now: datetime) -> dict[str, Any]:
    contents = state.contents
    current: dict[str, Any] | None = None
    if contents is not None:
        days = contents.days_old(now)
        current = asdict(contents) | {"rolled_back": _is_rolled_back(contents), "days_old": days, "is_old": days >= OLD_DAYS}
    return {"last_run": state.last_run, "current": current, "quarantine": state.quarantine}


def _print(console: Console, state: State, warehouse: Warehouse, now: datetime) -> None:
    if state.last_run is not None:
        _print_run(console, state.last_run)
    if state.contents is None:
        _line(console, "published", "nothing yet")
    else:
        _print_contents(console, state.contents, warehouse, now)
    _print_table(console, "in quarantine", state.quarantine, ("title", "stage", "rule", "reason", "source_url"))
    if state.contents is not None:
        expired = "corrections that have expired: look whether the source was mended, then remove them"
        _print_table(console, expired, state.contents.expired_corrections)
        _print_table(console, "arithmetic of the reports that does not hold", state.contents.broken_sums)


def _print_run(console: Console, run: Row) -> None:
    _line(console, "last run", f"{run['run_id']}  {run['state']}  ({run['source']}, started {_minute(run['started_at'])})")
    if run["error"]:
        _line(console, "", run["error"], "red")
    unread = (run.get("unread_lists") or "").splitlines()
    if unread:
        _line(console, "", f"{len(unread)} optional lists could not be read", "yellow")
        for line in unread:
            _line(console, "", line)


def _print_contents(console: Console, contents: Contents, warehouse: Warehouse, now: datetime) -> None:
    _line(console, "published", f"{warehouse.describe()}  ({_minute(contents.version.published_at)})")
    if _is_rolled_back(contents):
        _line(
            console,
            "",
            f"rolled back: this is the version of run {contents.version.run_id}; the newest is {contents.newest_version.name}",
            "yellow",
        )
    print_counts(console, contents.counts)
    days = contents.days_old(now)
    newest = f"; newest report of {contents.newest_report_on}" if contents.newest_report_on else ""
    if days >= OLD_DAYS:
        _line(console, "age", f"data is {days} days old: the portal was last asked {_minute(contents.asked_at)}{newest}", "bold red")
    else:
        _line(console, "age", f"the portal was last asked {_minute(contents.asked_at)}{newest}")
    if contents.news is None:
        _line(console, "new", "everything: this is the first publication")
    else:
        _print_news(console, contents.news)


def _print_news(console: Console, news: News) -> None:
    grown = ", ".join(f"{count:+,} {name}" for name, count in news.more.items() if count)
    parts = [_number(len(news.reports), "new report"), f"{_number(len(news.revisions), 'new revision')} of a known one"]
    if news.changed_figures is not None:
        parts.append(_number(news.changed_figures, "changed figure"))
    words = ", ".join(parts) if news.reports or news.revisions else "no new report, no new revision"
    _line(console, "new", f"{words}, since {news.run_id} ({_minute(news.since)}){f': {grown}' if grown else ''}")
    new = news.revisions + news.reports
    _print_table(console, "", new[:_NEW_SHOWN], ("body", "year", "revision", "published_on", "title"))
    if len(new) > _NEW_SHOWN:
        _line(console, "", f"… and {len(new) - _NEW_SHOWN:,} more (etl status --json names all)")


def _print_table(console: Console, title: str, rows: list[Row], columns: tuple[str, ...] = ()) -> None:
    """The rows under their title; nothing where there are none. Without `columns`, all of them."""
    if rows:
        if title:
            console.print(f"\n{title}", style="bold")
        names = columns or tuple(rows[0])
        print_rows(console, [name.removeprefix("source_") for name in names], [tuple(row[name] for name in names) for row in rows])


def _is_rolled_back(contents: Contents) -> bool:
    return contents.version.run_id != contents.newest_version.run_id


def _line(console: Console, key: str, words: str, style: str | None = None) -> None:
    console.print(f"{key:<10} {words}", style=style, highlight=False, markup=False, soft_wrap=True)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _minute(time: datetime) -> str:
    return f"{time.astimezone():%Y-%m-%d %H:%M}"
