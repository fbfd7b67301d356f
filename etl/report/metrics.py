"""The list of metrics by theme, and a page for each canonical metric that the reports state: its trend, and bodies side by side.

In: dim_metric, `reporting.metrics`, `reporting.metric_trends`. The figures of all metrics are read once, in the order of the metrics, and
those of one are held at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from etl.publish.reading import Reader
from etl.report.asking import has
from etl.report.charts import SCRIPTS, Chart
from etl.report.metric_charts import in_proportion, side_by_side, sparkline, trend
from etl.report.pages import METRICS, Page, Words, metric_path
from etl.report.render import named
from etl.report.values import shown

_METRICS = """
    WITH stated AS (
        SELECT metric_code, count(*) AS figures, count(DISTINCT organization_id) AS bodies, min(report_year) AS first_year,
            max(report_year) AS last_year
        FROM main.fact_metric JOIN main.dim_report USING (report_id)
        WHERE is_current AND metric_code IS NOT NULL GROUP BY metric_code
    )
    SELECT d.*, t.name_zh AS theme_zh, t.name_en AS theme_en, figures, bodies, first_year, last_year
    FROM stated JOIN main.dim_metric AS d USING (metric_code) JOIN main.dim_theme AS t USING (theme_code)
    ORDER BY sum(figures) OVER (PARTITION BY theme_code) DESC, theme_code, figures DESC, metric_code
"""
_TRENDS = """
    SELECT t.metric_code, t.organization_id, organization_short, organization_level, district, report_year, t.value, f.value_high, t.unit,
        t.qualifier, change, change_percent, t.sentence, metric_id, f.report_id, t.is_sample, {ratio}
    FROM reporting.metric_trends AS t JOIN (SELECT metric_id, value_high, report_id FROM main.fact_metric) AS f USING (metric_id) {league}
    ORDER BY t.metric_code, report_year DESC, organization_level, organization_short, t.organization_id
"""
_RATIO = "l.* EXCLUDE (metric_id)"
_LEAGUE = """
    LEFT JOIN (
        SELECT metric_id, ratio, ratio_unit, ratio_name_zh, ratio_name_en, denominator_value, denominator_unit, denominator_metric_id
        FROM reporting.league
    ) AS l USING (metric_id)
"""
_OTHERS = """
    WITH chosen AS (
        SELECT metric_code, metric_id, report_year, organization_id, count(*) OVER of_metric AS found
        FROM main.fact_metric JOIN main.dim_report USING (report_id)
        ANTI JOIN (SELECT metric_id FROM reporting.metric_trends) USING (metric_id)
        WHERE is_current AND metric_code IS NOT NULL
        WINDOW of_metric AS (PARTITION BY metric_code)
        QUALIFY row_number() OVER (PARTITION BY metric_code ORDER BY report_year DESC, organization_id, char_start, metric_id) <= $most
    )
    SELECT c.metric_code, short_name, c.report_year, f.value, f.value_high, f.unit, f.qualifier, f.period, coalesce(m.part, s.part) AS part,
        f.sentence, metric_id, f.report_id, found
    FROM chosen AS c JOIN main.fact_metric AS f USING (metric_id) JOIN main.dim_organization USING (organization_id)
    LEFT JOIN main.fact_measure AS m ON m.measure_id = f.measure_id LEFT JOIN main.dim_section AS s ON s.section_id = f.section_id
    ORDER BY c.metric_code, c.report_year DESC, short_name, f.char_start, metric_id
"""
_OTHERS_SHOWN = 30


def pages(reader: Reader) -> Iterator[Page]:
    """A page a metric, then the list, which draws what the pages were made of."""
    metrics = {row["metric_code"]: row for row in reader.rows(_METRICS)}
    others = {code: list(rows) for code, rows in groupby(reader.rows(_OTHERS, {"most": _OTHERS_SHOWN}), lambda row: row["metric_code"])}
    lines: dict[str, Any] = {}
    for code, rows in _by_metric(reader):
        lines[code] = sparkline(next(iter(_by_unit(rows).values())))
        yield _page(metrics[code], rows, others.get(code, []))
    for code in sorted(metrics.keys() - lines.keys()):
        yield _page(metrics[code], [], others.get(code, []))
    listed = {"themes": _themes(metrics.values()), "lines": lines}
    yield Page(METRICS, Words("指标", "Metrics"), "metrics.html.jinja", listed, "metrics")


def _by_metric(reader: Reader) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    asked = {"ratio": _RATIO, "league": _LEAGUE} if has(reader, "reporting.league") else {"ratio": "NULL AS ratio", "league": ""}
    rows = (row for batch in reader.batches(_TRENDS.format(**asked)) for row in batch.to_pylist())
    for code, group in groupby(rows, lambda row: row["metric_code"]):
        yield code, list(group)


def _themes(metrics: Any) -> list[tuple[str, Words, list[Mapping[str, Any]]]]:
    return [
        (code, Words(zh, en), list(group))
        for (code, zh, en), group in groupby(metrics, lambda row: (row["theme_code"], row["theme_zh"], row["theme_en"]))
    ]


def _page(metric: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> Page:
    by_unit = _by_unit(rows)
    charts = [chart for unit, of_unit in by_unit.items() for chart in _charts(metric, unit, of_unit)]
    context = {
        "metric": metric,
        "kind": named("kind", metric["kind"]),
        "charts": charts,
        "others": others,
        "has_sample": any(row["is_sample"] for row in rows),
        "units": list(by_unit),
        "shown": shown,
    }
    title = Words(metric["name_zh"], metric["name_en"])
    return Page(metric_path(metric["metric_code"]), title, "metric.html.jinja", context, "metrics", SCRIPTS if charts else ())


def _by_unit(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The figures by their unit, the commonest first: 件 and 起 never share an axis."""
    found = defaultdict(list)
    for row in rows:
        found[row["unit"]].append(row)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _charts(metric: Mapping[str, Any], unit: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Chart]:
    years, bodies = ({row[name] for row in rows} for name in ("report_year", "organization_id"))
    if len(years) > 1:
        yield trend(metric, unit, rows)
    if len(bodies) > 1 or len(years) == 1:
        yield side_by_side(unit, rows)
    if chart := in_proportion(unit, rows):
        yield chart
