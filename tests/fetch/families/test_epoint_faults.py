"""What is no list in place of Epoint's JSON: an error of one line or an alarm, never an empty list."""

import logging

import pytest
from epoint_portal import ALL, BASE, GOV, GUID, OTHER, SCRIPT, SITE_INFO, urls

from etl.errors import EmptyList


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"<html><body>login</body></html>", "the answer is no JSON, it is '<html><body>login</body></html>'"),
        (b"", "the answer is no JSON, it is empty"),
        (b"[" * 5000, "the answer is no JSON"),
        ([], "the answer is no object, it is '[]'"),
        ({"status": {"code": 0, "text": "token 已过期"}}, """has no 'custom', it is '{"status": {"code": 0, "text": "token 已过期"}}'"""),
        ({"custom": "", "status": {"code": 0, "text": "参数错误"}}, "the portal answers with an error: 参数错误"),
        ({"custom": "<html>"}, "'custom' is no JSON, it is '<html>'"),
        ({"custom": 7}, "'custom' is no object, it is '7'"),
        ({"custom": {"data": {"a": 1}}}, "'data' is no list of objects"),
        ({"custom": {"data": ["a"]}}, "'data' is no list of objects"),
    ],
)
def test_an_answer_that_is_no_list_is_an_error_that_names_the_address(epoint, listed, answer, said):
    epoint.instead = answer
    with pytest.raises(EmptyList) as caught:
        listed()
    assert str(caught.value).startswith(BASE + GOV)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_list_in_place_of_a_later_page_is_an_error_too(epoint, listed):
    answered = epoint.list
    epoint.list = lambda query, path: b"<html>" if query["pageIndex"] == 1 else answered(query, path)
    with pytest.raises(EmptyList, match="the answer is no JSON, it is '<html>', and there should be a page 2"):
        listed()


@pytest.mark.parametrize(("base", "page_0"), [(0, "first"), (1, "first"), (1, "empty")])
def test_a_wrong_site_guid_is_a_warning_at_first_and_an_alarm_once_the_list_held_items(epoint, listed, caplog, base, page_0):
    epoint.base, epoint.base_page_0, epoint.guid = base, page_0, OTHER
    with pytest.raises(EmptyList, match="no report among them"):
        listed()
    (warning,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert f"siteGuid {GUID} (told by {SCRIPT})" in warning
    epoint.guid = GUID
    assert urls(listed(run_id="r2")) == ALL
    epoint.guid = OTHER
    with pytest.raises(EmptyList, match=f"the list held items and now holds none .*wrong siteGuid {GUID}"):
        listed(run_id="r3")


def test_a_site_guid_that_the_portal_changed_for_the_worse_is_an_alarm_too(epoint, listed, portal):
    listed()
    portal.page(SCRIPT, SITE_INFO % OTHER)
    with pytest.raises(EmptyList, match=f"the list held items and now holds none .*wrong siteGuid {OTHER}"):
        listed(run_id="r2")


def test_robots_count_for_interfaces_too(listed, portal):
    portal.page("/robots.txt", "User-agent: *\nDisallow: /EWB-FRONT/\n")
    assert listed_error(listed).endswith("robots.txt asks not to fetch it")
    assert not portal.posted


def listed_error(listed):
    with pytest.raises(Exception, match="robots") as caught:
        listed()
    return str(caught.value)
