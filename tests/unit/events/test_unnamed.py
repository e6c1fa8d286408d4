"""Who takes part by office and without a name."""

from __future__ import annotations

import pytest

from tests.unit.releases import main_of, names_of, read

UGANDA = "The Minister of Foreign Affairs of Uganda, Grace Okello, "


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("met on Monday with her counterparts from Peru and Chile in Geneva.", {"Peru", "Chile"}),
        ("met on Monday with her Peruvian and Chilean counterparts in Geneva.", {"Peru", "Chile"}),
        ("met on Monday with the Foreign Ministers of Peru, Chile and Mali.", {"Peru", "Chile", "Mali"}),
        (
            "had a telephone conversation on Monday with the Presidents of Peru and Chile.",
            {"Peru", "Chile"},
        ),
        ("met on Monday with her Peruvian counterpart in Geneva.", {"Peru"}),
        (
            "met on Monday with the Foreign Minister of Peru and the Minister of Trade of Chile in Geneva.",
            {"Peru", "Chile"},
        ),
    ],
)
def test_a_state_stands_for_each_holder_of_an_office_whom_the_text_does_not_name(
    words: str, states: set[str]
) -> None:
    found = read(UGANDA + words)
    assert names_of(found, main_of(found)) == dict.fromkeys({"Grace Okello", *states}, "actor")


def test_a_state_stands_for_the_one_of_three_ministers_whose_name_is_not_known() -> None:
    found = read(
        "On 4 March, the Ministers of Foreign Affairs of Turkmenistan, Azerbaijan and Georgia, Rashid Meredov, Jeyhun "
        "Bayramov and Makva Botchorishvili, held a trilateral meeting in Ashgabat."
    )
    assert names_of(found, main_of(found))["Georgia"] == "actor"


def test_a_state_does_not_stand_beside_its_official_whose_name_is_told() -> None:
    found = read(UGANDA + "met on Monday with the Foreign Minister of Peru, Xoqui Tlaloc, in Geneva.")
    assert "Peru" not in names_of(found, main_of(found))


def test_officials_of_what_else_a_sentence_tells_did_not_meet() -> None:
    found = read(
        UGANDA
        + "met on Monday with Rosa Quispe, Foreign Minister of Peru, to discuss the letter of the Presidents of Chad and "
        "Niger."
    )
    assert not {"Chad", "Niger"} & {*names_of(found, main_of(found))}


def test_officials_for_whose_summit_two_prepare_did_not_meet() -> None:
    found = read(
        UGANDA
        + "met on Monday with the Foreign Minister of Peru, Rosa Quispe, to prepare for the summit with the "
        "presidents of Brazil and Colombia."
    )
    assert names_of(found, main_of(found)) == {"Grace Okello": "actor", "Rosa Quispe": "actor"}
