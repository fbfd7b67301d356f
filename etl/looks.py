"""What a body of status 200 looks like: a page, a refusal, a page that says it is not there, or next to nothing.

In: bytes as received and the Content-Type header. Out: `Looks`: an outcome of `etl.models`, and in words what it rests on. Pure, and
below fetch and parse, which both ask: no page must become an empty document, and none may be taken for refused that is there.
Whether a page is a report, and whether a list holds items, is not decided here. The words are data (`looks.toml`).
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.charset import decode
from etl.errors import PageError
from etl.models import PageKind
from etl.nesting import check_nesting

LooksLike = Literal["ok", "blocked", "soft_404", "stub"]

FILES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip, docx or xlsx file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"{\\rtf": "an RTF file",
}
"""First bytes of files that are no pages."""

_ENOUGH = 1500
"""Characters of own text (not of links) at which a page is one, whatever it says; no more are read."""
_SHORT = 400
"""Up to so many characters of own text a page may be nothing but a notice: 您访问的页面不存在或已删除，请返回首页。"""
_NOTHING = 10
_A_SENTENCE = 30
_MANY_LINKS = 15
_SCRIPTED = 100
"""So many Chinese characters in its scripts and a page carries its text there: window._CONFIG, <datastore>, document.writeln."""

# <html, <!DOCTYPE, <p>
_MARKUP = re.compile(r"<[A-Za-z!]")
# <?xml …>, <datastore>: what lists are loaded from
_DATA = re.compile(r"\s*(?:<\?xml|<datastore)")
_HAN = re.compile("[\u4e00-\u9fff]")

# <script r='m'>, <meta content="{qtYwJ…">, and clearance cookies: pages that only run a script and come back with a cookie
_CHALLENGE = re.compile(
    r"<script[^>]{0,500}\br=['\"]?m\b|<meta[^>]{0,500}content=['\"]?\{qt|__jsl_clearance|acw_sc__v2|/cdn-cgi/challenge-platform",
    re.IGNORECASE,
)
# <meta http-equiv="refresh" content="0;url=/404.html">   location.href = "/404.html"   location.replace('/404.html')
_LEADS = re.compile(
    r"http-equiv=['\"]?refresh['\"]?[^>]{0,80}url=\s*['\"]?(?P<refresh>[^'\"\s>]+)"
    r"|location(?:\.href)?\s*=\s*['\"](?P<href>[^'\"]+)|location\.(?:replace|assign)\(\s*['\"](?P<replaced>[^'\"]+)",
    re.IGNORECASE,
)
_ERROR_ADDRESS = re.compile(r"404|error|notfound", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOT_SHOWN = frozenset(
    {"head", "script", "style", "noscript", "template", "select", "option", "textarea", "button", "title", "svg", "iframe"}
)
_HOLDS = "img, iframe, frame, embed, object, video"
_LINKS_FILES = "a[href*='.pdf' i], a[href*='.doc' i], a[href*='.xls' i], a[href*='.wps' i], a[href*='attach' i]"


@dataclass(frozen=True, slots=True)
class Looks:
    """An outcome, and what it rests on in words; null where there is nothing to say."""

    outcome: LooksLike
    detail: str | None = None


OK = Looks("ok")


def look_at(raw: bytes, content_type: str | None, *, page: PageKind) -> Looks:
    """What the body of an answer with status 200 looks like. Never fails.

    Args:
        raw: the body, after content decoding.
        content_type: the header as sent; it is used for the charset only, since it is often wrong about the rest.
        page: what was asked for.
    """
    if not raw.strip():
        return OK if page == "robots" else Looks("stub", "the page is empty")
    if any(raw.startswith(magic) for magic in FILES):
        return OK
    text = decode(raw, content_type).text
    if page == "list" and _DATA.match(text):
        return OK
    if not _MARKUP.search(text):
        return OK if page in ("robots", "attachment") else _look_at_plain(text)
    if page == "attachment" and b"\0" in raw[:1024]:
        return OK  # a binary file in which chance wrote a tag
    try:
        check_nesting(text)
    except PageError:
        return OK  # no notice is so large; whoever reads it refuses it by name
    looks = look_at_tree(LexborHTMLParser(text), text, page=page)
    if page == "robots" and looks.outcome == "ok":
        return Looks("soft_404", "a web page in place of robots.txt")
    return looks


def look_at_tree(tree: LexborHTMLParser, text: str, *, page: PageKind) -> Looks:
    """`look_at` for a page that is parsed already; `text` is its markup."""
    own, of_links, links = _shown(tree)
    titles = [_bare(node.text()) for node in [*tree.css("head > title")[:1], *tree.css("h1, h2")[:2]]]
    is_short = len(own) <= _SHORT
    is_dated = _is_dated(tree)
    if len(own) < _ENOUGH and not is_dated and (found := _notice(titles, own if is_short else "")):
        return found
    if is_short and _CHALLENGE.search(text):
        return Looks("blocked", "the page only runs a script (a challenge for browsers); it is not solved")
    if len(own) + len(of_links) < _NOTHING and tree.css_first(_HOLDS) is None and (found := _nothing(tree, text, own + of_links, page)):
        return found
    if page in ("article", "attachment") and not is_dated and links >= _MANY_LINKS and _is_front_page(tree, titles[:1], own):
        return Looks("soft_404", "the portal's front page in place of the page asked for")
    return OK


def _look_at_plain(text: str) -> Looks:
    """JSON and XML are for those who asked; of anything else a few words are no page."""
    try:
        json.loads(text)
    except ValueError:
        pass
    except RecursionError:
        return OK  # whoever reads it refuses it by name
    else:
        return OK if text.lstrip()[:1] in ("{", "[", '"') else Looks("stub", f"nothing but {text.strip()[:20]!r}")
    bare = _bare(text)
    if len(bare) <= _SHORT and (found := _notice([], bare)):
        return found
    return Looks("stub", f"nothing but {text.strip()[:20]!r}") if len(bare) < 100 else OK


def _notice(titles: list[str], short_text: str) -> Looks | None:
    """What titles say, and the whole text where it is short: refused, not there, failed."""
    outcomes: tuple[tuple[str, LooksLike, str], ...] = (
        ("blocked", "blocked", "the page refuses us"),
        ("soft_404", "soft_404", "the page says that it is not there"),
        ("failed", "stub", "the server failed, under status 200"),
    )
    for table, outcome, what in outcomes:
        for text in titles:
            if found := _pattern(table, "title").search(text):
                return Looks(outcome, f"{what}: {_quoted(text, found)}")
        if found := _pattern(table, "text").search(short_text):
            return Looks(outcome, f"{what}: {_quoted(short_text, found)}")
    return None


def _nothing(tree: LexborHTMLParser, text: str, shown: str, page: PageKind) -> Looks | None:
    """A page that shows next to nothing: it leads elsewhere, wants a browser, is filled by a script, or is nothing."""
    scripts = "".join(node.text() for node in tree.css("script"))
    if len(_HAN.findall(scripts)) >= _SCRIPTED:
        return None
    if (leads := _LEADS.search(text)) and not shown:
        target = next(group for group in leads.groups() if group)
        is_error = _ERROR_ADDRESS.search(target) is not None
        return Looks("soft_404" if is_error else "stub", f"nothing but a way to {target[:100]}")
    if tree.css_first(", ".join(_words()["shell"]["selectors"])) is not None:
        return None if page == "list" else Looks("stub", "a shell that a script fills in the browser")
    if tree.css_first("script") is not None and not shown:
        return Looks("blocked", "the page only runs a script (a challenge for browsers); it is not solved")
    return Looks("stub", f"the page shows nothing but {shown!r}" if shown else "the page shows nothing")


def _is_front_page(tree: LexborHTMLParser, title: list[str], own: str) -> bool:
    """A page of links that calls itself the portal, without a sentence or a file."""
    if tree.css_first(_LINKS_FILES) is not None:
        return False
    site = next((node.attributes.get("content") for node in tree.css("meta[name='sitename' i]")), None)
    called = any(_bare(site or "") == one or _pattern("front_page", "title").search(one) for one in title if one)
    return called and max(map(len, re.split("[。；！？]", own)[:-1]), default=0) < _A_SENTENCE


def _is_dated(tree: LexborHTMLParser) -> bool:
    """Whether the head dates an article: a template that could fill that in has found one."""
    nodes = tree.css("meta[name='pubdate' i]")
    return any(re.search(r"20\d\d", node.attributes.get("content") or "") for node in nodes)


def _shown(tree: LexborHTMLParser) -> tuple[str, str, int]:
    """Shown text without blanks, up to `_ENOUGH`: own text, text of links; and the number of links."""
    own: list[str] = []
    of_links: list[str] = []
    length = links = 0
    waiting: list[tuple[LexborNode, bool]] = [(tree.body, False)] if tree.body else []
    while waiting and length < _ENOUGH:
        node, in_link = waiting.pop()
        if node.is_text_node:
            text = _bare(node.text_content or "")
            (of_links if in_link else own).append(text)
            length += 0 if in_link else len(text)
        elif node.is_element_node and node.tag not in _NOT_SHOWN and not _is_hidden(node):
            is_link = node.tag == "a" and bool(node.attributes.get("href"))
            links += is_link
            waiting += [(child, in_link or is_link) for child in reversed(list(node.iter(include_text=True)))]
    return "".join(own), "".join(of_links), links


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _bare(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "").replace("\ufeff", "")


def _quoted(text: str, found: re.Match[str]) -> str:
    return f"“{text[max(0, found.start() - 10) : found.end() + 10]}”"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("etl").joinpath("looks.toml").read_text(encoding="utf-8"))


@cache
def _pattern(table: str, place: str) -> re.Pattern[str]:
    return re.compile("|".join(_words()[table][place]), re.IGNORECASE)
