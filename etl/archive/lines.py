"""One line of the manifest, and what it says of its address. The archive works on lines; the outside sees `Answer`.

A line has the fields of `etl.models.Answer`, written without those that are null. It is read at about a microsecond: headers, which are
kept for people and for export, stay unread bytes.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec

from etl.models import Answer, Outcome, PageKind

IMPORTED = "import-"
"""How the run ids of answers begin that a person brought (`etl archive import`): they may be older than what is there."""

IMPORTED_PATH = "/imported/"
"""Where pages that a person brings lie below the source's base, if nothing says where they came from. No portal is asked for them."""

NO_HEADERS = msgspec.Raw(b"{}")
_MISSING = frozenset({404, 410})


class Line(msgspec.Struct, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """An answer as it stands in the manifest. `headers` are JSON that nobody has read yet."""

    url: str
    requested_url: str
    time: str
    status: int
    source: str
    district: str
    page: PageKind
    run_id: str
    outcome: Outcome | None = None
    detail: str | None = None
    retry_at: str | None = None
    title: str | None = None
    listed_on: str | None = None
    parent: str | None = None
    sha256: str | None = None
    size: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
    charset: str | None = None
    charset_from: str | None = None
    elapsed_ms: int | None = None
    headers: msgspec.Raw = NO_HEADERS

    @property
    def gives_text(self) -> bool:
        """Whether the answer brought the page's own bytes; an error page with status 200 (soft_404, stub) did not."""
        return self.status == 200 and self.sha256 is not None and self.outcome in (None, "ok")

    @property
    def confirms(self) -> bool:
        """Whether the answer says that the archived bytes are still current."""
        return self.status == 304 and self.outcome in (None, "not_modified")

    @property
    def is_missing(self) -> bool:
        """Whether the answer says that there is no such page."""
        return self.status in _MISSING and self.outcome in (None, "gone")

    @property
    def is_hop(self) -> bool:
        """Whether the answer only points on: another one to the same question follows."""
        return self.outcome == "redirected" or (self.outcome is None and 300 <= self.status < 400 and self.status != 304)

    @property
    def is_imported(self) -> bool:
        return self.run_id.startswith(IMPORTED)


_FIELDS = [field.name for field in dataclasses.fields(Answer)]
_decoder = msgspec.json.Decoder(Line)
_headers_decoder = msgspec.json.Decoder(dict[str, str])
_encoder = msgspec.json.Encoder()


def decode_line(raw: bytes) -> Line:
    """The line.

    Raises:
        msgspec.ValidationError: an unknown or missing field, or a value of another type.
        msgspec.DecodeError, UnicodeDecodeError: no JSON.
    """
    return _decoder.decode(raw)


def encode_line(line: Line) -> bytes:
    """The bytes of the line, with its end."""
    return _encoder.encode(line) + b"\n"


def to_line(answer: Answer) -> Line:
    """The line of an answer."""
    fields: dict[str, Any] = {name: getattr(answer, name) for name in _FIELDS}
    fields["headers"] = msgspec.Raw(_encoder.encode(answer.headers)) if answer.headers else NO_HEADERS
    return Line(**fields)


def to_answer(line: Line) -> Answer:
    """The answer, whole.

    Raises:
        msgspec.DecodeError: its headers are none.
    """
    fields: dict[str, Any] = {name: getattr(line, name) for name in _FIELDS}
    fields["headers"] = _headers_decoder.decode(line.headers)
    return Answer(**fields)
