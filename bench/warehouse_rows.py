"""Parquet of every table for a warehouse of any size: really read reports, multiplied over made-up bodies and seven years.

The texts of the repository, filled up to the length of a real report, are moved to each year with other long figures and read by the
parser. DuckDB then gives each body its text of each year, with new ids and the body's district in place of that of the text: records,
words and offsets stay true. A fiftieth of the reports gets a second revision with other figures. Everything follows from the numbers given.

Files are as the facts stage leaves them: `facts/<table>/batch-000.parquet` of 25 reports each, `ops/<table>/<run>.parquet`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bench import mix
from etl.facts.follow_through import FollowThrough
from etl.facts.organizations import organization_row
from etl.facts.rows import Provenance, report_rows
from etl.ids import stable_id, text_sha256
from etl.ops import OpsLog
from etl.parse.report import parse_text
from etl.schema import REPORT_TABLES, TABLES
from etl.sources import Territory

Row = dict[str, Any]

YEARS = range(2019, 2026)
RUN = "bench-run"
LENGTH = 5_000
TURNS = 3
BATCH = 25

_SYLLABLES = "安柏长春丹东恩丰高广海和华江锦康兰龙梅南宁平清仁瑞山石泰万文西新兴雅永云泽"
_IDS = {
    *("section_id", "parent_section_id", "measure_id", "metric_id", "citation_id", "arithmetic_id", "finding_id", "correction_id"),
    "follow_through_id",
}
_START = datetime(2026, 1, 1, 18, 30, tzinfo=UTC)

# 2023 in 2023年
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
# 云河 in 云河区人民政府, 柳溪 in 柳溪镇人民政府: two characters that another name can stand for without moving an offset
_STEM = re.compile(r"(\w\w)(?:区|镇|街道)")
# 市场监督管理局 in 云河区市场监督管理局, but 青石街道办事处 as it is
_OFFICE = re.compile(r"(?:\w+?[区市])?(\w{3,})")


@dataclass(frozen=True, slots=True)
class _Text:
    title: str
    body: str
    stem: str
    organization: str


def write(folder: Path, reports: int) -> tuple[Path, Path]:
    """Write the files of `reports` current reports below `folder`; returns the folders of facts and ops."""
    facts, ops = folder / "facts", folder / "ops"
    texts = _texts()
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '2GB'; SET enable_progress_bar = false")
        _load(connection, "base", _base_rows(texts))
        bodies = _bodies(texts, -(-reports // len(YEARS)))
        connection.register("dim_organization_rows", pa.Table.from_pylist(bodies, TABLES["dim_organization"].arrow))
        connection.register("bodies", pa.Table.from_pylist([{"body": n, **row} for n, row in enumerate(bodies)]))
        _plan(connection, reports, texts)
        for name in REPORT_TABLES:
            _write_table(connection, name, facts / name)
        (facts / "dim_organization").mkdir()
        connection.execute(f"COPY dim_organization_rows TO '{facts}/dim_organization/batch-000.parquet' (FORMAT parquet)")
    _write_ops(OpsLog(ops), reports)
    return facts, ops


def _texts() -> list[_Text]:
    filling = [line for line in mix.reports("real")[0][1].split("\n") if not re.search(r"\d", line)]
    found = []
    for title, body in mix.sources():
        report = parse_text(f"{title}\n{body}")
        stem = _STEM.search(body)
        lines = [*body.split("\n"), *filling]
        while sum(map(len, lines)) > LENGTH and len(lines) > 1 + body.count("\n"):
            lines.pop()
        found.append(_Text(title, "\n".join(lines), stem[1] if stem else "云河", report.organization or "人民政府"))
    return found


def _base_rows(texts: list[_Text]) -> dict[str, list[Row]]:
    """Rows of every text in every year and turn; `report_id` is text-turn-year, such as 3-0-2024."""
    rows: dict[str, list[Row]] = {name: [] for name in REPORT_TABLES}
    for number, text in enumerate(texts):
        written = int(m[0]) if (m := _YEAR.search(text.title)) else 2023
        for turn in range(TURNS):
            plans = FollowThrough()
            for year in YEARS:
                moved = _YEAR.sub(lambda match, by=year - written: str(int(match[0]) + by), f"{text.title}\n{text.body}")
                report = parse_text(mix.variant(moved, 3 * turn + year - YEARS[0]))
                made = report_rows(report.to_json() | {"report_year": year}, _origin(number, turn, year, report.text))
                made["fact_follow_through"] = _follow_through(plans, made)
                for name in REPORT_TABLES:
                    rows[name].extend(made[name])
    return rows


def _follow_through(plans: FollowThrough, made: dict[str, list[Row]]) -> list[Row]:
    """What became of the plans of the year before; then the plans of this one are taken in."""
    report, measures = made["dim_report"][0], made["fact_measure"]
    found = plans.rows(report, measures) if plans.asks_for(report) else []
    plans.add(report, measures)
    return found


def _origin(number: int, turn: int, year: int, text: str) -> Provenance:
    return Provenance(
        report_id=f"{number}-{turn}-{year}", document_id="", organization_id=f"{number}-{turn}", source_url="", portal="bench",
        published_on=date(2024, 1, 20),
        published_from="meta", first_seen_at=_START, fetched_at=_START, revision=1, is_current=True, body_sha256=text_sha256(text),
        raw_sha256=text_sha256(text), parser_version="bench", charset="utf-8", charset_from="utf8", body_from="TRS_Editor",
    )  # fmt: skip


def _bodies(texts: list[_Text], count: int) -> list[Row]:
    """One body a row: districts with one body for each text, all below the district's government, which is the first."""
    rows = []
    for number in range(count):
        at, place = divmod(number, len(texts))
        district = "云河区" if at == 0 else f"{_SYLLABLES[at // len(_SYLLABLES)]}{_SYLLABLES[at % len(_SYLLABLES)]}区"
        rows.append(organization_row(_name(texts, place), Territory(district, "临江市", invented=True)))
    return rows


