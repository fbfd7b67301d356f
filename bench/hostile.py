"""Hostile input of any size, by name: what no report looks like and every page may turn out to be.

In: a size n in characters. Out: a text or a page of about that size. `make bench` draws the curve of time over n with them, the tests
only make sure that reading ends.
"""

from __future__ import annotations

from collections.abc import Callable

Builder = Callable[[int], str]

TITLE = "云河区司法局2023年度法治政府建设情况报告"
_SENTENCE = "全年共办理行政复议案件128件，同比增长12.5%，其中受理105件、审结98件，按时办结率达99.6%。"

# a unit that is repeated until the size is reached, without a line break
_REPEATED = {
    "figures in one line": _SENTENCE,
    "figures without a full stop": _SENTENCE.replace("。", "，"),
    "figures without any mark": "办理128件",
    "han characters in one line": "依法行政",
    "digits": "7",
    "digits with commas": "1,234,",
    "digits with points": "1.",
    "digits and dashes": "1-",
    "chinese digits": "一二三百",
    "chinese tens of thousands": "万亿",
    "years": "2023年",
    "dates": "2023年11月30日",
    "blanks": " ",
    "wide blanks": "\u3000",
    "blanks and figures": "    12   件",
    "line feeds": "\n",
    "commas": "，",
    "full stops": "。",
    "opening brackets": "（",
    "opening square brackets": "〔",
    "opening titles": "《",
    "opening quotes": "“",
    "titles": "《条例》",
    "document numbers": "〔2023〕12号",
    "nested titles and figures": "《1",
    "bracketed figures": "（12件",
    "headings": "一、\n",
    "headings with text": "一、主要举措\n（一）执法\n1.监督\n",
    "enumerators in one line": "一是",
    "enumerators with text": "一是办理12件；",
    "circled enumerators": "①",
    "first, second": "首先，其次，",
    "table rows": "项目 数量 单位\n复议 12 件\n",
    "stacked cells that make no table": "1\n甲\n乙\n",
    "stacked names and numbers": "数量\n12\n",
    "cells in one line": "12 34 ",
    "series": "1件、",
    "respectively": "分别为1件、",
    "each": "各5件、",
    "from and to": "由30天压缩到12天",
    "from without to": "由从",
    "up by": "增长",
    "of which": "其中",
    "about, over": "近逾约超",
    "at least": "不少于",
    "percent signs": "%",
    "fractions": "三分之",
    "ratios": "1:",
    "slashes": "1/",
    "units": "件",
    "persons and times": "万人次",
    "and": "和",
    "enumeration commas": "、",
    "named things": "行政复议和",
    "of": "的",
    "organisations": "区司法局",
    "governments": "人民政府",
    "cumulative": "累计",
    "up to": "截至",
    "three years": "近三年",
    "stars": "*",
    "nul": "\0",
    "lone surrogates": "\ud800",
    "combining marks": "a\u0301",
    "full-width digits": "１２",
    "circled and roman": "⑩Ⅻ",
}

_NESTED = {"brackets": "（）", "titles": "《》", "quotes": "“”", "square brackets": "〔〕", "half-width brackets": "()"}

# opening and closing markup, nested to the size of the page
TAGS = {
    "div": ("<div>", "</div>"),
    "div with text": ("<div>1件", "</div>"),
    "div in span": ("<span><div>件", "</div></span>"),
    "span": ("<span>", "</span>"),
    "table": ("<table><tr><td>", "</td></tr></table>"),
    "table with a second cell": ("<table><tr><td>1</td><td>", "</td></tr></table>"),
    "body box": ('<div class="TRS_Editor">', "</div>"),
    "empty body box": ('<div id="zoom">', "</div>"),
    "info line": ('<div class="info-source">', "</div>"),
    "navigation": ("<nav>", "</nav>"),
    "list": ("<ul><li>", "</li></ul>"),
    "title band": ('<h2 class="article-title">', "</h2>"),
}

PAGE_UNITS = {
    "opening brackets of tags": "<",
    "scripts without an end": "<script ",
    "metas without an end": "<meta content=",
    "comments": "<!--",
    "entities": "&amp;",
    "entities without an end": "&",
    "paragraphs": "<p>办理12件",
    "breaks": "<br>",
    "blanks in a line": " ",
    "blanks and breaks": " \t\r",
    "unclosed bold": "<b>",
    "labels": "发布日期：",
    "dates": "2024-01-01 ",
    "attributes": "<p style='display:none'>",
}


def texts() -> dict[str, Builder]:
    """Builders of bodies; the title is right, so that a year and a body that reports are found."""
    found: dict[str, Builder] = {}
    for name, unit in _REPEATED.items():
        found[name] = lambda n, unit=unit: f"{TITLE}\n{(unit * (n // len(unit) + 1))[:n]}"
    for name, (opening, closing) in _NESTED.items():
        found[f"nested {name}"] = lambda n, pair=(opening, closing): f"{TITLE}\n{pair[0] * (n // 2)}12件{pair[1] * (n // 2)}"
    return found


def pages() -> dict[str, Builder]:
    """Builders of pages: nested and unclosed markup, in a known box and without one."""
    found: dict[str, Builder] = {}
    for name, (opening, closing) in TAGS.items():
        found[f"nested {name}"] = lambda n, pair=(opening, closing): _page(
            pair[0] * (n // len("".join(pair))) + _SENTENCE + pair[1] * (n // len("".join(pair)))
        )
    for name, unit in PAGE_UNITS.items():
        found[name] = lambda n, unit=unit: _page(f'<div id="zoom"><p>{_SENTENCE}</p>{unit * (n // len(unit))}</div>')
        found[f"{name}, no box"] = lambda n, unit=unit: _page(f"<div><p>{_SENTENCE}</p>{unit * (n // len(unit))}</div>")
    return found


def _page(body: str) -> str:
    return f'<html><head><meta name="ArticleTitle" content="{TITLE}"></head><body>{body}</body></html>'
