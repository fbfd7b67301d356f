"""An article on several pages: its text is that of all of them, uuid.html, uuid_1.html, uuid_2.html, in their order.

In: the first page and what was fetched with it. Out: its document with the whole text, and what became of each further page. A text is
never taken for whole while a page of it is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from etl.charset import decode
from etl.errors import PageError
from etl.links import find_parts
from etl.models import Document, Sighting
from etl.parse.page import Template, read_page

Body = tuple[bytes, str | None]
"""A page as received, and its content type."""


def read_whole(
    raw: bytes, content_type: str | None, sighting: Sighting, template: Template | None, held: Mapping[str, Body]
) -> tuple[Document, dict[str, bool]]:
    """The document of all pages of an article; whether each further one, by its address, added text.

    Raises:
        PageError: as `read_page` for the first page; `continues_elsewhere` where a further one is missing or cannot be read.
    """
    document = read_page(raw, content_type, sighting, template)
    lines, added = document.text.splitlines(), {}
    waiting = list(document.parts)
    for url in waiting:
        if url not in held:
            raise PageError(f"the text goes on at {url}, which is not in the archive", "continues_elsewhere")
        try:
            part = read_page(*held[url], replace(sighting, url=url), template)
        except PageError as error:
            raise PageError(f"the text goes on at {url}, and there: {error}", "continues_elsewhere") from error
        new = part.text.splitlines()
        added[url] = not set(new) <= set(lines)
        lines += new if added[url] else []
        further = find_parts(decode(*held[url]).text, url, sighting.url or "")
        waiting += [one for one in further if one not in waiting]
    return replace(document, text="\n".join(lines)), added
