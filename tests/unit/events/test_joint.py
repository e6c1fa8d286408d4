"""Who issues a joint statement, and whom or what it is about."""

from __future__ import annotations

import pytest

from tests.unit.releases import main_of, names_of, read


@pytest.mark.parametrize(
    ("title", "lead", "issuers", "about"),
    [
        (
            "ASEAN Foreign Ministers' Statement on the Situation in Myanmar",
            "We, the Foreign Ministers of the Association of Southeast Asian Nations (ASEAN), call on all parties to exercise restraint.",
            {"Association of Southeast Asian Nations"},
            "Myanmar",
        ),
        (
            "Joint Statement of Peru, Chile and Ecuador on Haiti",
            "The Governments of Peru, Chile and Ecuador condemn the violence of the gangs in Haiti.",
            {"Peru", "Chile", "Ecuador"},
            "Haiti",
        ),
    ],
)
def test_what_a_joint_statement_is_about_does_not_issue_it(
    title: str, lead: str, issuers: set[str], about: str
) -> None:
    found = read(lead, title)
    names = names_of(found, main_of(found))
    assert {n for n, role in names.items() if role == "actor"} == issuers
    assert names.get(about) != "actor"


def test_the_state_in_the_name_of_a_package_of_sanctions_is_hit() -> None:
    found = read(
        "The European Union today adopted its 16th package of sanctions against Russia. “Every listing deprives the "
        "Kremlin of funds,” the spokesperson said.",
        "EU adopts 16th package of sanctions against Russia",
    )
    assert names_of(found, main_of(found)) == {"European Union": "actor", "Russia": "recipient"}


def test_what_the_lead_of_a_joint_statement_condemns_does_not_issue_it() -> None:
    text = (
        "The Special Envoys of Belgium, France and the United States express grave concern at the advance of the rebels and "
        "condemn Rwanda's support to the group. They call on Rwanda to withdraw its troops immediately."
    )
    found = read(text, "Joint statement on the situation in the east")
    acting = {name for name, role in names_of(found, main_of(found)).items() if role == "actor"}
    assert acting == {"Belgium", "France", "United States"}
