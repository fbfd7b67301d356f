"""The sample's book, made once, and a browser that opens its pages from file:// and notes what should never happen."""

from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from etl.publish.duckdb_file import DuckDBFile
from etl.report.book import write_book
from tests.machine import chromium

CHROMIUM = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="session")
def warehouse(sample_home):
    """The published warehouse of the sample."""
    return DuckDBFile(sample_home / "warehouse" / "reports.duckdb")


@pytest.fixture(scope="session")
def book(warehouse, tmp_path_factory):
    """The folder of the sample's book."""
    folder = tmp_path_factory.mktemp("books") / "book"
    with warehouse.read() as reader:
        write_book(reader, folder)
    return folder


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def opened(browser, book):
    """`with opened("index.html", language="en", width=360) as page:` fails for a request that leaves file:, and for any complaint."""

    @contextmanager
    def open_page(path, *, language="zh-CN", width=1280, height=900, dark=False, media="screen", folder=book, script=True):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", java_script_enabled=script
        )
        requests, complaints = [], []
        context.on("request", lambda request: requests.append(request.url))
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.emulate_media(media=media)
        page.goto(f"file://{folder}/{path}")
        if language != "zh-CN":
            page.click(f"[data-language={language}]")
        yield page
        context.close()
        assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
        assert complaints == []

    return open_page


@pytest.fixture(scope="session")
def violations():
    """What axe finds in an open page, in words; axe's own reading of the style sheets is off, since it would send requests."""

    def find(page):
        found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
        return found.generate_report() if found.violations_count else ""

    return find
