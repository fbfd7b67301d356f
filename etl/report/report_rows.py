"""What the pages of reports show, asked for some reports at a time: one question a table and batch, and never the whole warehouse."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.reading import Reader
from etl.report.asking import has
from etl.report.batches import Row, by_key, in_batches

Rows = dict[str, list[Row]]

_IDS = "SELECT report_id FROM main.dim_report ORDER BY organization_id, report_year, revision"

_HEAD = """
    SELECT r.* EXCLUDE (organization_id), o.organization_id, o.name AS body, o.short_name, o.level, o.district, o.is_sample,
        make_date(r.report_year + 1, 4, 1) AS due_on,
        (SELECT min(published_on) FROM main.dim_report AS x WHERE x.document_id = r.document_id) AS first_published_on
    FROM main.dim_report AS r JOIN main.dim_organization AS o USING (organization_id) WHERE r.report_id IN (SELECT unnest($ids))
"""

_OF_THESE = "report_id IN (SELECT unnest($ids))"

_PARTS = {
    "sections": ("main.dim_section", f"SELECT * FROM main.dim_section WHERE {_OF_THESE} ORDER BY position"),
    "measures": (
        "main.fact_measure",
        f"""SELECT m.*, t.name_zh AS theme_zh, t.name_en AS theme_en
        FROM main.fact_measure AS m LEFT JOIN main.dim_theme AS t USING (theme_code) WHERE {_OF_THESE} ORDER BY ordinal""",
    ),
    "figures": (
        "main.fact_metric",
        f"""SELECT f.*, d.name_zh AS metric_zh, d.name_en AS metric_en
        FROM main.fact_metric AS f LEFT JOIN main.dim_metric AS d USING (metric_code)
        WHERE {_OF_THESE} ORDER BY char_start, char_end, label, metric_id""",
    ),
    "citations": ("main.fact_citation", f"SELECT * FROM main.fact_citation WHERE {_OF_THESE} ORDER BY char_start, citation_id"),
    "numerals": ("main.fact_numeral", f"SELECT * FROM main.fact_numeral WHERE {_OF_THESE} ORDER BY char_start"),
    "statements": (
        "main.fact_arithmetic",
        f"""SELECT * FROM main.fact_arithmetic WHERE {_OF_THESE}
        ORDER BY holds IS DISTINCT FROM false, holds IS NULL, char_start, arithmetic_id""",
    ),
    "corrections": ("main.fact_correction", f"SELECT * FROM main.fact_correction WHERE {_OF_THESE} ORDER BY correction_id"),
    "findings": ("main.fact_finding", f"SELECT * FROM main.fact_finding WHERE {_OF_THESE} ORDER BY char_start, finding_id"),
    "others": (
        "main.dim_report",
        """SELECT r.report_id, x.report_id AS other_id, x.report_year, x.revision, x.is_current,
            x.document_id = r.document_id AS is_revision, x.first_seen_at
        FROM main.dim_report AS r JOIN main.dim_report AS x
            ON x.organization_id = r.organization_id AND (x.is_current OR x.document_id = r.document_id)
        WHERE r.report_id IN (SELECT unnest($ids)) ORDER BY x.report_year, x.revision""",
    ),
    "changes": (
        "reporting.changes",
        f"SELECT * FROM reporting.changes WHERE {_OF_THESE} ORDER BY coalesce(char_start, previous_char_start), change, label",
    ),
    "plans": (
        "reporting.plan_follow_through",
        """SELECT * FROM reporting.plan_follow_through WHERE done_report_id IN (SELECT unnest($ids))
        ORDER BY plan_char_start, rank""",
    ),
    "fulfilled": (
        "reporting.plan_follow_through",
        f"SELECT * FROM reporting.plan_follow_through WHERE {_OF_THESE} ORDER BY plan_char_start, rank",
    ),
}
"""Parts of a report's page: the table or view that an older warehouse may lack, and the question, for the reports of $ids."""
_KEYS = {"plans": "done_report_id"}
"""Parts whose report is in another column than report_id: that which tells what was done, and not that which planned."""


def reports(reader: Reader) -> Iterator[tuple[Row, Rows]]:
    """Every revision of every report: its own row, and the rows of its parts by name; a part that the warehouse lacks is not among them."""
    questions = {name: sql for name, (relation, sql) in _PARTS.items() if has(reader, relation)}
    _, ids = reader.query(_IDS)
    for batch in in_batches([row[0] for row in ids]):
        parts = {name: by_key(reader.rows(sql, {"ids": batch}), _KEYS.get(name, "report_id")) for name, sql in questions.items()}
        heads = {head["report_id"]: head for head in reader.rows(_HEAD, {"ids": batch})}
        for report_id in batch:
            yield heads[report_id], {name: rows.get(report_id, []) for name, rows in parts.items()}
