"""How deep a page's markup is nested, told from its tags before it is parsed.

In: the markup. Out: nothing, or a `PageError`. A parser of HTML looks through all open elements at each tag and repeats formatting
that was not closed in every paragraph, as the standard has it: time and memory grow with the square of the depth. Pages of portals
are some dozens deep; what is a hundred times as deep is broken or hostile.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from etl.errors import PageError

DEEPEST = 1000
MOST_UNCLOSED = 200

_FEW_TAGS = 2000
"""With so few tags nothing can go wrong, and nearly all pages have fewer."""

# <span style="…">, </div>
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>[^<>]{0,200})")

_FORMATTING = frozenset({"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})

# what has no end tag, or may leave it out
_UNNESTED = frozenset({
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
})  # fmt: skip
_KEPT = 3
"""So many equal unclosed formatting elements are repeated in the next paragraph, and no more."""


def check_nesting(markup: str) -> None:
    """Make sure that a page can be parsed in time and memory linear in its size.

    Raises:
        PageError: `nested_too_deep`.
    """
    if markup.count("<") <= _FEW_TAGS:
        return
    depth, unclosed = _measure(markup)
    if depth > DEEPEST:
        raise PageError(f"the page's markup is nested {depth:,} deep; up to {DEEPEST:,} is read", "nested_too_deep")
    if unclosed > MOST_UNCLOSED:
        raise PageError(f"the page leaves {unclosed:,} formatting tags open; up to {MOST_UNCLOSED} are read", "nested_too_deep")


def _measure(markup: str) -> tuple[int, int]:
    """The most elements open at once, and how many unclosed formatting elements a paragraph may have to repeat."""
    stack: list[str] = []
    is_open: Counter[str] = Counter()
    most: Counter[str] = Counter()
    variants: defaultdict[str, set[str]] = defaultdict(set)
    deepest = 0
    for tag in _TAG.finditer(markup):
        name = tag["name"].lower()
        if name in _UNNESTED:
            continue
        if name in _FORMATTING:
            is_open[name] = max(0, is_open[name] + (-1 if tag["end"] else 1))
            most[name] = max(most[name], is_open[name])
            variants[name].add(tag["attributes"])
        elif not tag["end"]:
            stack.append(name)
            is_open[name] += 1
            deepest = max(deepest, len(stack))
        elif is_open[name]:
            while (inner := stack.pop()) != name:
                is_open[inner] -= 1
            is_open[name] -= 1
    return deepest, sum(min(count, _KEPT * len(variants[name])) for name, count in most.items())
