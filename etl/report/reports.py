"""The list of reports, and a page for each revision of a report."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.reading import Reader
from etl.report.pages import REPORTS, Page, Words, report_path

_LIST = """
    SELECT r.report_id, r.report_year, r.title, r.published_on, r.revision, r.is_current, r.char_count, o.organization_id, o.name AS body,
        o.short_name, o.level, o.district, o.is_sample,
        r.published_on > make_date(r.report_year + 1, 4, 1) AS is_late,
        (SELECT count(*) FROM main.fact_metric AS m WHERE m.report_id = r.report_id) AS figures
    FROM main.dim_report AS r JOIN main.dim_organization AS o USING (organization_id)
    WHERE r.is_current
    ORDER BY r.report_year DESC, o.district, o.level, o.name
"""


def pages(reader: Reader) -> Iterator[Page]:
    """The list, then the reports."""
    listed = reader.rows(_LIST)
    yield Page(REPORTS, Words("报告", "Reports"), "reports.html.jinja", {"reports": listed}, "reports")
    for one in listed:
        yield Page(report_path(one["report_id"]), Words(one["title"], one["title"]), "plain.html.jinja", {}, "reports")
