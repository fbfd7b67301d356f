"""What the archive knows of single addresses, runs and hosts, without holding their history."""

from datetime import UTC, date, datetime

import pytest
from answers import URL, answer

from etl.archive import Archive

LIST = "https://www.example.gov.cn/xxgk/002017/"


def at(hour):
    return datetime(2024, 3, 25, hour, tzinfo=UTC)


@pytest.fixture(params=["as it is put in", "read anew"])
def archives(request, tmp_path):
    """A pair: where answers are put in, and where they are asked for: the same object, or one that reads the files."""
    writing = Archive(tmp_path / "archive")
    return writing, (lambda: writing) if request.param == "as it is put in" else (lambda: Archive(tmp_path / "archive"))


def test_known_addresses_say_where_they_stand(archives):
    archive, reader = archives
    archive.put(answer(listed_on="2024-03-20"), b"text")
    archive.put(answer(hour=2, status=304, outcome="not_modified", title="报告（修订）"), None)
    archive.put(answer(hour=3, status=503, outcome="unreachable", retry_at="2024-03-26T03:00:00+00:00", title=None), None)
    archive.put(answer(url=URL + "x", hour=3, status=404), None)
    archive.put(answer(url=URL + "y", source="other"), b"other")
    (known,) = reader().known("town")
    assert (known.url, known.page, known.district, known.title) == (URL, "article", "云河区", "报告（修订）")
    assert (known.listed_on, known.last_seen_at, known.asked_at) == (date(2024, 3, 20), at(2), at(3))
    assert (known.outcome, known.retry_at) == ("unreachable", datetime(2024, 3, 26, 3, tzinfo=UTC))
    assert known.gone_at is None


def test_the_next_answer_ends_a_waiting_time(archives):
    archive, reader = archives
    archive.put(answer(), b"text")
    archive.put(answer(hour=3, status=503, outcome="unreachable", retry_at="2024-03-26T03:00:00+00:00"), None)
    archive.put(answer(hour=4, status=304, outcome="not_modified"), None)
    (known,) = reader().known("town")
    assert known.retry_at is None
    assert known.last_seen_at == at(4)


def test_gone_needs_as_many_as_the_source_wants(archives):
    archive, reader = archives
    archive.put(answer(), b"text")
    for hour in (2, 3):
        archive.put(answer(hour=hour, status=404, outcome="gone"), None)
    assert reader().known("town")[0].gone_at is None
    assert reader().known("town", gone_after=2)[0].gone_at == at(2)


@pytest.mark.parametrize("outcome", ["soft_404", "stub"])
def test_error_pages_with_status_200_are_never_the_latest(archives, outcome):
    archive, reader = archives
    first = archive.put(answer(outcome="ok", headers={"etag": '"1"', "server": "nginx"}), b"text")
    last = archive.put(answer(hour=2, outcome=outcome), b"nothing here")
    assert reader().latest(URL) == first
    assert reader().last_answer(URL) == last
    archive.put(answer(url=URL + "x", outcome=outcome), b"nothing here")
    assert reader().latest(URL + "x") is None
    assert [known.url for known in reader().known("town")] == [URL]


def test_a_hop_is_not_the_last_answer(archives):
    archive, reader = archives
    archive.put(answer(outcome="redirected", status=302), None)
    assert reader().last_answer(URL) is None
    last = archive.put(answer(hour=2), b"text")
    archive.put(answer(hour=3, status=301), None)
    assert reader().last_answer(URL) == last


def test_an_older_page_that_a_person_brings_is_not_the_latest(archives):
    archive, reader = archives
    first = archive.put(answer(hour=5), b"text")
    archive.put(answer(hour=2, run_id="import-1"), b"older")
    assert reader().latest(URL) == first
    newer = archive.put(answer(hour=6, run_id="import-1"), b"newer")
    assert reader().latest(URL) == newer


def test_a_list_remembers_its_first_body_and_the_last_few(archives):
    archive, reader = archives
    assert reader().list_bodies(LIST) == []
    digests = [archive.put(answer(url=LIST, page="list", hour=n % 24), bytes([n])).sha256 for n in range(30)]
    archive.put(answer(url=LIST, page="list"), bytes([29]))
    assert reader().list_bodies(LIST) == [digests[0], *digests[-8:]]
    archive.put(answer(url=LIST, page="list", outcome="stub"), b"")
    archive.put(answer(url=LIST, page="list"), bytes([25]))
    assert reader().list_bodies(LIST)[-1] == digests[25]
    assert len(reader().list_bodies(LIST)) == 9
    assert reader().urls("town", "list") == [LIST]
    assert reader().urls("town", "article") == []


def test_requests_of_a_run_are_counted_over_processes(archives):
    archive, reader = archives
    for hour, status in enumerate((302, 200, 0, 503)):
        archive.put(answer(hour=hour, status=status, run_id="night"), None)
    archive.put(answer(run_id="other"), b"text")
    assert reader().requests_of("night") == 4
    assert reader().requests_of("new") == 0
    assert reader().asked_at("town") == at(1)
    assert reader().asked_at("village") is None


def blocked(hour=2, retry="2024-03-26T02:00:00+00:00", **fields):
    return answer(hour=hour, status=412, outcome="blocked", retry_at=retry, **fields)


def test_a_block_stands_until_the_host_answers_again(archives):
    archive, reader = archives
    assert reader().blocked_until("town") is None
    archive.put(blocked(detail="412 and a script"), None)
    assert reader().blocked_until("town") == (datetime(2024, 3, 26, 2, tzinfo=UTC), "412 and a script")
    assert reader().blocked_until("village") is None
    archive.put(answer(url=LIST + "robots.txt", page="robots", hour=3, outcome="ok"), b"")
    archive.put(answer(hour=3, status=404, outcome="gone"), None)
    assert reader().blocked_until("town") is not None, "robots.txt is often served by who refuses all else"
    archive.put(answer(hour=4, status=304, outcome="not_modified"), None)
    assert reader().blocked_until("town") is None


def test_a_refused_robots_txt_is_a_refusal_like_any_other(archives):
    archive, reader = archives
    archive.put(blocked(url=LIST + "robots.txt", page="robots", detail="refuses us (412)"), None)
    assert reader().blocked_until("town") == (datetime(2024, 3, 26, 2, tzinfo=UTC), "refuses us (412)")


def test_blocks_are_by_host_and_the_longest_counts(archives):
    archive, reader = archives
    archive.put(blocked(), None)
    archive.put(blocked(hour=3, retry="2024-03-27T02:00:00+00:00", requested_url="https://zwgk.example.gov.cn/a"), None)
    archive.put(answer(hour=4, outcome="ok"), b"text")
    assert reader().blocked_until("town") == (datetime(2024, 3, 27, 2, tzinfo=UTC), f"{URL} answered 412")


def test_a_304_keeps_its_validators_only(archives):
    archive, reader = archives
    headers = {"ETag": '"1"', "last-modified": "Mon, 25 Mar 2024 01:00:00 GMT", "server": "nginx", "date": "today"}
    assert archive.put(answer(headers=headers), b"text").headers == headers
    kept = archive.put(answer(hour=2, status=304, headers=headers), None)
    assert kept.headers == {"ETag": '"1"', "last-modified": "Mon, 25 Mar 2024 01:00:00 GMT"}
    assert list(reader().answers("r1"))[-1] == kept
    assert list(reader().answers("r2")) == []
