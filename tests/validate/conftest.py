"""Sound facts of two made-up reports, to be spoilt by the tests, and one engine for the session."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from etl.facts.rows import report_rows
from etl.ids import text_sha256
from etl.models import Citation, Measure, Metric, Numeral, Report, Section, Statement
from etl.schema import REPORT_TABLES, TABLES
from etl.settings import PROJECT_DIR
from etl.staging import Staging
from etl.validate.engine import Engine

PADDING = "坚持把法治建设摆在全局工作的突出位置，统筹推进依法行政各项任务落地见效。" * 9
BODY = f"""{PADDING}
一、主要举措和成效
一是规范执法。2023年评查案卷168份，优秀率95.8%，印发《执法办法》，办结3至5件。
二、存在的不足
少数单位执法不够规范，培训仍需加强。
三、履行第一责任人职责
主要负责人带头学法，听取专题汇报。
四、下一年度安排
继续推进执法监督，完善工作机制。"""
PARTS = ("achievement", "shortcoming", "leadership", "plan")


def _span(quote):
    at = BODY.index(quote)
    return {"char_start": at, "char_end": at + len(quote)}


def _metric(quote, value, unit, kind, high=None):
    sentence = next(line for line in BODY.split("\n") if quote in line)
    fixed = {"metric_code": None, "label": "评查案卷", "qualifier": "exact", "period": "2023", "subject": None, "rule": "test"}
    amounts = {"value": Decimal(value), "value_high": None if high is None else Decimal(high), "unit": unit, "kind": kind}
    return Metric(section=0, measure=0, quote=quote, sentence=sentence, **amounts, **fixed, **_span(quote))


def _report():
    headings = re.findall(r"^[一二三四]、(.+)$", BODY, re.MULTILINE)
    paragraphs = [
        "规范执法" + BODY.split("一是规范执法")[1].split("\n")[0],
        *[BODY.split(h + "\n")[1].split("\n")[0] for h in headings[1:]],
    ]
    return Report(
        title="云河区司法局2023年度法治政府建设情况报告",
        organization="云河区司法局",
        report_year=2023,
        text=BODY,
        sections=tuple(Section(1, "一二三四"[i], h, PARTS[i], **_span(h)) for i, h in enumerate(headings)),
        measures=tuple(Measure(i, PARTS[i], None, None, p, **_span(p)) for i, p in enumerate(paragraphs)),
        metrics=(_metric("168份", 168, "份", "flow"), _metric("95.8%", "95.8", "%", "rate"), _metric("3至5件", 3, "件", "flow", 5)),
        citations=(Citation("执法办法", None, **_span("执法办法")),),
        arithmetic=(
            Statement(
                *("rate", "161 / 168 = 95.8%", True, Decimal("95.8"), Decimal("95.8"), (0, 1), "168份，优秀率95.8%"),
                *("评查案卷168份，优秀率95.8%", None),
                **_span("168份，优秀率95.8%"),
            ),
        ),
        numerals=(Numeral("2023年", "date", **_span("2023年")),),
    )


class Facts:
    """Rows by table; `add` makes another sound report, `write` lays them down as the facts stage does."""

    def __init__(self, provenance):
        self.provenance = replace(provenance, body_sha256=text_sha256(BODY))
        self.tables = {name: [] for name in REPORT_TABLES}
        self.batch_of = {}

    def add(self, report_id="report-a", *, batch="batch-000", **changes):
        origin = replace(self.provenance, report_id=report_id, document_id=f"doc-{report_id}", organization_id=f"org-{report_id}")
        for name, rows in report_rows(_report().to_json(), origin).items():
            self.tables[name] += rows
        self.tables["dim_report"][-1] |= {"published_on": date(2024, 2, 1), **changes}
        self.batch_of[report_id] = batch
        return self

    def rows(self, table, report_id="report-a"):
        return [row for row in self.tables[table] if row["report_id"] == report_id]

    def write(self, folder):
        staging = Staging(folder, "run", "test")
        for batch in sorted(set(self.batch_of.values())) or ["batch-000"]:
            for name, rows in self.tables.items():
                mine = [row for row in rows if self.batch_of.get(row["report_id"], "batch-000") == batch]
                staging.write(f"facts/{name}", batch, mine, TABLES[name].arrow)
        return staging.folder / "facts"


@pytest.fixture
def facts(provenance):
    """One sound report, report-a."""
    return Facts(provenance).add()


@pytest.fixture
def no_facts(provenance):
    return Facts(provenance)


@pytest.fixture(scope="session")
def engine():
    return Engine()


@pytest.fixture(scope="session")
def expectations_dir():
    return PROJECT_DIR / "expectations"
