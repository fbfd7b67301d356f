"""The parse contract: plain values of every field of every record."""

import dataclasses
import json

from etl.models import Report
from etl.parse import parse_text

TEXT = "云河区司法局2023年度法治政府建设情况报告\n一、举措\n一是执法。2023年评查案卷168份，时限为3至5个工作日，印发《办法》。xyz 7 q。\n"


def test_a_report_becomes_json_field_by_field():
    report = parse_text(TEXT)
    payload = report.to_json("a.txt")
    assert list(payload) == ["source", *(field.name for field in dataclasses.fields(Report))]
    for name in ("sections", "measures", "metrics", "citations", "numerals", "findings"):
        records = getattr(report, name)
        assert records, name
        for record, plain in zip(records, payload[name], strict=True):
            expected = {name: getattr(record, name) for name in record._fields}
            if name == "metrics":
                expected |= {"value": str(record.value), "value_high": None if record.value_high is None else str(record.value_high)}
            if name == "numerals":
                expected["class"] = expected.pop("class_")
            assert plain == expected


def test_values_are_decimal_strings_without_an_exponent():
    report = parse_text(TEXT.replace("168份", "120亿元"))
    assert next(metric["value"] for metric in report.to_json()["metrics"]) == "12000000000"


def test_the_payload_is_json_and_its_own():
    report = parse_text(TEXT)
    payload = report.to_json()
    assert json.loads(json.dumps(payload)) == payload
    payload["metrics"].clear()
    assert report.metrics
