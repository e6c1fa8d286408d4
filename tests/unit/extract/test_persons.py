"""Persons: names of every culture, their offices and whom they represent."""

from __future__ import annotations

import pytest

from tests.unit.extract.naming import mentions_of, of_kind, people, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deputy Minister of Foreign Affairs of the Republic of Kazakhstan Marat Ospanov met the guests.",
         {"Marat Ospanov": "KAZ"}),
        ("The talks were led by Elena Marković, Minister of Finance of Serbia.", {"Elena Marković": "SRB"}),
        ("H.E. Dr. Khalid bin Rashid Al-Harthy, Minister of Justice of the Sultanate of Oman, arrived in Cairo.",
         {"Khalid bin Rashid Al-Harthy": "OMN"}),
        ("Norwegian Foreign Minister Kari Nordby and her Chilean counterpart Rodrigo Salas spoke by phone.",
         {"Kari Nordby": "NOR", "Rodrigo Salas": "CHL"}),
        ("The President of Ghana, Kwame Boateng, received Mr. Park Jin-soo of the Republic of Korea.",
         {"Kwame Boateng": "GHA", "Park Jin-soo": "KOR"}),
        ("EU Ambassador to Armenia Lukas Winter presented the programme.", {"Lukas Winter": "EU"}),
        ("Her Excellency Ms. Ana Duarte has been appointed as the Ambassador-designate of the Republic of Peru.",
         {"Ana Duarte": "PER"}),
        ("Among the guests was Secretary-General of ASEAN Nguyen Van Hai.", {"Nguyen Van Hai": "ASEAN"}),
        ("Mr. TANAKA Hiroshi, Ambassador of Japan to Kenya, opened the school.", {"TANAKA Hiroshi": "JPN"}),
        ("Ould Sidi Mohamed, Minister of Fisheries of Mauritania, left.", {"Ould Sidi Mohamed": "MRT"}),
    ],
)  # fmt: skip
def test_a_name_with_an_office_is_a_person_of_the_country_that_the_office_names(text, expected):
    assert people(text) == expected


def test_an_office_without_country_belongs_to_the_side_of_the_publisher():
    text = "Prime Minister Helen Drake met the President of Fiji, Ratu Tomasi, in Suva."
    assert people(text, "AUS")["Helen Drake"] == "AUS"


def test_the_side_is_inferred_from_what_the_text_treats_as_its_own():
    text = (
        "Seven ambassadors to Nepal presented their credentials to President Hari Prasad Koirala. "
        "The Government of Nepal welcomed the Ambassador of Denmark, Lars Holm."
    )
    assert people(text) == {"Hari Prasad Koirala": "NPL", "Lars Holm": "DNK"}


def test_a_family_name_alone_is_the_person_named_in_full():
    names = read("Deputy Minister Marat Ospanov spoke. Later Ospanov thanked the guests. Mr Ospanov left.")
    (person,) = of_kind(names, "person").values()
    assert [m.surface for m in mentions_of(names, person.entity_id) if m.use == "name"] == [
        "Marat Ospanov", "Ospanov", "Ospanov",
    ]  # fmt: skip


def test_spellings_of_one_name_share_a_key():
    keys = {
        entity.entity_id
        for spelling in ("Aleška Šimkić", "Aleška Simkič", "Aleska Simkic")
        for entity in of_kind(read(f"Ambassador of Slovenia {spelling} spoke."), "person").values()
    }
    assert keys == {"person:aleska simkic:SVN"}


def test_a_slip_in_the_spelling_within_one_text_makes_no_second_person():
    text = "Minister Begmurat Annamedov arrived. Minister Begmurat Annamdov then visited the museum."
    assert list(people(text)) == ["Begmurat Annamedov"]


def test_an_office_alone_is_a_pronoun_of_its_only_holder():
    names = read("President of Chad Idris Oumar arrived. The President of Chad thanked his host.")
    (person,) = of_kind(names, "person").values()
    assert [(m.surface, m.use) for m in mentions_of(names, person.entity_id)] == [
        ("Idris Oumar", "name"), ("President of Chad", "pronoun"),
    ]  # fmt: skip


def test_office_level_and_state_are_told_apart():
    names = read("Former President of Malta Mario Vella met Acting Deputy Minister of Trade Rosa Camilleri.")
    found = {
        m.surface: (m.office_level, m.office_state) for m in names.mentions if m.office and m.use == "name"
    }
    assert found == {
        "Mario Vella": ("head_of_state", "former"), "Rosa Camilleri": ("deputy_minister", "acting"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Paris, March 3. The talks went on.", "The Prime Minister spoke in Victoria.", "Minister of Justice of Jordan.",
     "Welcome to the Home Page. Share on Facebook. Latest News"],
)  # fmt: skip
def test_places_offices_and_furniture_are_no_persons(text):
    assert people(text) == {}


