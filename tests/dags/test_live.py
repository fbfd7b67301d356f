"""`make live` before anyone tries it: the real portal's entry, asked over TLS, answered by the sample portal in its place."""

import ssl

import pytest
import trustme

from etl.settings import PROJECT_DIR
from sample.server import SamplePortal

RUN_ONCE = str(PROJECT_DIR / "dags" / "run_once.py")


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def portal(authority):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("www.jingan.gov.cn").configure_cert(tls)
    with SamplePortal(port=0, secure_port=0, tls=tls) as portal:
        yield portal


@pytest.fixture(scope="module")
def finished(run_python, tmp_path_factory, authority, portal):
    folder = tmp_path_factory.mktemp("live")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    settings = {
        "ETL_HOME": str(folder / "var"),
        "ETL_CONNECT_TO": f"443=127.0.0.1:{portal.secure_url.rpartition(':')[2]}",
        "ETL_CA_FILE": str(folder / "ca.pem"),
        "ETL_MIN_INTERVAL_S": "0",
        "ETL_CONTACT": "data@example.org",
    }
    return run_python(RUN_ONCE, "--source", "jingan", **settings)


def test_it_publishes_the_report_of_the_portal(finished):
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "静安区" in finished.stdout
    assert "1 reports" in finished.stdout


def test_it_asks_one_host_over_tls_with_its_name_and_nothing_else(portal, finished):
    assert {request.host for request in portal.requests} == {"www.jingan.gov.cn"}
    assert all(request.is_secure for request in portal.requests)
    assert portal.requests.max_in_flight() == 1
    assert all("data@example.org" in request.user_agent for request in portal.requests)


def test_the_other_district_of_the_stand_in_is_not_asked_for(portal, finished):
    assert not [request for request in portal.requests if "/002018" in request.path]
