"""What lists showed, and how pages judge what titles leave open."""

import pytest

from etl.listed import Listed
from etl.models import Candidate
from etl.ops import OpsLog
from etl.sources import is_open, load_source


@pytest.mark.parametrize(
    ("title", "is_left_open"),
    [
        ("云河区2023年度法治政府建设情况报告", False),
        ("《云河区2023年度法治政府建设情况报告…", True),
        ("云河区司法局2023年度法...", True),
        ("2023年度依法行政工作总结", True),
        ("云河区2023年政府信息公开年报", False),
    ],
)
def test_a_title_that_was_cut_or_says_perhaps_is_left_open(title, is_left_open):
    assert is_open(load_source("jingan"), title) == is_left_open


@pytest.fixture
def listed(tmp_path):
    listed = Listed(OpsLog(tmp_path), "town")
    told = {"plain": "title", "perhaps": "page", "cut": "title"}
    listed.replace([Candidate("town", url, url, "list", None, "云河区", is_report=True, decided_by=by) for url, by in told.items()], "r1")
    return listed


def test_a_page_counts_where_the_title_left_it_open_and_a_whole_title_everywhere(listed):
    assert listed.judge({"plain", "perhaps"}, {"cut"}) == {"perhaps", "cut"}
    assert listed.rejected().keys() == {"perhaps", "cut"}


def test_what_is_a_report_after_all_is_one_again(listed):
    listed.judge({"perhaps"}, {"cut"})
    assert listed.judge(set(), set()) == set()
    assert listed.rejected() == {}
