"""Scenarios: which behaviour comes when, and the files that hold them."""

import pytest

from sample.scenarios import ScenarioError, load_scenarios

LIST = "/xxgk/002018/002018002/subpage.html"
NAVIGATION = "/xxgk/xxgk.html"


def statuses(ask, path, count):
    return [ask(path).status for _ in range(count)]


def test_steps_follow_each_other_and_the_last_one_stays(portal, ask):
    portal.scenario("/xxgk/*", "412js", {"do": "503", "times": 2}, "405block")
    assert statuses(ask, LIST, 5) == [412, 503, 503, 405, 405]
    assert ask("/").status == 200


def test_the_last_step_may_end_too_and_leaves_the_request_to_older_scenarios(portal, ask):
    portal.scenario("*", "405block")
    portal.scenario(LIST, {"do": "429", "times": 1})
    assert statuses(ask, LIST, 2) == [429, 405]
    portal.heal()
    assert statuses(ask, LIST, 1) == [200]


def test_ok_is_the_page_whatever_older_scenarios_say(portal, ask):
    portal.scenario("*", "405block")
    portal.scenario(LIST, "ok")
    assert (ask(LIST).status, ask(NAVIGATION).status) == (200, 405)


def test_a_glob_may_name_a_host(portal, ask):
    portal.scenario("//*.trs.test/*", "405block")
    assert (ask(LIST, Host="www.trs.test:80").status, ask(LIST).status) == (405, 200)


def test_queries_are_not_looked_at(portal, ask):
    portal.scenario(LIST, "405block")
    assert ask(LIST + "?a=1").status == 405


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (["nonsense"], "no behaviour 'nonsense'"),
        ([{"do": "503", "wait": 1}], "503 has no parameter wait; it has retry_after"),
        ([], "a step"),
    ],
)
def test_what_cannot_be_is_an_error_of_one_line(portal, steps, words):
    with pytest.raises(ScenarioError, match=words) as caught:
        portal.scenario("*", *steps)
    assert "\n" not in str(caught.value)


def test_the_example_file_is_read(portal, ask, pytestconfig):
    portal.play(pytestconfig.rootpath / "sample/scenarios.example.toml")
    assert portal.site.options.past_end == "last"
    assert statuses(ask, "/xxgk/002018/002018002/2.html", 3) == [503, 503, 200]
    assert ask("/no/such.html").body == ask("/").body
    assert statuses(ask, portal.site.articles("/xxgk/002018/002018002/*")[0], 1) == [412]


@pytest.mark.parametrize("text", ["[[scenario]]\npath = '*'\n", "scenario = 1", "[[", "[[scenario]]\nsteps = ['ok']", "[option]"])
def test_a_file_that_is_none(tmp_path, text):
    path = tmp_path / "a.toml"
    path.write_text(text)
    with pytest.raises(ScenarioError, match=r"a\.toml"):
        load_scenarios(path)


def test_an_option_that_is_none(portal, tmp_path):
    path = tmp_path / "a.toml"
    path.write_text("[options]\npast = 1")
    with pytest.raises(ScenarioError, match=r"a\.toml: no option 'past'"):
        portal.play(path)
