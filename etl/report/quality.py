"""Data quality: what the runs did, which checks fail, whether every numeral is accounted for, what was found and what is in quarantine.

In: the ops tables, numerals and figures of current reports, `reporting.data_quality` and `reporting.findings` where the warehouse has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.publish.reading import Reader
from etl.report.asking import has
from etl.report.charts import SCRIPTS
from etl.report.pages import QUALITY, Page, Words
from etl.report.quality_charts import checks_over_runs, mapped, numerals, reports_over_runs

_SHOWN = 400
"""Runs in the charts."""
_ROWS = 100
"""Rows of the tables of checks and quarantine."""

_RUNS = """
    SELECT r.run_id, r.source, r.started_at, r.state, r.reports, r.measures, r.metrics, r.quarantined, r.warnings, r.error,
        v.failed_critical, v.failed_warning, v.failed_info
    FROM main.ops_run AS r
    LEFT JOIN (
        SELECT run_id, count(*) FILTER (severity = 'critical' AND NOT success) AS failed_critical,
            count(*) FILTER (severity = 'warning' AND NOT success) AS failed_warning,
            count(*) FILTER (severity = 'info' AND NOT success) AS failed_info
        FROM main.ops_validation GROUP BY run_id
    ) AS v USING (run_id)
    ORDER BY r.started_at DESC, r.run_id LIMIT $most
"""
_CHECKED = "SELECT count(*) AS checks, count(*) FILTER (success) AS passed FROM main.ops_validation WHERE run_id = $run"
_FAILED = """
    SELECT suite, rule, severity, evaluated, unexpected, share, previous_unexpected, example
    FROM reporting.data_quality WHERE run_id = $run AND NOT success AND suite <> 'pages'
    ORDER BY array_position(['critical', 'warning', 'info'], severity), unexpected DESC NULLS LAST, rule LIMIT $most
"""
_NUMERALS = """
    WITH read AS (SELECT report_id, count(DISTINCT char_start) AS figures FROM main.fact_metric GROUP BY report_id),
    classed AS (
        SELECT report_id, count(*) FILTER (class <> 'unexplained') AS classed, count(*) FILTER (class = 'unexplained') AS unexplained
        FROM main.fact_numeral GROUP BY report_id
    )
    SELECT report_id, report_year,
        coalesce(figures, 0) AS figures, coalesce(classed, 0) AS classed, coalesce(unexplained, 0) AS unexplained,
        concat_ws(' ', report_year, short_name, CASE WHEN count(*) OVER same_name > 1 THEN district END) AS name
    FROM main.dim_report JOIN main.dim_organization USING (organization_id)
    LEFT JOIN read USING (report_id) LEFT JOIN classed USING (report_id)
    WHERE is_current WINDOW same_name AS (PARTITION BY short_name, report_year)
    ORDER BY unexplained DESC, report_year DESC, name
"""
_MAPPED = """
    SELECT m.theme_code, any_value(t.name_zh) AS name_zh, any_value(t.name_en) AS name_en,
        count(f.metric_code) AS mapped, count(*) - count(f.metric_code) AS unmapped
    FROM main.fact_metric AS f JOIN main.dim_report AS r ON r.report_id = f.report_id AND r.is_current
    LEFT JOIN main.fact_measure AS m ON m.measure_id = f.measure_id LEFT JOIN main.dim_theme AS t ON t.theme_code = m.theme_code
    GROUP BY m.theme_code ORDER BY m.theme_code IS NULL, count(f.metric_code) / count(*) DESC, m.theme_code
"""
_FINDINGS = """
    SELECT kind, rule, count(*) AS found, count(DISTINCT report_id) AS reports, arg_max(message, (report_year, finding_id)) AS message,
        arg_max(report_id, (report_year, finding_id)) AS report_id,
        arg_max(organization_short || ' ' || report_year, (report_year, finding_id)) AS body
    FROM reporting.findings GROUP BY kind, rule ORDER BY found DESC, rule
"""
_QUARANTINE = r"""
    SELECT title, source_url, rule, regexp_replace(reason, ' ?\(https?://[^ )]*\)', '', 'g') AS reason, quote, count(*) OVER () AS found
    FROM main.ops_quarantine WHERE run_id = $run ORDER BY rule, title, source_url, quarantine_id LIMIT $most
"""
_HELD = """
    SELECT rule, count(DISTINCT source_url) AS pages FROM main.ops_quarantine WHERE run_id = $run GROUP BY rule ORDER BY pages DESC, rule
"""
_PARSERS = """
    SELECT parser_version, count(*) AS reports FROM main.dim_report WHERE is_current GROUP BY ALL ORDER BY max(fetched_at) DESC
"""

_WORDS = {
    "states": {
        "running": Words("运行中", "running"),
        "validated": Words("已校验", "validated"),
        "published": Words("已发布", "published"),
        "failed": Words("失败", "failed"),
    },
    "severities": {"critical": Words("严重", "critical"), "warning": Words("警告", "warning"), "info": Words("提示", "info")},
    "kinds_of_findings": {
        "arithmetic": Words("算式", "arithmetic"),
        "correction": Words("更正", "correction"),
        "year": Words("年度", "year"),
        "reading": Words("解析", "reading"),
    },
}


def pages(reader: Reader) -> Iterator[Page]:
    """The page."""
    runs = reader.rows(_RUNS, {"most": _SHOWN})
    last = next((run for run in runs if run["state"] == "published"), runs[0] if runs else None)
    charts = [reports_over_runs(runs), checks_over_runs(runs)]
    context = {
        "runs": runs,
        "last": last,
        "over_runs": [chart for chart in charts if chart],
        "numerals": numerals(reader.rows(_NUMERALS)),
        "mapped": mapped(reader.rows(_MAPPED)),
        "parsers": reader.rows(_PARSERS),
        "findings": reader.rows(_FINDINGS) if has(reader, "reporting.findings") else None,
        **_WORDS,
        **_of_run(reader, last["run_id"] if last else ""),
    }
    yield Page(QUALITY, Words("数据质量", "Data quality"), "quality.html.jinja", context, "quality", SCRIPTS)


def _of_run(reader: Reader, run_id: str) -> dict[str, Any]:
    """What the run checked, failed and kept out."""
    asked = {"run": run_id, "most": _ROWS}
    return {
        "checked": reader.rows(_CHECKED, {"run": run_id})[0],
        "failed": reader.rows(_FAILED, asked) if has(reader, "reporting.data_quality") else None,
        "quarantine": reader.rows(_QUARANTINE, asked),
        "held": reader.rows(_HELD, {"run": run_id}),
    }
