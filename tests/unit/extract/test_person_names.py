"""Personal names in full: short forms, nicknames, hyphens, columns, lists; and things that are called after persons."""

from __future__ import annotations

import pytest

from tests.unit.extract.naming import of_kind, people, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Adviser Md. Touhid Hossain spoke.", {"Md. Touhid Hossain"}),
        ('He appealed to Lieutenant General Mohamed Hamdan "Hemedti" Dagalo.', {'Mohamed Hamdan "Hemedti" Dagalo'}),
        ("President José Ramos-Horta left.", {"José Ramos-Horta"}),
        ("Prime Minister Jonas Gahr Støre and Envoy Kristina Lie Revheim met.",
         {"Jonas Gahr Støre", "Kristina Lie Revheim"}),
        ("Done in one copy.\n\nIlham ALIYEV Sadyr ZHAPAROV", {"Ilham ALIYEV", "Sadyr ZHAPAROV"}),
        ("They listed the businessman Viktor M. and others.", {"Viktor M."}),
        ("Prime Minister Mohammed Shia’ al-Sudani of Iraq spoke.", {"Mohammed Shia’ al-Sudani"}),
        ("They met General Secretary To Lam today.", {"To Lam"}),
        ("Foreign Minister of Senegal, Ms. Yassine Fall, spoke.", {"Yassine Fall"}),
        ("High Commissioner Volker Türk was there, with Director General Amy Pope.", {"Volker Türk", "Amy Pope"}),
        ("Prime Minister Ulisses Correia e Silva met President Vo Van Thuong.",
         {"Ulisses Correia e Silva", "Vo Van Thuong"}),
        ("President Hassan Sheikh Mohamud received President Constantine An. Tassoulas.",
         {"Hassan Sheikh Mohamud", "Constantine An. Tassoulas"}),
        ("Mr. L.R.M.N.P.G.P.B. Perera and Vice President JD Vance came.", {"L.R.M.N.P.G.P.B. Perera", "JD Vance"}),
        ("Prime Minister Meets Envoys in Lima", set()),
        ("The crew and General Majur Dak lost their lives.", {"Majur Dak"}),
        ("The USS Carl Vinson came.", set()),
        ("They opened the Nelson Mandela Development Project at Villa Maria Pamphilj.", set()),
    ],
)  # fmt: skip
def test_names_are_read_whole_and_things_called_after_persons_are_none(text, expected):
    assert set(people(text)) == expected


def test_a_given_name_with_the_fathers_is_the_person_of_that_given_name():
    (person,) = of_kind(read("Emomali Rahmon came. Thank you, Emomali Sharipovich."), "person").values()
    assert person.entity_id == "person:emomali rahmon:TJK"


def test_holders_of_one_office_in_several_states_have_each_their_own():
    text = "The Presidents of Peru, Chad and Laos, Ana Roe, Bo Doe and Kim Poe, met."
    assert people(text) == {"Ana Roe": "PER", "Bo Doe": "TCD", "Kim Poe": "LAO"}


def test_an_honorific_with_an_article_stands_between_office_and_name():
    assert people("Prime Minister of Belize, the Most Honourable Ana Roe, spoke.") == {"Ana Roe": "BLZ"}


def test_a_second_holder_of_a_post_at_home_is_of_the_side_that_his_sentence_names():
    text = "Foreign Minister Ana Roe of Chad left. In Tirana she met Foreign Minister Bo Doe."
    assert people(text, "TCD") == {"Ana Roe": "TCD", "Bo Doe": "ALB"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Health Minister J.P. Roe and Minister Retno L.P. Doe spoke.", {"J.P. Roe", "Retno L.P. Doe"}),
        ("Prime Minister Ahmed Abdullah Al Ahmad Al Sabah left.", {"Ahmed Abdullah Al Ahmad Al Sabah"}),
        ("They met Mr. Mohamed Salem Ould Merzoug.", {"Mohamed Salem Ould Merzoug"}),
        ("They met the Minister of Foreign Affairs of Israel, Israel Katz.", {"Israel Katz"}),
        ("Crown Prince Tupouto'a 'Ulukalala left.", {"Tupouto'a 'Ulukalala"}),
        ("They met Deputy Minister Nguyen Minh Hang.", {"Nguyen Minh Hang"}),
        ("They met Legal Adviser U Sit Aye.", {"Sit Aye"}),
        ("President-Elect Keiko Roe won.", {"Keiko Roe"}),
        ("Zhai Jun, the Chinese Government's Special Envoy on the Middle East, came.", {"Zhai Jun"}),
        ("President Disanayake Embarks on a Visit", {"Disanayake"}),
        ("They met H.E. (Dr.) Ana Roe, Lt. Gen. (Retd) Bo Doe and Maj. Gen. (Rtd.) Kim Poe.",
         {"Ana Roe", "Bo Doe", "Kim Poe"}),
        ("Minister of State Sultan bin Ahmed Al Roe met H.E. Sultan Ahmed Al Doe.",
         {"Sultan bin Ahmed Al Roe", "Sultan Ahmed Al Doe"}),
        ("President of the Republic of Paraguay Santiago Roe Palacios called.", {"Santiago Roe Palacios"}),
        ("Daw Khin Mar Lay and Deputy Minister U Zaw Min Doe came.", {"Khin Mar Lay", "Zaw Min Doe"}),
        ("Foreign Minister Dato' Seri Utama Haji Ahmad bin Haji Roe spoke.", {"Ahmad bin Haji Roe"}),
        ("Minister Promise Msibi spoke.", {"Promise Msibi"}),
        ("The list holds Harlan Ridge Aerosystems, Inc. and the Trump Administration.", set()),
    ],
)  # fmt: skip
def test_names_of_many_orders_are_read_whole(text, expected):
    assert set(people(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yang Berhormat Pehin Orang Kaya Pekerma Dewa Dato Seri Setia Lim Roe, Minister of Trade, came.", {"Lim Roe"}),
        ("Minister of Trade Dato Seri Setia Haji Amin bin Pehin Datu Pekerma Jaya Haji Mohd Roe spoke.",
         {"Amin bin Pehin Datu Pekerma Jaya Haji Mohd Roe"}),
        ("His Majesty Sultan Haji Hassanal Doe ibni Al-Marhum Sultan Haji Omar 'Ali Roe, Sultan of Brunei, spoke.",
         {"Hassanal Doe ibni Al-Marhum Sultan Haji Omar 'Ali Roe"}),
        ("Foreign Minister Setia Kaya and Prime Minister Jaya Dewa met.", {"Setia Kaya", "Jaya Dewa"}),
    ],
)  # fmt: skip
def test_malay_titles_of_honour_stand_before_a_name_and_behind_bin(text: str, expected: set[str]) -> None:
    assert set(people(text)) == expected


def test_an_initial_of_two_letters_belongs_to_the_name() -> None:
    text = "Deputy Speaker Kh. Bolor met Minister of Trade Ts. Batsukh and Georg Kr. Roe."
    assert set(people(text)) == {"Kh. Bolor", "Ts. Batsukh", "Georg Kr. Roe"}


def test_initials_that_hold_a_title_are_initials() -> None:
    text = "Present were A.H.M. Fowzi, Minister U.L.M. Jauhar and Wing Commander (Retd.) Buddhika Pathirana."
    assert set(people(text)) == {"A.H.M. Fowzi", "U.L.M. Jauhar", "Buddhika Pathirana"}
