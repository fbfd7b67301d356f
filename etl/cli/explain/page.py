"""Explanations as one page of HTML that needs nothing else: no script, no font, no picture, no address.

The template and its style are data beside this module; everything that comes from a report is escaped by the template engine.
"""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from etl.cli.explain.layout import Layout
from etl.cli.explain.wording import counts, fields, format_value, heading, verdict
from etl.names import name, names
from etl.visible import visible


def render_page(layouts: list[tuple[str, Layout]]) -> str:
    """The page of some reports, given as (source, layout)."""
    environment = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["visible"] = visible
    template = environment.get_template("page.html.jinja")
    wording = {"fields": fields, "format_value": format_value, "counts": counts, "heading": heading, "verdict": verdict}
    return template.render(layouts=layouts, style=_read("page.css"), name=name, names=names(), **wording)


def _read(file: str) -> str:
    return files("etl.cli.explain").joinpath(file).read_text(encoding="utf-8")
