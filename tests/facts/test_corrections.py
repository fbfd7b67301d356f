"""The file of corrections is read strictly: one line names file, entry and key."""

from datetime import date
from decimal import Decimal

import pytest

from etl.errors import SourceError
from etl.facts.corrections import load_corrections

SOUND = {
    "organization": '"临江市云河区司法局"',
    "report_year": "2023",
    "expect": '"优秀率95.8%"',
    "figure": '"95.8%"',
    "set": '{ value = "93.8" }',
    "reason": '"misprint"',
    "source": '"the printed yearbook"',
    "corrected_on": "2024-03-01",
    "author": '"data team"',
}


@pytest.fixture
def load(tmp_path):
    def load_entry(**changes):
        lines = [f"{key} = {value}" for key, value in (SOUND | changes).items() if value is not None]
        file = tmp_path / "corrections.toml"
        file.write_text('["a-misprint"]\n' + "\n".join(lines) + "\n", encoding="utf-8")
        return load_corrections(file)

    return load_entry


def test_the_file_of_the_product_loads():
    names = [correction.name for correction in load_corrections()]
    assert len(names) == len(set(names))


def test_a_sound_entry_is_taken(load):
    [correction] = load()
    assert (correction.name, correction.report, correction.corrected_on) == ("a-misprint", "临江市云河区司法局 2023", date(2024, 3, 1))
    assert correction.set.fields() == {"value": "93.8"}
    assert correction.is_about("临江市云河区司法局", 2023, "http://x/")
    assert not correction.is_about("临江市云河区司法局", 2022, "http://x/")


def test_a_report_may_be_named_by_its_address(load):
    [correction] = load(organization=None, report_year=None, source_url='"https://portal/a.html"', set=None, drop='"name"')
    assert correction.is_about("any", 1999, "https://portal/a.html")
    assert not correction.is_about("any", 1999, "https://portal/b.html")


def test_every_field_that_may_be_set_is_written_as_the_parse_contract_writes_it(load):
    change = '{ value = 12000, value_high = "13000.5", unit = "人", qualifier = "over", label = "x", kind = "flow", period = "2022" }'
    [correction] = load(set=change)
    fields = {"value": "12000", "value_high": "13000.5", "unit": "人", "qualifier": "over", "label": "x", "kind": "flow", "period": "2022"}
    assert correction.set.fields() == fields
    assert correction.set.value == Decimal(12000)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": None}, "a-misprint.reason: Field required"),
        ({"reason": '""'}, "a-misprint.reason: "),
        ({"author": None}, "a-misprint.author: "),
        ({"note": '"x"'}, "a-misprint.note: unknown key"),
        ({"set": '{ valu = "1" }'}, "a-misprint.set.valu: unknown key"),
        ({"set": "{ value = 93.8 }"}, "in quotes"),
        ({"set": '{ value = "-1" }'}, "greater than or equal to 0"),
        ({"set": '{ value = "1.1234567" }'}, "6 decimal places"),
        ({"set": '{ kind = "count" }'}, "a-misprint.set.kind: "),
        ({"set": '{ period = "23" }'}, "not a period"),
        ({"set": "{}"}, "changes nothing"),
        ({"set": None}, "either set or drop"),
        ({"drop": '"name"'}, "either set or drop"),
        ({"set": None, "drop": '"metric"'}, "a-misprint.drop: "),
        ({"figure": '"168份"'}, "exactly once"),
        ({"expect": '"95.8%与95.8%"'}, "exactly once"),
        ({"expect": '"优秀率\\n95.8%"'}, "one line"),
        ({"organization": None}, "name the report"),
        ({"source_url": '"https://portal/a.html"'}, "name the report"),
        ({"report_year": "23"}, "a-misprint.report_year: "),
        ({"corrected_on": '"yesterday"'}, "a-misprint.corrected_on: "),
    ],
)
def test_a_faulty_entry_is_refused_by_name(load, changes, message):
    with pytest.raises(SourceError) as caught:
        load(**changes)
    assert message in str(caught.value)
    assert "corrections.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["[", "a = 1\n", None])
def test_a_file_that_is_none_is_refused(tmp_path, content):
    file = tmp_path / "corrections.toml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"corrections\.toml"):
        load_corrections(file)
