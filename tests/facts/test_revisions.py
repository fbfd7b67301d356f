from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from etl.facts.revisions import ReadVersion, number_revisions


def version(index, text, *, seen=1, published=date(2024, 2, 1), url="/a", body="org", year=2023, core=None, told=None, until=None):
    times = [None if day is None else datetime(2024, 3, day, tzinfo=UTC) for day in (seen, until)]
    return ReadVersion(("batch-000", index), body, year, text, url, published, times[0], core, told, times[1])


def numbers(versions):
    return {row[1]: (revision.number, revision.is_current) for row, revision in number_revisions(versions).items()}


def test_a_changed_text_is_a_new_revision_and_both_stay():
    assert numbers([version(0, "first"), version(1, "second", seen=2)]) == {0: (1, False), 1: (2, True)}


def test_the_order_of_the_archive_does_not_matter():
    assert numbers([version(0, "second", seen=2), version(1, "first")]) == {0: (2, True), 1: (1, False)}


def test_the_same_text_rendered_anew_or_at_a_second_address_is_no_revision():
    assert numbers([version(0, "text"), version(1, "text", seen=2), version(2, "text", seen=2, url="/b")]) == {0: (1, True)}


def test_one_core_in_two_systems_is_one_revision_the_first_seen():
    texts = [version(0, "with salutation", core="core", url="/govxxgk"), version(1, "with title", core="core", seen=2, url="/xxgk")]
    assert numbers(texts) == numbers(texts[::-1]) == {0: (1, True)}
    assert numbers([*texts, version(2, "changed", core="another", seen=3)]) == {0: (1, False), 2: (2, True)}


def test_a_text_without_the_tables_that_a_file_appends_elsewhere_is_no_revision():
    """The disclosure system has the report, the column has it with a spreadsheet: whichever is seen first, that with the figures counts."""
    bare = version(0, "bare", core="main", url="/govxxgk")
    full = replace(version(1, "full", core="full", seen=2, url="/xxgk"), main_sha256="main")
    assert numbers([bare, full]) == numbers([full, bare]) == {1: (1, True)}
    assert numbers([replace(full, row=("batch-000", 2), fetched_at=bare.fetched_at), bare]) == {2: (1, True)}


def test_an_address_that_gets_a_file_with_tables_has_a_new_revision():
    bare, full = version(0, "bare", core="main"), replace(version(1, "full", core="full", seen=2), main_sha256="main")
    assert numbers([bare, full]) == {0: (1, False), 1: (2, True)}
    changed = replace(version(2, "changed", core="other", seen=3), main_sha256="main")
    assert numbers([bare, full, changed]) == {0: (1, False), 1: (2, False), 2: (3, True)}


def test_a_date_that_only_the_second_address_states_is_kept():
    revisions = number_revisions([version(0, "text", published=None), version(1, "text", seen=2)])
    assert revisions["batch-000", 0].version.published_on == date(2024, 2, 1)


@pytest.mark.parametrize(
    ("first", "second", "day"), [("address", "meta", 5), ("meta", "label", 1), ("list", "list", 1), (None, "address", 5)]
)
def test_of_two_days_of_publication_that_of_the_better_witness_counts(first, second, day):
    texts = [version(0, "a", core="c", told=first), version(1, "b", core="c", seen=2, told=second, published=date(2024, 2, 5))]
    assert number_revisions(texts)["batch-000", 0].version.published_on == date(2024, 2, day)


def test_years_and_bodies_are_reports_of_their_own():
    found = numbers([version(0, "x"), version(1, "x", year=2022), version(2, "x", body="other")])
    assert found == {0: (1, True), 1: (1, True), 2: (1, True)}


def test_of_two_texts_seen_in_one_night_the_later_published_is_current():
    assert numbers([version(0, "new", published=date(2024, 5, 1)), version(1, "old")]) == {0: (2, True), 1: (1, False)}


def test_an_address_that_went_back_to_its_first_text_has_that_one_current_under_its_old_number():
    assert numbers([version(0, "A", until=9), version(1, "B", seen=5, until=7)]) == {0: (1, True), 1: (2, False)}
    assert numbers([version(0, "A", until=4), version(1, "B", seen=5, until=9)]) == {0: (1, False), 1: (2, True)}


def test_a_text_still_seen_at_a_second_address_is_not_older_for_it():
    again = version(2, "A", url="/b", seen=8, core="A")
    assert numbers([version(0, "A", core="A"), version(1, "B", seen=5, core="B"), again]) == {0: (1, True), 1: (2, False)}


@pytest.mark.parametrize("until", [8, 9])
def test_of_two_addresses_the_one_that_began_last_is_current_however_they_are_asked(until):
    assert numbers([version(0, "A", until=9), version(1, "B", seen=5, until=until, url="/b")]) == {0: (1, False), 1: (2, True)}


def test_what_is_gone_is_not_current_beside_what_is_there():
    new = replace(version(1, "B", seen=5, until=6, url="/b"), gone_at=datetime(2024, 3, 7, tzinfo=UTC))
    assert numbers([version(0, "A", until=9), new]) == {0: (1, True), 1: (2, False)}


def test_the_day_of_publication_goes_before_the_day_last_seen():
    assert numbers([version(0, "A", until=9), version(1, "B", seen=5, published=date(2024, 3, 4))]) == {0: (1, False), 1: (2, True)}


def test_a_report_is_gone_when_it_is_gone_from_every_address():
    first, second = version(0, "A"), version(1, "A", url="/b", seen=2)
    gone = [replace(one, gone_at=datetime(2024, 4, day, tzinfo=UTC)) for day, one in enumerate((first, second), start=1)]
    assert number_revisions([gone[0], second])["batch-000", 0].version.gone_at is None
    assert number_revisions(gone)["batch-000", 0].version.gone_at == datetime(2024, 4, 2, tzinfo=UTC)