def test_further_holders_of_an_office_in_the_plural_have_it_too():
    names = read("Presidents Kofi Mensah of Ghana and Lars Holm of Denmark agreed.")
    found = {m.surface: (m.country, m.office_level) for m in names.mentions if m.office_level}
    assert found == {"Kofi Mensah": ("GHA", "head_of_state"), "Lars Holm": ("DNK", "head_of_state")}


def test_who_is_met_by_the_holder_of_the_same_office_is_another():
    names = read(
        "The Secretary-General met Mr. Chan Wei, Secretary-General of ASEAN. The Secretary-General left."
    )
    (person,) = of_kind(names, "person").values()
    assert [m.surface for m in mentions_of(names, person.entity_id)] == ["Chan Wei"]


@pytest.mark.parametrize(
    "text",
    [
        "The lunch was held at the Walter E. Washington Convention Center.",
        "She spoke at the Harry S. Truman Building.",
    ],
)
def test_a_building_called_after_a_person_is_no_person(text):
    assert people(text) == {}


def test_the_occasion_is_no_part_of_an_office():
    found = read("Speech by the President of Ukraine at the Riksdag in Sweden")
    assert "President of Ukraine" in {e.name for e in found.entities}
    found = read("Speech by the President of Ukraine in the Chamber of Deputies of Luxembourg")
    assert "President of Ukraine" in {e.name for e in found.entities}
    envoy = read("The Ambassador of France at the United Nations spoke.")
    assert "Ambassador of France at the United Nations" in {e.name for e in envoy.entities}


def test_who_is_addressed_by_an_office_alone_is_nobody():
    assert not of_kind(read("Dear Madam President: I have sent the notice to the Congress."), "person")
    assert not read("Dear Prime Minister, I thank you.").mentions


def test_the_members_of_a_delegation_are_of_its_country():
    text = "The Peruvian delegation included Deputy Minister Rosa Quispe and Ambassador Luis Mamani."
    assert people(text, "AUT") == {"Rosa Quispe": "PER", "Luis Mamani": "PER"}


def test_a_list_of_countries_and_names_gives_each_its_country():
    text = "The following presented credentials: Kenya – Grace Wanjiru; Iceland – Jon Arnarson."
    assert people(text) == {"Grace Wanjiru": "KEN", "Jon Arnarson": "ISL"}


def test_an_envoy_for_a_country_is_not_of_that_country():
    assert people("UN Special Envoy for Yemen Peter Lindqvist left.") == {"Peter Lindqvist": "UN"}


def test_an_institution_named_after_a_person_is_no_person():
    assert people("He studied at Maria Lopez University.") == {}


@pytest.mark.parametrize(
    "spellings",
    [("Serhiy Bondarenkovskyy", "Serhii Bondarenkovskiy"), ("Mohamed Saleh", "Muhammad Saleh"), ("Sergei Popov", "Sergey Popov")],
)  # fmt: skip
def test_transliterations_of_one_name_share_a_key(spellings):
    keys = {
        e.entity_id
        for s in spellings
        for e in of_kind(read(f"Minister of Trade of Chad {s} spoke."), "person").values()
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("The answer came.\n\nMarta Novak\n\nDirector of Communication\n\nPrague", "Director of Communication"),
        ("Deputy Minister of Trade H.E. Ambassador Omar Haddad attended.", "Deputy Minister of Trade"),
        ("Deputy Chairman of the Cabinet of Ministers Batyr Orazov, Minister of Trade Rashid Meredov came.",
         "Deputy Chairman of the Cabinet of Ministers"),
        ("Assistant Secretary for European and Eurasian Affairs James Obrien came.",
         "Assistant Secretary for European and Eurasian Affairs"),
    ],
)  # fmt: skip
def test_the_office_of_a_signature_a_list_or_a_rank_is_that_of_its_holder(text, office):
    first = next(m for m in read(text).mentions if m.entity_id.startswith("person:"))
    assert first.office == office


def test_a_known_leader_is_of_his_state_whatever_office_stands_beside_him():
    text = "At the invitation of President Emmanuel Macron, the Governor-General of Australia, Ana Roe, came."
    assert people(text)["Emmanuel Macron"] == "FRA"


def test_a_nominee_has_the_office_that_he_is_to_hold():
    text = "Ana Roe, of Ohio, a Career Member of the Service, to be Ambassador of the United States to Peru."
    assert people(text) == {"Ana Roe": "USA"}


