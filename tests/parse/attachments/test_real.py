"""The real report as PDF and as DOCX gives the figures of its text."""

from pathlib import Path

import making
import pytest

from etl.parse import parse_report
from etl.parse.attachments import read_attachment

REPORT = (Path(__file__).resolve().parents[3] / "sample/content/jingan/2023.txt").read_text(encoding="utf-8").strip()


def figures(report):
    return [
        (m.label, m.value, m.value_high, m.unit, m.qualifier, m.kind, m.period, m.subject, m.metric_code, m.quote) for m in report.metrics
    ]


def measures(report):
    return [(m.part, m.enumerator, m.title, m.text, m.theme_code) for m in report.measures]


@pytest.mark.parametrize("make", [making.pdf, lambda text: making.word(text.split("\n"))], ids=["pdf", "docx"])
def test_every_figure_survives(make):
    title = REPORT.split("\n")[0]
    found = read_attachment(make(REPORT), "报告")
    one, other = parse_report(title, REPORT), parse_report(found.title, "\n".join(found.lines))
    assert len(one.metrics) == 29
    assert figures(other) == figures(one)
    assert measures(other) == measures(one)
