"""Who acts beside the main event where the words name one side, or nobody: the guests, both sides, an ambassador."""

from __future__ import annotations

from tests.unit.releases import further, names_of, read

MET = "Defence Secretary Jose Alcantara hosted Australian Deputy Prime Minister Paul Harding at Camp Aguinaldo on Monday. "


def test_the_two_sides_that_sign_are_those_who_met_also_where_no_state_is_named() -> None:
    found = read(
        MET + "The two sides signed a Letter of Intent on joint patrols.",
        "Defence Secretary hosts Australian counterpart",
        publisher_country="PHL",
    )
    assert {*names_of(found, further(found, "SUPPORT", "signing"))} == {"Jose Alcantara", "Paul Harding"}


def test_who_he_is_signs_with_whom_the_sentence_names() -> None:
    found = read(
        "An exhibition of Cuban painting was opened on Friday at the Fine Arts Museum in Hanoi. The Cuban Minister of Culture, "
        "Raul Batista, said at the opening that it marks 64 years of relations between Cuba and Vietnam. Before it he had signed "
        "a cultural cooperation programme with Minister Nguyen Van Phuc.",
        "Cuban art exhibition opens in Hanoi",
        publisher_country="CUB",
    )
    assert {*names_of(found, further(found, "SUPPORT", "signing"))} == {"Raul Batista", "Nguyen Van Phuc"}


def test_it_was_agreed_tells_what_all_who_talk_have_agreed() -> None:
    found = read(
        "The second round of Political Consultations between the Maldives and Sri Lanka was held in Male today. The Maldivian "
        "delegation was led by Foreign Secretary Fathimath Waheed, and the Sri Lankan delegation by Foreign Secretary Kamal "
        "Perera. It was agreed to hold the third round in Colombo in 2025.",
        "Maldives and Sri Lanka hold consultations",
        publisher_country="MDV",
    )
    assert {*names_of(found, further(found, "AGREE", "negotiation"))} == {"Maldives", "Sri Lanka"}


def test_an_ambassador_without_a_name_speaks_for_the_state() -> None:
    found = read(
        "UN High Commissioner for Human Rights Amara Sow on Tuesday deplored the execution of nine people in Iran and "
        "called on the authorities to halt the use of the death penalty. Iran's foreign minister categorically rejected the statement. "
        "The High Commissioner spoke in Geneva.",
        "High Commissioner alarmed by executions in Iran",
    )
    assert names_of(found, further(found, "REJECT", "statement")) == {"Iran": "actor"}


def test_another_state_summons_the_envoy_of_the_state_that_tells_it() -> None:
    found = read(
        "Lithuania will keep its border with Belarus closed, Prime Minister Ona Petraite said in Vilnius on Monday. The Belarusian "
        "Foreign Ministry summoned Lithuanian chargé d'affaires Mindaugas Rimkus.",
        "Lithuania keeps border with Belarus closed",
        publisher_country="LTU",
    )
    summons = further(found, "ACCUSE", "meeting")
    assert names_of(found, summons).get("Mindaugas Rimkus") == "recipient"


def test_who_is_called_on_is_met_and_asked_nothing() -> None:
    found = read(
        "Commerce Minister Rafiq Hasan has urged Canada to continue duty-free access for Bangladeshi garments. He made the "
        "request when Canadian High Commissioner Laura Nickel called on him at his office in Dhaka today.",
        "Trade Minister seeks duty-free access",
        publisher_country="BGD",
    )
    assert {*names_of(found, further(found, "CONSULT", "meeting"))} == {"Rafiq Hasan", "Laura Nickel"}


def test_who_receives_a_donation_from_a_state_does_not_give_it() -> None:
    found = read(
        "Minister of Agriculture Henry Kpaka of Sierra Leone met Ambassador Kim Min-ho of South Korea on Monday. On Tuesday Deputy "
        "Minister Fatu Alghali received a donation of 500 tonnes of rice from the Republic of Korea.",
        "Minister meets Ambassador",
        publisher_country="SLE",
    )
    aid = further(found, "AID", "aid")
    assert names_of(found, aid).get("South Korea") == "actor"


VISIT = (
    "A delegation of the Government Inspectorate of Vietnam, led by its Deputy Inspector General Tran Van Minh, paid a working "
    "visit to Laos from 3 to 6 March. "
)


def test_the_guests_are_those_who_talk_now() -> None:
    found = read(
        "The Speaker of the Parliament of Georgia, Levan Gelashvili, met on Tuesday with the delegation of the National Assembly of "
        "Bulgaria headed by Ivan Stoev. Tomorrow the guests will meet the President of Georgia, Nino Abashidze.",
        "Speaker meets Bulgarian delegation",
        publisher_country="GEO",
    )
    ahead = further(found, "AGREE", "meeting")
    assert {*names_of(found, ahead)} == {"Ivan Stoev", "Nino Abashidze"}


def test_the_two_sides_of_a_visit_are_the_visitor_and_the_host() -> None:
    found = read(
        VISIT + "The two sides agreed to exchange four delegations a year.",
        "Lao, Vietnamese inspectorates exchange lessons",
        publisher_country="LAO",
    )
    agreed = further(found, "AGREE", "statement")
    assert names_of(found, agreed) == {"Tran Van Minh": "actor", "Laos": "actor"}


def test_the_two_speakers_who_met_sign_and_not_their_states() -> None:
    found = read(
        "On Monday, Speaker of the National Assembly of Hungary Laszlo Koves received Speaker of the Parliament of Serbia Ana Brnic "
        "in Budapest. After their meeting, the two speakers signed a joint declaration.",
        "Speakers meet in Budapest",
        publisher_country="HUN",
    )
    assert {*names_of(found, further(found, "SUPPORT", "signing"))} == {"Laszlo Koves", "Ana Brnic"}


def test_the_minister_of_the_second_meeting_is_the_one_of_the_first() -> None:
    found = read(
        "State Minister Ayano Kimura of Japan paid a visit to Laos from 25 to 27 February. On 26 February, the State Minister held a "
        "meeting with Mr. Phoxay Keo, Vice Minister of Foreign Affairs of Laos.",
        "State Minister Kimura visits Laos",
        publisher_country="JPN",
    )
    assert {*names_of(found, further(found, "CONSULT", "meeting"))} == {"Ayano Kimura", "Phoxay Keo"}


def test_those_who_are_accused_of_an_attack_accuse_nobody() -> None:
    found = read(
        "A federal judge ordered on Monday the arrest of four Lebanese citizens accused of the attack on the centre in 1994.",
        "Judge orders arrest of Lebanese citizens",
        publisher_country="ARG",
    )
    assert "ACCUSE" not in {r.type for r in found.reports}
