"""What may happen to a request in place of the portal's own answer, by name: refusals, challenges, soft errors, broken transfers.

A behaviour is a function of the visit and of its parameters, which have defaults; `sample.scenarios` decides when one happens.
The markup of challenges and block pages is our own, shaped after what public notes tell of such pages: nothing here can be solved.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from typing import Any

from sample import block_pages
from sample.page import HTML, Page


@dataclass
class Visit:
    """A request that a behaviour answers.

    `headers` have their names in small letters. `own` makes the portal's own page, `home` its front page, `emptied` its list at that
    address without items (None: no list).
    `memory` is the step's, from request to request; `now` a monotonic time in seconds.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    is_secure: bool
    now: float
    own: Callable[[], Page]
    home: Callable[[], Page]
    emptied: Callable[[], Page | None]
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def cookies(self) -> dict[str, str]:
        return {name: each.value for name, each in SimpleCookie(self.headers.get("cookie") or "").items()}


@dataclass(frozen=True)
class Delivery:
    """How an answer is sent: `cut_at` bytes of its body only, though its length says more; then by a reset of the connection, or not.

    `piece_bytes` at a time with a pause between; `wait_s` before anything. `gzip`: None when asked for, True always, False never.
    """

    cut_at: int | None = None
    is_reset: bool = False
    piece_bytes: int | None = None
    pause_s: float = 0
    wait_s: float = 0
    gzip: bool | None = None


@dataclass(frozen=True)
class Reply:
    """A page and how it is sent."""

    page: Page
    delivery: Delivery = Delivery()


Behaviour = Callable[..., Reply]

BEHAVIOURS: dict[str, Behaviour] = {}
"""By the name that scenarios use. Each takes a `Visit` and its parameters by keyword."""


def _named(*names: str) -> Callable[[Behaviour], Behaviour]:
    def put(behaviour: Behaviour) -> Behaviour:
        BEHAVIOURS.update(dict.fromkeys(names, behaviour))
        return behaviour

    return put


@_named("ok")
def own_page(visit: Visit) -> Reply:
    """The portal's own answer."""
    return Reply(visit.own())


@_named("slow")
def slow(visit: Visit, *, seconds: float = 5) -> Reply:
    """The portal's own answer, late."""
    return Reply(visit.own(), Delivery(wait_s=seconds))


@_named("answer")
def answer(visit: Visit, *, status: int = 503, body: bytes | str = b"", headers: Mapping[str, str] | None = None) -> Reply:
    """This answer. A Content-Length that is longer than the body ends the connection early."""
    sent = body.encode() if isinstance(body, str) else body
    return Reply(Page(sent, status=status, headers=dict(headers or {})), Delivery(gzip=False))


@_named("emptylist")
def empty_list(visit: Visit) -> Reply:
    """A list with zero items; a page that is no list stays as it is."""
    return Reply(visit.emptied() or visit.own())


# Refusals


@_named("403ua")
def refuse_agent(visit: Visit, *, wanted: str = "Mozilla/") -> Reply:
    """403 unless the User-Agent looks like a browser's."""
    return _own_or(visit, wanted in (visit.headers.get("user-agent") or ""), 403, block_pages.FORBIDDEN)


@_named("403https")
def refuse_https(visit: Visit) -> Reply:
    """403 at the secure listener, the page at the plain one."""
    return _own_or(visit, not visit.is_secure, 403, block_pages.FORBIDDEN)


@_named("404noreferer")
def want_referer(visit: Visit) -> Reply:
    """404 without a Referer."""
    return _own_or(visit, bool(visit.headers.get("referer")), 404, block_pages.NOT_FOUND)


@_named("405block")
def firewall(visit: Visit) -> Reply:
    """405 with the block page of a firewall."""
    return Reply(Page(block_pages.FIREWALL, status=405))


@_named("429")
def too_many(visit: Visit, *, retry_after: int | str = 60) -> Reply:
    """429 with Retry-After: seconds, or a date as HTTP writes it."""
    return Reply(Page(block_pages.BUSY, status=429, headers={"Retry-After": str(retry_after)}))


@_named("503")
def unavailable(visit: Visit, *, retry_after: int | str = 60) -> Reply:
    """503 with Retry-After."""
    return Reply(Page(block_pages.BUSY, status=503, headers={"Retry-After": str(retry_after)}))


@_named("ban60")
def ban(visit: Visit, *, requests: int = 20, within_s: float = 10, ban_s: float = 60) -> Reply:
    """After `requests` requests within a time, 403 for a time. The scenario's glob says which paths count and are banned."""
    recent: deque[float] = visit.memory.setdefault("recent", deque())
    if visit.now < visit.memory.get("banned_until", 0):
        return Reply(Page(block_pages.FORBIDDEN, status=403))
    recent.append(visit.now)
    while recent and recent[0] < visit.now - within_s:
        recent.popleft()
    if len(recent) >= requests:
        visit.memory["banned_until"] = visit.now + ban_s
        recent.clear()
    return Reply(visit.own())


# Challenges: answered by what a browser has, never by a crawler


