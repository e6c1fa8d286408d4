"""Whom a person represents where neither text nor vocabularies say: what stands around the name, and the name itself."""

from __future__ import annotations

import pytest

from streams.extract.name_states import leans, pieces_of
from streams.extract.person_states import model
from tests.unit.extract.naming import people


@pytest.mark.parametrize(
    ("text", "home", "expected"),
    [
        (
            (
                "Readout of travel to India\n\nThis week Deputy Trade Representative Dana Roe was in New Delhi. She met with "
                "Commerce Secretary Sunil Verma, and New Delhi agreed to a round of talks."
            ),
            "USA",
            {"Dana Roe": "USA", "Sunil Verma": "IND"},
        ),
        (
            (
                "Readout of talks\n\nAn IMF mission held discussions in Kyiv with Finance Minister Serhii Kovalchuk. Ukraine "
                "and the mission agreed on the next steps."
            ),
            "USA",
            {"Serhii Kovalchuk": "UKR"},
        ),
        (
            (
                "Visit to Latvia\n\nThe Foreign Minister met Defence Minister Andris Ozols in Riga. State Secretary Jonas "
                "Lindqvist took part."
            ),
            "SWE",
            {"Andris Ozols": "LVA", "Jonas Lindqvist": "SWE"},
        ),
    ],
)
def test_an_official_met_abroad_is_of_the_host_and_one_of_ours_is_ours(
    text: str, home: str, expected: dict[str, str]
) -> None:
    assert people(text, home).items() >= expected.items()


def test_an_office_of_one_state_by_name_may_be_that_of_another() -> None:
    text = (
        "Statement on travel to Europe\n\nNational Security Advisor Dana Roe will travel to Paris. In Paris, she will meet with "
        "National Security Advisor Emmanuel Bonnard to discuss Ukraine and France."
    )
    told = people(text, "USA")
    assert told["Emmanuel Bonnard"] != "USA"
    assert told["Dana Roe"] == "USA"


def test_company_of_a_president_is_of_the_presidents_state() -> None:
    text = "Gabon and Chad met. Gabon left. The Peruvian President, accompanied by Ambassador Bo Doe, went."
    assert people(text, "CUB")["Bo Doe"] == "PER"


def test_what_stands_beside_the_name_counts_whatever_the_name() -> None:
    assert (
        people("Foreign Minister Serhii Kovalchuk of Chile spoke in Kyiv.", "UKR")["Serhii Kovalchuk"]
        == "CHL"
    )


def test_a_name_leans_to_the_state_where_its_words_and_endings_are_borne() -> None:
    trained = model()
    told = leans(
        "Giorgi Maisuradze", ["ESP", "GEO"], lambda piece: trained.names.get(piece, {}), trained.persons
    )
    assert told[1].endings > told[0].endings
    assert told[1].words >= told[0].words


def test_a_name_that_nobody_bears_leans_nowhere() -> None:
    assert [tuple(x) for x in leans("Xq Zzyxw", ["ESP", "GEO"], lambda _: {}, {"ESP": 3, "GEO": 1})] == [
        (0, 0),
        (0, 0),
    ]


def test_pieces_of_a_name_are_its_words_endings_and_openings_each_once() -> None:
    assert pieces_of("Ana ANA-Roe Kovalchuk") == (
        ["w:ana", "w:roe", "w:kovalchuk"],
        ["e:huk", "e:chuk", "b:kov"],
    )  # fmt: skip


def test_who_visits_a_state_is_not_of_it() -> None:
    text = "Peru hosts Poland\n\nPeru and Poland held talks in Lima. President Luis Vega thanked Bo Doe for his recent visit to Peru."
    assert people(text, "PER")["Bo Doe"] != "PER"
    assert people("Bo Doe's three-day visit to Peru ended in Lima.", "PER")["Bo Doe"] != "PER"
