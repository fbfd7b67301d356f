"""Versions: what an address and its attachments showed at the end of a run."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from etl.archive import Attachment
from etl.models import Answer

URL = "https://www.example.gov.cn/xxgk/002017/a.html"
OTHER = URL.replace("a.html", "b.html")
FILE = "https://www.example.gov.cn/shja_main/1/附件.pdf"
SECOND = FILE.replace("附件", "附表")


@pytest.fixture
def tell(archive):
    """Put one answer in; by default each is of a run of its own, and an hour later than the one before."""
    hours = iter(range(1000))

    def put(body=None, *, url=URL, run=None, status=None, hour=None, **fields):
        hour = next(hours) if hour is None else hour
        values = {
            "url": url, "requested_url": url, "time": at(hour).isoformat(timespec="microseconds"),
            "status": (304 if body is None else 200) if status is None else status,
            "source": "town", "district": "云河区", "page": "article",
            "run_id": run or f"r{hour}", "title": "报告", "content_type": "text/html",
        }  # fmt: skip
        return archive.put(Answer(**{**values, **fields}), body)

    return put


def at(hour):
    return datetime(2024, 3, 1 + hour // 24, hour % 24, tzinfo=UTC)


def digest(body):
    return sha256(body).hexdigest()


def attach(tell, body=None, url=FILE, **fields):
    return tell(body, **{"url": url, "page": "attachment", "parent": URL, "title": "附件", "content_type": "application/pdf"} | fields)


def shown(archive, url=URL):
    """The bodies of the versions of an address, those of the attachments behind them."""
    return [
        (version.raw_sha256, *(attachment.sha256 for attachment in version.attachments))
        for version in archive.inventory()
        if version.url == url
    ]


def test_the_distinct_bodies_of_articles_in_order(archive, tell):
    tell(b"<ul>", page="list", url=URL + "/list")
    tell(b"one", hour=1, listed_on="2024-03-01")
    tell(b"two", url=OTHER, hour=2, title="另一篇")
    tell(hour=3)
    tell(b"one, changed", hour=4, title="报告（修订）", content_type="text/html; charset=gbk")
    first, changed, second = archive.inventory("town")
    assert [v.raw_sha256 for v in (first, changed, second)] == [digest(b) for b in (b"one", b"one, changed", b"two")]
    assert [v.url for v in (first, changed, second)] == [URL, URL, OTHER]
    assert {v.title for v in (first, changed)} == {"报告（修订）"}
    assert {v.listed_on for v in (first, changed)} == {date(2024, 3, 1)}
    assert changed.content_type == "text/html; charset=gbk"
    assert (first.first_seen_at, first.fetched_at, first.last_seen_at) == (at(1), at(1), at(3))
    assert (changed.first_seen_at, changed.fetched_at, changed.last_seen_at) == (at(1), at(4), at(4))
    assert (second.source, second.district, second.gone_at, second.attachments) == ("town", "云河区", None, ())


def test_a_text_that_comes_back_keeps_its_place_and_is_seen_last(archive, tell):
    for body in (b"A", b"B", b"A", None):
        tell(body)
    a, b = archive.inventory()
    assert (a.raw_sha256, a.fetched_at, a.last_seen_at) == (digest(b"A"), at(0), at(3))
    assert (b.raw_sha256, b.fetched_at, b.last_seen_at) == (digest(b"B"), at(1), at(1))


def test_inventory_is_of_one_source_or_of_all(archive, tell):
    tell(b"one")
    tell(b"two", url="http://127.0.0.1/b.html", source="sample")
    assert [v.source for v in archive.inventory()] == ["town", "sample"]
    assert [v.source for v in archive.inventory("sample")] == ["sample"]


@pytest.mark.parametrize(
    ("statuses", "after", "gone_at"),
    [
        ((200, 404), 1, 1),
        ((200, 410), 1, 1),
        ((200, 404), 3, None),
        ((200, 404, 404), 3, None),
        ((200, 404, 410, 404), 3, 1),
        ((200, 404, 404, 404, 404), 3, 1),
        ((200, 404, 503, 0, 404, 403, 404), 3, 1),
        ((200, 404, 404, 200, 404), 3, None),
        ((200, 404, 304, 404, 404), 3, None),
        ((200, 404, 404, 404, 200), 3, None),
        ((200, 404, 404, 404, 304, 404, 404, 404), 3, 5),
        ((200, 503, 503, 503), 1, None),
    ],
)
def test_an_article_is_gone_after_several_404s_in_a_row(archive, tell, statuses, after, gone_at):
    for status in statuses:
        tell(b"text" if status == 200 else None, status=status)
    (version,) = archive.inventory(gone_after={"town": after})
    assert version.gone_at == (None if gone_at is None else at(gone_at))


def test_three_are_needed_unless_the_source_says_otherwise(archive, tell):
    tell(b"text")
    tell(status=404)
    tell(status=404)
    assert archive.inventory()[0].gone_at is None
    tell(status=404)
    assert archive.inventory()[0].gone_at == at(1)
    assert archive.inventory(gone_after={"town": 4})[0].gone_at is None


@pytest.mark.parametrize("outcome", ["soft_404", "stub", "blocked", "unreachable", "too_large", "unexpected"])
def test_what_is_no_text_of_the_article_is_neither_seen_nor_gone(archive, tell, outcome):
    tell(b"text", outcome="ok")
    tell(status=404, outcome="gone")
    tell(status=404, outcome="gone")
    kept = tell(b"<title>no such page</title>", outcome=outcome)
    assert archive.read(kept.sha256), "its bytes are kept"
    (version,) = archive.inventory()
    assert (version.raw_sha256, version.last_seen_at, version.gone_at) == (digest(b"text"), at(0), None)
    tell(status=404, outcome="gone")
    assert archive.inventory()[0].gone_at == at(1)
    tell(outcome="not_modified")
    assert (archive.inventory()[0].last_seen_at, archive.inventory()[0].gone_at) == (at(5), None)


def test_an_address_that_never_gave_its_text_has_no_version(archive, tell):
    tell(b"not here", status=404)
    tell(b"home", url=OTHER, outcome="soft_404")
    tell(url=OTHER)
    assert archive.inventory() == []


def test_a_version_has_the_attachments_of_its_page(archive, tell):
    tell(b"page", run="r1")
    attach(tell, b"pdf", run="r1")
    attach(tell, b"table", url=SECOND, run="r1")
    tell(run="r2")
    attach(tell, run="r2")
    attach(tell, run="r2", url=SECOND)
    (version,) = archive.inventory()
    assert version.attachments == (
        Attachment(FILE, "附件", digest(b"pdf"), "application/pdf"),
        Attachment(SECOND, "附件", digest(b"table"), "application/pdf"),
    )
    assert (version.fetched_at, version.last_seen_at) == (at(0), at(5))


def test_another_attachment_under_the_same_page_is_a_new_version(archive, tell):
    tell(b"page", run="r1")
    attach(tell, b"pdf", run="r1")
    attach(tell, b"table", url=SECOND, run="r1")
    tell(run="r2")
    attach(tell, b"pdf, mended", run="r2")
    attach(tell, b"table, mended", url=SECOND, run="r2")
    before, after = archive.inventory()
    page = digest(b"page")
    assert shown(archive) == [(page, digest(b"pdf"), digest(b"table")), (page, digest(b"pdf, mended"), digest(b"table, mended"))]
    assert (before.fetched_at, before.last_seen_at) == (at(0), at(2))
    assert (after.fetched_at, after.last_seen_at) == (at(4), at(5))


def test_an_attachment_that_comes_back_is_the_old_version(archive, tell):
    for run, body in (("r1", b"pdf"), ("r2", b"pdf, mended"), ("r3", b"pdf")):
        tell(b"page" if run == "r1" else None, run=run)
        attach(tell, body, run=run, content_type=f"application/pdf; {run}")
    assert [files for _, files in shown(archive)] == [digest(b"pdf"), digest(b"pdf, mended")]
    first, _ = archive.inventory()
    assert first.last_seen_at == at(5)


@pytest.mark.parametrize("status", [0, 403, 404, 503])
def test_an_attachment_that_cannot_be_had_tonight_stays(archive, tell, status):
    tell(b"page", run="r1")
    attach(tell, b"pdf", run="r1")
    tell(run="r2")
    attach(tell, run="r2", status=status)
    assert shown(archive) == [(digest(b"page"), digest(b"pdf"))]


def test_a_page_that_drops_or_exchanges_its_attachment(archive, tell):
    tell(b"page", run="r1")
    attach(tell, b"pdf", run="r1")
    tell(b"page with the text", run="r2")
    tell(b"page with a table", run="r3")
    attach(tell, b"table", url=SECOND, run="r3")
    assert shown(archive) == [
        (digest(b"page"), digest(b"pdf")),
        (digest(b"page with the text"),),
        (digest(b"page with a table"), digest(b"table")),
    ]


def test_a_changed_page_whose_attachment_fails_keeps_the_bytes_that_it_had(archive, tell):
    tell(b"page", run="r1")
    attach(tell, b"pdf", run="r1")
    tell(b"page, rendered anew", run="r2")
    attach(tell, run="r2", status=503)
    assert shown(archive) == [(digest(b"page"), digest(b"pdf")), (digest(b"page, rendered anew"), digest(b"pdf"))]


def test_a_run_that_is_cut_off_before_the_attachments_is_completed_by_the_next(archive, tell):
    tell(b"page", run="r1")
    assert shown(archive) == [(digest(b"page"),)]
    tell(run="r2")
    attach(tell, b"pdf", run="r2")
    assert shown(archive) == [(digest(b"page"), digest(b"pdf"))]
    (version,) = archive.inventory()
    assert version.fetched_at == at(0)


def test_what_a_run_asked_for_twice_is_kept_twice(archive, tell):
    tell(b"A", run="r1")
    tell(b"B", run="r1")
    assert shown(archive) == [(digest(b"A"),), (digest(b"B"),)]


def test_attachments_of_two_articles_do_not_mix(archive, tell):
    tell(b"page", run="r1")
    attach(tell, b"pdf", run="r1")
    tell(b"other page", url=OTHER, run="r1")
    tell(b"pdf", url=FILE, page="attachment", parent=OTHER, run="r1")
    tell(b"pdf, mended", url=FILE, page="attachment", parent=OTHER, run="r2")
    assert shown(archive) == [(digest(b"page"), digest(b"pdf"))]
    assert shown(archive, OTHER) == [(digest(b"other page"), digest(b"pdf")), (digest(b"other page"), digest(b"pdf, mended"))]


def test_an_older_page_that_a_person_brings_changes_nothing_of_today(archive, tell):
    tell(b"old", hour=10, title="现在")
    tell(b"new", hour=20, title="现在")
    for hour in (30, 31, 32):
        tell(hour=hour, status=404, title="现在")
    tell(b"older", hour=2, run="import-1", title="以前")
    tell(b"old", hour=5, run="import-2", title="以前")
    tell(hour=33, status=304, title="现在")
    versions = archive.inventory()
    assert [(v.raw_sha256, v.fetched_at, v.last_seen_at) for v in versions] == [
        (digest(b"older"), at(2), at(2)),
        (digest(b"old"), at(5), at(10)),
        (digest(b"new"), at(20), at(33)),
    ]
    assert {(v.title, v.gone_at, v.first_seen_at) for v in versions} == {("现在", None, at(2))}


def test_an_imported_page_does_not_bring_back_what_is_gone_unless_it_is_newer(archive, tell):
    tell(b"text", hour=10)
    for hour in (30, 31, 32):
        tell(hour=hour, status=404)
    tell(b"text", hour=20, run="import-1")
    (version,) = archive.inventory()
    assert (version.gone_at, version.last_seen_at) == (at(30), at(20))
    tell(b"text", hour=40, run="import-2")
    (version,) = archive.inventory()
    assert (version.gone_at, version.last_seen_at) == (None, at(40))
