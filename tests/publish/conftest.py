"""Inputs of a publication: facts and ops rows of made-up runs, as the stages before leave them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from etl.facts.organizations import organization_row, parent_row
from etl.facts.rows import report_rows
from etl.ops import OpsLog
from etl.publish.duckdb_file import DuckDBFile
from etl.publish.ducklake import DuckLake
from etl.publish.inputs import Inputs
from etl.schema import TABLES
from etl.sources import Territory
from etl.staging import Staging

TERRITORY = Territory("云河区", "临江市", invented=True)


@pytest.fixture
def make_inputs(tmp_path, report, provenance):
    """`make_inputs("run-1", revisions=2, value=5)`: one report in so many revisions, all figures of that value."""

    def make(run_id, *, revisions=1, value=None, excluded=(), break_rows=None):
        staging = Staging(tmp_path / "staging", run_id, "test")
        organization = organization_row(report.organization, TERRITORY)
        tables = {"dim_organization": [organization, parent_row(TERRITORY)]}
        metrics = report.metrics if value is None else tuple(m._replace(value=Decimal(value)) for m in report.metrics)
        for number in range(1, revisions + 1):
            origin = replace(
                provenance,
                report_id=f"report-{number}",
                organization_id=organization["organization_id"],
                revision=number,
                is_current=number == revisions,
            )
            for name, rows in report_rows(replace(report, metrics=metrics).to_json(), origin).items():
                tables.setdefault(name, []).extend(rows)
        if break_rows:
            break_rows(tables)
        for name, rows in tables.items():
            staging.write(f"facts/{name}", "batch-000", rows, TABLES[name].arrow)
        ops = OpsLog(tmp_path / "ops")
        ops.update_run(run_id, source="sample", state="validated", started_at=datetime.now(UTC))
        return Inputs(staging.folder / "facts", ops.folder, excluded, run_id)

    return make


@pytest.fixture
def link(tmp_path):
    return tmp_path / "warehouse" / "reports.duckdb"


@pytest.fixture
def lake(tmp_path, postgres):
    """A lake that nobody has made yet; what is not kept is expired at once."""
    return DuckLake(postgres.create(), tmp_path / "store" / "lake", tmp_path / "home", timedelta(0))


@pytest.fixture(params=["file", "lake"])
def warehouse(request):
    """A warehouse of each kind, not there yet."""
    return DuckDBFile(request.getfixturevalue("link")) if request.param == "file" else request.getfixturevalue("lake")
