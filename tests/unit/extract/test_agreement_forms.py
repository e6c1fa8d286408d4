"""The forms of an agreement's name: what stands before it, what it goes on with, when it is written small."""

from __future__ import annotations

import pytest

from tests.unit.extract.naming import of_kind, read


def surfaces(text: str) -> list[set[str]]:
    """The surfaces of each agreement or initiative of a text."""
    found: dict[str, set[str]] = {}
    for m in read(text).mentions:
        if m.entity_id.startswith(("agreement:", "initiative:")):
            found.setdefault(m.entity_id, set()).add(m.surface)
    return list(found.values())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They ratified the Agreement on Mutual Exemption from Visa Fees for Nurses.",
         "Agreement on Mutual Exemption from Visa Fees for Nurses"),
        ("They met.\n\nThey ratified the Convention on the Care of All Children from Rural Areas.",
         "Convention on the Care of All Children from Rural Areas"),
        ("They signed the Agreement on the Border Post at Velka/Ostro.",
         "Agreement on the Border Post at Velka/Ostro"),
        (("They signed the Agreement between the Government of Peru, the Government of the Republic of Chile and "
         "the Government of Ecuador on Rivers."),
         ("Agreement between the Government of Peru, the Government of the Republic of Chile and "
         "the Government of Ecuador on Rivers")),
        ('They signed a Memorandum of Understanding between the State Concern "Velkagaz" and the Energy Agency.',
         'Memorandum of Understanding between the State Concern "Velkagaz" and the Energy Agency'),
        ("They keep the Treaty between Peru and Chile Establishing Their Sea Boundary in force.",
         "Treaty between Peru and Chile Establishing Their Sea Boundary"),
        ("They keep the Agreement on Wages, as amended, between Peru and Chile.",
         "Agreement on Wages, as amended, between Peru and Chile"),
        ("They praised the Velka Roadmap to Promote the Formal Economy (2025-2040).",
         "Velka Roadmap to Promote the Formal Economy (2025-2040)"),
        ("They signed a memorandum of understanding on the exemption of nurses from visa requirements.",
         "memorandum of understanding on the exemption of nurses from visa requirements"),
        ("They signed a letter of intent on buses in Lima and left.", "letter of intent on buses"),
        ("They signed the Roadmap for Trade in Grain until 2027.", "Roadmap for Trade in Grain until 2027"),
        ("They signed the Agreement on Tax Evasion with respect to Taxes on Income.",
         "Agreement on Tax Evasion with respect to Taxes on Income"),
        ("They met.\n\nThey signed the Agreement on Visa-Free Travel.", "Agreement on Visa-Free Travel"),
        ("They signed the Additional Protocol to the Agreement on Air Services.",
         "Additional Protocol to the Agreement on Air Services"),
        ("They keep the Lima Declaration on Rivers.", "Lima Declaration on Rivers"),
        ("They met.\n\nThey adopted the Lima Call to Action.", "Lima Call to Action"),
        ("They follow Law No. 2381 of 2024.", "Law No. 2381 of 2024"),
        ("He renewed the agreement on border ports and their regimes.",
         "agreement on border ports and their regimes"),
    ],
)  # fmt: skip
def test_the_matter_goes_on_to_its_end(text, name):
    assert name in {surface for found in surfaces(text) for surface in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It keeps the 15th Border Protocol on Peace.",
         {"Border Protocol", "Border Protocol on Peace", "15th Border Protocol", "15th Border Protocol on Peace"}),
        ("They keep the 21 December Accord.", {"21 December Accord"}),
        ("They rely on the Open Rivers Agreement.", {"Open Rivers Agreement"}),
        ("It cites the Political, Free Trade and Partnership Agreement.",
         {"Political, Free Trade and Partnership Agreement"}),
        ("Signing of Border Rivers Agreement", {"Border Rivers Agreement"}),
        ("They respect the 2016 peace agreement.", {"2016 peace agreement", "peace agreement"}),
        ("It falls under the Status of Forces arrangement.", {"Status of Forces arrangement"}),
        ("It cites Executive Decree 114.", {"Executive Decree 114"}),
        ("It supports the 2022 Joint Response Plan.", {"Joint Response Plan", "2022 Joint Response Plan"}),
        ("It follows the Access to Water Act.", {"Water Act", "Access to Water Act"}),
        ("The Iran (Sanctions) Regulations 2023 apply.",
         {"Iran (Sanctions) Regulations", "Iran (Sanctions) Regulations 2023"}),
        ("It is part of the Fair Shipping and Rivers (FSAR) Action Plan.",
         {"Fair Shipping and Rivers (FSAR) Action Plan"}),
        ('They passed the "Ending Imports of Copper Act".', {"Ending Imports of Copper Act"}),
    ],
)  # fmt: skip
def test_the_name_begins_where_a_reader_would_begin_it(text, expected):
    assert surfaces(text)[0] == expected or expected <= surfaces(text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed a memorandum on border security.", {"memorandum on border security"}),
        ("The Cabinet approved the agreement with Peru on university diplomas.",
         {"agreement with Peru", "agreement with Peru on university diplomas"}),
        ("He asked about the agreement between Peru and Chile.", {"agreement between Peru and Chile"}),
        ("It ends the agreement on fish stocks.", {"agreement on fish stocks"}),
        ("They renewed the Peru-Chile preferential trade agreement.", {"Peru-Chile preferential trade agreement"}),
        ("The two met.\n\nThey signed a joint declaration.", {"joint declaration"}),
        ("They adopted the sixth package of EU sanctions.", {"sixth package of EU sanctions"}),
        ("The Memorandum of Understanding is to be signed in May.", {"Memorandum of Understanding"}),
        ("They met.\n\nThey signed the Statement of Intent on Rivers.", {"Statement of Intent on Rivers"}),
    ],
)  # fmt: skip
def test_an_agreement_that_says_its_matter_or_its_parties_is_one(text, expected):
    assert expected <= surfaces(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "He said that an agreement with Peru is near.",
        "They issued a joint declaration.",
        "The Chief of Protocol of the Ministry of Trade came.",
        "Peru and Chile sign MoU to Deepen Trade",
    ],
)
def test_what_only_speaks_of_an_agreement_is_none(text):
    assert not of_kind(read(text), "agreement")


