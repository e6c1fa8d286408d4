"""Where the names of organisations begin and end, and what is none."""

from __future__ import annotations

import pytest

from tests.unit.extract.naming import of_kind, read


def bodies(text: str) -> set[str]:
    return set(of_kind(read(text), "organization"))


def forms(text: str) -> set[str]:
    """All that a text calls its organisations."""
    names = read(text)
    return {m.surface for m in names.mentions if m.entity_id.startswith("organization:")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He thanked the Conflict, Relief and Water Fund for it.", "Conflict, Relief and Water Fund"),
        ("He heads the Middle East and Central Asia Department there.", "Middle East and Central Asia Department"),
        ("She leads the Group for Friendship with Chad in parliament.", "Group for Friendship with Chad"),
        ("They praised the Group of Friends of the Rule of Law today.", "Group of Friends of the Rule of Law"),
        ("They praised the Regional Coalition against ISIS today.", "Regional Coalition against ISIS"),
        ("The Registrar General's Department will print them.", "Registrar General's Department"),
        ("The Ombudsman's Office of Fiji wrote to them.", "Ombudsman's Office of Fiji"),
        ("The 17th Tank Battalion came home.", "17th Tank Battalion"),
        ("The High Court and nobody else may say so.", "High Court"),
        ("The note of the Chadian Embassy in Lima to the mayor was short.", "Chadian Embassy"),
        ("A flight of the Peruvian Air Force to the Royal Academy was late.", "Peruvian Air Force"),
    ],
)  # fmt: skip
def test_a_body_is_named_from_its_first_word_to_its_last(text, name):
    assert name in bodies(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A paper of the Ministry of Works of Chad and Velka Holt Company was signed.",
         {"Ministry of Works of Chad", "Velka Holt Company"}),
        ("It was approved by the Higher Planning Council of the Peruvian occupation.", {"Higher Planning Council"}),
        ("He heads the Department of Foreign Relations, and Peruvian Ambassador Ana Roe came.",
         {"Department of Foreign Relations"}),
        ("The Chairman of the Advisory Board of the Lake Safety Agency came.", {"Lake Safety Agency"}),
    ],
)  # fmt: skip
def test_a_body_does_not_run_on_into_what_follows(text, expected):
    assert bodies(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met at the Velka Convention Centre yesterday.",
        "The guest inspected a Guard of Honour at the palace.",
        "They praised the Peru-Chile Alliance as a bedrock.",
        "They praised the steps of the Velkanen Administration.",
        "The attack took place in Velkana Department of the Republic of Benin.",
        "The Business Community was glad of it.",
    ],
)
def test_buildings_honours_relations_and_provinces_are_no_bodies(text):
    assert bodies(text) == set()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("The US Department of State answered.", "US Department of State"),
        ("The Verkhovna Rada of Ukraine voted.", "Verkhovna Rada of Ukraine"),
        ("He thanked Oxfam Fiji for it.", "Oxfam Fiji"),
        ("The staff of the US Embassy Nairobi came.", "US Embassy Nairobi"),
    ],
)
def test_a_known_body_is_also_called_with_its_state_or_place(text, form):
    assert form in forms(text)


def test_the_security_council_of_a_state_is_not_that_of_the_united_nations():
    assert bodies("The Peruvian Security Council met.") == {"Peruvian Security Council"}


@pytest.mark.parametrize(
    "text",
    [
        "The Resilience and Sustainability Facility (RSF) grew. The RSF is large.",
        "The Harmonised Tariff Schedule (HTS) changed. The HTS is long.",
    ],
)
def test_an_acronym_means_what_the_text_says_that_it_means(text):
    assert bodies(text) == set()


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [
        ("Lima, 28 January (Velkapress) - ", "Velkapress"),
        ("LIMA, December 1 (VEN) - ", "VEN"),
        ("LIMA (ADI) -- ", "ADI"),
        ("LIMA, November 15. /VeA/. ", "VeA"),
    ],
)
def test_the_agency_of_a_dateline_is_an_organisation(dateline, agency):
    assert agency in bodies(f"Ministers meet\n\n{dateline}The ministers met.")


