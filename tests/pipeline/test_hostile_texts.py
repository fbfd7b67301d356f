"""What a page says never leaves the archive as a path, as SQL, as markup or as a formula."""

import csv
import io
import re
from datetime import date

import pytest

NAME = "云河区司法局2023年度法治政府建设情况报告"
TITLES = {
    "sql": f"'); DROP TABLE main.dim_report; --{NAME}",
    "html": f"<script>alert(1)</script><img src=x onerror=alert(2)>{NAME}",
    "formula": f'=HYPERLINK("http://203.0.113.9/","{NAME}")',
    "path": f"../../../../etc/passwd {NAME}",
}
PATH = "/xxgk/002018/002018002/20240401/1b0a3a52-0000-4000-8000-0000000000{}.html"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    from sample.server import SamplePortal
    from tests.pipeline.conftest import Night

    with SamplePortal(port=0) as portal:
        night = Night(tmp_path_factory.mktemp("hostile") / "var", portal)
        (model,) = (path for path in portal.site.articles() if "6bc5c2c4" in path)
        text = portal.site.article(model).text.replace("市场监督管理局", "司法局").replace("市场监管局", "司法局")
        for number, title in enumerate(TITLES.values()):
            portal.site.add(
                PATH.format(f"{number:02}"), title=title, text=text.replace("168件", f"{200 + number}件") + f"\n=cmd|'/c calc'!A{number}",
                column="002018002", publisher="云河区司法局", published_on=date(2024, 4, 1),
            )  # fmt: skip
        night.run("first")
        yield night


def test_titles_are_kept_as_they_are(hostile):
    titles = {title for (title,) in hostile.sql("SELECT title FROM main.ops_listed WHERE url LIKE '%1b0a3a52%'")}
    assert {TITLES["sql"], TITLES["formula"], TITLES["path"]} <= titles
    assert hostile.sql("SELECT count(*) > 16 FROM main.dim_report") == [(True,)]


def test_nothing_is_written_outside_the_folders_of_a_run(hostile):
    names = [path.name for path in hostile.home.parent.rglob("*") if path.is_file() and "raw" in path.parts]
    assert names
    assert all(re.fullmatch(r"[0-9a-f]{64}", name) for name in names)
    assert {path.name for path in hostile.home.parent.iterdir()} == {"var"}


def test_a_spreadsheet_runs_nothing(hostile):
    for table in ("main.ops_listed", "main.dim_report"):
        _, output, errors = hostile.etl("sql", f"SELECT title FROM {table} WHERE title LIKE '%HYPERLINK%'", "--format", "csv")
        assert not errors
        cells = [row[0] for row in csv.reader(io.StringIO(output))][1:]
        assert all(cell.startswith("'=HYPERLINK") for cell in cells)
    assert cells or hostile.sql("SELECT count(*) FROM main.ops_listed WHERE title LIKE '=HYPERLINK%'") == [(1,)]


def test_numbers_stay_numbers(hostile):
    _, output, _ = hostile.etl("sql", "SELECT -5 AS n, '-5' AS t", "--format", "csv")
    assert output.splitlines()[1] == "-5,'-5"


def test_an_explanation_shows_markup_as_text(hostile, tmp_path):
    page = tmp_path / "a.txt"
    page.write_text(f"{TITLES['html']}\n2023年，办理案件168件<script>alert(3)</script>。\n", encoding="utf-8")
    status, output, _ = hostile.etl("parse", "--explain", "--html", str(page))
    assert status == 0
    assert "alert(3)" in output
    assert not re.search(r"<(?:script|img)\b", output)
