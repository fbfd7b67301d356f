"""The kinds of charts of the book as Vega-Lite, validated by Altair. Each names the fields that it wants of its data.

Values of the field `color` are CSS variables and taken as they are. `href` leads to the sentence of a figure, `shown` is the figure as a
person writes it (约 1,200 件), `name` whose it is. Charts by names are `ROW` pixels a row high. Layers named "wide…" are for wide screens.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from etl.report.charts import both, validated

ROW = 26
"""Pixels of a row of bars."""


def _short(*steps: tuple[str, str]) -> str:
    """An expression for the numbers of an axis."""
    written = "format(datum.value, ',~f')"
    for size, sign in steps:
        written = f"abs(datum.value) >= {size} ? format(datum.value / {size}, ',~f') + '{sign}' : {written}"
    return written


_NUMBERS = both(_short(("1e4", "万"), ("1e8", "亿")), _short(("1e3", "k"), ("1e6", "M"), ("1e9", "B")))
"""12000 is 1.2万 or 12k."""
_SPARSE: dict[str, Any] = {"labelOverlap": "greedy", "labelSeparation": 4}
"""On a phone some years go unnamed."""
_YEAR = alt.X("year:O", title=None, scale=alt.Scale(domain=["@years"]), axis=alt.Axis(**_SPARSE))
_COLOR = alt.Color("color:N", scale=None, legend=None)
_NAME = alt.Tooltip("name:N", title=both("机构", "Body"))
_IN_YEAR = alt.Tooltip("year:O", title=both("年度", "Year"))
_SHOWN = alt.Tooltip("shown:N", title=both("数值", "Value"))
_SENTENCE = alt.Tooltip("sentence:N", title=both("原句", "Sentence"))
_INK = alt.value("var(--chart-text)")
_PAPER = alt.value("var(--chart-paper)")


def _value(field: str = "value:Q", *, zero: bool = True, **others: Any) -> alt.Y:
    # the title lies above the axis: turned by 90 degrees, Chinese is hard to read
    above: dict[str, Any] = {
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": 0,
        "titleY": -12,
        "titleBaseline": "bottom",
    }
    axis = alt.Axis(labelExpr=_NUMBERS, tickCount=5, **above)
    return alt.Y(field, title="@unit", axis=axis, scale=alt.Scale(zero=zero, nice=True), **others)


def _lines(zero: bool) -> list[alt.Chart]:
    """Lines of bodies, a point for each figure, its qualifier above it; `segment` ends where a year is missing."""
    base = alt.Chart(alt.NamedData("points")).encode(x=_YEAR, y=_value(zero=zero), color=_COLOR)
    points = base.encode(tooltip=[_NAME, _IN_YEAR, _SHOWN, _SENTENCE], href="href:N")
    return [
        base.mark_line(strokeWidth=2).encode(detail=["name:N", "segment:N"]),
        points.mark_point(filled=True, size=70, opacity=1, stroke="var(--chart-paper)", strokeWidth=1, cursor="pointer"),
        base.mark_text(dy=-11, fontSize=11).encode(text="qualifier:N"),
    ]


def _names(zero: bool) -> alt.Chart:
    """Names at the right ends of lines, at `label_at`, which keeps them apart."""
    base: alt.Chart = alt.Chart(alt.NamedData("ends"), name="wide-names").mark_text(align="left", dx=10, limit=190)
    return base.encode(x=_YEAR, y=_value("label_at:Q", zero=zero), text="name:N", color=_COLOR)


@cache
def trend_of_few(zero: bool) -> str:
    """A line a body. Data `points`: rows of `etl.report.series.points`; `ends`: year, label_at, name, color."""
    return validated(alt.layer(*_lines(zero), _names(zero)).properties(height=300))


@cache
def trend_of_many(zero: bool) -> str:
    """The middle half of all bodies as a band, the median, and some bodies.

    Data as `trend_of_few`, `points` being those of the bodies that stand out; `spread`: year, low, value (the median), high, count;
    `others`: points of the bodies that the reader may add.
    """
    spread = alt.Chart(alt.NamedData("spread")).encode(x=_YEAR)
    asked = [
        _IN_YEAR,
        alt.Tooltip("count:Q", title=both("机构数", "Bodies")),
        alt.Tooltip("low:Q", title=both("下四分位", "Lower quartile"), format=",~f"),
        alt.Tooltip("value:Q", title=both("中位数", "Median"), format=",~f"),
        alt.Tooltip("high:Q", title=both("上四分位", "Upper quartile"), format=",~f"),
    ]
    band = spread.mark_area(color="var(--chart-band)", opacity=1).encode(y=_value("low:Q", zero=zero), y2="high:Q", tooltip=asked)
    median = spread.mark_line(color="var(--chart-median)", strokeWidth=2, strokeDash=[5, 4]).encode(y=_value(zero=zero))
    layers = [band, median, *_lines(zero), _names(zero)]
    return validated(alt.layer(*layers).properties(height=340))


@cache
def side_by_side() -> str:
    """A bar a body in the order of the rows. Data `bars`: name, value, shown, sentence, color, href."""
    base = alt.Chart(alt.NamedData("bars")).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, domain=False, ticks=False)),
        x=alt.X("value:Q", title=None, axis=None, scale=alt.Scale(zero=True)),
        tooltip=[_NAME, _SHOWN, _SENTENCE],
        href="href:N",
    )
    bars = base.mark_bar(cursor="pointer", cornerRadiusEnd=2, height=16).encode(color=_COLOR)
    texts = base.mark_text(align="left", dx=5, fontSize=11).encode(text="shown:N", color=_INK)
    return validated(alt.layer(bars, texts))


@cache
def stacked_years() -> str:
    """Bars of years made of parts. Data `parts`: year, state, order, value, color; only parts with a value."""
    base = alt.Chart(alt.NamedData("parts")).encode(
        x=_YEAR,
        y=_value(stack="zero"),
        order="order:O",
        tooltip=[_IN_YEAR, alt.Tooltip("state:N", title=both("情况", "State")), alt.Tooltip("value:Q", title="@unit", format=",")],
    )
    return validated(base.mark_bar(width=alt.RelativeBandSize(0.62)).encode(color=_COLOR).properties(height=220))


@cache
def themes_by_year() -> str:
    """A field a theme and year, darker for more. Data `fields`: year, theme, value, strength (0-1), is_dark, measures."""
    base = alt.Chart(alt.NamedData("fields")).encode(
        x=alt.X(
            "year:O",
            title=None,
            scale=alt.Scale(domain=["@years"]),
            axis=alt.Axis(orient="top", domain=False, ticks=False, **_SPARSE),
        ),
        y=alt.Y("theme:N", sort=None, title=None, axis=alt.Axis(labelLimit=260, domain=False, ticks=False)),
        tooltip=[
            alt.Tooltip("theme:N", title=both("主题", "Theme")),
            _IN_YEAR,
            alt.Tooltip("value:Q", title=both("数字", "Figures"), format=","),
            alt.Tooltip("measures:Q", title=both("举措", "Measures"), format=","),
        ],
    )
    fields = base.mark_rect(color="var(--accent)", stroke="var(--chart-paper)", strokeWidth=2, cornerRadius=3).encode(
        opacity=alt.Opacity("strength:Q", scale=None, legend=None)
    )
    counts = base.mark_text(fontSize=11).encode(text=alt.Text("value:Q", format=","), color=alt.condition("datum.is_dark", _PAPER, _INK))
    return validated(alt.layer(fields, counts))


@cache
def over_runs() -> str:
    """A line a count over the runs. Data `runs`: at (ISO time), what, value, run, color; `ends`: at, label_at, what, color."""
    base = alt.Chart(alt.NamedData("runs")).encode(
        x=alt.X("at:T", title=None, axis=alt.Axis(format="%m-%d", tickCount=6)),
        y=_value(),
        color=_COLOR,
        tooltip=[
            alt.Tooltip("run:N", title=both("运行", "Run")),
            alt.Tooltip("at:T", title=both("时间", "Time"), format="%Y-%m-%d %H:%M"),
            alt.Tooltip("what:N", title=both("项目", "What")),
            alt.Tooltip("value:Q", title=both("数量", "Count"), format=","),
        ],
    )
    lines = [base.mark_line(strokeWidth=2).encode(detail="what:N"), base.mark_point(filled=True, size=60, opacity=1)]
    return validated(alt.layer(*lines).properties(height=220))


@cache
def shares() -> str:
    """Bars of 100 % made of parts, a row a name. Data `parts`: name, state, order, value (0-1), count, color, href."""
    bars = alt.Chart(alt.NamedData("parts")).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, domain=False, ticks=False)),
        x=alt.X("value:Q", title=None, stack="zero", axis=alt.Axis(format="%", tickCount=5, grid=True), scale=alt.Scale(domain=[0, 1])),
        color=_COLOR,
        order="order:O",
        href="href:N",
        tooltip=[
            alt.Tooltip("name:N", title="@what"),
            alt.Tooltip("state:N", title=both("情况", "State")),
            alt.Tooltip("count:Q", title=both("数量", "Count"), format=","),
            alt.Tooltip("value:Q", title=both("占比", "Share"), format=".1%"),
        ],
    )
    return validated(bars.mark_bar(height=16))
