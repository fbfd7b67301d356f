"""Whole runs against the sample portal, over real HTTP, in folders of their own."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from etl import pipeline
from etl.settings import PROJECT_DIR
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
)
TIMES = {"first_seen_at", "fetched_at"}


@dataclass
class Night:
    """A home folder and a portal: everything that a run needs."""

    home: Path
    portal: SamplePortal

    @property
    def environment(self):
        return {"ETL_HOME": str(self.home), "ETL_PORTAL_URL": self.portal.url, "ETL_BATCH_SIZE": "6"}

    @property
    def link(self):
        return self.home / "warehouse" / "reports.duckdb"

    def run(self, run_id, **options):
        """All stages, in this process; what publish returns."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            run = pipeline.open_run(run_id, **options)
            for batch in pipeline.discover(run):
                pipeline.fetch(run, batch["batch"])
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


@pytest.fixture
def night(tmp_path):
    with SamplePortal(port=0) as portal:
        yield Night(tmp_path / "var", portal)


@pytest.fixture(scope="session")
def first_night(tmp_path_factory):
    """One run on the sample portal as it is; tests only read from it."""
    with SamplePortal(port=0) as portal:
        night = Night(tmp_path_factory.mktemp("first-night") / "var", portal)
        night.counts = night.run("first")
        yield night


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
