"""What passes between the stages, as plain frozen records. No behaviour beyond (de)serialisation.

What a report holds by the hundred is a named tuple, which is made at a fifth of the cost of a frozen dataclass.

The vocabulary (part, kind, qualifier, period, numeral class) is the one of the annotation guide; offsets count characters
(code points) of `Report.text`, and for everything with a span `text[char_start:char_end]` is its quote.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple, cast, get_args

Part = Literal["achievement", "shortcoming", "leadership", "plan", "other"]
Kind = Literal["level", "flow", "rate", "change"]
Qualifier = Literal["exact", "about", "nearly", "over", "at_least", "under", "at_most"]
NumeralClass = Literal["date", "ordinal", "title", "name", "idiom", "unexplained"]
ArithmeticRule = Literal["balance", "parts", "parts_within", "rate", "change", "growth", "repeat"]
CorrectionState = Literal["applied", "expired"]
PageKind = Literal["list", "article", "attachment", "robots"]
DateSource = Literal["meta", "label", "list", "address"]
Outcome = Literal[
    "ok",  # 200 with a body that is kept and read
    "not_modified",  # 304: the archived body is still current
    "redirected",  # a hop on the way
    "gone",  # 404, 410
    "blocked",  # refused (403, 405, 412, 429, 521 …), a challenge page, a circle of redirects
    "unreachable",  # no whole answer, or 5xx, after all tries
    "too_large",  # larger, slower or packed tighter than the limits allow
    "not_allowed",  # leads outside the allow-list, or robots.txt excludes it
    "soft_404",  # 200, and says that there is no such page; or a page of the portal in place of it
    "stub",  # 200 with next to nothing
    "unexpected",  # any other status
]

PARTS: tuple[Part, ...] = get_args(Part)
KINDS: tuple[Kind, ...] = get_args(Kind)
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
NUMERAL_CLASSES: tuple[NumeralClass, ...] = get_args(NumeralClass)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
CORRECTION_STATES: tuple[CorrectionState, ...] = get_args(CorrectionState)
ARITHMETIC_RULES: tuple[ArithmeticRule, ...] = get_args(ArithmeticRule)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One item of a portal's list: an address with what the list says of it.

    `url` is canonical (the source's own base, no tracking query), `district` comes from the registry entry of the list,
    `is_report` is whether it is fetched as a report, `reason` why not (null for a report). `decided_by` is what tells that it is one:
    `title`, or `page` where the title leaves it open. `way` is how it was found: list, json, search, or archive (an address known from
    earlier runs that no list shows any more).
    """

    source: str
    url: str
    title: str
    list_url: str
    listed_on: date | None
    district: str
    is_report: bool
    reason: str | None = None
    decided_by: Literal["title", "page"] = "title"
    way: Literal["list", "json", "search", "archive"] = "list"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a portal, as the archive's manifest keeps it: one line for each request, 304 and 404 too.

    `url` is canonical, and carries what was posted to a list behind a `#`; `requested_url` is where the request went (they differ
    behind ETL_PORTAL_URL). `sha256` and `size` are of the body as received after content decoding, null where there was none (304,
    errors). `time` and `retry_at` (not to be asked again before) are ISO 8601 in UTC; `listed_on` is the day that the list shows.
    `status` is 0 where no answer came. `title` is that of the list, `parent` the article that links an attachment. `detail` says in
    words what the outcome rests on.
    """

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
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a page was met with: its address, title and day in the list that links it, and the day of the fetch (no day is later)."""

    url: str | None = None
    title: str | None = None
    listed_on: date | None = None
    fetched_on: date | None = None


