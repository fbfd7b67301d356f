"""Exports of the sample, each made once, and of a warehouse full of what should not be trusted."""

from decimal import Decimal

import openpyxl
import pytest

from etl.export.exporting import export
from etl.export.relations import choose
from etl.publish.duckdb_file import DuckDBFile
from tests.warehouse.made_up import MadeUp

RUNS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "  =1+1", "＝1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")',
    "=WEBSERVICE(\"http://x\")", "{=1+1}", "'=1+1",
)  # fmt: skip
LOOKS_LIKE_A_NUMBER = ("0012", "1e5", "2023-11", "1/2", "00", "١٢", "TRUE")
BREAKS_XML = ("<r><t>x</t></r>", "a\x00b\x0bc", "\ufffe\uffff", "_x0041_", "<b>&amp;</b>", "]]>", "  blanks  ", "行一\n行二", "😀𠮷")
LONG = "法治😀" * 12_000


@pytest.fixture(scope="session")
def sample(sample_home):
    """The published sample."""
    return DuckDBFile(sample_home / "warehouse" / "reports.duckdb")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A warehouse whose labels are texts that a spreadsheet would run, take for numbers, or choke on; and the labels, in their order."""
    made = MadeUp(tmp_path_factory.mktemp("hostile"))
    report = made.report(made.body("区司法局"), 2023)
    labels = [*RUNS, *LOOKS_LIKE_A_NUMBER, *BREAKS_XML, LONG]
    for number, label in enumerate(labels):
        made.figure(report, label, Decimal("12345678901234.123456") if number == 0 else number, sentence="=1+1", unit="-件")
    return DuckDBFile(made.build()), labels


@pytest.fixture(scope="session")
def exported(sample, tmp_path_factory):
    """`exported("csv", zh=True)`: the folder with everything of the sample, made once for each way."""
    made = {}

    def make(kind, *, zh=False):
        if (kind, zh) not in made:
            folder = tmp_path_factory.mktemp("exported") / kind
            export(sample, folder, kind, choose(everything=True, zh=zh), force=False, progress=lambda done, total: None)
            made[kind, zh] = folder
        return made[kind, zh]

    return make


@pytest.fixture
def export_views(tmp_path):
    """`export_views(warehouse, "csv", "metrics")`: the folder with these views, in English."""

    def make(warehouse, kind, *views, zh=False):
        folder = tmp_path / kind
        export(warehouse, folder, kind, choose(views=views, zh=zh), force=False, progress=lambda done, total: None)
        return folder

    return make


@pytest.fixture
def opened():
    """`opened(folder)`: its workbook, as openpyxl reads it."""
    return lambda folder: openpyxl.load_workbook(folder / "reports.xlsx")
