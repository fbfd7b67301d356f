from datetime import UTC, date, datetime

from etl.facts.revisions import ReadVersion, number_revisions


def version(index, text, *, seen=1, published=date(2024, 2, 1), url="/a", body="org", year=2023):
    return ReadVersion(("batch-000", index), body, year, text, url, published, datetime(2024, 3, seen, tzinfo=UTC))


def numbers(versions):
    return {row[1]: (revision.number, revision.is_current) for row, revision in number_revisions(versions).items()}


def test_a_changed_text_is_a_new_revision_and_both_stay():
    assert numbers([version(0, "first"), version(1, "second", seen=2)]) == {0: (1, False), 1: (2, True)}


def test_the_order_of_the_archive_does_not_matter():
    assert numbers([version(0, "second", seen=2), version(1, "first")]) == {0: (2, True), 1: (1, False)}


def test_the_same_text_rendered_anew_or_at_a_second_address_is_no_revision():
    assert numbers([version(0, "text"), version(1, "text", seen=2), version(2, "text", seen=2, url="/b")]) == {0: (1, True)}


def test_a_date_that_only_the_second_address_states_is_kept():
    revisions = number_revisions([version(0, "text", published=None), version(1, "text", seen=2)])
    assert revisions["batch-000", 0].version.published_on == date(2024, 2, 1)


def test_years_and_bodies_are_reports_of_their_own():
    found = numbers([version(0, "x"), version(1, "x", year=2022), version(2, "x", body="other")])
    assert found == {0: (1, True), 1: (1, True), 2: (1, True)}


def test_of_two_texts_seen_in_one_night_the_later_published_is_current():
    assert numbers([version(0, "new", published=date(2024, 5, 1)), version(1, "old")]) == {0: (2, True), 1: (1, False)}
