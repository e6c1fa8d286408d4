"""Organisations, agreements and initiatives: known ones and new ones, with their acronyms."""

from __future__ import annotations

import pytest

from tests.unit.extract.naming import of_kind, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ministry of Industry and Trade of Vietnam and the Ministry of Energy of Laos agreed.",
         {"Ministry of Industry and Trade of Vietnam", "Ministry of Energy of Laos"}),
        ("The Lake Basin Water Authority (LBWA) met. LBWA will report.", {"Lake Basin Water Authority"}),
        ("NATO and the African Union wrote to UNICEF.",
         {"North Atlantic Treaty Organization", "African Union", "United Nations Children's Fund"}),
        ("The Syrian army and Hezbollah withdrew.", {"Syrian army", "Hizballah"}),
        ("The Ministry offers a Service to visitors of the Centre.", set()),
    ],
)  # fmt: skip
def test_organisations_are_found_whole(text, expected):
    assert set(of_kind(read(text), "organization")) == expected


def test_an_acronym_in_parentheses_is_a_name_of_the_organisation():
    found = of_kind(read("The Lake Basin Water Authority (LBWA) met. LBWA will report."), "organization")
    assert found["Lake Basin Water Authority"].names == ("Lake Basin Water Authority", "LBWA")


def test_a_ministry_with_and_without_its_country_is_one():
    assert (
        len(of_kind(read("The Ministry of Law of Fiji wrote. The Ministry of Law agreed."), "organization"))
        == 1
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed the Border Waters Treaty.", {"Border Waters Treaty"}),
        ("They signed a Memorandum of Understanding on Cooperation in Fisheries today.",
         {"Memorandum of Understanding on Cooperation in Fisheries"}),
        ("This follows UN Security Council resolution 2254 (2015).", {"UN Security Council resolution 2254 (2015)"}),
        ("Both recalled the Minsk agreements and the UN Charter.", {"Minsk agreements", "Charter of the United Nations"}),
        ("The agreement was good and a treaty is needed.", set()),
    ],
)  # fmt: skip
def test_agreements_are_found_with_what_they_are_about(text, expected):
    assert set(of_kind(read(text), "agreement")) == expected


def test_names_that_a_text_equates_are_one_initiative():
    text = 'They discussed the Trans-Caspian International Transport Route ("Middle Corridor"). The Middle Corridor grows.'
    assert list(of_kind(read(text), "initiative")) == ["Trans-Caspian International Transport Route"]


def test_the_agency_that_reports_is_the_issuer():
    names = read("BAKU, Azerbaijan, May 5. The ministers met on Monday, Trend News Agency reports.")
    assert names.issuer_entity_id == "organization:trend news agency:"


def test_a_body_of_a_state_is_not_its_international_namesake():
    found = of_kind(read("The Secretary of the Security Council of Tajikistan spoke."), "organization")
    assert list(found) == ["Security Council of Tajikistan"]


def test_decorations_after_a_name_are_no_organisations():
    assert of_kind(read("Mr. Peter Otieno, EGH, CBS, thanked the hosts."), "organization") == {}


def test_an_agreement_with_its_parties_has_one_entity_with_two_names():
    text = "They discussed the Association Agreement between Ukraine and the EU."
    (found,) = of_kind(read(text), "agreement").values()
    assert (found.entity_id, len(found.names)) == ("agreement:association agreement:EU+UKR", 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He wrote to the Ministry of Foreign Affairs, International Trade and Worship today.",
         {"Ministry of Foreign Affairs, International Trade and Worship"}),
        ("The Ministry for Foreign and European Affairs and Trade agreed.",
         {"Ministry for Foreign and European Affairs and Trade"}),
        ("The Ministry of Internal Affairs and the Ombudsman of Fiji met.", {"Ministry of Internal Affairs"}),
        ("The decision of the Ministry of Trade on Taking Countermeasures is out.", {"Ministry of Trade"}),
        ("The Commission on the Limits of the Shelf met.", {"Commission on the Limits of the Shelf"}),
        ("He is the Director of the Legal Department of the Ministry of Justice.", {"Legal Department", "Ministry of Justice"}),
        ("They listed Example Dynamics, Inc. and Example Freight LLC today.", {"Example Dynamics, Inc", "Example Freight LLC"}),
        ("Warriors of the Armed Forces and the National Guard came home.", {"Armed Forces", "National Guard"}),
        ("As a Third Party it invited an Extraordinary Assembly and a Business Forum.", set()),
        ("The fleet lies at a cemetery that the British military authorities keep.", set()),
        ("An Israeli embassy will be opened in Bern.", set()),
        ("He met the Sumaq Alliance – Ministry of Trade sent the text.", {"Sumaq Alliance", "Ministry of Trade"}),
    ],
)  # fmt: skip
def test_where_organisations_end_and_what_is_none(text, expected):
    assert set(of_kind(read(text), "organization")) == expected


