"""Reports of one event meet in one id exactly where the texts settle it."""

from __future__ import annotations

from msgspec.structs import replace

from streams.annotation import Participant, Report
from streams.events.identity import event_id, family_name, is_proper_name, normalised

MEETING = Report(
    event_id="",
    type="CONSULT",
    form="meeting",
    status="occurred",
    quote="met",
    start_char=10,
    end_char=13,
    started_on="2024-05-03",
    ended_on="2024-05-03",
    date_basis="stated",
    date_precision="day",
    participants=(
        Participant("person:ana lima:BRA", "actor", country="BRA"),
        Participant("person:juan perez:URY", "actor", country="URY"),
    ),
)
SIDES = ("BRA", "URY")


def test_two_releases_that_settle_the_day_share_an_event() -> None:
    there = replace(MEETING, start_char=90, end_char=95, quote="talks", date_basis="resolved")
    assert event_id(MEETING, SIDES, "r1") == event_id(there, reversed(SIDES), "r2")


def test_order_of_participants_and_given_names_do_not_matter() -> None:
    short = replace(
        MEETING,
        participants=(Participant("person:perez:URY", "actor"), Participant("person:lima:BRA", "actor")),
    )
    assert event_id(MEETING, SIDES, "r1") == event_id(short, SIDES, "r2")


def test_a_day_of_publication_settles_nothing() -> None:
    loose = replace(MEETING, date_basis="published")
    assert event_id(loose, SIDES, "r1") != event_id(loose, SIDES, "r2")


def test_a_month_settles_nothing() -> None:
    loose = replace(MEETING, started_on="2024-05-01", ended_on="2024-05-31", date_precision="month")
    assert event_id(loose, SIDES, "r1") != event_id(loose, SIDES, "r2")


def test_a_day_without_any_party_settles_nothing() -> None:
    loose = replace(MEETING, participants=())
    assert event_id(loose, (), "r1") != event_id(loose, (), "r2")


def test_a_proper_name_is_enough_however_exactly_dated() -> None:
    named = replace(MEETING, name="22nd Cooperation Council")
    loose = replace(named, started_on=None, date_basis=None, date_precision=None, participants=())
    assert event_id(named, SIDES, "r1") == event_id(loose, ("EU",), "r2")


def test_planned_and_held_stay_apart() -> None:
    assert event_id(replace(MEETING, type="AGREE"), SIDES, "r1") != event_id(MEETING, SIDES, "r1")


def test_a_second_report_of_one_release_adds_its_span() -> None:
    first = event_id(MEETING, SIDES, "r1")
    second = event_id(MEETING, SIDES, "r1", taken=frozenset({first}))
    assert second != first
    assert second == event_id(MEETING, SIDES, "r1", taken=frozenset({first}))


def test_names_fold_case_diacritics_and_ordinal_words() -> None:
    assert normalised("The Second Simkić–Council") == normalised("2nd SIMKIC Council")


def test_family_names_come_from_the_keys_of_persons() -> None:
    assert family_name("person:joseph biden jr:USA") == "biden"
    assert family_name("country:USA") is None


def test_a_proper_name_holds_an_ordinal_or_a_year() -> None:
    assert is_proper_name("Third Ministerial Forum")
    assert is_proper_name("Lima Summit 2024")
    assert not is_proper_name("Ministerial Forum")


def test_any_number_of_reports_of_one_sentence_have_ids_of_their_own() -> None:
    taken: set[str] = set()
    for _ in range(5):
        taken.add(event_id(MEETING, SIDES, "r1", taken=frozenset(taken)))
    assert len(taken) == 5
