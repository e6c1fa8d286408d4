"""Countries and places: names, adjectives, titles, capitals that stand for governments, namesakes."""

from __future__ import annotations

import pytest

from tests.unit.extract.naming import of_kind, read


def uses(text: str) -> set[tuple[str, str]]:
    return {(m.surface, m.use) for m in read(text).mentions if m.entity_id.startswith("country:")}


def test_a_country_is_named_used_as_an_adjective_or_part_of_a_title():
    text = "The Kazakh side thanked Latvia. The Minister of Trade of Estonia agreed."
    assert uses(text) == {("Kazakh", "adjective"), ("Latvia", "name"), ("Estonia", "title")}


@pytest.mark.parametrize(
    ("text", "code"),
    [("the Kyrgyz Republic", "KGZ"), ("Türkiye", "TUR"), ("the Republic of Korea", "KOR"), ("the DPRK", "PRK"),
     ("the Lao People's Democratic Republic", "LAO"), ("Kosovo", "XKX"), ("Côte d’Ivoire", "CIV"),
     ("the Democratic Republic of the Congo", "COD"), ("NIGER", "NER"), ("the U.S.", "USA")],
)  # fmt: skip
def test_countries_are_known_by_any_usual_name(text, code):
    assert [e.country for e in of_kind(read(f"They left {text}, and came back."), "country").values()] == [
        code
    ]


def test_a_city_has_its_geonames_id_and_coordinates():
    (city,) = of_kind(read("The talks were held in Samarkand."), "place").values()
    assert (city.entity_id, city.country, round(city.latitude or 0)) == ("place:geonames:1216265", "UZB", 40)


def test_a_namesake_is_decided_by_the_country_beside_it():
    (city,) = of_kind(read("They met in Tripoli, Lebanon."), "place").values()
    assert city.country == "LBN"


def test_an_unknown_place_stays_without_coordinates():
    (place,) = of_kind(read("The convoy reached the village in Qarabash."), "place").values()
    assert (place.name, place.latitude) == ("Qarabash", None)


def test_a_capital_that_expects_something_is_a_place_and_a_government_both_pronouns():
    found = {(m.entity_id.split(":")[0], m.use) for m in read("Brussels expects an answer.").mentions}
    assert found == {("place", "pronoun"), ("organization", "pronoun")}


def test_georgia_beside_atlanta_is_no_country():
    assert uses("The Governor of Georgia spoke in Atlanta.") == set()


def test_a_place_tied_by_a_hyphen_to_another_word_is_not_meant():
    assert of_kind(read("Euro-Atlantic integration goes on."), "place", "region") == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The bus stopped in the village of Velbrod.", "Velbrod"),
        ("Lines run between Dili, Velbrod and Kupang.", "Velbrod"),
        ("Quakes struck the districts of Ostrel and Velbrod West.", "Velbrod West"),
        ("Ukraine freed two towns. Lysychansk, Kurakhove are calm.", "Kurakhove"),
        ("Aid went to Muyinga in Burundi.", "Muyinga"),
    ],
)
def test_a_name_that_no_list_knows_is_a_place_where_one_stands(text, name):
    assert name in of_kind(read(text), "place")


def test_a_person_and_a_company_beside_a_city_are_no_places():
    text = "President Ana Velbrod spoke. Talks of Brussels and Velbrod went on."
    assert "Velbrod" not in of_kind(read(text), "place")


def test_a_province_written_with_its_kind_has_both_names():
    names = {m.surface for m in read("Fighting went on in Bolu province.").mentions}
    assert {"Bolu", "Bolu province"} <= names


@pytest.mark.parametrize(
    ("text", "use"),
    [("They met at the Munich Security Conference.", "adjective"), ("They support the Berlin process.", "adjective"),
     ("It spoke of the situation on the Polish-Ukrainian border.", "pronoun"),
     ("They met in Munich on Friday.", "name"), ("They met in Munich Friday.", "name")],
)  # fmt: skip
def test_a_place_that_only_tells_a_thing_from_others_is_not_named_as_a_place(text, use):
    names = read(text)
    places = [m for m in names.mentions if m.entity_id.startswith(("place:", "region:"))]
    assert {m.use for m in places} <= {use}


@pytest.mark.parametrize(
    ("text", "name"),
    [("It fell near the village of Usnarz Wielki.", "Usnarz Wielki"), ("They met in the village of Kok-Tash today.", "Kok-Tash"),
     ("It lies in Craig Cove.", "Craig Cove"), ("They met at Villa Gorica in June.", "Villa Gorica"),
     ("Shells hit the Rivne nuclear power plant.", "Rivne nuclear power plant")],
)  # fmt: skip
def test_names_of_several_words_stand_where_places_do(text, name):
    assert name in {m.surface for m in read(text).mentions if m.entity_id.startswith("place:")}


def test_a_part_of_a_country_written_small_is_described_and_not_named():
    assert {m.use for m in read("They fled from northern Mexico.").mentions if "northern" in m.surface} == {
        "pronoun"
    }


def test_a_place_that_two_rules_find_is_named_once():
    text = "He spoke of the situation at the Fukushima Dai-ichi Nuclear Power Station."
    assert len([m for m in read(text).mentions if m.surface.startswith("Fukushima")]) == 1


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The two ministers met in Islamabad on Thursday.", "Islamabad", "PAK"),
        ("The two ministers met in San José on Thursday.", "San José", "CRI"),
        ("They were removed to El Salvador on Monday.", "El Salvador", "SLV"),
        ("The two ministers met in St. Petersburg on Monday.", "Saint Petersburg", "RUS"),
        ("The two ministers met in Port-of-Spain on Monday.", "Port of Spain", "TTO"),
        ("The two ministers met in Nuku'alofa on Monday.", "Nuku‘alofa", "TON"),
        ("The ships left Truong Sa on Monday.", "Spratly Islands", None),
    ],
)
def test_a_capital_and_a_state_are_called_by_their_own_names(text: str, name: str, country: str) -> None:
    assert {n: e.country for n, e in of_kind(read(text), "place", "country").items()} == {name: country}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("They met in St. John's, Antigua and Barbuda.", "ATG"),
        ("Malé, 5 March 2024 - The Maldives welcomed the talks.", "MDV"),
        ("Male, March 5 - The Maldives welcomed the talks.", "MDV"),
    ],
)
def test_a_capital_that_is_also_a_word_or_a_namesake_is_found_beside_its_state(
    text: str, country: str
) -> None:
    assert {e.country for e in of_kind(read(text), "place").values() if e.latitude} == {country}


def test_latin_american_states_are_not_the_united_states() -> None:
    text = "The Latin American states, the Central American Bank and a South American company met in Lima."
    assert "United States" not in {e.name for e in read(text).entities}
