"""One HTML page read: its text and what it says of itself. Pure: bytes in, `Document` out.

The main text is that of a known box, of a script that carries it, or of the block with most of the sentences (`body_from` says which).
What a page lacks is null, never guessed. Whether the text is a report is checked apart (`check_is_report`), what it says elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.charset import Decoded, decode, find_mojibake
from etl.errors import PageError
from etl.links import find_attachments, find_parts
from etl.looks import FILES, look_at_tree
from etl.models import DateSource, Document, Sighting
from etl.nesting import check_nesting
from etl.parse.blocks import CELLS, outermost, read_lines
from etl.parse.folding import fold
from etl.parse.lexicon import words
from etl.parse.main_text import SEARCHED
from etl.parse.page_body import Body, find_body
from etl.parse.page_dates import ORDER, read_dates
from etl.parse.page_facts import read_publisher, read_title
from etl.parse.unwrap import unwrap
from etl.parse.years import find_stated_year

_FRAME = ", ".join(words("page", "frame"))
_INFO = ", ".join(words("page", "info"))
_OPENING = 500

# <html, <!DOCTYPE, <p>
_MARKUP = re.compile(r"<[A-Za-z!]")

# what a look at the page finds, as a reason for quarantine
_REASONS = {"blocked": "challenge_page", "soft_404": "soft_404", "stub": "empty_page"}


class Selectors(Protocol):
    """CSS selectors of a source with a template of its own; null: what is known of all templates."""

    @property
    def body(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def published_on(self) -> str | None: ...
    @property
    def publisher(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class OwnSelectors:
    """`Selectors` as plain values."""

    body: str | None = None
    title: str | None = None
    published_on: str | None = None
    publisher: str | None = None


class Template(Protocol):
    """How the pages of a source are read: its own selectors, tried first, and which witness of the day of publication counts first."""

    @property
    def selectors(self) -> Selectors: ...
    @property
    def date_order(self) -> Sequence[DateSource]: ...


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """`Template` as plain values."""

    selectors: Selectors = OwnSelectors()
    date_order: Sequence[DateSource] = ORDER


KNOWN = OwnTemplate()


def read_page(raw: bytes, content_type: str | None, sighting: Sighting | None = None, template: Template | None = None) -> Document:
    """The document of a page. Its text may be empty only where it links files.

    Args:
        raw: the page as received.
        content_type: the header that came with it.
        sighting: how it was met with; its dates and address are witnesses of the day of publication.
        template: how the pages of its source are read.

    Raises:
        PageError: `empty_page` (no text, or next to none), `not_html`, `challenge_page` (a script in place of a page), `soft_404`
            (it says that it is not there), `nested_too_deep` or `mojibake`.
    """
    sighting, template = sighting or Sighting(), template or KNOWN
    selectors = template.selectors
    decoded = _decoded(raw, content_type)
    tree = LexborHTMLParser(decoded.text)
    frame = {node.mem_id for node in tree.css(_FRAME)}
    noise = frame | {node.mem_id for node in tree.css(_INFO)}
    body = find_body(tree, decoded.text, noise, selectors.body)
    looks = look_at_tree(tree, decoded.text, page="article")
    is_known = body.lines and body.found_by not in SEARCHED
    if looks.outcome == "soft_404" or (looks.outcome != "ok" and not is_known):
        raise PageError(looks.detail or looks.outcome, _REASONS[looks.outcome])
    url = sighting.url or ""
    links, parts = find_attachments(tree, url), find_parts(tree, url, url)
    if not body.lines and not links:
        raise PageError("the page holds no text", "empty_page")
    document = _document(tree, decoded, body, frame, sighting, selectors, template.date_order)
    return replace(document, links=tuple(links), parts=tuple(parts))


def _document(
    tree: LexborHTMLParser,
    decoded: Decoded,
    body: Body,
    frame: Collection[int],
    sighting: Sighting,
    selectors: Selectors,
    date_order: Sequence[DateSource],
) -> Document:
    inside = {one.mem_id for node in body.nodes for one in node.css("*")}
    title = read_title(tree, inside, selectors.title)
    text = "\n".join(unwrap(body.lines))
    _check_characters(title, text, decoded)
    around = _read_around(tree, body.nodes, frame)
    stated = find_stated_year(fold(title or sighting.title or ""), fold(text))
    dates = read_dates(
        tree,
        around,
        sighting,
        title=title,
        report_year=stated,
        order=date_order,
        selector=selectors.published_on,
    )
    return Document(
        title=title,
        text=text,
        published_on=dates.published_on,
        published_from=dates.published_from,
        written_on=dates.written_on,
        publisher=read_publisher(tree, "\n".join(around), selectors.publisher),
        charset=decoded.charset,
        charset_from=decoded.decided_by,
        body_from=body.found_by,
    )


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


def _decoded(raw: bytes, content_type: str | None) -> Decoded:
    if not raw.strip():
        raise PageError("the page is empty", "empty_page")
    for magic, kind in FILES.items():
        if raw.startswith(magic):
            raise PageError(f"the page is {kind}, not HTML", "not_html")
    decoded = decode(raw, content_type)
    if not _MARKUP.search(decoded.text):
        raise PageError("the page holds no markup: it is no HTML", "not_html")
    check_nesting(decoded.text)
    return decoded


def _check_characters(title: str, text: str, decoded: Decoded) -> None:
    if found := find_mojibake(f"{title}\n{text}"):
        raise PageError(f"the text holds {found}: it was decoded as {decoded.charset} (by {decoded.decided_by})", "mojibake")


def _read_around(tree: LexborHTMLParser, body: Sequence[LexborNode], frame: Collection[int]) -> list[str]:
    """What stands around the main text, and the info lines inside it: there pages say when and by whom it was published."""
    inside = [line for box in body for node in outermost(box.css(_INFO), _INFO) for line in read_lines(node)]
    shown = [] if tree.body is None else read_lines(tree.body, {*(node.mem_id for node in body), *frame})
    return shown + inside + _below_labels(tree, frame)


def _below_labels(tree: LexborHTMLParser, frame: Collection[int]) -> list[str]:
    """“发布机构：…” for each cell below one that is a label, where a table has its labels in a row and its values in the next."""
    labels = {label for name in ("publisher_labels", "date_labels", "written_labels", "other_labels") for label in words("page", name)}
    found: list[str] = []
    above: list[str] = []
    for row in tree.css("tr"):
        cells = ["".join(cell.text().split()) for cell in row.iter() if cell.tag in CELLS and cell.mem_id not in frame]
        heads = [cell.rstrip(":：") for cell in above]
        if len(cells) == len(above) > 1 and all(head in labels for head in heads):
            found += [f"{head}：{cell}" for head, cell in zip(heads, cells, strict=True) if cell]
        above = cells
    return found
