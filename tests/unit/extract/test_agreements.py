"""Agreements and initiatives: where their names begin and end, numbers, dates, what is written small."""

from __future__ import annotations

import pytest

from tests.unit.extract.naming import of_kind, read


def surfaces(text: str) -> list[set[str]]:
    """The surfaces of each agreement or initiative of a text."""
    names = read(text)
    found: dict[str, set[str]] = {}
    for m in names.mentions:
        if m.entity_id.startswith(("agreement:", "initiative:")):
            found.setdefault(m.entity_id, set()).add(m.surface)
    return list(found.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed the Memorandum of Understanding on Biofuels between the Ministry of Energy of Chad and Peru today.",
         {"Memorandum of Understanding", "Memorandum of Understanding on Biofuels",
          "Memorandum of Understanding on Biofuels between the Ministry of Energy of Chad and Peru"}),
        ("They recalled the Marula Declaration of 6 November 2024 again.",
         {"Marula Declaration", "Marula Declaration of 6 November 2024"}),
        ("It keeps the 1987 Border Rivers Treaty in force.", {"Border Rivers Treaty", "1987 Border Rivers Treaty"}),
        ("It keeps the 3 May 2011 Truce Agreement in force.", {"Truce Agreement", "3 May 2011 Truce Agreement"}),
        ("The Agreement on Trade and Transit adopted in Lima is in force.", {"Agreement on Trade and Transit"}),
        ("The Agreement on Visa Exemption for Holders of Official Passports and the visit were praised.",
         {"Agreement on Visa Exemption for Holders of Official Passports"}),
    ],
)  # fmt: skip
def test_a_name_has_its_matter_its_parties_and_its_date_as_longer_forms(text, expected):
    assert expected in surfaces(text)


def test_the_matter_of_one_agreement_ends_where_the_next_begins():
    text = "They signed an Agreement on Air Services and the Memorandum of Understanding on Fisheries."
    assert surfaces(text) == [
        {"Agreement on Air Services"},
        {"Memorandum of Understanding", "Memorandum of Understanding on Fisheries"},
    ]


def test_organisations_that_conclude_an_agreement_stay_organisations():
    text = "They signed the Memorandum of Understanding between the Ministry of Trade of Laos and the Ministry of Energy of Chad."
    assert set(of_kind(read(text), "organization")) == {
        "Ministry of Trade of Laos",
        "Ministry of Energy of Chad",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It recalled Resolution 31/49 and resolution 2065 (XX).", [{"Resolution 31/49"}, {"resolution 2065 (XX)"}]),
        ("By Presidential Decree No. 468 of December 24, 2025 the stay was prolonged.",
         [{"Presidential Decree No. 468", "Presidential Decree No. 468 of December 24, 2025"}]),
        ("OFAC issued General License 44 under E.O. 13846.", [{"General License 44"}, {"E.O. 13846"}]),
        ("See Council Decision (CFSP) 2025/387.", [{"Council Decision (CFSP) 2025/387"}]),
        ("The Complementation Agreement No. 53 and the Complementation Agreement No. 55 were kept.",
         [{"Complementation Agreement No. 53"}, {"Complementation Agreement No. 55"}]),
    ],
)  # fmt: skip
def test_instruments_with_a_number_are_told_apart_by_it(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed an agreement on cooperation in the field of security today.",
         [{"agreement on cooperation in the field of security"}]),
        ("It breaks the ceasefire agreement of 12 August 2008.", [{"ceasefire agreement of 12 August 2008"}]),
        ("An agreement on many things is needed.", []),
        ("They hailed the agreement and the treaty.", []),
    ],
)  # fmt: skip
def test_an_agreement_written_small_is_one_if_signed_or_dated(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He praised the Joint Response Plan 2024.", {"Joint Response Plan", "Joint Response Plan 2024"}),
        ("It doubled its support to the 13th Five Year Plan.", {"13th Five Year Plan"}),
        ("They signed a Plan of Consultations for 2025-2027.",
         {"Plan of Consultations", "Plan of Consultations for 2025-2027"}),
        ("They spoke of the Marula process.", {"Marula process"}),
    ],
)  # fmt: skip
def test_plans_and_processes_are_initiatives(text, expected):
    assert surfaces(text) == [expected]


def test_an_acronym_after_a_known_name_stands_for_it():
    (found,) = of_kind(
        read("It paid Macro-Financial Assistance (MFA). MFA is a loan."), "initiative"
    ).values()
    assert found.names == ("Macro-Financial Assistance", "MFA")


