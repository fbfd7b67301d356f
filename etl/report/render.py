"""Pages into HTML: the template engine, what all templates can call, and the words on every page.

Everything that is not made by a template itself is escaped, and cleaned of characters that steer a terminal or turn the direction of
writing (`etl.visible`): reports are text of others. A page holds no script of its own, and the policy in its head allows none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from etl.names import in_both
from etl.report.pages import Page, Words, body_path, figure_anchor, figure_path, metric_path, report_path
from etl.visible import visible

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # charts set widths in place
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


class Renderer:
    """Renders pages; `shared` is what every template sees: the navigation, the state of the warehouse."""

    def __init__(self, shared: Mapping[str, Any]) -> None:
        self._environment = Environment(
            loader=FunctionLoader(_template), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
            finalize=_finalize, auto_reload=False,
        )  # fmt: skip
        self._environment.filters |= {one.__name__: one for one in (number, day, minute, web_address, heading)}
        self._environment.globals |= {
            one.__name__: one for one in (report_path, figure_path, metric_path, body_path, figure_anchor, named, label)
        }
        self._environment.globals |= {"t": Words, "to": _to, "policy": POLICY}
        self._environment.globals |= shared

    def render(self, page: Page) -> str:
        """The page as HTML."""
        root = "../" * page.path.count("/")
        template = self._environment.get_template(page.template)
        return template.render(page.context, page=page, root=root)


def number(value: Decimal | float | None, digits: int | None = None) -> str:
    """1,234.5; no zeros behind the point unless `digits` asks for them; – where there is none."""
    if value is None:
        return "–"
    if digits is not None:
        return f"{value:,.{digits}f}"
    return f"{Decimal(str(value)).normalize():,f}"


def day(value: date | None) -> str:
    """2024-02-01, which both languages read; – where there is none."""
    return "–" if value is None else f"{value:%Y-%m-%d}"


def minute(value: datetime | None) -> str:
    """2024-02-01 02:30, in the zone that it comes in (the warehouse answers in that of Shanghai)."""
    return "–" if value is None else f"{value:%Y-%m-%d %H:%M}"


def named(group: str, code: str) -> Words:
    """The name of a code of the vocabulary, in both languages."""
    return Words(*in_both(group, code))


def heading(section: Mapping[str, Any]) -> str:
    """A heading with its number as printed: 一、主要举措, (一)规范执法."""
    ordinal = section["ordinal"] or ""
    return f"{ordinal}{'、' if ordinal.isalnum() else ''}{section['heading']}"


def web_address(url: str | None) -> str | None:
    """The address if a browser may go there by a click: http and https only, never `javascript:` or a file."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def label(zh: str, en: str) -> Markup:
    """An aria-label in both languages, for elements that show no words: Chinese, and English when the reader switches."""
    zh, en = visible(zh), visible(en)
    return Markup('aria-label="{}" data-zh="{}" data-en="{}"').format(zh, zh, en)


@pass_context
def _to(context: Context, path: str) -> str:
    """The address of a page or an asset from the page that is rendered."""
    return f"{context['root']}{path}"


def _finalize(value: Any) -> Any:
    return visible(value) if type(value) is str else value


def _template(name: str) -> str | None:
    file = files("etl.report").joinpath("templates", name)
    return file.read_text(encoding="utf-8") if file.is_file() else None
