"""What an answer means, in one word, and when to ask again. Pure: the clock is an argument.

In: a `Reply`, or the body of a 200. Out: `Outcome`, words, and a time. The words go into the manifest and into messages; each is the rest
of a sentence that begins with "the portal".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from urllib.parse import urlsplit

from etl.charset import decode
from etl.errors import Blocked, FetchError, NotAllowed, PortalUnreachable, UnexpectedAnswer
from etl.fetch.retries import retry_after_s
from etl.fetch.transport import Reply
from etl.links import file_suffix
from etl.looks import FILES, look_at
from etl.models import Answer, Outcome, PageKind

NOT_THERE = {404, 410}
REFUSALS = {401, 403, 405, 407, 412, 418, 429, 451, 512, 521}
"""403 and 405 come from gates for browsers, 412, 512 and 521 with a challenge; 407 would be a proxy's, and we use none."""

_PAUSES: dict[Outcome, timedelta] = {
    "unreachable": timedelta(hours=12),  # the next night
    "unexpected": timedelta(hours=12),
    "too_large": timedelta(days=7),
    "soft_404": timedelta(days=7),
    "stub": timedelta(days=7),
    "not_allowed": timedelta(days=30),
}
_TITLE_BEGINS = 8
_FIRST_BLOCK = timedelta(days=1)
_LONGEST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Judgement:
    """An outcome, and what it rests on; null where there is nothing to say."""

    outcome: Outcome
    detail: str | None = None


def judge(reply: Reply, page: PageKind, *, is_conditional: bool) -> Judgement:
    """What a reply means that is no redirect."""
    if reply.failure is not None:
        return Judgement(reply.failure.outcome, reply.failure.detail)
    status = reply.status
    if status == 200:
        return _judge_body(reply.body or b"", reply.headers.get("content-type"), page)
    if status == 304 and is_conditional:
        return Judgement("not_modified")
    if status in NOT_THERE:
        return Judgement("gone", "without robots.txt nothing is excluded (RFC 9309)" if page == "robots" else None)
    if status in REFUSALS:
        return Judgement("blocked", f"refuses us ({status})")
    if status >= 500:
        later = f", and asks to wait {reply.headers['retry-after']}" if "retry-after" in reply.headers else ""
        return Judgement("unreachable", f"answers {status}{later}")
    return Judgement("unexpected", f"answers {status}, which is not expected")


def _judge_body(body: bytes, content_type: str | None, page: PageKind) -> Judgement:
    looks = look_at(body, content_type, page=page)
    if page == "robots" and looks.outcome != "blocked":
        return Judgement("ok", looks.detail)
    if looks.outcome == "blocked":
        return Judgement("blocked", f"refuses us: {looks.detail}")
    return Judgement(looks.outcome, looks.detail or _wrong_type(body, content_type or ""))


def _wrong_type(body: bytes, content_type: str) -> str | None:
    """Bytes decide how a page is read; that the header says otherwise is noted."""
    kind = content_type.partition(";")[0].strip().lower()
    if (name := next((name for magic, name in FILES.items() if body.startswith(magic)), None)) and kind.startswith("text/"):
        return f"{name}, sent as {kind}"
    if kind == "application/pdf" and body.lstrip()[:1] == b"<":
        return f"a web page, sent as {kind}"
    return None


def is_file(page: PageKind, url: str) -> bool:
    """Whether an address should give a file rather than a page: attachments, and items of lists that are files themselves."""
    return page == "attachment" or (page == "article" and file_suffix(urlsplit(url).path) is not None)


def is_text(body: bytes) -> bool:
    """Whether a body is no file: it has characters that can be decided on."""
    return b"\0" not in body[:1024] and not body.startswith(tuple(FILES))


def lacks_title(title: str | None, body: bytes) -> bool:
    """Whether a page nowhere holds the beginning of the title that its list shows."""
    if title is None or not is_text(body):
        return False
    return "".join(title.split())[:_TITLE_BEGINS].rstrip("….") not in "".join(decode(body).text.split())


def retry_at(outcome: Outcome, now: datetime, *, retry_after: str | None = None, blocks: int = 0) -> datetime | None:
    """Before when an address is not to be asked again; null where the next run may.

    Args:
        outcome: what came of it.
        now: the time of the answer.
        retry_after: the header; it only ever lengthens the pause, up to 30 days.
        blocks: how many runs in a row were refused before this one; each doubles the pause, from a day to 30.
    """
    pause = min(_FIRST_BLOCK * 2 ** min(blocks, 10), _LONGEST) if outcome == "blocked" else _PAUSES.get(outcome)
    if pause is None:
        return None
    asked_s = retry_after_s(retry_after, now) or 0.0
    return now + max(pause, timedelta(seconds=min(asked_s, _LONGEST.total_seconds())))


def blocks_in_a_row(answers: Iterable[Answer], source: str, run_id: str) -> tuple[int, str | None]:
    """How many runs before this one were refused, with none in between that was not; and the time of the first refusal.

    A run that got no answer at all says nothing either way.
    """
    refused_at: dict[str, str | None] = {}
    for answer in answers:
        if answer.source != source or answer.run_id == run_id:
            continue
        if answer.outcome == "blocked":
            refused_at[answer.run_id] = refused_at.get(answer.run_id) or answer.time
        elif answer.status in (200, 304) and answer.page != "robots":
            refused_at.setdefault(answer.run_id, None)
    row = list(takewhile(lambda time: time is not None, reversed(refused_at.values())))
    return len(row), row[-1] if row else None


def error_of(answer: Answer, hint: str) -> FetchError:
    """The error that an answer is raised as which brought no page; its message is one line: what, where, what to do."""
    url, detail = answer.url, answer.detail or answer.outcome or ""
    if answer.outcome == "blocked":
        until = f", and is not asked before {answer.retry_at:.16} UTC" if answer.retry_at else ""
        return Blocked(f"{url}: the portal {detail}: the run stops{until}: look at it in a browser", url)
    if answer.outcome == "unreachable" or (answer.outcome == "too_large" and answer.status == 0):
        where = url if answer.status else answer.requested_url  # behind ETL_PORTAL_URL it is that place which is down
        if "certificate" in detail:
            hint = "look at it in a browser; an authority of your own belongs in ETL_CA_FILE"
        return PortalUnreachable(f"{where}: the portal {detail}: {hint}", url)
    if answer.outcome == "too_large":
        limit = "ETL_MAX_ATTACHMENT_BYTES" if is_file(answer.page, url) else "ETL_MAX_PAGE_BYTES"
        return NotAllowed(f"{url}: the portal {detail}: not kept; the limit is {limit}", url)
    if answer.outcome == "not_allowed":
        return NotAllowed(f"{url}: the portal {detail}", url)
    return UnexpectedAnswer(f"{url}: the portal {detail}: look at the address", url)
