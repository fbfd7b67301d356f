"""Charts of the picture book: Vega-Lite specifications made with Altair, drawn in the browser by a script that lies beside the pages.

In: rows. Out: `Chart`, with its specification as JSON, its text alternative and its table. A specification is made and validated once
and filled for each page, since that takes Altair 25 ms. Texts in two languages are one string, `both("年度", "Year")`: `charts.js`
picks one side when it draws, so that a page holds its data once. Colours are names of CSS variables: themes and print need no script.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt
from markupsafe import Markup

from etl.report.pages import Words
from etl.visible import visible

SEPARATOR = "␟"
"""Stands between the Chinese and the English side of a text; `plain` keeps it out of words of the warehouse."""
SERIES = tuple(f"var(--series-{number})" for number in range(1, 9))
"""Colours of lines, in their order; assets/charts.css says which."""
SCRIPTS = ("vega.js", "charts.js")
"""What a page with charts loads: `vega_script`, and the file of assets/ that draws."""

Rows = Sequence[Mapping[str, Any]]


def both(zh: str, en: str) -> str:
    """One text in both languages, for a specification or its data."""
    return f"{plain(zh)}{SEPARATOR}{plain(en)}"


def plain(text: str) -> str:
    """A text of the warehouse, which is the same in both languages."""
    return visible(text).replace(SEPARATOR, " ")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: a text, where it leads, and whether it stands to the right as numbers do."""

    text: str | Words
    href: str | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a chart for those who do not see it. `rest` says which rows were left out."""

    heads: Sequence[Words]
    rows: Sequence[Sequence[Cell]]
    rest: Words | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure of a page: `name` is unique in it, `caption` says what is seen, `key` names its colours.

    `has_labels`: the names stand beside the lines, so that only a narrow screen wants the key. `picks`: bodies that a reader can add.
    """

    name: str
    title: Words
    caption: Words
    specification: Markup
    table: Table
    key: Sequence[tuple[str, str | Words]] = ()
    has_labels: bool = False
    picks: Sequence[str] = ()


def validated(chart: alt.TopLevelMixin) -> str:
    """The JSON of a chart that fits the schema of Vega-Lite, as wide as its place in the page; "@words" in it are filled later.

    Raises:
        altair.SchemaValidationError: the chart does not fit the schema.
    """
    made = chart.to_dict() | {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}
    return json.dumps({name: value for name, value in made.items() if name != "config"}, ensure_ascii=False)


def fill(specification: str, data: Mapping[str, Rows], height: int | None = None, **words: Any) -> Markup:
    """The specification with its named data, its height in pixels, and a value for each "@word" (a list for a list of it alone)."""
    for word, value in words.items():
        mark = f'["@{word}"]' if isinstance(value, list) else f'"@{word}"'
        specification = specification.replace(mark, json.dumps(value, ensure_ascii=False))
    sized = {} if height is None else {"height": height}
    return to_script({**json.loads(specification), **sized, "datasets": data})


def to_script(value: Any) -> Markup:
    """JSON that may stand in a <script> of a page, whatever the texts hold: no </script>, no <!--, no ]]>, no entity."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_number)
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return Markup(written)


def _number(value: Any) -> float | int:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{value!r} has no place in a chart")


def vega_script() -> str:
    """Vega, Vega-Lite and Vega-Embed as one classic script, from the installed vl-convert; takes two seconds.

    The bundle is a module with names of its own at the top level: a function keeps them from other scripts of the page.
    """
    import vl_convert

    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return f"(function(){{{bundle}}})();\n"
