import re

import pyarrow as pa
import pytest

from etl.schema import REPORT_TABLES, TABLES, VIEWS, ddl
from etl.schema.dictionary import dictionary
from etl.settings import PROJECT_DIR

CONTRACT = {
    "dim_organization", "dim_report", "dim_section", "dim_metric", "dim_theme", "fact_measure", "fact_metric", "fact_citation",
    "fact_numeral", "ops_run", "ops_fetch", "ops_validation", "ops_quarantine",
}  # fmt: skip


def test_the_public_tables_are_there():
    assert set(TABLES) >= CONTRACT


def test_the_checked_in_ddl_is_the_generated_one():
    assert (PROJECT_DIR / "warehouse" / "schema.sql").read_text() == ddl(), "run `make docs`"


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_table_and_column_is_explained_in_both_languages(table):
    assert table.key, "no grain"
    for part in (table, *table.columns):
        assert any("\u4e00" <= character <= "\u9fff" for character in part.zh), part
        assert any(character.isascii() and character.isalpha() for character in part.en), part
    assert len(set(table.column_names)) == len(table.columns)


@pytest.mark.parametrize("table", [*TABLES.values(), *VIEWS.values()], ids=[*TABLES, *VIEWS])
def test_chinese_names_can_head_a_sheet(table):
    names = [column.name_zh for column in table.columns]
    assert len(set(names)) == len(names), sorted(names)
    assert all(0 < len(name) <= 16 for name in names)


def test_the_checked_in_dictionary_is_the_generated_one():
    assert (PROJECT_DIR / "docs" / "data_dictionary.md").read_text() == dictionary(), "run `make docs`"


@pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
def test_every_view_is_explained_in_both_languages(view):
    for zh, en in ((view.question_zh, view.question_en), (view.grain_zh, view.grain_en), (view.caveats_zh, view.caveats_en)):
        assert any("\u4e00" <= character <= "\u9fff" for character in zh)
        assert re.search("[a-z]{3}", en)
    assert view.sql.startswith(f"CREATE VIEW reporting.{view.name} AS")
    assert view.sql.count(";") == 1


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_references_point_to_keys(table):
    for column in table.columns:
        if column.references:
            target, _, key = column.references.partition(".")
            assert TABLES[target].key == (key,)


def test_report_tables_say_their_report():
    for name in REPORT_TABLES:
        assert "report_id" in TABLES[name].column_names


def test_values_are_decimals_and_times_have_a_zone():
    types = {field.type for table in TABLES.values() for field in table.arrow}
    assert pa.float64() not in types
    assert {t.tz for t in types if pa.types.is_timestamp(t)} == {"UTC"}
