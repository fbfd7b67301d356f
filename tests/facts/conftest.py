"""Facts of made-up reports of one body, through the whole stage."""

import json
from datetime import UTC, datetime

import pytest

from etl.facts.amend import Amendments
from etl.facts.stage import build_facts
from etl.ids import text_sha256
from etl.parse.report import parse_report
from etl.schema import REPORT_TABLES
from etl.sources import Territory
from etl.staging import Staging

TERRITORIES = {("sample", "云河区"): Territory("云河区", "临江市", invented=True)}


@pytest.fixture
def built(tmp_path):
    """`built({2023: "…", 2022: "…"})`: rows by table, each report in a batch of its own."""

    def build(texts, body="云河区人民政府"):
        staging = Staging(tmp_path, "run", "test")
        for year, text in texts.items():
            report = parse_report(f"{body}{year}年法治政府建设情况报告", text)
            row = {
                "url": f"http://portal/{year}.html", "listed_title": None, "title": report.title, "district": "云河区", "source": "sample",
                "raw_sha256": "a" * 64, "fetched_at": datetime(2024, 3, 1, tzinfo=UTC), "organization": report.organization,
                "report_year": report.report_year, "body_sha256": text_sha256(text), "report": json.dumps(report.to_json()),
            }  # fmt: skip
            staging.write("parsed", f"batch-{year}", [row])
        counts, refused = build_facts(staging, TERRITORIES, Amendments())
        assert refused == []
        tables = {
            name: [row for batch in staging.batches("parsed") for row in staging.read(f"facts/{name}", batch)] for name in REPORT_TABLES
        }
        assert all(counts[name] == len(rows) for name, rows in tables.items())
        return tables

    return build