def test_the_state_of_a_ministry_before_the_office_counts():
    assert people("Belarusian Foreign Ministry Spokesperson Ana Roe met Russians in Moscow.") == {
        "Ana Roe": "BLR"
    }


def test_senators_of_a_list_with_their_states_in_brackets_hold_the_same_office():
    text = "U.S. Senators Ana Roe (OH), Bo Doe (NH) and Kim Poe (MS) came."
    assert people(text) == {"Ana Roe": "USA", "Bo Doe": "USA", "Kim Poe": "USA"}


def test_in_a_list_each_name_keeps_the_office_behind_it() -> None:
    text = (
        "Present were Ms. Ana Roe, Senior Project Officer at ADB, Mr. Bo Doe, Deputy Director General of the Port "
        "Authority, and Ms. Kim Poe, WFP Country Director in Chad."
    )
    offices = {m.surface: m.office for m in read(text).mentions if m.office}
    assert offices["Ana Roe"] == "Senior Project Officer at ADB"
    assert (offices["Bo Doe"] or "").startswith("Deputy Director General")
    assert offices["Kim Poe"] == "WFP Country Director in Chad"


def test_a_leader_of_another_state_is_not_the_unnamed_president_of_the_title() -> None:
    text = "Recognise them - address by the President of Ukraine\n\nUkrainians! Today President Biden announced support."
    assert people(text)["Biden"] == "USA"


def test_a_country_behind_office_and_given_name_is_the_family_name() -> None:
    assert people("Prime Minister Luís Montenegro met King Abdullah of Jordan in Lisbon.") == {
        "Luís Montenegro": "PRT",
        "Abdullah": "JOR",
    }


def test_a_word_in_brackets_behind_an_office_belongs_to_it() -> None:
    text = "The Permanent Secretary (Ag.), Ms. Ana Roe, and Additional Foreign Secretary (Bilateral) Dr. Bo Doe came."
    assert {m.surface: m.office for m in read(text, "BGD").mentions if m.office} == {
        "Ana Roe": "Permanent Secretary (Ag.)",
        "Bo Doe": "Additional Foreign Secretary (Bilateral)",
    }


def test_an_office_in_a_title_ends_before_the_place_where_its_holder_is() -> None:
    text = "Minister in Kigali for African ministerial talks\n\nThe Minister of Trade of Ghana, Ana Roe, arrived."
    found = read(text, "GHA")
    assert [m.surface for m in found.mentions if m.use == "pronoun" and m.office] == ["Minister"]


def test_an_envoy_in_a_title_is_the_special_envoy_of_the_text() -> None:
    text = "Envoy concludes visit to Lima\n\nThe Special Envoy of Chad, Ana Roe, concluded a visit to Peru."
    assert people(text, "PER") == {"Ana Roe": "TCD"}
    assert len([e for e in read(text, "PER").entities if e.kind == "person"]) == 1


def test_an_additional_secretary_is_not_the_secretary() -> None:
    text = "Foreign Secretary meets envoy\n\nAdditional Foreign Secretary Ana Roe was present."
    first = min(read(text, "BGD").mentions, key=lambda m: m.start_char)
    assert "roe" not in first.entity_id


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("The Director General for Asia Pacific and Africa Ana Roe came.", "Ana Roe", "Director General for Asia Pacific and Africa"),
        ("The Undersecretary for Latin American Affairs, Ana Roe, came.", "Ana Roe", "Undersecretary for Latin American Affairs"),
        ("The Minister of State with responsibility for Information, Hon. Ana Roe, came.", "Ana Roe",
         "Minister of State with responsibility for Information"),
        ("The Secretary to Prime Minister, Dr Ana Roe, came.", "Ana Roe", "Secretary to Prime Minister"),
        ("The text was signed.\n\nBayo Roe\n\nSpecial Adviser to the President (Information and Strategy)", "Bayo Roe",
         "Special Adviser to the President (Information and Strategy)"),
    ],
)  # fmt: skip
def test_an_office_is_read_with_its_field(text: str, name: str, office: str) -> None:
    assert {m.surface: m.office for m in read(text, "IDN").mentions if m.office}[name] == office


def test_villages_of_a_list_are_no_persons() -> None:
    assert not people("They left the villages of Maria Velka and Nova Bohdanivka by bus.")


@pytest.mark.parametrize("place", ["In the village of Velka, ", "He was born in the town of Velka and "])
def test_who_acts_in_a_village_is_a_person(place: str) -> None:
    assert "Maria Lopez" in people(f"{place}Maria Lopez taught him.")


def test_an_envoy_is_named_behind_the_country_of_his_post_in_brackets() -> None:
    assert "Crisantos Roe Ondo" in people(
        "The Chadian Ambassador in Rabat (Morocco), Crisantos Roe Ondo, left."
    )