class Link(NamedTuple):
    """The address of a file that a page links, and what the page or the address calls it."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """A page read: its text and what the page says of itself. Blocks of `text` are separated by single newlines.

    `published_from` tells what gave the day of publication, `written_on` is the day the page gives as 成文日期. `charset_from` is the
    decision of `etl.charset` (null for a file), `body_from` the selector of the text's box, `window._CONFIG`, what searched for it, or
    the kind of the file that holds it. `links` are the files that the page links, `parts` the pages on which its text goes on.
    """

    title: str
    text: str
    published_on: date | None
    publisher: str | None
    charset: str | None
    charset_from: str | None
    body_from: str
    published_from: DateSource | None = None
    written_on: date | None = None
    links: tuple[Link, ...] = ()
    parts: tuple[str, ...] = ()


class Section(NamedTuple):
    """A heading; its span is that of `heading`, without its ordinal."""

    level: int
    ordinal: str | None
    heading: str
    part: Part
    char_start: int
    char_end: int


class Measure(NamedTuple):
    """One measure (举措); `text` is its span, without the enumerator. `section` is an index into `Report.sections`.

    `theme_words` are the words that decided `theme_code`; both are null where none did.
    """

    section: int | None
    part: Part
    enumerator: str | None
    title: str | None
    text: str
    char_start: int
    char_end: int
    theme_code: str | None = None
    theme_words: str | None = None


class Metric(NamedTuple):
    """One figure in its base unit. `rule` names what decided label, kind, period and subject, `metric_pattern` what gave its code."""

    section: int | None
    measure: int | None
    metric_code: str | None
    label: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    qualifier: Qualifier
    kind: Kind
    period: str
    subject: str | None
    quote: str
    sentence: str
    char_start: int
    char_end: int
    rule: str
    metric_pattern: str | None = None


class Citation(NamedTuple):
    """A document cited. The span is that of `title` (inside 《》), or of the number where no title stands beside it."""

    title: str | None
    document_number: str | None
    char_start: int
    char_end: int


class Numeral(NamedTuple):
    """A numeral that is no metric."""

    quote: str
    class_: NumeralClass
    char_start: int
    char_end: int


class Finding(NamedTuple):
    """Something that a person should look at: a numeral without explanation, a sum that does not hold."""

    rule: str
    message: str
    quote: str
    char_start: int
    char_end: int


class Statement(NamedTuple):
    """Something that the report's own figures should satisfy: `expression` is "22 + 3 - 1 - 1 = 23", the stated figure last.

    `metrics` are indices into `Report.metrics`, the stated figure last. `holds` is null where it takes last year's report to tell,
    `expected` where there is no one value. `sentence` is that of the stated figure, `other_sentence` that of the first one elsewhere.
    """

    rule: ArithmeticRule
    expression: str
    holds: bool | None
    stated: Decimal
    expected: Decimal | None
    metrics: tuple[int, ...]
    quote: str
    sentence: str
    other_sentence: str | None
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One report, read. The parse contract is `to_json` of it."""

    title: str
    organization: str | None
    report_year: int | None
    text: str
    sections: tuple[Section, ...] = ()
    measures: tuple[Measure, ...] = ()
    metrics: tuple[Metric, ...] = ()
    citations: tuple[Citation, ...] = ()
    numerals: tuple[Numeral, ...] = ()
    findings: tuple[Finding, ...] = ()
    arithmetic: tuple[Statement, ...] = ()

    def to_json(self, source: str | None = None) -> dict[str, Any]:
        """The parse contract: plain JSON values, decimals as strings, `class_` as "class"."""
        payload: dict[str, Any] = {"source": source}
        for name in _field_names(Report):
            value = getattr(self, name)
            payload[name] = [item._asdict() for item in value] if isinstance(value, tuple) else value
        for metric in payload["metrics"]:
            for key in ("value", "value_high"):
                metric[key] = None if metric[key] is None else format(metric[key], "f")
        for statement in payload["arithmetic"]:
            for key in ("stated", "expected"):
                statement[key] = None if statement[key] is None else format(statement[key], "f")
        for numeral in payload["numerals"]:
            numeral["class"] = numeral.pop("class_")
        return payload


@cache
def _field_names(record: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cast(Any, record)))