def _name(texts: list[_Text], place: int) -> str:
    """The body of that place in each district: the government, streets and towns of other names, and departments, some with branches."""
    if place == 0:
        return "人民政府"
    organization = texts[place].organization
    before = sum(text.organization[-3:] == organization[-3:] for text in texts[:place])
    own = "青石" if "街道" in organization else "柳溪"
    stem = f"{_SYLLABLES[place]}{_SYLLABLES[-place]}" if before else own
    if "街道" in organization:
        return f"{stem}街道办事处"
    if organization.endswith("政府"):
        return f"{stem}镇人民政府"
    office = _OFFICE.fullmatch(organization)
    return (office[1] if office else organization) + (f"第{place}分局" if before else "")


def _load(connection: duckdb.DuckDBPyConnection, prefix: str, rows: dict[str, list[Row]]) -> None:
    for name, made in rows.items():
        connection.register("made", pa.Table.from_pylist(made, TABLES[name].arrow))
        connection.execute(f"CREATE TABLE {prefix}_{name} AS FROM made")
        connection.unregister("made")


def _plan(connection: duckdb.DuckDBPyConnection, reports: int, texts: list[_Text]) -> None:
    """Table `plan`: which text each revision has, with its new id and the stem that stands for the text's own."""
    connection.register("stems", pa.table({"text": range(len(texts)), "stem": [text.stem for text in texts]}))
    connection.execute(
        f"""
        CREATE TABLE plan AS
        WITH current AS (
            SELECT n, n // {len(YEARS)} AS body, {YEARS[0]} + n % {len(YEARS)} AS year, n % 50 = 0 AS is_revised
            FROM range({reports}) AS t(n)
        ),
        revisions AS (
            SELECT *, 1 AS revision, NOT is_revised AS is_current FROM current
            UNION ALL SELECT *, 2, true FROM current WHERE is_revised
        )
        SELECT
            n // {BATCH} AS batch,
            format('{{}}-{{}}-{{}}', text, (body // {len(texts)} + revision) % {TURNS}, year) AS base_id,
            left(md5(concat_ws('-', body, year, revision)), 16) AS report_id,
            left(md5(concat_ws('-', 'document', body, year)), 16) AS document_id,
            n, body, organization_id, year, revision, is_current, stem, left(district, 2) AS new_stem
        FROM revisions JOIN bodies USING (body) JOIN stems ON text = body % {len(texts)}
        ORDER BY n, revision
        """
    )


