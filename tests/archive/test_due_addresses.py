"""What is due, without the network."""

from datetime import UTC, datetime, timedelta

from answers import on_disk_and_in_store

from etl.archive.due import due
from etl.models import Answer

BASE = "https://www.example.gov.cn"
NOW = datetime(2024, 3, 25, 18, 30, tzinfo=UTC)


def put(archive, path, status=200, ago=24, outcome=None, wait=None, **fields):
    time = NOW - timedelta(hours=ago)
    retry_at = None if wait is None else (NOW + timedelta(hours=wait)).isoformat()
    values = {"title": f"报告{path}", "source": "town", "page": "article", "district": "云河区"} | fields
    answer = Answer(
        url=BASE + path, requested_url=BASE + path, time=time.isoformat(), status=status, run_id=f"r{ago}", outcome=outcome,
        retry_at=retry_at, **values,
    )  # fmt: skip
    archive.put(answer, path.encode() if status == 200 else None)


def states(archive, **options):
    return [(each.url.removeprefix(BASE), each.state) for each in due(archive, "town", NOW, **options)]


def test_nothing_is_due_in_an_empty_archive(archive):
    assert due(archive, "town", NOW) == []


@on_disk_and_in_store
def test_articles_are_due_waiting_or_gone_in_this_order(archive):
    put(archive, "/gone", ago=80)
    for ago in (60, 50, 40):
        put(archive, "/gone", 404, ago=ago)
    put(archive, "/ill", ago=30)
    put(archive, "/ill", 503, ago=6, outcome="unreachable", wait=5)
    put(archive, "/was-ill", ago=40)
    put(archive, "/was-ill", 503, ago=6, outcome="unreachable", wait=-1)
    put(archive, "/seen")
    put(archive, "/missed-once", ago=20)
    put(archive, "/missed-once", 404, ago=6)
    assert states(archive) == [
        ("/was-ill", "due"), ("/seen", "due"), ("/missed-once", "due"), ("/ill", "waiting"), ("/gone", "gone"),
    ]  # fmt: skip
    assert states(archive, gone_after=1)[-2:] == [("/gone", "gone"), ("/missed-once", "gone")]
    assert states(archive, gone_after=4)[0] == ("/gone", "due")


def test_only_articles_that_were_good_once_are_told(archive):
    put(archive, "/list", page="list")
    put(archive, "/robots.txt", page="robots")
    put(archive, "/a.pdf", page="attachment", parent=BASE + "/a")
    put(archive, "/never", 404)
    put(archive, "/stub", outcome="stub")
    put(archive, "/imported/%E6%8A%A5%E5%91%8A.html")
    put(archive, "/other", source="village")
    assert states(archive) == []


@on_disk_and_in_store
def test_a_refusal_makes_all_of_the_source_wait(archive):
    put(archive, "/a", ago=30, listed_on="2024-03-20")
    put(archive, "/ill", ago=30)
    put(archive, "/ill", 503, ago=6, outcome="unreachable", wait=48)
    put(archive, "/other", ago=30, source="village")
    put(archive, "/b", 412, ago=1, outcome="blocked", wait=23)
    assert states(archive) == [("/a", "waiting"), ("/ill", "waiting")]
    first, ill = due(archive, "town", NOW)
    assert first.retry_at == NOW + timedelta(hours=23)
    assert ill.retry_at == NOW + timedelta(hours=48), "the later of the two"
    assert (first.title, first.district, first.last_seen_at) == ("报告/a", "云河区", NOW - timedelta(hours=30))
    assert [each.state for each in due(archive, "village", NOW)] == ["due"]
    assert [each.state for each in due(archive, "town", NOW + timedelta(hours=24))] == ["due", "waiting"]
