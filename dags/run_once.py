"""Run the nightly DAG once, in this process, in a real Airflow: what `make run` does.

The metadata database is made when it is missing; the sample portal is started when the run reads from it. Airflow's own log goes
to a file, the terminal gets one line a task and a summary. Exit status 1 when the run failed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from etl.cli.progress import StageLines
from etl.cli.summary import print_summary
from etl.errors import EtlError, SettingsError
from etl.settings import PROJECT_DIR, Settings, load_settings
from etl.storage import check_store

if TYPE_CHECKING:
    from airflow.sdk import DAG

_DATABASE_VERSION = "3.3.2-with-pool"


def main() -> int:
    """Run the DAG; 0 when it published, 1 when it did not."""
    arguments = _arguments()
    terminal = Console(file=os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8"))
    try:
        settings = load_settings()
        check_store(settings.store_dir)
        log_file = _prepare_home(settings)
        os.environ |= _airflow_environment(settings)
        terminal.print("nightly_ingest, one run in a local Airflow", style="bold")
        terminal.print(f"Airflow's log: {log_file}", highlight=False, soft_wrap=True)
        with _portal(arguments.source or settings.source, settings), _output_to(log_file):
            state, failed = _run_dag(terminal, settings, {"source": arguments.source, "refetch": arguments.refetch})
    except EtlError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    if state != "success":
        published = (
            "only the picture book is of an older one" if failed == ["report"] else "nothing was published, the last warehouse stays"
        )
        sys.stderr.write(f"error: the run failed; {published}. Details: {log_file}\n")
        return 1
    terminal.print()
    print_summary(terminal, settings)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the nightly DAG once, in a local Airflow.")
    parser.add_argument("--source", help="entry of the source registry; default ETL_SOURCE")
    parser.add_argument("--refetch", action="store_true", help="ask for every page anew, without conditional requests")
    return parser.parse_args()


def _prepare_home(settings: Settings) -> Path:
    """Make the folders of Airflow and of the logs; the path of this run's log."""
    log_file = settings.home.resolve() / "logs" / f"nightly_ingest-{datetime.now().astimezone():%Y%m%d-%H%M%S}.log"
    try:
        log_file.parent.mkdir(parents=True, exist_ok=True)
        log_file.touch()
        _airflow_home(settings).mkdir(exist_ok=True)
    except OSError as error:
        raise SettingsError(f"cannot write {log_file.parent}: {error.strerror}; check the folder's rights, or set ETL_HOME") from error
    return log_file


def _airflow_home(settings: Settings) -> Path:
    return settings.home.resolve() / "airflow"


def _airflow_environment(settings: Settings) -> dict[str, str]:
    return {
        "AIRFLOW_HOME": str(_airflow_home(settings)),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT_DIR / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(settings.home.resolve() / "logs" / "airflow"),
        "ETL_HOME": str(settings.home.resolve()),
        "GX_ANALYTICS_ENABLED": "False",
    }


@contextlib.contextmanager
def _portal(source: str, settings: Settings) -> Iterator[None]:
    """The sample portal on a free port of loopback, when the run reads the sample and no portal is named."""
    if source != "sample" or settings.portal_url is not None:
        yield
        return
    from sample.server import SamplePortal

    with SamplePortal(port=0) as portal:
        os.environ["ETL_PORTAL_URL"] = portal.url
        yield


@contextlib.contextmanager
def _output_to(log_file: Path) -> Iterator[None]:
    """Send everything that this process prints to the file; the terminal console holds its own descriptor."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with log_file.open("a") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for descriptor, target in zip(kept, (1, 2), strict=True):
                os.dup2(descriptor, target)
                os.close(descriptor)


def _run_dag(terminal: Console, settings: Settings, conf: dict[str, Any]) -> tuple[str, list[str]]:
    """Run it; its state, and the tasks that failed."""
    with terminal.status("starting Airflow"):
        dag = _load_dag(settings)
    from airflow.sdk.listener import get_listener_manager
    from task_lines import TaskLines

    for task in dag.tasks:
        task.retries = 0  # a person waits: what fails is said at once
    get_listener_manager().add_listener(TaskLines(StageLines(terminal)))  # type: ignore[no-untyped-call]
    run = dag.test(run_conf=conf)
    return str(run.state), sorted({task.task_id for task in run.get_task_instances() if task.state == "failed"})


def _load_dag(settings: Settings) -> DAG:
    """Make the metadata database when it is missing, and import the DAG."""
    made = _airflow_home(settings) / f".database-{_DATABASE_VERSION}"
    if not made.exists():
        from airflow.models.pool import Pool
        from airflow.utils.db import initdb

        initdb()
        Pool.create_or_update_pool("portal", 1, "one task at a time asks a portal", include_deferred=False)
        made.touch()
    from nightly_ingest import nightly_ingest_dag

    return nightly_ingest_dag


if __name__ == "__main__":
    sys.exit(main())