def test_a_body_with_its_seat_has_two_names():
    (found,) = of_kind(read("She works at the Embassy of Peru in Rome."), "organization").values()
    assert found.names == ("Embassy of Peru", "Embassy of Peru in Rome")


def test_a_ministry_of_foreign_affairs_is_one_by_all_its_names():
    text = "The Ministry of Foreign Affairs of Peru wrote. The Foreign Ministry and the MFA agreed."
    assert len(of_kind(read(text), "organization")) == 1


def test_the_agency_of_a_dateline_is_an_organisation():
    assert "AIM" in of_kind(read("Maputo, 26 Jul (AIM) - The President spoke."), "organization")


def test_a_family_name_in_capitals_is_no_acronym():
    names = read("President of Peru Ana SUMAQ spoke. SUMAQ thanked them.")
    assert of_kind(names, "organization") == {}


def test_a_known_body_with_its_own_state_is_the_known_one():
    found = of_kind(read("The Foreign and Commonwealth Office of the United Kingdom wrote."), "organization")
    assert list(found) == ["Foreign and Commonwealth Office"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Bureau of Fisheries and Aquatic Resources wrote.", "Bureau of Fisheries and Aquatic Resources"),
        ("The Directorate General of Civil Aviation met.", "Directorate General of Civil Aviation"),
        ("The Consulate General of India in Leeds opened.", "Consulate General of India"),
        ("The Committee against Impunity met.", "Committee against Impunity"),
        ("Ships of the 9th Fleet arrived.", "9th Fleet"),
        ("They recalled the armed forces of Peru.", "armed forces of Peru"),
        ("The energy company Petrolex Holt signed.", "Petrolex Holt"),
        ("The Agence nationale de la sûreté reported.", "Agence nationale de la sûreté"),
        ("He spoke to CARICOM, the Commonwealth and others.", "Commonwealth"),
    ],
)
def test_organisations_are_found_by_many_kinds_of_heads(text, name):
    assert name in of_kind(read(text), "organization")


@pytest.mark.parametrize(
    "text",
    [
        "An Integrated Harbour Safety Review (IHSR) is due. The IHSR begins.",
        "The Minister of the Armed Forces spoke.",
        "They paid 5 million SBD and met Members of Parliament.",
    ],
)
def test_things_portfolios_and_currencies_are_no_organisations(text):
    assert of_kind(read(text), "organization") == {}


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Election Commission met. The HEC will report.",
        "The OECS Assembly met. The Assembly of the Organisation of Eastern Caribbean States voted.",
        "The High-Level Core Group met. The Core Group agreed.",
        "The Federal Ministry of Health wrote. The Ministry of Health agreed.",
    ],
)
def test_names_of_one_body_in_one_text_are_one_entity(text):
    bodies = {e.entity_id for e in of_kind(read(text), "organization").values()}
    assert len(bodies - {"organization:organisation of eastern caribbean states:OECS"}) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Australian Red Cross sent two doctors.", "Australian Red Cross"),
        ("They came to the Ministry of Foreign Affairs, African Cooperation and Moroccan Expatriates.",
         "Ministry of Foreign Affairs, African Cooperation and Moroccan Expatriates"),
        ("The Spokesperson of the Ministry of Health Ambassador Ana Roe spoke.", "Ministry of Health"),
        ("It awaits approval by the National Assembly.", "National Assembly"),
        ("They visited the 3rd Assault Brigade.", "3rd Assault Brigade"),
        ("The ministry of foreign affairs of Peru welcomed it.", "ministry of foreign affairs of Peru"),
        ("OPEC Plus agreements were discussed.", "OPEC+"),
    ],
)  # fmt: skip
def test_bodies_are_named_whole(text, name):
    assert name in of_kind(read(text), "organization")