def test_an_agency_called_like_a_given_name_is_none_before_a_family_name():
    names = read("Ambassador Petra Holtova met the minister.")
    assert set(of_kind(names, "organization")) == set()
    assert set(of_kind(names, "person")) == {"Petra Holtova"}


@pytest.mark.parametrize(
    "text",
    [
        "The Minister for Foreign Affairs, European Union and Cooperation came.",
        "They met on the margins of the UN Climate Change Conference today.",
        "Israel sent aid worth NIS 1.2 million.",
        "The call of NSA Jake Roe was short.",
        "The commander, U.S. Army Gen. Jake Roe, came.",
        "Previous stories: #NATO and others.",
    ],
)
def test_a_known_name_inside_a_portfolio_an_event_or_a_sum_is_no_body(text):
    assert bodies(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The State Department for Diaspora Affairs wrote.", "State Department for Diaspora Affairs"),
        ("They thanked the Commission des forêts de Velka.", "Commission des forêts de Velka"),
        ("They thanked the Alliance du Changement.", "Alliance du Changement"),
        ("He met the Corporación Andina de Velka.", "Corporación Andina de Velka"),
        ("The Ministry of Youth, Sports and Community Empowerment met.",
         "Ministry of Youth, Sports and Community Empowerment"),
    ],
)  # fmt: skip
def test_bodies_for_a_matter_and_in_other_languages(text, name):
    assert name in bodies(text)


def test_a_secretariat_is_a_body_of_its_own_and_a_press_team_is_none():
    assert bodies("The EEAS Press Team and the MSG Secretariat wrote to us.") == {
        "European External Action Service",
        "MSG Secretariat",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They signed the MoU on Fish between Embrapa and KALVO today.", "KALVO"),
        ("He thanked the Fact-Finding Mission for it.", "Fact-Finding Mission"),
        ("The carriers' association Velkava said so.", "Velkava"),
        ("He leads the Justice Party there.", "Justice Party"),
    ],
)
def test_parties_of_agreements_missions_and_associations_are_bodies(text, name):
    assert name in bodies(text)


def test_the_armed_forces_of_several_states_are_no_body():
    assert bodies("The armed forces of Peru and Chile came.") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed the MoU between Petrolvelka and Sonavelka.", {"Petrolvelka", "Sonavelka"}),
        ("He met Hindustava Copper, Velka Trading (Pty) Ltd and others.",
         {"Hindustava Copper", "Velka Trading (Pty) Ltd"}),
        ("The Ministry of Mines and Energy met.", {"Ministry of Mines and Energy"}),
        ("The Autonomous Bougainville Government agreed.", {"Autonomous Bougainville Government"}),
    ],
)  # fmt: skip
def test_companies_by_their_business_their_form_or_their_agreement(text, expected):
    assert bodies(text) == expected


def test_an_embassy_is_called_with_the_other_name_of_its_state():
    assert "Embassy of the Republic of China (Taiwan)" in forms(
        "The Embassy of the Republic of China (Taiwan) gave it."
    )


def test_the_council_is_that_of_the_union_where_no_other_is_named():
    assert "Council" in bodies("The EU acts. The Council today adopted measures.")
    assert "Council" not in bodies("Peru acts. The Council today adopted measures.")
    assert "Council" not in bodies(
        "The EU wrote to the Council of Europe. The Council today adopted measures."
    )


@pytest.mark.parametrize(
    "text",
    [
        "They praised the Peruvian and Chilean armed forces.",
        "They agreed to open the consulate of Chile in Lima.",
    ],
)
def test_forces_of_two_states_and_a_consulate_to_open_are_no_bodies(text):
    assert bodies(text) == set()


