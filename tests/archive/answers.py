"""Answers of a portal, as tests put them into an archive."""

import pytest

from etl.models import Answer

on_disk_and_in_store = pytest.mark.parametrize("archive", ["disk", "store"], indirect=True)

URL = "https://www.example.gov.cn/xxgk/002017/a.html"


def answer(url=URL, status=200, hour=1, **fields):
    values = {
        "url": url, "requested_url": url, "time": f"2024-03-25T{hour:02}:00:00.000000+00:00", "status": status, "source": "town",
        "district": "云河区", "page": "article", "run_id": "r1", "title": "报告", "content_type": "text/html",
    }  # fmt: skip
    return Answer(**{**values, **fields})
