"""What the client is asked for: one address, with what the manifest should say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from etl.models import Answer, PageKind


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to ask for. `url` is canonical; `title` and `listed_on` are those of the list, `parent` the article of an attachment.

    `payload` is POSTed to the endpoint of a list, as it stands: JSON by default, or what `payload_type` says (jcms wants
    application/x-www-form-urlencoded). Nothing else is ever posted. `conditional` sends the validators of the archived bytes,
    so that an unchanged page costs a 304; a POST has none.
    """

    url: str
    page: PageKind
    district: str = ""
    title: str | None = None
    listed_on: date | None = None
    parent: str | None = None
    payload: str | None = None
    payload_type: str | None = None
    conditional: bool = True

    def __post_init__(self) -> None:
        if self.payload is not None and self.page != "list":
            raise ValueError(f"{self.url}: a payload is posted to lists only, not to the page of an {self.page}")

    @property
    def key(self) -> str:
        """The address in the archive: what was posted belongs to it."""
        return self.url if self.payload is None else f"{self.url}#{self.payload}"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. `url` is the canonical address after redirects; `body` is null for a page that is not there."""

    answer: Answer
    body: bytes | None
    url: str
