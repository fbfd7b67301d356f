"""The rotating mixes that reading is measured on: reports of 10,000 characters, and pages of about 50 kB that hold them.

In: the texts of the repository, which are the sample portal's articles and the gold reports of the tests. Out: one report for each text.
"dense" joins the bodies that follow a text, nearly all of them written to hold as many figures as they can; "real" repeats the one real
report, as sparse in figures as published reports are, with one dense paragraph of the text in it. `variant` changes the long figures from
round to round, so that no cache of whole sentences can answer for the parser. Nothing is measured here.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Literal, get_args

from markupsafe import Markup, escape

from etl.settings import PROJECT_DIR
from sample.content import load_content
from sample.markup import paragraphs
from sample.render import render_article

Mix = Literal["dense", "real"]
MIXES: tuple[Mix, ...] = get_args(Mix)

LENGTH = 10_000
PAGE_BYTES = 50_000

_REAL = "静安区"  # whose report is the only one that nobody made up

_SLOT = "这一行的位置"

# <p style='text-align:justify'>&emsp;&emsp;<span style="…">这一行的位置</span></p>
_SLOT_PARAGRAPH = re.compile(r"<p[^>]*>[^\r\n]*" + r"(?:<[^>]*>)*".join(_SLOT) + r"[^\r\n]*")

# 52800 in 52800件; neither 2023 in 2023年 nor 12 in 12月, for a changed date would be another kind of text
_LONG_FIGURE = re.compile(r"(?<![0-9.〔\[])[0-9]{3,}(?![0-9]*[年.〕\]])")


def reports(mix: Mix = "dense") -> list[tuple[str, str]]:
    """(title, text) of every report of a mix; each text has `LENGTH` characters."""
    found = sources()
    if mix == "dense":
        return [(title, _to_length([body for _, body in found[i:] + found[:i]])) for i, (title, _) in enumerate(found)]
    title, real = next((title, body) for title, body in found if _REAL in title)
    return [(title, _to_length([real, max(body.split("\n"), key=len), real])) for _, body in found]


def pages(mix: Mix = "dense") -> list[str]:
    """A page of the sample portal's template for each report: Word's markup first, plain paragraphs when the page is large enough."""
    return [_page(title, text) for title, text in reports(mix)]


def variant(text: str, turn: int) -> str:
    """The same text or page with other long figures; the same again for the same `turn`."""
    return _LONG_FIGURE.sub(lambda match: match[0][0] + "".join(str((int(digit) + turn) % 10) for digit in match[0][1:]), text)


def _to_length(bodies: list[str]) -> str:
    return "\n".join(bodies * (1 + LENGTH // sum(map(len, bodies))))[:LENGTH]


def sources() -> list[tuple[str, str]]:
    """(title, text) of every report that the repository holds, as written."""
    articles = [(article.title, article.text) for article in load_content().articles if len(article.text) > 1000]
    gold = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((PROJECT_DIR / "tests/data/gold").glob("*.json"))]
    return articles + [(report["title"], report["text"].partition("\n")[2]) for report in gold]


def _page(title: str, text: str) -> str:
    content = load_content()
    article = next(article for article in content.articles if len(article.text) > 1000)
    column = next(column for column in content.columns if column.code == article.column[:6])
    sub = next(sub for sub in column.subs if sub.code == article.column)
    frame = render_article(column, sub, replace(article, title=title, text=_SLOT, template="a")).decode()
    budget = PAGE_BYTES - len(frame.encode()) - len(text.encode())
    body = "\r\n".join(_paragraphs(text, budget))
    page, found = _SLOT_PARAGRAPH.subn(lambda _: body, frame, count=1)
    if not found:
        raise ValueError("the template of the sample portal has changed: no paragraph to put the report in")
    return page


def _paragraphs(text: str, budget: int) -> list[Markup]:
    """Paragraphs whose markup takes up about `budget` bytes beyond the text."""
    rich = paragraphs(text)
    found: list[Markup] = []
    for line, paragraph in zip(text.splitlines(), rich, strict=True):
        plain = Markup("<p>{}{}</p>").format(paragraph.indent, escape(line))
        cost = len(paragraph.markup.encode()) - len(line.encode())
        found.append(Markup("<p>{}{}</p>").format(paragraph.indent, paragraph.markup) if budget > cost else plain)
        budget -= cost + 12 if budget > cost else 12
    return found