def _write_table(connection: duckdb.DuckDBPyConnection, name: str, folder: Path) -> None:
    columns = ", ".join(f'{_value(name, column.name)} AS "{column.name}"' for column in TABLES[name].columns)
    # q is the revision of the year after that says what became of a plan
    done = "JOIN plan AS q ON q.base_id = b.done_report_id AND q.body = p.body AND q.is_current AND p.is_current"
    join = f"JOIN base_{name} AS b ON b.report_id = p.base_id {done if name == 'fact_follow_through' else ''}"
    folder.mkdir(parents=True)
    connection.execute(
        f"COPY (SELECT p.batch, {columns} FROM plan AS p {join}) TO '{folder}' "
        "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (batch), OVERWRITE_OR_IGNORE)"
    )
    for number, file in enumerate(sorted(folder.glob("batch=*/*.parquet"))):
        file.rename(folder / f"batch-{number:04}.parquet")
        if not any(file.parent.iterdir()):
            file.parent.rmdir()


def _value(table: str, column: str) -> str:
    """SQL of a column: p is the planned revision, b the row of its text."""
    if column == "report_id":
        return "p.report_id"
    if column == "done_report_id":
        return "q.report_id"
    if column == "done_measure_id":
        return "CASE WHEN b.done_measure_id IS NOT NULL THEN left(md5(q.report_id || b.done_measure_id), 16) END"
    if column in _IDS:
        return f"CASE WHEN b.{column} IS NOT NULL THEN left(md5(p.report_id || b.{column}), 16) END"
    if column == "metric_ids":
        ids = "list_transform(string_split(b.metric_ids, ' '), lambda id: left(md5(p.report_id || id), 16))"
        return f"array_to_string({ids}, ' ')"
    if column in {"sentence", "other_sentence", "text", "body_text", "subject"} or (table, column) == ("dim_report", "title"):
        return f"replace(b.{column}, p.stem, p.new_stem)"
    if table != "dim_report":
        return f'b."{column}"'
    return {
        "document_id": "p.document_id", "organization_id": "p.organization_id", "revision": "p.revision", "is_current": "p.is_current",
        "source_url": "'http://portal/xxgk/' || p.report_id || '.html'",
        "published_on": "make_date(p.year + 1, 1 + (p.n % 5)::INTEGER, 1 + (p.n % 28)::INTEGER)",
        "body_sha256": "sha256(p.report_id)", "raw_sha256": "sha256(p.report_id || 'raw')",
    }.get(column, f'b."{column}"')  # fmt: skip


def _write_ops(ops: OpsLog, reports: int) -> None:
    """A month of runs with their rules and what they put in quarantine, and one that asked for everything."""
    for night in range(30):
        run_id = RUN if night == 29 else f"scheduled__{_START + timedelta(days=night):%Y-%m-%dT%H-%M-%S}"
        started = _START + timedelta(days=night)
        state = "validated" if run_id == RUN else "published"
        ops.update_run(run_id, source="bench", started_at=started, state=state, reports=reports, quarantined=5, warnings=night % 7)
        rules = [
            {
                "run_id": run_id, "suite": suite, "rule": f"rule_{n}", "expectation": "expect_column_values_to_not_be_null",
                "severity": "warning", "success": (night + n) % 9 > 0, "evaluated": reports, "unexpected": int((night + n) % 9 == 0),
            }
            for suite in REPORT_TABLES
            for n in range(10)
        ]  # fmt: skip
        ops.write("ops_validation", run_id, rules)
        refused = [
            {
                "quarantine_id": stable_id(run_id, n), "run_id": run_id, "stage": "validate", "source_url": f"http://portal/{n}.html",
                "rule": "rule_1", "reason": "a figure without its words",
            }
            for n in range(5)
        ]  # fmt: skip
        ops.write("ops_quarantine", run_id, refused)
    answers = [
        {
            "fetch_id": stable_id("fetch", n), "run_id": RUN, "url": f"http://portal/xxgk/{n}.html", "page": "article",
            "fetched_at": _START + timedelta(seconds=n), "status": 304 if n % 20 else 200, "outcome": "not_modified" if n % 20 else "ok",
        }
        for n in range(reports)
    ]  # fmt: skip
    ops.write("ops_fetch", RUN, answers)
