"""Whom a person represents, by the words beside the name and by what the text is."""

from __future__ import annotations

import pytest

from tests.unit.extract.naming import people, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He spoke with the foreign ministers of Greece, Nikos Vasilakis, and Israel, Gabi Shaked.",
            {"Nikos Vasilakis": "GRC", "Gabi Shaked": "ISR"},
        ),
        (
            "The delegation: Michael Berger (EPP, Germany) and Marta Silva (S&D, Portugal).",
            {"Michael Berger": "DEU", "Marta Silva": "PRT"},
        ),
        (
            "Norway's Ingrid Dahl and the Ugandan Grace Okello took the floor.",
            {"Ingrid Dahl": "NOR", "Grace Okello": "UGA"},
        ),
        ("Colonel Mohd Nazri of the Malaysian Armed Forces opened it.", {"Mohd Nazri": "MYS"}),
        ("The ambassadors:\n\nH.E. Mr. Harald Kofler, Republic of Austria\n\n", {"Harald Kofler": "AUT"}),
        ("They met a Japanese delegation led by Mr. Norio Hayashida.", {"Norio Hayashida": "JPN"}),
        (
            "On the Chadian side, the Minister of Trade, Moussa Abakar, was present.",
            {"Moussa Abakar": "TCD"},
        ),
        (
            "Tajikistan was represented by its Minister of Energy Daler Rahimov.",
            {"Daler Rahimov": "TJK"},
        ),
        ("He greeted the U.S. defense attaché, Brian Hollis.", {"Brian Hollis": "USA"}),
        ("Ambassador Mariano Caselli took part on the Argentine side.", {"Mariano Caselli": "ARG"}),
        ("It was signed for Chad and on behalf of Gabon by the Minister of Finance, Adama Obiang.", {"Adama Obiang": "GAB"}),
        ("He received Hiroshi Yamada, of Japan; and Moussa Sidibé, of Mali, with residence in Lima.",
         {"Hiroshi Yamada": "JPN", "Moussa Sidibé": "MLI"}),
        ("They are: for Japan, H.E. Satoshi Suzuki; for the Lebanese Republic, H.E. Mira Daher.",
         {"Satoshi Suzuki": "JPN", "Mira Daher": "LBN"}),
        ("The Prime Minister of the Netherlands, Mark Rutte, spoke with NATO.", {"Mark Rutte": "NLD"}),
    ],
)  # fmt: skip
def test_the_words_beside_a_name_tell_whom_it_represents(text: str, expected: dict[str, str]) -> None:
    found = people(text, "PAK")
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He received the ambassadors of Cuba and Viet Nam, Oscar Roe and Duong Chinh Doe.",
         {"Oscar Roe": "CUB", "Duong Chinh Doe": "VNM"}),
        ("They saw the Ambassadors of Chile, Peru and Guyana to Ecuador: Ana Roe, Bo Doe and Kim Poe.",
         {"Ana Roe": "CHL", "Bo Doe": "PER", "Kim Poe": "GUY"}),
        ("Present were the Cuban and Chadian ambassadors, Oscar Roe and Ali Doe.",
         {"Oscar Roe": "CUB", "Ali Doe": "TCD"}),
        ("Present: the Minister of Foreign Affairs, Migration and Tunisians Abroad, Ana Roe.", {"Ana Roe": "TUN"}),
        ("She met the Secretary of State for Cooperation and Angolan Communities, Bo Doe.", {"Bo Doe": "AGO"}),
        ("Minister of Foreign Affairs of the Republic of China (Taiwan) Ana Roe hosted a luncheon.", {"Ana Roe": "TWN"}),
    ],
)  # fmt: skip
def test_the_words_of_an_office_tell_whom_each_of_its_holders_represents(
    text: str, expected: dict[str, str]
) -> None:
    assert people(text, "ECU") == expected


def test_a_name_like_a_leader_s_is_not_of_his_country() -> None:
    assert (
        people("Foreign Minister Amery Browne met Ana Roe. Browne left for Belize.")["Amery Browne"] != "ATG"
    )


