"""Who signs acts in the first person."""

from __future__ import annotations

import pytest

from tests.unit.releases import main_of, names_of, read


@pytest.mark.parametrize(
    "foot", ["ANA R. TORRES", "Sincerely,\n\nAna R. Torres", "Ana R. Torres\n\nThe Palace, 5 March 2024."]
)
def test_the_signatory_gives_what_i_give(foot: str) -> None:
    found = read(
        "MEMORANDUM FOR THE SECRETARY OF STATE\n\nBy the authority vested in me as President of the United States, "
        "I hereby delegate to the Secretary of State the authority to direct the drawdown of up to $5 million "
        f"to provide assistance to Peru.\n\n{foot}",
        "Memorandum on Assistance to Peru",
    )
    names = names_of(found, main_of(found))
    assert {n.title(): role for n, role in names.items()}["Ana R. Torres"] == "actor"
    assert "United States" not in names


def test_a_contact_at_the_foot_signs_nothing() -> None:
    found = read(
        "I welcome the agreement between Peru and Chile, said Foreign Minister Jorge Paz of Ecuador.\n\n"
        "Press contact: Maria Roe, 555 1234",
        "Ecuador welcomes agreement",
    )
    assert "Maria Roe" not in names_of(found, main_of(found))


def test_a_reporter_whose_name_ends_a_report_did_not_say_what_it_quotes() -> None:
    found = read(
        "LIMA, March 5 (Agency) - Foreign Minister Jorge Paz of Peru met Foreign Minister Ana Torres of Chile on Tuesday. "
        "“I am glad that she came,” the minister said.\n\nMaria Roe",
        "Foreign Ministers of Peru and Chile meet",
    )
    assert set(names_of(found, main_of(found))) == {"Jorge Paz", "Ana Torres"}
