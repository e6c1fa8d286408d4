"""One event told in two sentences is one report, with the day that either gives it."""

from __future__ import annotations

from tests.unit.releases import main_of, names_of, read


def test_a_plan_of_one_journey_to_a_city_and_to_its_state_is_one_visit() -> None:
    text = (
        "During the call the two leaders agreed that President Tomas Vell of Chile will visit Tokyo in May. "
        "President Vell accepted the invitation of Prime Minister Kenji Aoyama to visit Japan in May."
    )
    found = read(text, "President to visit Japan")
    assert len([r for r in found.reports if r.form == "visit"]) == 1


def test_a_signing_takes_the_day_on_which_a_later_sentence_says_that_it_was_signed() -> None:
    text = (
        "BRIDGETOWN, Barbados. The Caribbean Regional Bank and the Government of Saint Lucia have signed a loan agreement. "
        "The agreement was signed by Prime Minister Philip Joseph and Bank President Dr. Gene Leonce on Friday, March 1. "
        "The funds will be used to rebuild three schools."
    )
    found = read(text, "Caribbean Regional Bank and Saint Lucia sign US$12 million loan agreement")
    assert [r.started_on for r in found.reports if r.form == "signing"] == ["2024-03-01"]
    assert main_of(found).date_basis == "stated"


def test_a_ratification_does_not_take_the_day_of_the_signing_before() -> None:
    text = (
        "The President of Peru ratified the Treaty of Friendship with Chad. "
        "The Treaty was signed by Peru and Chad in Lima on 1 March 2024."
    )
    found = read(text, "Peru ratifies treaty with Chad", publisher_country="PER")
    assert main_of(found).started_on != "2024-03-01"


def test_who_was_arrested_behind_a_flight_pays_no_visit() -> None:
    text = (
        "Operatives of the National Drug Agency have arrested a Brazilian businessman, Carlos Prado, at Lagos airport. "
        "He arrived on a flight from Sao Paulo on Friday."
    )
    found = read(text, "Agency arrests Brazilian at Lagos airport", publisher_country="NGA")
    assert [r.form for r in found.reports if r.form == "visit"] == []


def test_what_is_denied_is_no_further_event() -> None:
    text = 'The Ministry of Foreign Affairs of Kenya denied that it had closed its embassy in Chad. "Our mission is open," it said.'
    found = read(text, "Kenya denies closing embassy", publisher_country="KEN")
    assert [r.type for r in found.reports] == ["REJECT"]


def test_the_summit_ahead_of_which_ministers_meet_is_ahead_and_has_not_their_day() -> None:
    text = "Foreign Ministers of Latvia, Estonia and Lithuania met in Riga on Monday ahead of the NATO summit in Washington in July."
    found = read(text, "Foreign Ministers meet ahead of NATO summit")
    summit = next(r for r in found.reports if r.form == "summit")
    assert (summit.type, summit.status, summit.started_on) == ("AGREE", "planned", "2024-07-01")
    assert names_of(found, summit) == {"North Atlantic Treaty Organization": "actor"}


def test_a_parliament_that_approves_an_agreement_ratifies_what_was_signed_before() -> None:
    text = (
        "MOGADISHU - Both houses of the Federal Parliament of Somalia on Wednesday approved a ten-year defence agreement with "
        "Türkiye. The agreement was signed in Ankara on 8 February by Defence Minister Nur Hassan and his Turkish counterpart Ali "
        "Guler."
    )
    found = read(text, "Somali Parliament approves defence agreement with Turkey", publisher_country="SOM")
    days = {r.started_on: r.main for r in found.reports if r.form == "signing"}
    assert days == {"2024-02-28": True, "2024-02-08": False}
