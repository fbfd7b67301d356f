"""What goes wrong, and what people see: one line, a red run where it must be, the last warehouse untouched."""

import socket

import pytest

from etl.errors import EmptyList, PortalUnreachable, ValidationStop

REAL = "/xxgk/002017/002017001/20240202/b911578a-aa55-4262-afd1-00d13af96a80.html"


def one_line(errors):
    lines = [line for line in errors.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1, errors
    assert "Traceback" not in errors
    return lines[0]


def state(night, run_id):
    from etl.ops import OpsLog

    return OpsLog(night.home / "ops").read("ops_run", run_id)[0]


def test_the_portal_is_down(night):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    status, output, errors = night.etl("run", "--run-id", "down", ETL_PORTAL_URL=address)
    assert (status, output) == (1, "")
    assert address in one_line(errors)
    assert state(night, "down")["state"] == "failed"


def test_the_portal_fails_after_a_good_night(night):
    night.run("good")
    before = night.link.resolve()
    night.portal.fail("/xxgk/*", status=503)
    with pytest.raises(PortalUnreachable):
        night.run("bad")
    assert night.link.resolve() == before
    assert state(night, "bad")["state"] == "failed"
    assert "503" in state(night, "bad")["error"]


def test_a_list_that_had_items_is_empty(night):
    night.run("good")
    before = night.link.resolve()
    night.portal.empty_list("/xxgk/002018/*")
    with pytest.raises(EmptyList):
        night.run("bad")
    assert night.link.resolve() == before


def test_the_first_list_is_empty(night):
    night.portal.empty_list("/xxgk/*")
    status, _, errors = night.etl("run")
    assert status == 1
    one_line(errors)
    assert not night.link.exists()


def test_a_page_that_is_no_report_is_quarantined_with_its_reason(night):
    night.portal.site.replace_body(REAL, "本页内容为食堂菜单。\n" * 40)
    counts = night.run("night")
    assert (counts["reports"], counts["quarantined"]) == (15, 1)
    assert night.sql("SELECT stage, rule FROM main.ops_quarantine") == [("parse", "not_a_report")]
    assert night.sql("SELECT source_url LIKE '%b911578a%', length(reason) > 10, raw_sha256 IS NOT NULL FROM main.ops_quarantine") == [
        (True, True, True)
    ]
    named = night.sql("SELECT name, level, report_year FROM main.ops_quarantine JOIN main.dim_organization USING (organization_id)")
    assert named == [("上海市静安区人民政府", "district", 2023)], "its title says whose it is, though no report of that body is left"


def test_an_empty_page_is_quarantined_with_its_reason(night):
    night.portal.site.replace_body(REAL, "")
    assert night.run("night")["quarantined"] == 1
    assert night.sql("SELECT rule FROM main.ops_quarantine") == [("empty_page",)]


def test_a_report_that_fails_a_critical_expectation_is_quarantined(night):
    night.portal.site.replace_body(REAL, "2023年，我区法治政府建设扎实推进，办理案件3件。")
    counts = night.run("night")
    assert (counts["reports"], counts["quarantined"]) == (15, 1)
    stages = night.sql("SELECT DISTINCT stage FROM main.ops_quarantine")
    assert stages == [("validate",)]
    assert night.sql("SELECT count(*) FROM main.dim_report WHERE source_url LIKE '%b911578a%'") == [(0,)]


def test_too_much_in_quarantine_publishes_nothing(night):
    night.run("good")
    before = night.link.resolve()
    for page in night.portal.site.articles("/xxgk/002018/*") + night.portal.site.articles("/govxxgk/*"):
        night.portal.site.replace_body(page, "本页内容为食堂菜单。\n" * 40)
    with pytest.raises(ValidationStop):
        night.run("bad", refetch=True)
    assert night.link.resolve() == before
    assert state(night, "bad")["state"] == "failed"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ETL_BATCH_SIZ", "5", "ETL_BATCH_SIZ"),
        ("ETL_BATCH_SIZE", "many", "ETL_BATCH_SIZE"),
        ("ETL_PORTAL_URL", "ftp://x", "ETL_PORTAL_URL"),
        ("ETL_WAREHOUSE", "oracle:x", "ETL_WAREHOUSE"),
        ("ETL_SOURCE", "nowhere", "nowhere"),
    ],
)
def test_a_wrong_setting_is_said_at_start(night, name, value, said):
    status, output, errors = night.etl("run", **{name: value})
    assert (status, output) == (1, "")
    assert said in one_line(errors)
    assert not night.portal.requests


def test_a_missing_file_for_parse(night):
    status, output, errors = night.etl("parse", "nowhere.txt")
    assert (status, output) == (1, "")
    assert "nowhere.txt" in one_line(errors)


def test_a_home_that_nobody_can_write(night):
    read_only = "/proc/etl-home"  # where even root makes no folder
    status, _, errors = night.etl("run", ETL_HOME=read_only)
    assert status == 1
    assert read_only in one_line(errors)


def test_a_home_that_is_a_file(night):
    night.home.write_text("not a folder")
    status, _, errors = night.etl("run")
    assert status == 1
    assert str(night.home) in one_line(errors)


def test_another_run_is_publishing(night):
    import fcntl

    night.run("good")
    with (night.link.parent / ".publish.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        status, _, errors = night.etl("publish")
    assert status == 1
    assert "another run is publishing" in one_line(errors)