def test_a_body_that_deals_with_a_state_is_named_with_it_and_is_not_its_own() -> None:
    found = of_kind(read("The Velka Parliamentary Alliance on China (VPAC) met in Lima."), "organization")
    assert {n: e.country for n, e in found.items()} == {"Velka Parliamentary Alliance on China": None}


def test_a_known_body_under_half_its_name_is_known_by_the_acronym_behind_it() -> None:
    found = bodies(
        "The Bolivarian Alliance (ALBA-TCP) met in Lima. The Bolivarian Alliance rejected the threats."
    )
    assert found == {"Bolivarian Alliance for the Peoples of Our America"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The King Hussein Cancer Center took part.", "King Hussein Cancer Center"),
        ("He spoke at the Queen Rania Foundation in Amman.", "Queen Rania Foundation"),
        ("The Bruno de Roe Diplomatic Academy took part.", "Bruno de Roe Diplomatic Academy"),
        ("He praised the Seven Rivers Investment Fund today.", "Seven Rivers Investment Fund"),
        ("She chairs the Code of Conduct Group of the European Union.", "Code of Conduct Group of the European Union"),
        ("The National Petroleum and Minerals Authority took part.", "National Petroleum and Minerals Authority"),
        ("The Office of the UN Special Envoy for Yemen took part.", "Office of the UN Special Envoy for Yemen"),
        ("The Saudi Red Crescent Authority flew in tents.", "Saudi Red Crescent Authority"),
        ("The Velka Rapid Rescue Scouts (VRRS) came to help.", "Velka Rapid Rescue Scouts"),
        ("He works at its Directorate-General for Water Supply.", "Directorate-General for Water Supply"),
        ("The Primature of the Republic of Haiti thanked them.", "Primature of the Republic of Haiti"),
        ("They accused the Velkan and the Israeli occupation forces of it.", "Israeli occupation forces"),
    ],
)  # fmt: skip
def test_a_body_bears_the_title_the_number_or_the_particle_of_its_patron(text, name):
    assert name in bodies(text)
    assert not of_kind(read(text), "person")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sky News", "He told Sky News on Monday that talks would go on."),
        ("Debswana", "The two sides welcomed the contract with Debswana."),
        ("Royal Papua New Guinea Constabulary", "The Royal Papua New Guinea Constabulary took part."),
        ("Al-Qassam Brigades", "The Al-Qassam Brigades said that they had fired."),
        ("Uruguay XXI", "The agency Uruguay XXI will open an office."),
    ],
)
def test_companies_media_and_groups_without_a_head_word_are_known(name, text):
    assert name in bodies(text)


def test_a_form_of_company_behind_a_known_one_is_no_body_of_that_acronym() -> None:
    assert set(of_kind(read("Stadler Rail PLC will build the trains."), "organization")) == {"Stadler Rail"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They welcomed the Nairobi Securities Exchange to the talks.", "Nairobi Securities Exchange"),
        ("Sanctions hit JSC Kronshtadt and others.", "JSC Kronshtadt"),
        ("Sanctions hit Velkaneft, JSC Kronshtadt and others.", "JSC Kronshtadt"),
        ("He wrote to the CITES Secretariat about it.", "CITES Secretariat"),
        ("He wrote to the Lusaka Agreement Task Force about it.", "Lusaka Agreement Task Force"),
        ("She wrote to the Servicio Nacional de Migraciones about it.", "Servicio Nacional de Migraciones"),
    ],
)
def test_exchanges_forms_of_company_and_agreements_begin_or_end_names_of_bodies(text: str, name: str) -> None:
    assert name in bodies(text)
    assert not of_kind(read(text), "agreement")


def test_aid_that_a_state_gives_is_no_agency() -> None:
    assert not of_kind(
        read("The Minister said that UK aid for Sudan and Polish Aid to Chad will grow."), "organization"
    )


def test_a_newspaper_does_not_take_its_name_from_a_community() -> None:
    assert "East African Community" in of_kind(
        read("The East African Community met in Arusha."), "organization"
    )
