"""Names of what is exported: Chinese ones are there, unique, and fit Excel."""

from dataclasses import replace

import pytest

from etl.errors import ExportError
from etl.export.relations import choose
from etl.schema import TABLES, VIEWS


@pytest.mark.parametrize("relation", choose(everything=True, zh=True), ids=lambda relation: relation.name)
def test_chinese_names(relation):
    assert relation.title != relation.name, f"{relation.name} needs a Chinese name in etl/export/names.toml"
    assert len(set(relation.heads)) == len(relation.heads)


def test_sheets_can_have_these_names():
    for names in ([each.title for each in choose(everything=True)], [each.name for each in choose(everything=True)]):
        assert len({name.casefold() for name in names} | {"about", "dictionary", "说明", "字典"}) == len(names) + 4
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_rows_are_in_an_order_that_tells_any_two_apart(sample):
    with sample.read() as reader:
        for relation in choose(everything=True):
            ordered = replace(relation, ordered=True)
            _, _, order = ordered.sql.partition(" ORDER BY ")
            distinct, rows = reader.query(f"SELECT count(DISTINCT ({order})), count(*) FROM {relation.schema}.{relation.name}")[1][0]
            assert distinct == rows, relation.name


def test_views_are_exported_unless_something_else_is_asked_for():
    assert [each.name for each in choose()] == list(VIEWS)
    assert [each.name for each in choose(everything=True)] == [*VIEWS, *TABLES]
    assert [each.name for each in choose(["dim_report"])] == ["dim_report"]
    assert [each.name for each in choose(["main.dim_report"], ["reporting.metrics", "metrics"])] == ["metrics", "dim_report"]


@pytest.mark.parametrize(("tables", "views"), [(["metrics"], []), ([], ["dim_report"]), ([], ["metrics; DROP"]), ([""], [])])
def test_what_is_not_there_is_named_with_what_is(tables, views):
    with pytest.raises(ExportError, match=r"there is no (table|view) .*: (dim_organization|metrics), "):
        choose(tables, views)
