"""Archives for the tests: an empty one, and one with everything that may stand in one."""

import pytest
from warc_files import BASE, FILE, PAGE, URL, answer

from etl.archive import Archive
from etl.storage import open_store


@pytest.fixture
def archive(request, tmp_path):
    """On a disk; tests marked with `on_disk_and_in_store` have it in a store too."""
    if getattr(request, "param", "disk") == "disk":
        return Archive(tmp_path / "archive")
    return Archive(open_store(request.getfixturevalue("store")) / "archive")


@pytest.fixture
def full(archive):
    """An archive with everything that may stand in one."""
    headers = {"content-type": "text/html; charset=gbk", "content-encoding": "gzip", "transfer-encoding": "chunked", "etag": '"1"'}
    query = f'{BASE}/EWB-FRONT/rest/lightfrontaction/getgovinfolist#{{"deptcode":"静安 1"}}'
    for each, body in (
        (answer(f"{BASE}/robots.txt", 404, page="robots", district="", outcome="gone", title=None), None),
        (answer(query, page="list", outcome="ok", title=None, content_type="application/json"), b'{"custom":{}}'),
        (answer(outcome="redirected", status=302, headers={"location": "/b.html"}), None),
        (answer(hour=2, headers=headers, outcome="ok", charset="gb18030", charset_from="header", listed_on="2024-03-20"), PAGE),
        (answer(FILE, page="attachment", parent=URL, hour=2, outcome="ok", content_type="application/pdf"), b"%PDF-1.7"),
        (answer(hour=3, status=304, outcome="not_modified", headers={"etag": '"1"', "server": "x"}), None),
        (answer(hour=4, status=0, outcome="unreachable", detail="timed out\nafter 30 s", retry_at="2024-03-26T04:00:00+00:00"), None),
        (answer(hour=5, status=412, outcome="blocked", retry_at="2024-03-26T04:00:00+00:00"), None),
        (answer(hour=6, outcome="soft_404"), b"<title>404</title>"),
        (answer(hour=7, outcome="ok"), PAGE),
        (answer(hour=8, outcome="ok"), b""),
    ):
        archive.put(each, body)
    return archive
