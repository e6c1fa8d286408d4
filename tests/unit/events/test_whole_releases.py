"""What a reader of whole releases stumbles over: guests, occasions, rehearsals of one event, who gives and who only speaks."""

from __future__ import annotations

import pytest

from streams.annotation import Annotation, Report
from tests.unit.releases import main_of, names_of, read

CALL = "The Minister of Foreign Affairs of Georgia, Levan Kiknadze, spoke by telephone today with the Minister of Foreign Affairs of Estonia, Maarja Tamm. "


def told(found: Annotation, form: str, *, status: str | None = None) -> list[Report]:
    return [r for r in found.reports if r.form == form and status in {None, r.status}]


@pytest.mark.parametrize(
    ("more", "guest"),
    [
        ("Levan Kiknadze invited his counterpart to pay an official visit to Tbilisi.", "Maarja Tamm"),
        (
            "Maarja Tamm invited the Georgian Prime Minister to visit Tallinn in July.",
            "Georgian Prime Minister",
        ),
    ],
)
def test_who_is_invited_travels_also_without_a_name(more: str, guest: str) -> None:
    found = read(CALL + more)
    (visit,) = told(found, "visit")
    assert guest in names_of(found, visit)


def test_a_visit_is_of_whom_its_owner_names() -> None:
    found = read(
        "Barbados and Rwanda have signed an Air Services Agreement. Senator Keisha Bascombe signed on behalf of the "
        "Government of Barbados, while High Commissioner of Rwanda to Barbados, Emmanuel Habarugira, signed for his Government. "
        "Senator Bascombe said the agreement was a result of Prime Minister Marla Alleyne's visit to Kigali last year."
    )
    (visit,) = told(found, "visit")
    assert "Marla Alleyne" in names_of(found, visit)
    assert "Keisha Bascombe" not in names_of(found, visit)


def test_on_the_margins_of_what_people_meet_takes_no_part() -> None:
    found = read(
        CALL
        + "The Ministers agreed to meet on the margins of the UN General Assembly in New York in late March."
    )
    assert all("United Nations General Assembly" not in names_of(found, r) for r in found.reports)


def test_a_gathering_that_two_nouns_name_is_one_event() -> None:
    found = read(
        CALL
        + "They also discussed the upcoming Pacific Islands Forum Leaders Meeting, to be held in Nuku'alofa in August."
    )
    assert len(told(found, "conference") + told(found, "summit") + told(found, "meeting")) == 1


def test_a_schedule_of_visits_is_no_visit() -> None:
    found = read(CALL + "The parties discussed trade and the schedule of visits at the highest level.")
    assert not told(found, "visit")


def test_what_is_condemned_does_not_call_for_a_ceasefire() -> None:
    found = read(
        "The Foreign Minister of Uganda, Moses Ssebunya, chaired the Summit in Kampala on Monday. "
        "The Summit condemned the Israeli military aggression on the Gaza Strip and called for an immediate ceasefire."
    )
    asked = [r for r in found.reports if r.type == "REQUEST"]
    assert asked
    assert all(names_of(found, r).get("Israel") != "actor" for r in asked)


def test_an_object_in_the_next_sentence_belongs_to_no_verb_of_this_one() -> None:
    found = read(
        "New Zealand and the Gulf Cooperation Council have concluded negotiations on a free trade agreement, "
        "Trade Minister Hamish McKellar announced today. The deal will remove tariffs on exports over ten years."
    )
    assert all(r.type != "SANCTION" for r in found.reports)


def test_whose_pledge_is_welcomed_gives() -> None:
    found = read(
        "The Heads of Government of the Caribbean Community met in Georgetown on Monday. "
        "The Heads welcomed the pledge of Benin to send 1,500 troops to Haiti."
    )
    (aid,) = told(found, "aid")
    assert names_of(found, aid) == {"Benin": "actor", "Haiti": "recipient"}


def test_who_welcomes_a_contribution_receives_it() -> None:
    found = read(
        "The World Food Programme (WFP) today welcomed a contribution of US$12 million from the Government of Japan "
        "to provide food assistance to displaced people.",
        "WFP welcomes contribution from Japan",
    )
    main = main_of(found)
    assert names_of(found, main).get("World Food Programme") == (
        "actor" if main.type == "SUPPORT" else "recipient"
    )


def test_who_expresses_thanks_in_a_call_takes_part_in_it() -> None:
    found = read(
        "The Government of Tonga has sent 20 tonnes of drinking water to Tuvalu. The Prime Minister of Tuvalu, Kausea Teo, "
        "expressed his gratitude in a phone call with the Prime Minister of Tonga, Siaosi Fakahau, on Monday."
    )
    (call,) = told(found, "call")
    assert set(names_of(found, call)) == {"Kausea Teo", "Siaosi Fakahau"}


def test_a_past_visit_during_which_something_was_announced_is_not_ahead() -> None:
    found = read(
        "The Ambassador of the European Union to Ghana, Ingrid Razniak, today handed over three patrol boats to the "
        "Minister for Defence of Ghana, Dominic Nkansah. The High Representative, Josep Ferrer, announced the package "
        "during his visit to Accra in October last year."
    )
    assert not told(found, "visit", status="planned")


def test_who_presents_a_letter_of_credence_receives_none() -> None:
    found = read(
        "The Minister of Foreign Affairs of Turkmenistan Rahim Meredow met with the newly appointed Resident Representative of the "
        "United Nations Development Programme in Turkmenistan Marta Lindgren, who presented a copy of her letter of credence."
    )
    given = told(found, "credentials")
    assert given
    assert all(names_of(found, r).get("Marta Lindgren") == "actor" for r in given)
    assert all(names_of(found, r).get("Rahim Meredow") != "actor" for r in given)
