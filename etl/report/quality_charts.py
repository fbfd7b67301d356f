"""The charts of the quality page: counts over the runs, what became of each numeral, and how much is mapped to a metric."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from etl.report import chart_specs
from etl.report.charts import SERIES, Cell, Chart, Table, both, fill, plain
from etl.report.pages import Words, report_path
from etl.report.render import number

Row = dict[str, Any]

SOURCES = 4
"""Sources whose runs have lines of their own."""
REPORTS = 40
"""So many reports have a bar each; of more, the years have."""

_COUNTS = (
    ("reports", Words("现行报告", "Current reports")),
    ("quarantined", Words("隔离的报告", "Reports in quarantine")),
)
_FAILED = (
    ("failed_critical", Words("严重", "critical")),
    ("failed_warning", Words("警告", "warning")),
    ("failed_info", Words("提示", "info")),
)


def reports_over_runs(runs: Sequence[Row]) -> Chart | None:
    """Reports and quarantine of each run; none where there is but one run to show."""
    return _over_runs(
        "runs",
        Words("每次运行的报告", "Reports by run"),
        Words("每次运行之后的现行报告数，和被隔离的报告数。", "Current reports after each run, and reports kept in quarantine."),
        runs,
        _COUNTS,
    )


def checks_over_runs(runs: Sequence[Row]) -> Chart | None:
    """Expectations that failed in each run, by severity."""
    return _over_runs(
        "checks",
        Words("每次运行未通过的校验", "Failed checks by run"),
        Words(
            "每次运行有多少条校验未通过。严重的，所涉报告进隔离区；警告计数；提示只供人看。",
            "How many expectations failed in each run. Critical ones keep their report in quarantine, warnings are counted, infos only "
            "shown.",
        ),
        [run for run in runs if run["failed_warning"] is not None],
        _FAILED,
    )


def _over_runs(name: str, title: Words, caption: Words, runs: Sequence[Row], counts: Sequence[tuple[str, Words]]) -> Chart | None:
    if len(runs) < 2:
        return None
    sources = list(dict.fromkeys(run["source"] for run in runs))[:SOURCES]
    lines = [(source, column, words) for source in sources for column, words in counts]
    colors = {(source, column): SERIES[index % len(SERIES)] for index, (source, column, _) in enumerate(lines)}
    of = {source: f" · {plain(source)}" if len(sources) > 1 else "" for source in sources}
    points = [
        {
            "at": f"{run['started_at']:%Y-%m-%dT%H:%M:%S}",
            "what": both(words.zh + of[source], words.en + of[source]),
            "value": run[column],
            "run": plain(run["run_id"]),
            "color": colors[source, column],
        }
        for source, column, words in lines
        for run in reversed(runs)
        if run["source"] == source and run[column] is not None
    ]
    heads = [Words("运行", "Run"), Words("时间", "Time"), *(words for _, words in counts)]
    rows = [
        [Cell(run["run_id"]), Cell(f"{run['started_at']:%Y-%m-%d %H:%M}"), *(_count(run[column]) for column, _ in counts)] for run in runs
    ]
    key = [(colors[source, column], Words(words.zh + of[source], words.en + of[source])) for source, column, words in lines]
    return Chart(name, title, caption, fill(chart_specs.over_runs(), {"runs": points}, unit=""), Table(heads, rows), key)


def _count(value: int | None) -> Cell:
    return Cell("–" if value is None else f"{value:,}", is_number=True)


_PARTS = (
    ("figures", Words("读作数字", "read as figures"), "var(--good)"),
    ("classed", Words("归类的数词", "other numerals, with their class"), "var(--bar)"),
    ("unexplained", Words("未解释", "unexplained"), "var(--late)"),
)


def numerals(by_report: Sequence[Row]) -> Chart | None:
    """The share of numerals that are figures, of a known class, or unexplained: by report, or by year where reports are many."""
    if not by_report:
        return None
    is_few = len(by_report) <= REPORTS
    bars = by_report if is_few else _by_year(by_report)
    lines = [(plain(row["name"]) if row["name"] else str(row["report_year"]), row) for row in bars]
    return _shares(
        "numerals",
        Words("数词都有着落", "Every numeral is accounted for"),
        Words(
            "报告里的每个数词，要么读作数字，要么归入日期、序号、文号、名称、习语等类；两者都不是的，是未解释。",
            "Each numeral of a report is read as a figure, or has a class: date, ordinal, document number, name, idiom. What is neither is "
            "unexplained.",
        ),
        Words("报告", "Report") if is_few else Words("年度", "Year"),
        lines,
        _PARTS,
        {label: report_path(row["report_id"]) for label, row in lines if row["report_id"]},
    )


def _by_year(by_report: Sequence[Row]) -> list[Row]:
    years: dict[int, Row] = defaultdict(lambda: {"name": None, "report_id": None, "figures": 0, "classed": 0, "unexplained": 0})
    for row in by_report:
        year = years[row["report_year"]]
        year["report_year"] = row["report_year"]
        for part, _, _ in _PARTS:
            year[part] += row[part]
    return [years[year] for year in sorted(years, reverse=True)]


def mapped(by_theme: Sequence[Row]) -> Chart | None:
    """The share of figures that are mapped to a canonical metric, by the theme of the measure that they stand in."""
    if not by_theme:
        return None
    names = {row["theme_code"]: Words(row["name_zh"], row["name_en"]) if row["theme_code"] else _NO_THEME for row in by_theme}
    lines = [(both(*names[row["theme_code"]]), row) for row in by_theme]
    return _shares(
        "mapped",
        Words("多少数字对应到指标", "Figures mapped to a metric"),
        Words(
            "各主题举措里的数字，有多少对应到规范指标。未对应的也在数据库里，名称用报告的原话。",
            "How many of the figures in the measures of a theme are mapped to a canonical metric. The others are in the warehouse too, "
            "under the words of the report.",
        ),
        Words("主题", "Theme"),
        lines,
        (("mapped", Words("已对应", "mapped"), "var(--good)"), ("unmapped", Words("未对应", "not mapped"), "var(--gap)")),
        {},
    )


_NO_THEME = Words("未归主题", "no theme")


def _shares(
    name: str,
    title: Words,
    caption: Words,
    what: Words,
    lines: Sequence[tuple[str, Row]],
    parts: Sequence[tuple[str, Words, str]],
    paths: dict[str, str],
) -> Chart:
    """Bars of 100 %; `lines` are the name of a bar and its counts by the column of a part."""
    totals = [sum(row[column] for column, _, _ in parts) or 1 for _, row in lines]
    drawn = [
        {
            "name": label,
            "state": both(*words),
            "order": order,
            "value": round(row[column] / total, 5),
            "count": row[column],
            "color": color,
            "href": paths.get(label),
        }
        for (label, row), total in zip(lines, totals, strict=True)
        for order, (column, words, color) in enumerate(parts)
        if row[column]
    ]
    heads = [what, *(words for _, words, _ in parts), Words(f"{parts[0][1].zh}占比", f"share {parts[0][1].en}")]
    rows = [
        [
            Cell(_words(label), paths.get(label)),
            *(_count(row[column]) for column, _, _ in parts),
            Cell(f"{number(round(100 * row[parts[0][0]] / total, 1))}%", is_number=True),
        ]
        for (label, row), total in zip(lines, totals, strict=True)
    ]
    specification = fill(chart_specs.shares(), {"parts": drawn}, chart_specs.ROW * len(lines), what=both(*what))
    return Chart(name, title, caption, specification, Table(heads, rows), [(color, words) for _, words, color in parts])


def _words(label: str) -> str | Words:
    zh, _, en = label.partition("␟")
    return Words(zh, en) if en else zh