def test_the_title_of_a_joint_statement_is_no_agreement():
    assert surfaces("India - Chile Joint Statement\n\nThe leaders met.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They respect the Cessation of Hostilities Agreement.", "Cessation of Hostilities Agreement"),
        ("It cites the 1967 Protocol.", "1967 Protocol"),
        ("The Additional Protocol entered into force.", "Additional Protocol"),
        ("At the end the Agreed Minutes were signed.", "Agreed Minutes"),
        ("They adopted the Velka Principles on Remote Justice.", "Velka Principles on Remote Justice"),
        ("They ratified the Treaty on Extradition on Tuesday.", "Treaty on Extradition"),
        ("It is funded under the Beams of Hope initiative.", "Beams of Hope"),
        ('The project, entitled "Safe Roads for All", began.', "Safe Roads for All"),
        ("The Sanctions (Amendment) Regulations 2024 apply.", "Sanctions (Amendment) Regulations"),
        ("Workers of the Seasonal Employer (RXE) scheme came.", "Seasonal Employer"),
        ("The Water, Food and Energy Framework is new.", "Water, Food and Energy Framework"),
    ],
)
def test_agreements_and_initiatives_are_found_by_many_kinds_of_heads(text, name):
    assert name in {surface for found in surfaces(text) for surface in found}


def test_an_agreement_of_which_nothing_is_said_is_none():
    assert surfaces("They will sign an agreement on the matter. The Protocol Department wrote.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed a joint Declaration on the European perspective. The Declaration on Peru's European perspective holds.",
         [{"Declaration on the European perspective", "Declaration on Peru's European perspective",
           "joint Declaration on the European perspective"}]),
        ("MEMORANDUM FOR THE SECRETARY OF STATE", []),
        ("The Memorandum on Delegation of Authority came.", []),
        ("It approved the free trade agreement with New Zealand.",
         [{"free trade agreement", "free trade agreement with New Zealand"}]),
        ("They will suspend the memorandum of understanding on raw materials with Kigali.",
         [{"memorandum of understanding on raw materials", "memorandum of understanding on raw materials with Kigali"}]),
        ("A Memorandum of Understanding was signed between the two.", [{"Memorandum of Understanding"}]),
        ("The Cabinet issued Resolution No. (1) of 2025.", [{"Resolution No. (1)", "Resolution No. (1) of 2025"}]),
        ("They concluded an Exchange of Notes between the two governments.", []),
        ("They keep the Joint Declaration for Dialogue and Peace of December 14, 2023.",
         [{"Joint Declaration", "Joint Declaration for Dialogue and Peace",
           "Joint Declaration for Dialogue and Peace of December 14, 2023"}]),
    ],
)  # fmt: skip
def test_agreements_end_where_their_matter_ends_and_orders_are_none(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A cooperation agreement was signed in Lima.", [{"cooperation agreement"}]),
        ("A bilateral agreement was signed.", []),
        ("They took note of the agreement on migration and mobility which was signed in May.",
         [{"agreement on migration and mobility"}]),
        ("They observe the SADC Principles and Guidelines Governing Democratic Elections.",
         [{"SADC Principles and Guidelines", "SADC Principles and Guidelines Governing Democratic Elections"}]),
        ("It follows Security Council resolutions 2628 and 2670.", [{"Security Council resolutions 2628 and 2670"}]),
    ],
)  # fmt: skip
def test_signed_agreements_of_one_word_and_lists_of_numbers(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He pressed for the double taxation agreement.", [{"double taxation agreement"}]),
        ("They recalled the fisheries protocol between Peru and Chile.",
         [{"fisheries protocol", "fisheries protocol between Peru and Chile"}]),
        ("They hailed the peace treaty between Peru and Chile.",
         [{"peace treaty", "peace treaty between Peru and Chile"}]),
    ],
)  # fmt: skip
def test_agreements_written_small_that_say_their_topic(text, expected):
    assert surfaces(text) == expected


def test_an_agreement_written_small_may_be_among_many_states() -> None:
    text = "They signed the agreement among Peru, Chile, Chad and Laos on youth policy."
    assert "agreement among Peru, Chile, Chad and Laos on youth policy" in {
        m.surface for m in read(text).mentions
    }


def test_a_law_of_a_meeting_of_ministers_or_of_a_headline_is_no_initiative() -> None:
    assert not of_kind(read("He will attend the 13th ASEAN Law Ministers Meeting."), "initiative")
    assert not of_kind(read("Peru Considers Bill to Share Water"), "initiative")


def test_the_items_of_a_list_of_documents_are_named_though_they_are_written_small() -> None:
    text = (
        "Signed were: Agreement on Fish; Programme of cooperation between the Ministry of Water of Peru and the "
        "Ministry of Water of Chad for 2024-2026; Roadmap for the development of trade."
    )
    named = {m.surface for m in read(text).mentions}
    assert "Programme of cooperation" in named
    assert "Roadmap for the development of trade" in named


def test_years_before_a_plan_and_two_brackets_of_regulations_belong_to_their_names() -> None:
    text = "They approved the 2024-2028 Action Plan and the Velka (Sanctions) (EU Exit) Regulations 2019."
    named = {m.surface for m in read(text).mentions}
    assert {"2024-2028 Action Plan", "Velka (Sanctions) (EU Exit) Regulations 2019"} <= named