@pytest.mark.parametrize(
    "text",
    [
        (
            "Parliament ratifies Transport Agreement with Peru\n\nThe House ratified the Agreement between Chile and Peru "
            "on Combined Transport."
        ),
        "UN Security Council Resolution welcomed\n\nThe United Nations adopted UN Security Council Resolution 2094.",
        "They hope for the sixth package of EU sanctions against Chad. The sixth package of EU sanctions is ready.",
    ],
)
def test_shorter_names_of_one_agreement_are_the_same(text):
    assert len(of_kind(read(text), "agreement")) == 1


def test_places_inside_the_matter_of_an_agreement_stay_places():
    names = read("They signed a Memorandum of Understanding on a Shipyard in Kerman Province with Iran.")
    assert "Kerman Province" in {m.surface for m in names.mentions if m.entity_id.startswith("place:")}


def test_the_acronym_of_the_last_party_is_not_that_of_the_agreement():
    names = read(
        "They signed a Memorandum of Understanding between Peru and the Lake Basin Water Authority (LBWA)."
    )
    (found,) = of_kind(names, "agreement").values()
    assert "LBWA" not in found.names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They recalled the 1990 Lima Document.", "Lima Document"),
        ("They recalled the Lima Recommendations on Water.", "Lima Recommendations"),
        ("They recalled the 2009 Lima Protocols.", "Lima Protocols"),
        ("They signed the Joint Minutes of Lima.", "Joint Minutes of Lima"),
        ("They signed the Record of Discussions on the Lake Project.", "Record of Discussions on the Lake Project"),
        ("It was promised in the Fisheries Understanding of 2019.", "Fisheries Understanding"),
        ("They signed the Amendment to the Border Treaty.", "Amendment to the Border Treaty"),
        ("They signed the Treaty instituting the Lake Confederation.", "Treaty instituting the Lake Confederation"),
        ("The ministers adopted the Final Document.", "Final Document"),
        ("Talks\n\nThe two sides issued a Joint Statement in which they agreed.", "Joint Statement"),
        ("They signed a Letter of Understanding on Fisheries.", "Letter of Understanding on Fisheries"),
    ],
)  # fmt: skip
def test_documents_minutes_understandings_and_amendments_are_agreements(text, name):
    assert name in set(of_kind(read(text), "agreement"))