def test_a_body_is_called_with_its_state_and_without_it():
    names = read("The Swiss Federal Office of Sports and the German Bundestag agreed.")
    surfaces = {m.surface for m in names.mentions if m.entity_id.startswith("organization:")}
    assert {
        "Swiss Federal Office of Sports",
        "Federal Office of Sports",
        "German Bundestag",
        "Bundestag",
    } <= surfaces


@pytest.mark.parametrize(
    "text",
    ["He left Jomo Kenyatta International Airport (JKIA) and JKIA closed.", "Press Office, tel. 123",
     "He came to the Expo (CAETE) and the CAETE opened.", "The MFN status was lost.", "Rwanda Deploys Additional Battalion to Mali"],
)  # fmt: skip
def test_short_names_of_places_and_events_and_where_to_ask_are_no_bodies(text):
    assert of_kind(read(text), "organization") == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [("It provides a corvette for the Maritime Task Force.", "Maritime Task Force"),
     ("They convened the Bilateral Consultation Mechanism.", "Bilateral Consultation Mechanism"),
     ("The Nuclear Planning Group met.", "Nuclear Planning Group")],
)  # fmt: skip
def test_pairs_of_words_that_name_a_body(text, name):
    assert set(of_kind(read(text), "organization", "initiative")) == {name}


def test_a_body_that_begins_the_name_of_another_is_not_named_by_itself():
    assert set(of_kind(read("They let the United Nations Fact-Finding Mission in."), "organization")) == {
        "United Nations Fact-Finding Mission"
    }


def test_the_short_name_of_a_foreign_ministry_is_its_full_one():
    text = "The Ministry of Foreign Affairs and Expatriates spoke. The Foreign Ministry said more."
    assert set(of_kind(read(text), "organization")) == {"Ministry of Foreign Affairs and Expatriates"}


@pytest.mark.parametrize("text", ["OFFICE OF THE SPOKESPERSON", "They met.\n\nCNA/MK/EC/2025"])
def test_who_wrote_a_text_and_where_to_ask_are_no_bodies(text):
    assert "European Commission" not in of_kind(read(text), "organization")
    assert "OFFICE OF THE SPOKESPERSON" not in of_kind(read(text), "organization")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Rivers Water Council on May 11 will meet.", {"Rivers Water Council"}),
        ("The Ministry of Mines and KVELM signed.", {"Ministry of Mines", "KVELM"}),
        ("The judges of Pre-Trial Chamber II met.", {"Pre-Trial Chamber"}),
        ("A secretary of the Peruvian embassy in Lima left.", {"Peruvian embassy"}),
        ("He serves at the British High Commission in Lima.", {"British High Commission"}),
        ("He opened the embassy of Peru in Lima.", {"embassy of Peru"}),
        ("A team of the National Gas Company came.", {"National Gas Company"}),
        ("They met.\n\nIt trains the Police Maritime Unit.", {"Police Maritime Unit"}),
        ("The Chairman of the Board of the Velka Safety Agency spoke.", {"Velka Safety Agency"}),
        ("He leads the Foreign Affairs Committee of the Velka Assembly.",
         {"Foreign Affairs Committee", "Velka Assembly"}),
        ("Praia, Jun 17 (Velkapress) - The ministers met.", {"Velkapress"}),
    ],
)  # fmt: skip
def test_bodies_end_where_a_reader_would_end_them(text, expected):
    assert set(of_kind(read(text), "organization")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They met at Velka House in May.",
        "Germany will reopen its Embassy in Lima.",
        "Planes and UAVs were seen.",
        "BASSETERRE, ST. KITTS. The Prime Minister of St. Kitts spoke.",
        "See DFR.GOV.KRD for more.",
    ],
)
def test_buildings_arms_and_addresses_are_no_bodies(text):
    assert of_kind(read(text), "organization") == {}
