"""What is ahead is not stored as held, whatever preposition stands before it."""

from __future__ import annotations

import pytest

from tests.unit.releases import main_of, read

HELD = "Foreign Minister Jorge Paz of Peru met Foreign Minister Ana Torres of Chile in Lima on 4 March 2024. "


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        (
            "Minister Torres looks forward to building on the progress next year at the second Summit for Peace.",
            "summit",
        ),
        ("The ministers will take up the matter at the Summit of the Americas in November.", "summit"),
        ("They welcomed that the Summit of the Americas would be held in Lima in November.", "summit"),
    ],
)
def test_an_event_of_a_later_day_is_planned(sentence: str, form: str) -> None:
    reports = read(HELD + sentence, "Foreign Ministers of Peru and Chile meet").reports
    assert [r.status for r in reports if r.form == form] == ["planned"]


def test_a_summit_that_was_held_stays_held_beside_what_will_be() -> None:
    sentence = "They will look at how the outcomes of the Summit of the Americas, held on 5 and 6 February 2024 in Quito, are put into effect."
    reports = read(HELD + sentence, "Foreign Ministers of Peru and Chile meet").reports
    assert "planned" not in {r.status for r in reports if r.form == "summit"}


def test_to_wish_to_send_condolences_is_to_send_them() -> None:
    found = read(
        "I wish to extend to the people of Peru my deepest condolences on the loss of life.",
        "Earthquake in Peru",
    )
    assert main_of(found).status == "occurred"


def test_the_present_tense_tells_what_is_ahead_where_its_day_is() -> None:
    found = read(
        "President Ruto of Kenya arrives in Kampala tomorrow. He meets President Museveni on Thursday.",
        "President travels",
    )
    assert [(r.form, r.status, r.started_on) for r in found.reports] == [
        ("visit", "planned", "2024-03-06"),
        ("meeting", "planned", "2024-03-07"),
    ]


def test_the_present_tense_of_a_headline_is_past_where_its_day_is() -> None:
    text = "Foreign Minister Jorge Paz of Peru meets Foreign Minister Ana Torres of Chile in Lima on 4 March 2024."
    assert main_of(read(text, "Ministers meet in Lima")).status == "occurred"
