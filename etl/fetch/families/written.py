"""Markup that a page's script writes: `document.writeln("<li>…</li>")` with the markup in the script's own text, as TRS lists have it.

In: the text of a page. Out: the same text with what such a script writes in the place of the script. Nothing is run: what is put together
from variables stays unread, and a list made that way has no items.
"""

from __future__ import annotations

import re

_SCRIPT = re.compile(r"<script\b[^>]*>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)

# "<li><a href=\"./t20240325_1.html\">…<\/a><\/li>", '…'
_LITERAL = r'"(?:[^"\\\r\n]|\\.)*"|' + r"'(?:[^'\\\r\n]|\\.)*'"

# document.writeln("…"); document.write('…' + "…")
_WRITE = re.compile(rf"document\.write(?:ln)?\(\s*(?P<literals>(?:{_LITERAL})(?:\s*\+\s*(?:{_LITERAL}))*)\s*\)")
_ONE = re.compile(_LITERAL)

# what is commented out in a script; https:// inside a literal is none
_COMMENT = re.compile(r"^\s*(?://[^\r\n]*|/\*.*?\*/)", re.DOTALL | re.MULTILINE)

# \" \/ \n \u6cd5
_ESCAPE = re.compile(r"\\(?:u(?P<four>[0-9a-fA-F]{4})|x(?P<two>[0-9a-fA-F]{2})|(?P<other>.))", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\n", "t": "\t"}


def with_written(text: str) -> str:
    """The page with the markup that its scripts write, where it stands in them as it is."""
    if "document.write" not in text:
        return text
    return _SCRIPT.sub(lambda match: _written(match["code"]) or match[0], text)


def _written(code: str) -> str:
    writes = (match["literals"] for match in _WRITE.finditer(_COMMENT.sub("", code)))
    return "\n".join("".join(_ESCAPE.sub(_plain, literal[1:-1]) for literal in _ONE.findall(write)) for write in writes)


def _plain(escape: re.Match[str]) -> str:
    if digits := escape["four"] or escape["two"]:
        return chr(int(digits, 16))
    return _CONTROLS.get(escape["other"], escape["other"])
