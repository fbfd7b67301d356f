"""The bodies: a list of all, and a page for each with its reports and its canonical metrics year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from etl.publish.reading import Reader
from etl.report.asking import has
from etl.report.batches import LEVEL_RANK, Row, by_key, in_batches
from etl.report.pages import BODIES, Page, Words, body_path

_BODIES = f"""
    SELECT {LEVEL_RANK} AS level_rank, o.organization_id, o.name, o.is_sample, o.level, o.district, count(r.report_id) AS reports,
        min(r.report_year) AS first_year, max(r.report_year) AS last_year,
        count(*) FILTER (WHERE f.published_on > make_date(r.report_year + 1, 4, 1)) AS late
    FROM main.dim_organization AS o
    JOIN main.dim_report AS r ON r.organization_id = o.organization_id AND r.is_current
    JOIN (SELECT document_id, min(published_on) AS published_on FROM main.dim_report GROUP BY ALL) AS f USING (document_id)
    GROUP BY ALL ORDER BY o.district, level_rank NULLS LAST, o.name
"""

_REPORTS = """
    SELECT r.organization_id, r.report_id, r.report_year, r.title, r.published_on, r.revision, r.char_count,
        f.published_on AS first_published_on, make_date(r.report_year + 1, 4, 1) AS due_on,
        (SELECT count(*) FROM main.fact_metric AS m WHERE m.report_id = r.report_id) AS figures
    FROM main.dim_report AS r
    JOIN (SELECT document_id, min(published_on) AS published_on FROM main.dim_report GROUP BY ALL) AS f USING (document_id)
    WHERE r.is_current AND r.organization_id IN (SELECT unnest($ids)) ORDER BY r.report_year DESC
"""

_METRICS = """
    SELECT t.organization_id, t.metric_code, t.metric_name_zh, t.metric_name_en, h.name_zh AS theme_zh, h.name_en AS theme_en,
        t.report_year, t.value, t.unit, t.metric_id, t.report_id
    FROM reporting.metric_trends AS t LEFT JOIN main.dim_theme AS h USING (theme_code)
    WHERE t.organization_id IN (SELECT unnest($ids)) ORDER BY t.theme_code, t.metric_code, t.report_year
"""


def pages(reader: Reader) -> Iterator[Page]:
    """The list, then the bodies."""
    listed = reader.rows(_BODIES)
    yield Page(BODIES, Words("机构", "Bodies"), "bodies.html.jinja", {"bodies": listed}, "bodies")
    has_trends = has(reader, "reporting.metric_trends")
    for batch in in_batches(listed):
        ids = {"ids": [body["organization_id"] for body in batch]}
        reports = by_key(reader.rows(_REPORTS, ids), "organization_id")
        metrics = by_key(reader.rows(_METRICS, ids), "organization_id") if has_trends else {}
        for body in batch:
            key = body["organization_id"]
            yield _body(body, reports.get(key, []), metrics.get(key, []))


def _body(body: Row, reports: list[Row], metrics: list[Row]) -> Page:
    years = sorted({row["report_year"] for row in metrics})
    series: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in metrics:
        series[row["metric_code"]][row["report_year"]] = row
    context = {"body": body, "reports": reports, "years": years, "series": [(next(iter(of.values())), of) for of in series.values()]}
    return Page(body_path(body["organization_id"]), Words(body["name"], body["name"]), "body.html.jinja", context, "bodies")
