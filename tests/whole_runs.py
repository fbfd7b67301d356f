"""Whole runs against the sample portal, over real HTTP, in folders of their own: what tests of the pipeline and of nights share."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from etl import pipeline
from etl.run import open_run
from etl.settings import PROJECT_DIR
from sample.seed import full_site
from sample.server import SamplePortal

FACTS = (
    "dim_organization",
    "dim_report",
    "dim_section",
    "fact_measure",
    "fact_metric",
    "fact_citation",
    "fact_numeral",
    "fact_arithmetic",
    "fact_correction",
    "fact_finding",
    "fact_follow_through",
)
TIMES = {"first_seen_at", "fetched_at"}

BASE = "http://www.yunhe.test"
"""Canonical addresses of the made-up district."""


def small_site():
    """Five bodies over two years: ten reports, in the columns, in the disclosure system, or in both, two with a file."""
    return full_site([2023, 2024], departments=2, streets=2)


def tiny_site():
    """Four bodies in one year: two departments and a street with a file in the columns, the district in the disclosure system."""
    return full_site([2023], departments=2, streets=1)


@dataclass
class Night:
    """A home folder and a portal: everything that a run needs. `settings` are further ETL_ variables."""

    home: Path
    portal: SamplePortal
    source: str = "sample"
    settings: dict = field(default_factory=dict)

    @property
    def environment(self):
        """The sample answers for a portal elsewhere, any other source under its own host name."""
        place = self.portal.url.removeprefix("http://")
        where = {"ETL_PORTAL_URL": self.portal.url} if self.source == "sample" else {"ETL_SOURCE": self.source, "ETL_CONNECT_TO": place}
        return {"ETL_HOME": str(self.home), "ETL_BATCH_SIZE": "6", **where, **self.settings}

    @property
    def link(self):
        return self.home / "warehouse" / "reports.duckdb"

    @contextmanager
    def opened(self, run_id, **options):
        """A run in this process, with the settings of the night."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            yield open_run(run_id, **options)

    def crawl(self, run_id, **options):
        """The stages that ask the portal, in this process; the requests that they made."""
        before = len(self.portal.requests)
        with self.opened(run_id, **options) as run:
            _ask(run)
        return self.portal.requests[before:]

    def run(self, run_id, **options):
        """All stages, in this process; what publish returns."""
        with self.opened(run_id, **options) as run:
            _ask(run)
            for batch in pipeline.archive(run):
                pipeline.parse(run, batch["batch"])
            pipeline.facts(run)
            pipeline.validate(run)
            return pipeline.publish(run)

    def start(self, *arguments, **environment):
        """`python -m etl …` in a process of its own."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ETL_")}
        return subprocess.Popen(
            [sys.executable, "-m", "etl", *arguments],
            cwd=PROJECT_DIR,
            env=inherited | self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def etl(self, *arguments, **environment):
        """The finished `python -m etl …`: (exit status, standard output, standard error)."""
        process = self.start(*arguments, **environment)
        output, errors = process.communicate(timeout=120)
        return process.returncode, output, errors

    def sql(self, statement):
        with duckdb.connect(str(self.link.resolve()), read_only=True) as warehouse:
            return warehouse.execute(statement).fetchall()

    def facts(self, *, times=True):
        """Every row of every table that a report fills; without the times of fetching on request."""
        found = {}
        with duckdb.connect(str(self.link.resolve()), read_only=True) as warehouse:
            for table in FACTS:
                left_out = "" if times or table != "dim_report" else f"EXCLUDE ({', '.join(sorted(TIMES))})"
                found[table] = warehouse.execute(f"SELECT * {left_out} FROM main.{table} ORDER BY ALL").fetchall()
        return found


def crawl_in_a_process(environment, run_id):
    """What a process does that is made to be killed."""
    for name, value in environment.items():
        os.environ[name] = value
    _ask(open_run(run_id))


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)


def _ask(run):
    for batch in pipeline.discover(run):
        pipeline.fetch(run, batch["batch"])
