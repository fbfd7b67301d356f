"""One HTML page read: its text and what it says of itself. Pure: bytes in, `Document` out.

The main text is that of the first known box, or else of the block with the most text of its own (`body_from` says which). What
a page lacks is null, never guessed. Whether the text is a report is checked apart (`check_is_report`), what it says elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.charset import decode
from etl.errors import PageError
from etl.models import Document
from etl.nesting import check_nesting
from etl.parse.blocks import clean_line, hidden, is_shown, outermost, read_lines
from etl.parse.lexicon import words
from etl.parse.page_facts import read_published_on, read_publisher, read_title

_FALLBACK = "most_text"
_INFO = ", ".join(words("page", "info"))
_OPENING = 500
_CHALLENGE_LENGTH = 300

_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip, docx or xlsx file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"Rar!": "an archive",
}

# <html, <!DOCTYPE, <p>
_MARKUP = re.compile(r"<[A-Za-z!]")

# <script r='m'>, <meta content="{qtYwJ…">: pages that only run a script and come back with a cookie
_CHALLENGE_MARKUP = re.compile(r"<script[^>]{0,500}\br=['\"]?m\b|<meta[^>]{0,500}content=['\"]?\{qt", re.IGNORECASE)

# what is left of text that was decoded wrongly, once or twice
_MOJIBAKE = ("\ufffd", "锟斤拷")


def read_page(raw: bytes, content_type: str | None) -> Document:
    """The document of a page.

    Raises:
        PageError: `empty_page` (no text), `not_html`, `challenge_page` (a script in place of a page),
            `nested_too_deep` or `mojibake`.
    """
    _check_is_markup(raw)
    decoded = decode(raw, content_type)
    if not _MARKUP.search(decoded.text):
        raise PageError("the page holds no markup: it is no HTML", "not_html")
    check_nesting(decoded.text)
    tree = LexborHTMLParser(decoded.text)
    frame = {node.mem_id for node in tree.css(", ".join(words("page", "frame")))}
    noise = frame | {node.mem_id for node in tree.css(_INFO)}
    body, lines, body_from = _find_body(tree, noise)
    if body_from == _FALLBACK:
        _check_is_no_challenge(tree, decoded.text)
    if body is None or not lines:
        raise PageError("the page holds no text", "empty_page")
    around = _read_around(tree, body, frame)
    document = Document(
        title=read_title(tree),
        text="\n".join(lines),
        published_on=read_published_on(tree, around),
        publisher=read_publisher(tree, around),
        charset=decoded.charset,
        charset_from=decoded.decided_by,
        body_from=body_from,
    )
    if found := next((mark for mark in _MOJIBAKE if mark in document.title or mark in document.text), None):
        raise PageError(f"the text holds {found!r}: it was decoded as {decoded.charset} (by {decoded.decided_by})", "mojibake")
    return document


def check_is_report(document: Document, patterns: Iterable[str] | None = None) -> None:
    """Make sure that title or opening speak of the building of a rule-of-law government, and that the body speaks of law at all.

    `patterns` are regular expressions; the default is the vocabulary's.

    Raises:
        PageError: `not_a_report`, for instance an error page that answers 200.
    """
    opening = "".join((document.title + document.text[:_OPENING]).split())
    if not any(re.search(pattern, opening) for pattern in patterns or words("page", "report")):
        raise PageError(f"neither title (“{document.title[:60]}”) nor opening speak of 法治政府建设", "not_a_report")
    if not re.search("法治|依法", document.text):
        raise PageError(f"“{document.title[:60]}” has a body that nowhere speaks of 法治 or 依法", "not_a_report")


def _check_is_markup(raw: bytes) -> None:
    if not raw.strip():
        raise PageError("the page is empty", "empty_page")
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            raise PageError(f"the page is {kind}, not HTML", "not_html")


def _check_is_no_challenge(tree: LexborHTMLParser, text: str) -> None:
    """A page without a known box that runs a script and shows nothing, or next to nothing and that about browsers."""
    if tree.css_first("script") is None:
        return
    shown = "".join(_shown(tree))
    speaks_of_browsers = any(word.lower() in text.lower() for word in words("page", "challenge"))
    if not shown or _CHALLENGE_MARKUP.search(text) or (len(shown) < _CHALLENGE_LENGTH and speaks_of_browsers):
        raise PageError("the page only runs a script (a challenge for browsers); it is not solved", "challenge_page")


def _find_body(tree: LexborHTMLParser, noise: Collection[int]) -> tuple[LexborNode | None, list[str], str]:
    """The box of the main text, its lines, and the selector that found it: the first known box with text, else the densest block."""
    known: str | None = None
    for selector in words("page", "body"):
        for node in outermost(tree.css(selector), selector):
            if lines := read_lines(node, noise):
                return node, lines, selector
            known = known or selector
    if known:
        return None, [], known
    body = _densest(tree, noise)
    return body, [] if body is None else read_lines(body, noise), _FALLBACK


def _densest(tree: LexborHTMLParser, noise: Collection[int]) -> LexborNode | None:
    """The block with the most text in its own paragraphs and text nodes; noise does not count, nor do the links of a menu."""
    if tree.body is None:
        return None
    without = hidden(tree.body).union(noise)
    blocks, inline = frozenset(words("page", "fallback")), frozenset(words("page", "paragraphs"))
    owned: dict[int, int] = {}
    owners: list[LexborNode] = [tree.body]
    # each node with the index of the block that its text belongs to (None: to none), and whether it is in a paragraph
    waiting: list[tuple[LexborNode, int | None, bool]] = [(tree.body, 0, False)]
    while waiting:
        node, owner, is_inside = waiting.pop()
        for child in node.iter(include_text=True):
            if child.is_text_node:
                if owner is not None:
                    owned[owner] = owned.get(owner, 0) + len(clean_line(child.text_content or ""))
            elif is_shown(child) and child.mem_id not in without:
                if child.tag in blocks:
                    owners.append(child)
                    waiting.append((child, len(owners) - 1, False))
                else:
                    is_text = is_inside or child.tag in inline
                    waiting.append((child, owner if is_text else None, is_text))
    best = max(sorted(owned), key=lambda index: owned[index], default=0)
    return owners[best] if owned.get(best) else None


def _read_around(tree: LexborHTMLParser, body: LexborNode, frame: Collection[int]) -> str:
    """What stands around the main text, and the info lines inside it: there pages say when and by whom it was published."""
    inside = [line for node in outermost(body.css(_INFO), _INFO) for line in read_lines(node)]
    return "\n".join(_shown(tree, {body.mem_id, *frame}) + inside)


def _shown(tree: LexborHTMLParser, without: Collection[int] = ()) -> list[str]:
    return [] if tree.body is None else read_lines(tree.body, without)
