"""Small warehouses made by hand: a body, a report, a figure a line, so that a test can say what a view must answer."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from etl.facts.organizations import organization_row
from etl.facts.periods import period_bounds
from etl.ops import OpsLog, quarantine_row
from etl.publish.build import build_warehouse
from etl.publish.inputs import Inputs
from etl.schema import TABLES
from etl.sources import Territory
from etl.staging import Staging

NOW = datetime(2025, 6, 1, tzinfo=UTC)
_DEFAULTS = {"text": "", "id": "", "int": 0, "bool": False, "decimal": Decimal(0)}


def _filled(table, values):
    """A row of a table: what is not said is null where it may be, else nothing in particular."""
    unknown = set(values) - set(TABLES[table].column_names)
    assert not unknown, unknown
    return {
        column.name: values.get(column.name, None if column.null else _DEFAULTS.get(column.type, NOW)) for column in TABLES[table].columns
    }


class MadeUp:
    """What a run leaves, row by row; `build()` publishes it to a file and returns the path."""

    def __init__(self, folder):
        self.folder = folder
        self.rows = {}
        self.ops = OpsLog(folder / "ops")
        self.run("run-1", NOW)

    def add(self, table, **values):
        rows = self.rows.setdefault(table, [])
        rows.append(_filled(table, values))
        return rows[-1]

    def run(self, run_id, started_at, state="validated", **values):
        self.run_id = run_id
        self.ops.update_run(run_id, source="sample", state=state, started_at=started_at, **values)

    def body(self, name, *, invented=True, district="云河区"):
        """A body of a district; a made-up one of 云河区 unless another is named. Returns its id."""
        row = organization_row(name, Territory(district, "临江市", invented)) | {"parent_organization_id": None}
        if row not in self.rows.get("dim_organization", []):
            self.add("dim_organization", **row)
        return row["organization_id"]

    def report(self, body, year, *, revision=1, is_current=True, published_on="next spring", text="", **values):
        """A revision of the report of a body of a year. Returns its id."""
        number = len(self.rows.get("dim_report", []))
        day = date(year + 1, 2, 1) if published_on == "next spring" else published_on
        row = self.add(
            "dim_report",
            report_id=f"report-{number}", document_id=f"{body}-{year}", organization_id=body, report_year=year, revision=revision,
            is_current=is_current, published_on=day, title=f"{year}年度报告", source_url=f"http://portal/{body}-{year}.html",
            raw_sha256=f"raw-{number}", body_text=text, char_count=len(text), first_seen_at=NOW + timedelta(days=revision),
            **values,
        )  # fmt: skip
        return row["report_id"]

    def measure(self, report, text, *, part="achievement", **values):
        number = len(self.rows.get("fact_measure", []))
        return self.add("fact_measure", measure_id=f"measure-{number}", report_id=report, text=text, part=part, ordinal=number, **values)[
            "measure_id"
        ]

    def figure(self, report, label, value, unit="件", *, sentence=None, period=None, qualifier="exact", kind="flow", **values):
        """A figure of the report's own year; sentences are made of label and value unless one is given. Returns its id."""
        number = len(self.rows.get("fact_metric", []))
        year = next(row["report_year"] for row in self.rows["dim_report"] if row["report_id"] == report)
        period = period or str(year)
        start, end = period_bounds(period)
        return self.add(
            "fact_metric",
            metric_id=f"metric-{number:03}", report_id=report, label=label, value=Decimal(str(value)), unit=unit, qualifier=qualifier,
            kind=kind, period=period, period_start=start, period_end=end, quote=f"{value}{unit}",
            sentence=sentence or f"{label}{value}{unit}。", char_start=number, char_end=number + 1, rule="made up",
            **values,
        )["metric_id"]  # fmt: skip

    def coded(self, report, code, value, unit="件", **values):
        """A figure that is mapped to a canonical metric."""
        return self.figure(report, code, value, unit, metric_code=code, **values)

    def refuse(self, body, year, *, stage="parse", rule="empty_page", report_id=None, url=None):
        """A page in quarantine; `body` and `year` are null where its title does not tell."""
        refused = self.ops.read("ops_quarantine", self.run_id)
        row = {
            "report_id": report_id, "source_url": url or f"http://portal/{body}-{year}.html", "title": f"{year}年度报告",
            "rule": rule, "organization_id": body, "report_year": year, "raw_sha256": None,
            "reason": "made up", "fact_id": str(len(refused)), "quote": None,
        }  # fmt: skip
        self.ops.write("ops_quarantine", self.run_id, [*refused, quarantine_row(self.run_id, stage, row)])

    def checked(self, rule, unexpected, *, evaluated=10, severity="warning"):
        """What a check of fact_metric has shown in the run."""
        checked = self.ops.read("ops_validation", self.run_id)
        row = {
            "run_id": self.run_id, "suite": "fact_metric", "rule": rule, "expectation": "expect_it", "severity": severity,
            "success": not unexpected, "evaluated": evaluated, "unexpected": unexpected, "sample": None,
        }  # fmt: skip
        self.ops.write("ops_validation", self.run_id, [*checked, row])

    def build(self):
        staging = Staging(self.folder / "staging", self.run_id, "made up")
        for name, rows in self.rows.items():
            staging.write(f"facts/{name}", "batch-000", rows, TABLES[name].arrow)
        excluded = {row["report_id"] for row in self.ops.read("ops_quarantine", self.run_id) if row["report_id"]}
        path = self.folder / "made-up.duckdb"
        path.unlink(missing_ok=True)
        build_warehouse(path, Inputs(staging.folder / "facts", self.ops.folder, excluded, self.run_id))
        return path
