"""What is tried again, and after which wait."""

from datetime import UTC, datetime

import pytest
import stamina

from etl.fetch.retries import LONGEST_WAIT_S, TRIES, Retries, retry_after_s, wait_before_retry
from etl.fetch.transport import Failure, Reply

NOW = datetime(2024, 3, 25, 1, 0, 0, tzinfo=UTC)


def ill(retry_after=None, status=503):
    return Reply("http://portal/", status, {} if retry_after is None else {"retry-after": retry_after}, b"")


def no_answer(is_passing):
    return Reply("http://portal/", 0, failure=Failure("unreachable", "broke off the connection", is_passing))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0),
        (" 30 ", 30),
        ("Mon, 25 Mar 2024 01:00:10 GMT", 10),
        ("Mon, 25 Mar 2024 00:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert retry_after_s(value, NOW) == seconds


@pytest.mark.parametrize(
    ("reply", "wait"),
    [
        (ill(), True),
        (ill("12"), 12),
        (ill(str(int(LONGEST_WAIT_S))), LONGEST_WAIT_S),
        (ill(str(int(LONGEST_WAIT_S) + 1)), False),
        (no_answer(is_passing=True), True),
        (no_answer(is_passing=False), False),
        *((ill(status=status), False) for status in (200, 304, 404, 403, 412, 429, 521)),
    ],
)
def test_only_ill_servers_and_failed_connections_are_tried_again(reply, wait):
    assert wait_before_retry(reply) == wait


@pytest.mark.parametrize(("interval_s", "waits"), [(0, [0.1, 0.2, 0.4]), (2.5, [2.5, 5, 10]), (40, [40, 60, 60])])
def test_waits_grow_from_the_interval(interval_s, waits, monkeypatch):
    slept, noted = [], []
    monkeypatch.setattr("tenacity.nap.time.sleep", slept.append)
    with stamina.set_testing(False):
        reply = Retries(interval_s, 0).call(ill, lambda reply, which: noted.append((reply.status, which)))
    assert reply.status == 503
    assert slept == waits
    assert len(waits) == TRIES - 1
    assert noted == [(503, "try 1 of 4"), (503, "try 2 of 4"), (503, "try 3 of 4")], "the last one is the answer"
