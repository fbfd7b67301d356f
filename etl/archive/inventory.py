"""What the archive holds of each article: its distinct bodies, in the order in which they appeared.

In: the answers of the manifest. Out: `Version` records. Bodies are not opened; whether two of them say the same is not
decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from etl.models import Answer

_GONE = {404, 410}
_CONCLUSIVE = {200, 304, *_GONE}  # a 503 says nothing about whether a page still exists


@dataclass(frozen=True, slots=True)
class Version:
    """One body of one article. Times are in UTC.

    `first_seen_at` is when the address first gave anything, `fetched_at` when it first gave this body; `title` is that of the
    list, by the last answer; `gone`: the address answered 404 or 410 when last asked.
    """

    url: str
    title: str | None
    district: str
    source: str
    raw_sha256: str
    content_type: str | None
    first_seen_at: datetime
    fetched_at: datetime
    gone: bool


@dataclass
class _Article:
    title: str | None = None
    gone: bool = False
    versions: dict[str, Version] = field(default_factory=dict)


def take_inventory(answers: Iterable[Answer], source: str | None = None) -> list[Version]:
    """The versions of all articles, of one source or of all; addresses in order of first appearance."""
    articles: dict[tuple[str, str], _Article] = {}
    for answer in answers:
        if answer.page == "article" and (source is None or answer.source == source):
            _add(articles.setdefault((answer.source, answer.url), _Article()), answer)
    return [
        replace(version, title=article.title, gone=article.gone) for article in articles.values() for version in article.versions.values()
    ]


def _add(article: _Article, answer: Answer) -> None:
    if answer.status in _CONCLUSIVE:
        article.gone = answer.status in _GONE
    article.title = answer.title or article.title
    if answer.status != 200 or answer.sha256 is None or answer.sha256 in article.versions:
        return
    fetched_at = datetime.fromisoformat(answer.time)
    first = next(iter(article.versions.values()), None)
    article.versions[answer.sha256] = Version(
        url=answer.url,
        title=answer.title,
        district=answer.district,
        source=answer.source,
        raw_sha256=answer.sha256,
        content_type=answer.content_type,
        first_seen_at=first.first_seen_at if first else fetched_at,
        fetched_at=fetched_at,
        gone=False,
    )
