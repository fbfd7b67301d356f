"""The first page: what is in the warehouse and how new it is, who has published, figures by theme, and what to look at first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from etl.publish.reading import Reader
from etl.report import chart_specs
from etl.report.asking import has
from etl.report.charts import SCRIPTS, Cell, Chart, Table, both, fill
from etl.report.coverage_map import STATES, coverage
from etl.report.pages import METRICS, OVERVIEW, Page, Words
from etl.report.values import shown, signed

_COUNTS = """
    WITH present AS (SELECT report_id FROM main.dim_report WHERE is_current)
    SELECT
        (SELECT count(*) FROM main.dim_report WHERE is_current) AS reports,
        (SELECT count(DISTINCT organization_id) FROM main.dim_report) AS bodies,
        (SELECT count(*) FROM main.fact_metric SEMI JOIN present USING (report_id)) AS figures,
        (SELECT count(metric_code) FROM main.fact_metric SEMI JOIN present USING (report_id)) AS mapped,
        (SELECT count(*) FROM main.fact_measure SEMI JOIN present USING (report_id)) AS measures,
        (SELECT min(report_year) FROM main.dim_report) AS first_year,
        (SELECT max(report_year) FROM main.dim_report) AS last_year,
        (SELECT max(published_on) FROM main.dim_report) AS newest_on,
        (SELECT bool_or(is_sample) FROM main.dim_organization) AS has_sample
"""
_THEMES = """
    WITH figures AS (
        SELECT coalesce(d.theme_code, m.theme_code) AS theme_code, report_year, count(*) AS figures, count(metric_code) AS mapped
        FROM main.fact_metric AS f JOIN main.dim_report AS r ON r.report_id = f.report_id AND r.is_current
        LEFT JOIN main.dim_metric AS d USING (metric_code) LEFT JOIN main.fact_measure AS m ON m.measure_id = f.measure_id
        GROUP BY ALL
    ),
    measures AS (
        SELECT theme_code, report_year, count(*) AS measures
        FROM main.fact_measure JOIN main.dim_report AS r USING (report_id) WHERE r.is_current GROUP BY ALL
    )
    SELECT t.theme_code, t.name_zh, t.name_en, report_year, coalesce(figures, 0) AS figures, coalesce(measures, 0) AS measures,
        sum(mapped) OVER (PARTITION BY t.theme_code) AS mapped
    FROM figures FULL JOIN measures USING (theme_code, report_year) JOIN main.dim_theme AS t USING (theme_code)
    ORDER BY sum(figures) OVER (PARTITION BY t.theme_code) DESC, t.theme_code, report_year
"""
_BROKEN = """
    SELECT organization_short AS name, report_year, expression, expected, unit, sentence, metric_id, report_id, count(*) OVER () AS found
    FROM reporting.arithmetic WHERE NOT holds ORDER BY report_year DESC, organization_short, char_start LIMIT 8
"""
_CHANGES = """
    WITH changed AS (
        SELECT organization_short AS name, report_year, metric_code, metric_name_zh, metric_name_en, value, previous_value, unit, qualifier,
            change_percent, metric_id, report_id
        FROM reporting.metric_trends WHERE least(value, previous_value) >= 10 AND change_percent <> 0
    )
    FROM changed QUALIFY report_year = max(report_year) OVER ()
    ORDER BY abs(ln(value / previous_value)) DESC, metric_id LIMIT 8
"""
_NEWEST = """
    SELECT r.report_id, r.title, r.published_on, r.report_year, o.short_name AS name FROM main.dim_report AS r
    JOIN main.dim_organization AS o USING (organization_id) WHERE r.is_current AND r.published_on IS NOT NULL
    ORDER BY r.published_on DESC, r.report_year DESC, o.name LIMIT 8
"""
_REVISED = """
    SELECT r.report_id, r.title, r.revision, r.first_seen_at, o.short_name AS name, r.report_year, count(*) OVER () AS found
    FROM main.dim_report AS r JOIN main.dim_organization AS o USING (organization_id)
    WHERE r.is_current AND r.revision > 1 ORDER BY r.first_seen_at DESC, r.report_id LIMIT 8
"""
_ALTERED = "SELECT report_id, count(*) AS figures FROM reporting.changes WHERE report_id IN (SELECT unnest($ids)) GROUP BY report_id"


def pages(reader: Reader) -> Iterator[Page]:
    """The page."""
    covered = coverage(reader)
    revised = reader.rows(_REVISED)
    ids = {"ids": [row["report_id"] for row in revised]}
    altered = (
        {row["report_id"]: row["figures"] for row in reader.rows(_ALTERED, ids)} if revised and has(reader, "reporting.changes") else {}
    )
    context = {
        "counts": reader.rows(_COUNTS)[0],
        "covered": covered,
        "states": STATES,
        "themes": _themes(reader.rows(_THEMES)),
        "broken": reader.rows(_BROKEN) if has(reader, "reporting.arithmetic") else [],
        "changed": reader.rows(_CHANGES) if has(reader, "reporting.metric_trends") else [],
        "newest": reader.rows(_NEWEST),
        "revised": revised,
        "altered": altered,
        "shown": shown,
        "signed": signed,
    }
    yield Page(OVERVIEW, Words("概览", "Overview"), "overview.html.jinja", context, "overview", SCRIPTS)


def _themes(rows: Sequence[dict[str, Any]]) -> Chart | None:
    """Figures by theme and year, darker for more; the table has the measures too."""
    if not rows:
        return None
    years = list(range(min(row["report_year"] for row in rows), max(row["report_year"] for row in rows) + 1))
    most = max(row["figures"] for row in rows) or 1
    fields = [_field(row, most) for row in rows]
    codes = list(dict.fromkeys(row["theme_code"] for row in rows))
    found = {(row["theme_code"], row["report_year"]): row for row in rows}
    names = {row["theme_code"]: Words(row["name_zh"], row["name_en"]) for row in rows}
    listed = {row["theme_code"] for row in rows if row["mapped"]}
    paths = {code: f"{METRICS}#theme-{code}" for code in listed}
    lines = [[Cell(names[code], paths.get(code)), *(_counted(found.get((code, year))) for year in years)] for code in codes]
    heads = [Words("主题", "Theme"), *(Words(str(year), str(year)) for year in years)]
    return Chart(
        "themes",
        Words("各主题的数字", "Figures by theme"),
        Words(
            "每个主题每年有多少个数字，颜色越深越多。对应到指标的按指标的主题，其余按所在举措的主题；两者都没有的不计。表中括号内为举措数。",
            "How many figures a theme has in a year, darker for more: by the theme of their metric, else of the measure they stand in; "
            "figures with neither are left out. The table has the measures in brackets.",
        ),
        fill(chart_specs.themes_by_year(), {"fields": fields}, 30 * len(codes), years=years),
        Table(heads, lines),
    )


def _field(row: dict[str, Any], most: int) -> dict[str, Any]:
    # the root tells few from none, though one theme may have a hundred times the figures of another
    strength = 0.06 + 0.94 * (row["figures"] / most) ** 0.5
    return {
        "year": row["report_year"],
        "theme": both(row["name_zh"], row["name_en"]),
        "value": row["figures"],
        "measures": row["measures"],
        "strength": round(strength, 3),
        "is_dark": strength > 0.5,
    }


def _counted(row: dict[str, Any] | None) -> Cell:
    return Cell("–" if row is None else f"{row['figures']:,} ({row['measures']:,})", is_number=True)
