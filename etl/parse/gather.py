"""The document of a page with its attachments: where its text is, in the page or in a file that it links, and what became of each file.

In: the page as archived and the files that were fetched with it. Out: `Gathered`. An address of a list may be a file itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from etl.errors import PageError
from etl.links import READ_SUFFIXES, file_name, file_suffix
from etl.models import Document, Link, Sighting
from etl.parse.attachments import AttachmentText, Named, assemble, is_referral, read_attachment
from etl.parse.attachments.kinds import kind_of
from etl.parse.continued import read_whole
from etl.parse.folding import fold
from etl.parse.page import KNOWN, Template
from etl.parse.page_dates import read_dates
from etl.parse.years import find_stated_year

_FILES = READ_SUFFIXES | {"doc", "xls", "wps", "ofd", "zip", "rar", "image"}


class File(NamedTuple):
    """A file that came with a page, as archived."""

    url: str
    name: str | None
    content_type: str | None
    sha256: str
    raw: bytes


class Fate(NamedTuple):
    """What became of a file: a row of ops_attachment without the page's address."""

    url: str
    name: str | None
    kind: str | None
    state: str
    detail: str | None
    raw_sha256: str | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document whose text is that of the report; `body_url` is the file that holds it, null where the page does.

    `problem` says why there is no text: the page only refers to a file that is not read. `main` is the text without what was appended to
    it from files, null where nothing was.
    """

    document: Document
    body_url: str | None
    fates: tuple[Fate, ...]
    problem: PageError | None = None
    main: str | None = None


def gather(
    raw: bytes, content_type: str | None, sighting: Sighting, template: Template | None = None, files: Sequence[File] = ()
) -> Gathered:
    """The document of a page and its files.

    Raises:
        PageError: as `read_whole`; `unsupported_file`, `no_text` or `damaged` for an address that is a file and cannot be read.
    """
    kind = kind_of(raw, file_name(sighting.url or ""), content_type)
    if kind in _FILES:
        return _of_file(raw, content_type, sighting, template)
    document, parts = read_whole(raw, content_type, sighting, template, {one.url: (one.raw, one.content_type) for one in files})
    pages = [one for one in files if one.url in parts]
    files = [one for one in files if one.url not in parts]
    names = {link.url: link.name for link in document.links}
    named = [Named(names.get(one.url) or one.name or file_name(one.url), _read(one)) for one in files]
    made = assemble(document.text.splitlines(), named)
    fates = [_fate_of_part(one, adds_text=parts[one.url]) for one in pages]
    fates += [
        Fate(one.url, use.name, text.kind, use.role, use.detail or None, one.sha256)
        for one, use, (_, text) in zip(files, made.used, named, strict=True)
    ]
    fates += _not_fetched(document.links, {one.url for one in files})
    body = next((fate for fate in fates if fate.state == "used_as_body"), None)
    text = "\n".join(made.lines)
    main = "\n".join(made.lines[: made.own]) if len(made.lines) > made.own else None
    if body is not None:
        return Gathered(replace(document, text=text, body_from=body.kind or "file"), body.url, tuple(fates), main=main)
    problem = _problem(fates[len(pages) :]) if len(fates) > len(pages) and is_referral(document.text.splitlines()) else None
    return Gathered(replace(document, text=text), None, tuple(fates), problem, main)


def _of_file(raw: bytes, content_type: str | None, sighting: Sighting, template: Template | None) -> Gathered:
    """A list that links a file in place of a page."""
    text = read_attachment(raw, file_name(sighting.url or ""), content_type)
    if text.state != "read":
        raise PageError(f"the address is a file: {text.detail}", "unsupported_file" if text.state == "unsupported" else text.state)
    lines = "\n".join(text.lines)
    title = text.title or ""
    year = find_stated_year(fold(title or sighting.title or ""), fold(lines))
    order = (template or KNOWN).date_order
    dates = read_dates(LexborHTMLParser(""), (), sighting, title=title, report_year=year, order=order)
    document = Document(
        title=title,
        text=lines,
        published_on=dates.published_on,
        published_from=dates.published_from,
        publisher=None,
        charset=None,
        charset_from=None,
        body_from=text.kind,
    )
    return Gathered(document, None, ())


def _read(file: File) -> AttachmentText:
    return read_attachment(file.raw, file.name or file_name(file.url), file.content_type)


def _fate_of_part(page: File, *, adds_text: bool) -> Fate:
    state, detail = ("appended", "a further page of the text") if adds_text else ("same_text", "a page that repeats the text")
    return Fate(page.url, page.name, "html", state, detail, page.sha256)


def _not_fetched(links: Sequence[Link], fetched: set[str]) -> list[Fate]:
    """Files that the page links and the archive does not have: those of a kind that is not read were never asked for."""
    fates = []
    for link in links:
        if link.url not in fetched:
            suffix = file_suffix(file_name(link.url)) or file_suffix(link.name)
            is_unsupported = suffix is not None and suffix not in READ_SUFFIXES
            state, detail = ("unsupported", f"a .{suffix} file is not read") if is_unsupported else ("not_fetched", "not in the archive")
            fates.append(Fate(link.url, link.name, suffix, state, detail, None))
    return fates


def _problem(fates: Sequence[Fate]) -> PageError:
    """The page only refers to files, and none of them can be read as the report."""
    told = "; ".join(f"{fate.name or fate.url} ({fate.url}): {fate.detail or fate.state}" for fate in fates[:3])
    return PageError(f"the report is in a file that is not read: {told}", "report_in_unread_file")
