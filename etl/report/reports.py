"""The reports: a list for each year, and a page for each revision of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from etl.publish.reading import Reader
from etl.report.batches import LEVEL_RANK, Row
from etl.report.marked_text import blocks
from etl.report.pages import REPORTS, Page, Words, report_path, year_path
from etl.report.report_rows import Rows, reports

_YEARS = "SELECT report_year, count(*) AS reports FROM main.dim_report WHERE is_current GROUP BY ALL ORDER BY report_year DESC"

_OF_YEAR = f"""
    SELECT r.report_id, r.title, r.published_on, r.revision, r.char_count, o.organization_id, o.short_name, o.level, o.district,
        coalesce({LEVEL_RANK}, 9) AS level_rank,
        (SELECT min(published_on) FROM main.dim_report AS x WHERE x.document_id = r.document_id)
            > make_date(r.report_year + 1, 4, 1) AS is_late,
        coalesce(m.figures, 0) AS figures
    FROM main.dim_report AS r
    JOIN main.dim_organization AS o USING (organization_id)
    LEFT JOIN (SELECT report_id, count(*) AS figures FROM main.fact_metric GROUP BY ALL) AS m USING (report_id)
    WHERE r.is_current AND r.report_year = ?
    ORDER BY level_rank, o.district, o.name
"""


def pages(reader: Reader) -> Iterator[Page]:
    """The lists, the newest year first; then the reports."""
    years = reader.rows(_YEARS)
    yield from _lists(reader, years)
    for head, rows in reports(reader):
        yield _report(head, rows)


def _lists(reader: Reader, years: list[Row]) -> Iterator[Page]:
    if not years:
        yield Page(REPORTS, Words("报告", "Reports"), "reports.html.jinja", {"years": [], "year": None, "reports": []}, "reports")
    years = [one | {"path": year_path(one["report_year"]) if index else REPORTS} for index, one in enumerate(years)]
    for one in years:
        year, listed = one["report_year"], reader.rows(_OF_YEAR, [one["report_year"]])
        context = {"years": years, "year": year, "reports": listed, "districts": len({row["district"] for row in listed})}
        yield Page(one["path"], Words(f"{year} 年度的报告", f"Reports of {year}"), "reports.html.jinja", context, "reports")


def _report(head: Row, rows: Rows) -> Page:
    figures = [row | {"number": number} for number, row in enumerate(rows["figures"], 1)]
    citations = [row | {"shown": _cited(row)} for row in rows["citations"]]
    parts = rows | {"figures": figures, "citations": citations}
    of_measure = Counter(row["measure_id"] for row in figures)
    statements, findings = rows.get("statements", []), rows.get("findings", [])
    context = {
        "head": head,
        "sections": rows["sections"],
        "measures": [row | {"figures": of_measure[row["measure_id"]]} for row in rows["measures"]],
        "figures": figures,
        "citations": citations,
        "statements": statements,
        "findings": findings,
        "changes": rows.get("changes", []),
        "plans": rows.get("plans", []),
        "fulfilled": rows.get("fulfilled", []),
        "blocks": list(blocks(head["body_text"], parts)),
        "failing": {row["metric_id"] for row in statements if row["holds"] is False},
        "corrected": _corrections(rows.get("corrections", [])),
        "years": [row for row in rows["others"] if row["is_current"]],
        "revisions": [row for row in rows["others"] if row["is_revision"]],
    }
    counts = (
        (len(figures), "数字", "figures"),
        (sum(row["metric_code"] is not None for row in figures), "对应规范指标", "mapped to a metric"),
        (len(rows["measures"]), "举措", "measures"),
        (sum(row["holds"] is False for row in statements), "算式不成立", "sums that do not hold"),
        (len(findings), "需要人看", "to be looked at"),
    )
    title = Words(head["title"], head["title"])
    return Page(
        report_path(head["report_id"]), title, "report.html.jinja", context | {"counts": counts, "tables": _tables(context)},
        "reports", ("report.js",),
    )  # fmt: skip


def _tables(context: dict[str, Any]) -> list[tuple[str, Words, list[Row]]]:
    """Anchor, name and rows of the tables below the text, in their order, for the outline."""
    return [
        ("figures", Words("数字", "Figures"), context["figures"]),
        ("arithmetic", Words("算式", "Arithmetic"), context["statements"]),
        ("findings", Words("需要人看的地方", "To be looked at"), context["findings"]),
        ("measures", Words("举措", "Measures"), context["measures"]),
        ("changes", Words("修订了什么", "What the revision changed"), context["changes"]),
        ("plans", Words("上年计划的落实", "Last year's plans"), context["plans"]),
        ("fulfilled", Words("本年计划在次年", "This year's plans"), context["fulfilled"]),
        ("citations", Words("引用的文件", "Documents cited"), context["citations"]),
    ]


def _corrections(rows: list[Row]) -> dict[str, list[Row]]:
    """The applied corrections of each figure that they changed."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["metric_id"] is not None and row["state"] == "applied":
            found.setdefault(row["metric_id"], []).append(row)
    return found


def _cited(row: Row) -> str:
    title = f"《{row['title']}》" if row["title"] else ""
    return f"{title}{row['document_number'] or ''}"
