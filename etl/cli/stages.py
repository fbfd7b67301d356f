"""The verbs of the stages: `run` and `rebuild` for all of them, and each alone. They print what the stage returns, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from etl.cli.progress import StageLines
from etl.errors import EtlError, StageError
from etl.settings import load_settings
from etl.staging import Batch
from etl.storage import check_store

Source = Annotated[str | None, typer.Option(help="Entry of the source registry; default ETL_SOURCE.")]
RunId = Annotated[str | None, typer.Option("--run-id", help="Run to work on; default: a new one for discover, else the last one.")]
Refetch = Annotated[bool, typer.Option("--refetch", help="Ask for every page anew, without conditional requests.")]


def run(source: Source = None, refetch: Refetch = False, run_id: RunId = None) -> None:
    """Run all stages, without Airflow."""
    _run_all(_open(source, run_id or _new_run_id(), refetch), from_network=True)


def rebuild(source: Source = None) -> None:
    """Make the whole warehouse again from the archive, without the network."""
    _run_all(_open(source, _new_run_id()), from_network=False)


def discover(source: Source = None, run_id: RunId = None) -> None:
    """List the portal's pages and say which are reports."""
    run = _open(source, run_id or _new_run_id())
    from etl import pipeline

    _print({"run_id": run.run_id, "batches": pipeline.discover(run)})


def fetch(source: Source = None, run_id: RunId = None, refetch: Refetch = False) -> None:
    """Fetch what discover found, conditionally, into the archive; what this run was told within a day is not asked again."""
    run = _open(source, run_id, refetch)
    from etl import pipeline

    _print({batch: pipeline.fetch(run, batch) for batch in run.staging.batches("candidates")})


def archive(run_id: RunId = None) -> None:
    """Take stock of the archive and read every version in it (stages archive and parse)."""
    run = _open(None, run_id)
    from etl import pipeline

    _print({batch["batch"]: pipeline.parse(run, batch["batch"]) for batch in pipeline.archive(run)})


def facts(run_id: RunId = None) -> None:
    """Turn the parsed reports into rows of the warehouse's tables."""
    _single("facts", run_id)


def validate(run_id: RunId = None) -> None:
    """Check the facts with Great Expectations."""
    _single("validate", run_id)


def publish(run_id: RunId = None) -> None:
    """Build the new warehouse, check it, and swap the link to it."""
    _single("publish", run_id)


def _run_all(run: Any, *, from_network: bool) -> None:
    from etl import pipeline
    from etl.cli.summary import print_summary

    console = Console(stderr=True)
    lines = StageLines(console)

    def step(stage: Callable[..., Any], batch: Batch | None = None) -> Any:
        name, label = stage.__name__, batch["label"] if batch else ""
        lines.start(name, label)
        try:
            result = stage(run, batch["batch"]) if batch else stage(run)
        except EtlError as error:
            lines.failed(name, label, error)
            raise
        lines.done(name, label, result)
        return result

    console.print(f"run {run.run_id}, source {run.source_name}", highlight=False)
    if from_network:
        for batch in step(pipeline.discover):
            step(pipeline.fetch, batch)
    for batch in step(pipeline.archive):
        step(pipeline.parse, batch)
    for stage in (pipeline.facts, pipeline.validate, pipeline.publish, pipeline.report):
        step(stage)
    print_summary(Console(), run.settings)


def _single(stage: str, run_id: str | None) -> None:
    run = _open(None, run_id)
    from etl import pipeline

    _print(getattr(pipeline, stage)(run))


def _open(source: str | None, run_id: str | None, refetch: bool = False) -> Any:
    """The run to work on; without a run id, the last one (and its source)."""
    from etl.ops import OpsLog
    from etl.run import open_run

    if run_id is None:
        settings = load_settings()
        check_store(settings.store_dir)
        last = next(OpsLog(settings.ops_dir).runs(), None)
        if last is None:
            raise StageError(f"no run below {settings.store_dir} yet: begin with discover, or with run")
        run_id, source = last["run_id"], source or last["source"]
    return open_run(run_id, source, refetch)


def _new_run_id() -> str:
    return datetime.now(UTC).strftime("manual-%Y%m%dT%H%M%S.%f")[:-3]


def _print(result: Any) -> None:
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