@_named("412js")
def challenge_412(visit: Visit) -> Reply:
    """412, an empty page with a script, and a cookie; with the cookie the page."""
    if "FSSBBIl1UgzbN7N80S" in visit.cookies:
        return Reply(visit.own())
    cookie = {"Set-Cookie": "FSSBBIl1UgzbN7N80S=5sample; Path=/; HttpOnly"}
    return Reply(Page(block_pages.SCRIPT_412, status=412, headers=cookie))


@_named("521js")
def challenge_521(visit: Visit, *, rounds: int = 3) -> Reply:
    """521, and a script that would set a cookie; so many rounds of it, then the page."""
    return _rounds(visit, 521, rounds)


@_named("512js")
def challenge_512(visit: Visit, *, rounds: int = 3) -> Reply:
    """As 521js, with the status that one note writes."""
    return _rounds(visit, 512, rounds)


@_named("302cookie")
def cookie_loop(visit: Visit) -> Reply:
    """302 to itself setting a cookie; with the cookie the page. A client without a cookie jar goes round for ever."""
    if "https_waf_cookie" in visit.cookies:
        return Reply(visit.own())
    return Reply(Page(b"", status=302, location=visit.target, headers={"Set-Cookie": "https_waf_cookie=sample; Path=/"}))


@_named("challenge200")
def challenge_in_page(visit: Visit) -> Reply:
    """Status 200, and nothing but the markup of a challenge."""
    return Reply(Page(block_pages.CHALLENGE_200))


# Pages that are none, with status 200


@_named("soft404")
def soft_404(visit: Visit, *, only_missing: bool = False) -> Reply:
    """200 and 2 kB that say the page is not there; `only_missing`: just for what is not."""
    return _soft(visit, Page(block_pages.SOFT_404), only_missing)


@_named("home200")
def home(visit: Visit, *, only_missing: bool = False) -> Reply:
    """200 and the front page, in place of any page or just of what is not there."""
    return _soft(visit, replace(visit.home(), etag=None, last_modified=None), only_missing)


@_named("stub200")
def stub(visit: Visit, *, size: int = 13) -> Reply:
    """200 and next to nothing: 3 bytes (a byte order mark), 13 (an empty page) or any other number (a page without text)."""
    return Reply(Page(block_pages.stub(size)))


@_named("scriptpage")
def script_page(visit: Visit) -> Reply:
    """404 whose script would fetch and write the article."""
    return Reply(Page(block_pages.SCRIPT_PAGE, status=404))


@_named("wrongtype")
def wrong_type(visit: Visit, *, content_type: str | None = None) -> Reply:
    """The page under another name: a page of HTML as PDF, everything else as HTML, or as said."""
    page = visit.own()
    return Reply(replace(page, content_type=content_type or ("application/pdf" if "html" in page.content_type else HTML)))


@_named("elsewhere")
def redirect_elsewhere(visit: Visit, *, to: str = "http://elsewhere.test/", status: int = 302) -> Reply:
    """A redirect to another place."""
    return Reply(Page(b"", status=status, location=to))


# Broken transfers


@_named("truncate")
def truncate(visit: Visit, *, keep: float = 0.5) -> Reply:
    """A part of the body, though Content-Length promises all of it."""
    page = visit.own()
    return Reply(page, Delivery(cut_at=int(len(page.body) * keep), gzip=False))


@_named("slowdrip")
def slow_drip(visit: Visit, *, piece_bytes: int = 64, pause_s: float = 1) -> Reply:
    """The body in small pieces with a pause before each."""
    return Reply(visit.own(), Delivery(piece_bytes=piece_bytes, pause_s=pause_s, gzip=False))


@_named("reset")
def reset(visit: Visit, *, after: int | None = None) -> Reply:
    """The connection is reset: before any answer, or after so many bytes of the body."""
    return Reply(visit.own(), Delivery(cut_at=after, is_reset=True, gzip=False))


@_named("gzip-forced")
def gzip_forced(visit: Visit) -> Reply:
    """Packed though not asked for."""
    return Reply(visit.own(), Delivery(gzip=True))


@_named("bomb")
def gzip_bomb(visit: Visit, *, megabytes: int = 64) -> Reply:
    """A small packed body that unpacks to a large one."""
    packed = block_pages.bomb(megabytes)
    return Reply(Page(packed, headers={"Content-Encoding": "gzip"}), Delivery(gzip=False))


def _own_or(visit: Visit, is_welcome: bool, status: int, body: bytes) -> Reply:
    return Reply(visit.own() if is_welcome else Page(body, status=status))


def _soft(visit: Visit, page: Page, only_missing: bool) -> Reply:
    own = visit.own() if only_missing else None
    return Reply(page if own is None or own.status == 404 else own)


def _rounds(visit: Visit, status: int, rounds: int) -> Reply:
    """Each round's script sets the cookie that the next request is looked at for."""
    done = visit.cookies.get("__jsl_clearance", "0")
    number = int(done) if done.isdigit() else 0
    if number >= rounds:
        return Reply(visit.own())
    cookie = {"Set-Cookie": "__jsluid=sample; Path=/; HttpOnly"} if number == 0 else {}
    return Reply(Page(block_pages.clearance_script(number + 1), status=status, headers=cookie))
