"""Officials of bodies and cities, and names that begin with an ordinary word or hide a place."""

from __future__ import annotations

import pytest

from tests.unit.releases import read


def people(text: str) -> dict[str, str | None]:
    return {e.name: e.country for e in read(text).entities if e.kind == "person"}


def test_an_official_of_a_body_of_many_states_is_not_of_the_state_that_tells_of_him() -> None:
    found = people(
        "PARIS, France - The Minister of the Interior of France, Luc Morel, met the Secretary General of Interpol, Henrik Staal."
    )
    assert found == {"Luc Morel": "FRA", "Henrik Staal": None}


def test_a_mayor_is_of_the_state_of_the_city() -> None:
    found = people(
        "The Mayor of Gdańsk, Agnieszka Dulska, and the Mayor of Nagasaki, Shiro Suzuhara, signed an agreement in Nagasaki."
    )
    assert found == {"Agnieszka Dulska": "POL", "Shiro Suzuhara": "JPN"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Minister met Park Jae-won, of the Republic of Korea.", "Park Jae-won"),
        (
            "Prime Minister Nguyen Van Thanh received the Foreign Minister of Chile, Alberto Rojas.",
            "Nguyen Van Thanh",
        ),
    ],
)
def test_a_name_is_whole_though_a_part_of_it_is_a_word_or_a_place(text: str, name: str) -> None:
    assert name in people(text)
