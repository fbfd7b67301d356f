"""Fixtures shared by the tests: a clean environment, a small read report, and its provenance."""

import os
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from s3_store import reached, s3_server

from etl.facts.rows import Provenance
from etl.models import Citation, Finding, Measure, Metric, Numeral, Report, Section, Statement
from tests.postgres import running_postgres
from tests.published import published_sample

TEXT = "一、主要举措\n一是规范执法。2023年评查案卷168份，优秀率95.8%，印发《执法办法》。"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    for name in list(os.environ):
        if name.startswith("ETL_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL of this session; `postgres.create()` makes a database and returns libpq's words for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def s3():
    """A server of S3 on loopback, which starts empty."""
    with s3_server() as server:
        yield server


@pytest.fixture
def store(s3):
    """The address of an empty store, which this process reaches."""
    with reached(s3.environment):
        yield s3.new_store()


def span(quote, start=0):
    at = TEXT.index(quote, start)
    return {"char_start": at, "char_end": at + len(quote)}


def metric(quote, value, unit, kind, label):
    return Metric(
        section=0, measure=0, metric_code=None, label=label, value=Decimal(value), value_high=None, unit=unit, qualifier="exact",
        kind=kind, period="2023", subject=None, quote=quote, sentence=TEXT.split("。")[1] + "。", **span(quote), rule="test",
    )  # fmt: skip


@pytest.fixture
def report():
    measure = TEXT[TEXT.index("规范") :]
    words = "168份，优秀率95.8%"
    statement_span = {"quote": words, "sentence": TEXT.split("。")[1] + "。", "other_sentence": None, **span(words)}
    return Report(
        title="云河区司法局2023年度法治政府建设情况报告",
        organization="云河区司法局",
        report_year=2023,
        text=TEXT,
        sections=(Section(1, "一", "主要举措", "achievement", **span("主要举措")),),
        measures=(Measure(0, "achievement", "一是", "规范执法", measure, **span(measure)),),
        metrics=(metric("168份", "168", "份", "flow", "评查案卷"), metric("95.8%", "95.8", "%", "rate", "优秀率")),
        citations=(Citation("执法办法", None, **span("执法办法")),),
        numerals=(Numeral("2023年", "date", **span("2023年")),),
        arithmetic=(Statement("rate", "161 / 168 = 95.8%", True, Decimal("95.8"), Decimal("95.8"), (0, 1), **statement_span),),
        findings=(Finding("unexplained_numeral", "no rule explains it", "2023", **span("2023")),),
    )


@pytest.fixture
def provenance():
    return Provenance(
        report_id="r" * 16, document_id="d" * 16, organization_id="o" * 16, source_url="http://portal/a.html", portal="sample",
        published_on=date(2024, 2, 1), first_seen_at=datetime(2024, 3, 1, tzinfo=UTC), fetched_at=datetime(2024, 3, 1, tzinfo=UTC),
        revision=1, is_current=True, body_sha256="b" * 64, raw_sha256="a" * 64, parser_version="test",
    )  # fmt: skip


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory, worker_id):
    """Home folder with the published warehouse of the sample, made once; not to be written to."""
    return published_sample(tmp_path_factory, worker_id)
