from datetime import UTC, datetime

from etl.facts.attachments import attachment_rows

DOC = {"url": "http://p/a.doc", "name": "a.doc", "kind": "doc", "state": "unsupported", "detail": "an old file", "raw_sha256": None}
PDF = {"url": "http://p/b.pdf", "name": "b.pdf", "kind": "pdf", "state": "used_as_body", "detail": None, "raw_sha256": "a" * 64}


def parsed(url, day, *attachments):
    return {"url": url, "fetched_at": datetime(2024, 3, day, tzinfo=UTC), "attachments": list(attachments)}


def test_the_last_version_of_a_page_tells_of_its_attachments():
    rows = attachment_rows([parsed("http://p/1", 2, PDF), parsed("http://p/1", 1, DOC), parsed("http://p/0", 1, DOC, PDF)])
    assert [(row["source_url"], row["url"], row["state"]) for row in rows] == [
        ("http://p/0", DOC["url"], "unsupported"),
        ("http://p/0", PDF["url"], "used_as_body"),
        ("http://p/1", PDF["url"], "used_as_body"),
    ]
    assert len({row["attachment_id"] for row in rows}) == 3


def test_a_page_that_could_not_be_read_may_have_none():
    assert attachment_rows([{**parsed("http://p/1", 1), "attachments": None}]) == []
