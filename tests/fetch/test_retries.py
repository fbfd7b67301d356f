"""What is tried again, and after which wait."""

from datetime import UTC, datetime

import httpx2
import pytest
import stamina

from etl.errors import NotAllowed
from etl.fetch.retries import LONGEST_WAIT_S, TRIES, Retries, _Ill, retry_after_s, wait_before_retry
from etl.fetch.transport import Reply

NOW = datetime(2024, 3, 25, 1, 0, 0, tzinfo=UTC)


def ill(retry_after=None):
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return _Ill(Reply("http://portal/", 503, headers, b"", 1))


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
    ("error", "wait"),
    [
        (ill(), True),
        (ill("12"), 12),
        (ill(str(int(LONGEST_WAIT_S))), LONGEST_WAIT_S),
        (ill(str(int(LONGEST_WAIT_S) + 1)), False),
        (httpx2.ConnectError("refused"), True),
        (httpx2.ReadTimeout("slow"), True),
        (httpx2.RemoteProtocolError("broke off"), True),
        (ValueError("ours"), False),
    ],
)
def test_only_ill_servers_and_failed_connections_are_tried_again(error, wait):
    assert wait_before_retry(error) == wait


@pytest.mark.parametrize(("interval_s", "waits"), [(0, [0.1, 0.2, 0.4]), (2.5, [2.5, 5, 10]), (40, [40, 60, 60])])
def test_waits_grow_from_the_interval(interval_s, waits, monkeypatch):
    slept = []
    monkeypatch.setattr("tenacity.nap.time.sleep", slept.append)
    with stamina.set_testing(False):
        reply = Retries(interval_s, 0, is_loopback=True).call(lambda: ill().reply, "http://portal/")
    assert reply.status == 503
    assert slept == waits
    assert len(waits) == TRIES - 1


def test_what_is_no_address_is_refused():
    def send():
        raise httpx2.InvalidURL("no host")

    with pytest.raises(NotAllowed, match="is no address: no host"):
        Retries(0, 0, is_loopback=True).call(send, "http://")