@pytest.mark.parametrize(
    "text",
    [
        "They worked for Mutual Understanding between peoples.",
        "The Amendment to the Law on Fish was voted.",
        "He holds a Travel Document and read the Recommendations.",
    ],
)
def test_mere_understanding_and_amended_laws_are_no_agreements(text):
    assert not of_kind(read(text), "agreement")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They ratified the Loan Agreement between Chad and the OPEC Fund and the Grant Agreement between Chad and Peru.",
         {"Loan Agreement", "Grant Agreement"}),
        ("They adopted the Declaration on Energy Security in the Western Balkans, and the Commission announced money.",
         {"Declaration on Energy Security in the Western Balkans"}),
        ("They signed the Agreement on the abolition of visas for holders of diplomatic, official and service passports.",
         {"Agreement on the abolition of visas for holders of diplomatic, official and service passports"}),
    ],
)  # fmt: skip
def test_one_agreement_ends_where_another_or_a_clause_begins(text, expected):
    assert set(of_kind(read(text), "agreement")) == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("They signed a plan of action for the years 2025 to 2029.", "plan of action for the years 2025 to 2029"),
        ("The May 19 Border Agreement holds.", "May 19 Border Agreement"),
        ("The Sept. 19 border agreement holds.", "Sept. 19 border agreement"),
        ("They approved a draft memorandum of understanding on fish.", "draft memorandum of understanding on fish"),
        ("They recalled UN General Assembly resolution A/RES/77/158.", "UN General Assembly resolution A/RES/77/158"),
        ("They recalled Decisions 397, 503 and 583.", "Decisions 397, 503 and 583"),
        ("They signed the Agreement concerning the Lake Islands including Diego Garcia.",
         "Agreement concerning the Lake Islands including Diego Garcia"),
    ],
)  # fmt: skip
def test_an_agreement_is_called_with_its_day_its_state_and_its_number(text, form):
    assert form in {m.surface for m in read(text).mentions}


def test_a_title_names_the_only_agreement_of_that_kind_in_the_text():
    text = "Peru, Chad sign pact on fuel\n\nPeru and Chad signed the Mutual Supply Agreement today."
    assert list(of_kind(read(text), "agreement")) == ["Mutual Supply Agreement"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("They ratified the Lake Safety Convention, 1981 (No. 155).", "Lake Safety Convention, 1981 (No. 155)"),
        ("They signed the Action Plan on the Velka (Holt) reservoir for 2024.",
         "Action Plan on the Velka (Holt) reservoir for 2024"),
        ("They keep the Agreement on Rules for Police, Armed Forces, and other Personnel.",
         "Agreement on Rules for Police, Armed Forces, and other Personnel"),
        ("They signed an agreement delimiting their sea zones.", "agreement delimiting their sea zones"),
        ("They signed a memorandum on cooperation between the diplomatic academies.",
         "memorandum on cooperation between the diplomatic academies"),
        ("They keep to the trilateral statement of 9 November 2020.", "trilateral statement"),
        ("They signed an agreement on fish, an agreement on water and a treaty on birds.", "treaty on birds"),
        ("They keep the Agreement on the Employment of Workers in the construction sector.",
         "Agreement on the Employment of Workers"),
    ],
)  # fmt: skip
def test_the_forms_of_an_agreement_with_its_number_its_list_its_parties(text, form):
    assert form in {m.surface for m in read("They met.\n\n" + text).mentions}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They praised the Lima peace plan.", "Lima peace plan"),
        ("They praised the National Policy on Climate Change.", "National Policy on Climate Change"),
        ("They hold the Velka Fellowship.", "Velka Fellowship"),
        ("They praised the Indo-Pacific strategy.", "Indo-Pacific strategy"),
    ],
)
def test_policies_fellowships_and_strategies_are_initiatives(text, name):
    assert name in {m.surface for m in read("They met.\n\n" + text).mentions}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They will sign a Memorandum of Understanding on Labour Mobility by June 2025.",
         "Memorandum of Understanding on Labour Mobility"),
        ("The council noted resolution No. 5/49-POL.", "resolution No. 5/49-POL"),
        ("They signed a Framework Agreement on Cooperation in Education and the Work Plan on Agriculture.",
         "Framework Agreement on Cooperation in Education"),
        ("They signed the Velka Loan Agreement for US$ 20 million.", "Velka Loan Agreement"),
    ],
)  # fmt: skip
def test_a_day_a_sum_and_a_further_plan_are_no_matter_of_an_agreement(text: str, name: str) -> None:
    spans = {m.surface for m in read(text).mentions if m.rule.startswith("agreement.")}
    assert name in spans
    assert all(name.startswith(s) or s == "Work Plan on Agriculture" for s in spans)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They recalled the Rio de Janeiro Leaders' Declaration.", {"Rio de Janeiro Leaders' Declaration"}),
        ("They signed the Exchange of Notes for the Velka Rural Programme at the Department of Foreign Affairs.",
         {"Exchange of Notes for the Velka Rural Programme"}),
        ("They named the Velka Security Agreement between Iraq and Iran, the Border Framework Agreement and others.",
         {"Velka Security Agreement between Iraq and Iran", "Border Framework Agreement"}),
    ],
)  # fmt: skip
def test_an_agreement_ends_before_the_house_where_it_was_signed_and_before_the_next(
    text: str, names: set[str]
) -> None:
    spans = {m.surface for m in read(text).mentions if m.rule.startswith("agreement.")}
    assert names <= spans
    assert all(any(name.startswith(s) for name in names) for s in spans)
