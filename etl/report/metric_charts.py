"""The charts of a metric: its trend over the years, the bodies of the newest year side by side, and the small line of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from etl.report import chart_specs
from etl.report.charts import Cell, Chart, Table, both, fill
from etl.report.pages import Words, figure_path
from etl.report.series import BARS, FEW, colors_of, ends, names_of, outstanding, point, points, spread
from etl.report.values import shown, signed

Row = Mapping[str, Any]

_ROOT = "../"
_HEIGHT = {True: 300, False: 340}
_TABLE_BODIES = 100
_PICKED = 1500
"""So many points of bodies that the reader may add to a chart lie in a page at most."""


def trend(metric: Row, unit: str, rows: Sequence[Row]) -> Chart:
    """Lines over the years of the figures in one unit: all bodies where they are few, else the spread and those that stand out."""
    names = names_of(rows)
    years = list(range(min(row["report_year"] for row in rows), max(row["report_year"] for row in rows) + 1))
    is_few = len(names) <= FEW
    zero = metric["kind"] != "rate" or len({row["value"] for row in rows}) == 1
    colors = colors_of(sorted(names, key=lambda key: names[key]) if is_few else outstanding(rows))
    drawn = points(rows, names, colors, _ROOT)
    data = {"points": drawn, "ends": ends(drawn, _HEIGHT[is_few], zero)}
    picks: list[str] = []
    if not is_few:
        rest = dict.fromkeys((key for key in names if key not in colors), "var(--series-6)")
        is_small = len(rows) <= _PICKED
        data |= {"spread": spread(rows), "others": points(rows, names, rest, _ROOT) if is_small else []}
        picks = sorted(names[key] for key in rest) if is_small else []
    specification = (chart_specs.trend_of_few if is_few else chart_specs.trend_of_many)(zero)
    return Chart(
        f"trend-{_slug(unit)}",
        Words(f"历年变化（{unit or '无量词'}）", f"Over the years ({unit or 'no unit'})"),
        _caption(len(names), is_few, years),
        fill(specification, data, _HEIGHT[is_few], unit=unit, years=years),
        _by_body(rows, names, years),
        [(color, names[key]) for key, color in colors.items()],
        has_labels=True,
        picks=picks,
    )


def _caption(bodies: int, is_few: bool, years: Sequence[int]) -> Words:
    span = f"{years[0]}–{years[-1]}"
    if is_few:
        return Words(
            f"{span} 年，{bodies} 个机构{'各一条线' if bodies > 1 else ''}。点一下数据点，看它在报告中的原句；某年没有数字，线就断开。",
            f"{span}, {_bodies(bodies)}. A point leads to its sentence in the report; a line breaks where a year has no figure.",
        )
    return Words(
        f"{span} 年，{bodies} 个机构：色带是居中的一半机构，虚线是中位数；另标出区级和最近一年数值最大的机构。点一下数据点，看原句。",
        f"{span}, {bodies} bodies: the band is the middle half of them, the dashed line their median; named are the district and those "
        "with the largest figures of the newest year. A point leads to its sentence.",
    )


def _bodies(count: int) -> str:
    return "one body" if count == 1 else f"{count} bodies"


def _by_body(rows: Sequence[Row], names: Mapping[str, str], years: Sequence[int]) -> Table:
    """Bodies by years, every figure with its sentence; the bodies with the largest newest figures where they are too many."""
    cells = {(row["organization_id"], row["report_year"]): row for row in rows}
    keys = sorted(names, key=lambda key: names[key]) if len(names) <= _TABLE_BODIES else outstanding(rows, _TABLE_BODIES)
    lines = [[Cell(names[key]), *(_figure(cells.get((key, year))) for year in years)] for key in keys]
    left = len(names) - len(keys)
    rest = Words(f"另有 {left} 个机构，见视图 reporting.metric_trends。", f"{left} more bodies: see the view reporting.metric_trends.")
    return Table([Words("机构", "Body"), *(Words(str(year), str(year)) for year in years)], lines, rest if left else None)


def _figure(row: Row | None) -> Cell:
    if row is None:
        return Cell("–", is_number=True)
    written = shown(row["value"], "%" if row["unit"] == "%" else "", row["qualifier"], row["value_high"])
    return Cell(written, figure_path(row["report_id"], row["metric_id"]), is_number=True)


def side_by_side(unit: str, rows: Sequence[Row]) -> Chart:
    """Bars of the newest year, the largest first, with the change on the year before in the table."""
    newest = max(row["report_year"] for row in rows)
    names = names_of(rows)
    ranked = sorted((row for row in rows if row["report_year"] == newest), key=lambda row: (-row["value"], names[row["organization_id"]]))
    top = ranked[:BARS]
    bars = [point(row, names[row["organization_id"]], "var(--bar)", _ROOT) for row in top]
    left = len(ranked) - len(top)
    rest = Words(f"按数值取前 {BARS} 个，另有 {left} 个机构未列。", f"The {BARS} largest; {left} more bodies are not shown.")
    size = Words("机构大小不同，数值大小不等于好坏。", " Bodies differ in size: more is not better.")
    caption = Words(
        f"{newest} 年，{len(ranked)} 个机构，由大到小。{rest.zh if left else ''}点一下条形，看原句。{'' if unit == '%' else size.zh}",
        f"{newest}, {_bodies(len(ranked))}, the largest first.{' ' + rest.en if left else ''} A bar leads to its sentence."
        f"{'' if unit == '%' else size.en}",
    )
    return Chart(
        f"bodies-{_slug(unit)}",
        Words(f"{newest} 年各机构（{unit or '无量词'}）", f"Bodies in {newest} ({unit or 'no unit'})"),
        caption,
        fill(chart_specs.side_by_side(), {"bars": bars}, chart_specs.ROW * len(bars)),
        Table(_HEADS, [_line(row, names) for row in top], rest if left else None),
    )


_HEADS = [Words("机构", "Body"), Words("数值", "Value"), Words("比上年", "On the year before"), Words("变动", "Change")]


def _line(row: Row, names: Mapping[str, str]) -> list[Cell]:
    change, percent = row["change"], row["change_percent"]
    points = "个百分点" if row["unit"] == "%" else ""
    return [
        Cell(names[row["organization_id"]]),
        Cell(shown(row["value"], row["unit"], row["qualifier"], row["value_high"]), figure_path(row["report_id"], row["metric_id"]), True),
        Cell("–" if change is None else Words(signed(change) + points, signed(change) + (" pp" if points else "")), is_number=True),
        Cell("–" if percent is None else signed(percent, "%"), is_number=True),
    ]


def in_proportion(unit: str, rows: Sequence[Row]) -> Chart | None:
    """Bars of the newest year that has a ratio to another metric of two bodies and more; None where there is no such year."""
    with_ratio = [row for row in rows if row["ratio"] is not None]
    years = Counter(row["report_year"] for row in with_ratio)
    newest = max((year for year, count in years.items() if count > 1), default=None)
    if newest is None:
        return None
    names = names_of(rows)
    ranked = sorted(
        (row for row in with_ratio if row["report_year"] == newest), key=lambda row: (-row["ratio"], names[row["organization_id"]])
    )
    top = ranked[:BARS]
    name = Words(top[0]["ratio_name_zh"], top[0]["ratio_name_en"])
    bars = [point(row, names[row["organization_id"]], "var(--bar)", _ROOT) | _ratio(row) for row in top]
    left = len(ranked) - len(top)
    rest = Words(f"另有 {left} 个机构未列。", f"{left} more bodies are not shown.")
    caption = Words(
        f"{newest} 年，两个数字都写明的 {len(ranked)} 个机构。{rest.zh if left else ''}两个数字的口径可能不同，引用前请看两句原文。",
        f"{newest}, the {len(ranked)} bodies that state both figures.{' ' + rest.en if left else ''} The two may speak of "
        "different things: read both sentences before you quote a ratio.",
    )
    heads = [Words("机构", "Body"), name, Words("数值", "Value"), Words("分母", "Divided by")]
    return Chart(
        f"ratio-{_slug(unit)}",
        Words(f"折算后比较：{name.zh}", f"In proportion: {name.en}"),
        caption,
        fill(chart_specs.side_by_side(), {"bars": bars}, chart_specs.ROW * len(bars)),
        Table(heads, [_ratio_line(row, names) for row in top], rest if left else None),
    )


def _ratio(row: Row) -> dict[str, Any]:
    return {"value": row["ratio"], "shown": both(*shown(row["ratio"], row["ratio_unit"]))}


def _ratio_line(row: Row, names: Mapping[str, str]) -> list[Cell]:
    below = shown(row["denominator_value"], row["denominator_unit"])
    return [
        Cell(names[row["organization_id"]]),
        Cell(shown(row["ratio"], row["ratio_unit"]), is_number=True),
        Cell(shown(row["value"], row["unit"], row["qualifier"], row["value_high"]), figure_path(row["report_id"], row["metric_id"]), True),
        Cell(below, figure_path(row["report_id"], row["denominator_metric_id"]), True),
    ]


def sparkline(rows: Sequence[Row]) -> Markup:
    """The median of each year as a line of 96 by 22 pixels; decoration beside the numbers."""
    middle = [each["value"] for each in spread(rows)]
    low, high = min(middle), max(middle)
    height = (high - low) or 1
    step = 88 / max(len(middle) - 1, 1)
    places = [(4 + index * step, 18 - 14 * (value - low) / height) for index, value in enumerate(middle)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    end = f'<circle cx="{places[-1][0]:.1f}" cy="{places[-1][1]:.1f}" r="2.5"/>'
    return Markup(
        f'<svg class="spark" viewBox="0 0 96 22" width="96" height="22" aria-hidden="true"><polyline points="{line}"/>{end}</svg>'
    )


def _slug(unit: str) -> str:
    """A unit as part of an id: 件 is u4ef6."""
    return "-".join(f"u{ord(character):x}" for character in unit) or "none"