def test_a_place_with_its_country_before_a_name_is_not_the_country_of_the_person() -> None:
    assert people("They met in Berlin, Germany, Mr. Norio Hayashida said.", "JPN")["Norio Hayashida"] != "DEU"


def test_a_minister_in_what_an_organisation_tells_is_of_the_state_that_his_sentence_names() -> None:
    text = "UNICEF hands over boats\n\nUNICEF, with Mauritania, opened it. In Ghana, Finance Minister Kofi Antwi spoke."
    assert people(text)["Kofi Antwi"] == "GHA"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        # who opens the title is at home
        ("FSM", "President Amaraich receives Japanese admiral\n\nJapan came, and Japan again. David Amaraich, President of Micronesia, spoke."),
        ("PAK", "Attack outside Russian Embassy condemned by Pakistan\n\nThe Russian Federation and Russia were struck."),
        ("CHL", "Grant for a school\n\nEmbassy of Chile in Kenya\n\nKenya and Kenya again; Kenya is thanked."),
        # the place may stand in its region, and before a day at the end of a line
        ("FSM", "Meeting on fish\n\nPALIKIR, Pohnpei — On July 22nd, 2019 Japan came. Japan gave."),
        ("NPL", "Press release\n\nMinistry of Health, Kathmandu, 5 May 2024\n\nIndia gave vaccines. India helps."),
        # an envoy who opens a title is a guest, unless it names the other state
        ("LKA", "British High Commissioner meets Secretary\n\nThe United Kingdom and Sri Lanka talked. Sri Lanka is grateful."),
    ],
)  # fmt: skip
def test_titles_and_lines_tell_the_side_that_speaks(code: str, text: str) -> None:
    assert read(text).issuer_country == code


def test_what_the_speaker_visits_is_abroad() -> None:
    text = "Next week I will travel to Japan. Japan is a friend of Australia. We will meet."
    assert read(text).issuer_country == "AUS"


def test_a_security_council_with_a_secretary_is_not_that_of_the_united_nations() -> None:
    assert people("Security Council Secretary Nikolai Orlov arrived.", "RUS") == {"Nikolai Orlov": "RUS"}


def test_an_envoy_whose_own_embassy_heads_the_text_is_of_its_side() -> None:
    text = "Embassy of Japan in Zambia\n\nAmbassador Kenta Iwamoto gave books to Zambia. Zambia is grateful."
    assert people(text)["Kenta Iwamoto"] == "JPN"


def test_a_visit_to_a_country_by_somebody_is_not_by_that_country() -> None:
    text = "Official visit to China by Senior Minister Eric Chan\n\nThe Minister will meet China."
    assert people(text, "SGP")["Eric Chan"] == "SGP"


def test_an_ambassador_who_comes_with_a_minister_is_of_his_side() -> None:
    text = "Chad and Gabon spoke. Gabon left. The Minister was accompanied by Ambassador Ana Roe."
    assert people(text, "PER")["Ana Roe"] == "PER"
    text = "Gabon and Chad met. Gabon left. The Peruvian President, accompanied by Ambassador Bo Doe, went."
    assert people(text, "CUB")["Bo Doe"] == "PER"


def test_an_ambassador_who_signs_is_of_the_side_that_speaks() -> None:
    text = "Zimbabwe calls on Chad.\n\nIt thanks Chad.\n\nAmbassador F.M. Roe (Dr)\n\n5 May 2024"
    assert people(text, "ZWE")["F.M. Roe"] == "ZWE"


def test_a_high_commissioner_for_a_state_is_of_it() -> None:
    text = "The High Commissioner for Canada, Her Excellency Ana Roe, came."
    assert people(text, "JAM") == {"Ana Roe": "CAN"}


def test_who_represents_a_state_is_of_it() -> None:
    assert people("Lady Ana Roe, representing the United Kingdom, spoke.", "IRQ") == {"Ana Roe": "GBR"}
