"""A text as Word leaves it on a web page: spans with inline styles, figures broken over several spans, indents of blanks.

In: the lines of an article. Out: its paragraphs as markup. The same line always gives the same markup, because validators are
made from it, and without its tags and its indent it is the line again.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from markupsafe import Markup, escape

# 2,180 and 35.5 and 2023
_FIGURE = re.compile(r"(\d+(?:[.,]\d+)*)")

# 一、主要举措和成效
_HEADING = re.compile(r"[一二三四五六七八九十]+、[^。]{2,50}。?$")

# 市委、市政府：
_SALUTATION = re.compile(r"[^。，,]{2,20}[:：]$")

# 2024年2月8日
_DATE = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日$")

_STYLES = (
    "font-family:仿宋_GB2312;font-size:16pt",
    "font-family: 仿宋; font-size: 21px; line-height: 2em;",
    "mso-spacerun:'yes';font-family:仿宋;font-size:16.0000pt",
)
_INDENTS = (Markup("&emsp;&emsp;"), Markup("&nbsp;&nbsp;&nbsp;&nbsp;"), Markup("\u3000\u3000"))
_TEXT_RUN = 24
_BROKEN_FIGURES = 0.4


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its markup, and where it stands."""

    markup: Markup
    indent: Markup
    is_right: bool


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text. Salutation and signature are not indented, the signature stands on the right."""
    lines = text.splitlines()
    last = len(lines) - 1
    return [_paragraph(line, is_first=number == 0, is_near_end=number >= last - 1) for number, line in enumerate(lines)]


def signed_on(text: str) -> str:
    """The date below the signature as 2024-02-08, or an empty string."""
    match = _DATE.match(text.rpartition("\n")[2])
    return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}" if match else ""


def _paragraph(line: str, *, is_first: bool, is_near_end: bool) -> Paragraph:
    is_right = is_near_end and not is_first and "。" not in line
    is_flush = is_right or (is_first and bool(_SALUTATION.match(line)))
    chance = random.Random(line)
    indent = Markup("") if is_flush else chance.choice(_INDENTS)
    spans = _spans(line, chance)
    return Paragraph(Markup("<strong>{}</strong>").format(spans) if _HEADING.match(line) else spans, indent, is_right)


def _spans(line: str, chance: random.Random) -> Markup:
    style = chance.choice(_STYLES)
    runs: list[Markup] = []
    for number, piece in enumerate(_FIGURE.split(line)):
        is_figure = number % 2 == 1
        for part in _figure_parts(piece, chance) if is_figure else _text_parts(piece, chance):
            tag = '<span lang="EN-US" style="{}">{}</span>' if is_figure else '<span style="{}">{}</span>'
            runs.append(Markup(tag).format(style, escape(part)))
    return Markup("").join(runs)


def _figure_parts(figure: str, chance: random.Random) -> list[str]:
    if len(figure) < 2 or chance.random() > _BROKEN_FIGURES:
        return [figure]
    cut = chance.randrange(1, len(figure))
    return [figure[:cut], figure[cut:]]


def _text_parts(text: str, chance: random.Random) -> list[str]:
    parts = []
    while text:
        length = chance.randrange(4, 2 * _TEXT_RUN)
        parts.append(text[:length])
        text = text[length:]
    return parts
