"""Who takes part in further events: their own sentence says, not the main event."""

from __future__ import annotations

import pytest

from streams.annotation import Annotation, Report
from tests.unit.releases import names_of, read

CALL = "Minister Grace Okello of Uganda spoke on Monday by telephone with Rosa Quispe, Foreign Minister of Peru. "


def further(found: Annotation, kind: str, form: str) -> Report:
    return next(r for r in found.reports if not r.main and (r.type, r.form) == (kind, form))


def test_whose_visit_is_prepared_travels_and_not_who_prepares_it() -> None:
    text = "They discussed preparations for the visit of President Pedro Luna of Peru to Uganda."
    found = read(CALL + text)
    assert names_of(found, further(found, "AGREE", "visit")) == {"Pedro Luna": "actor", "Uganda": "recipient"}


def test_a_visit_for_which_somebody_prepared_on_a_past_day_is_ahead() -> None:
    found = read(
        "Deputy Minister Roman Bondar of Ukraine and Ambassador of the United Kingdom Mary Hill discussed on Monday "
        "preparations for the visit of President Ivan Koval to the United Kingdom."
    )
    assert further(found, "AGREE", "visit").status == "planned"


def test_who_visits_a_state_is_not_its_own_minister() -> None:
    found = read(
        "Australia and China have agreed to enhanced cooperation following discussions in Sydney on Monday. This follows "
        "Prime Minister John Hall raising theft issues with Premier Li Keqiang during his visit to Australia in March 2023.",
        "Australia and China agree",
        publisher_country="AUS",
    )
    assert names_of(found, further(found, "CONSULT", "visit")) == {
        "Li Keqiang": "actor",
        "Australia": "recipient",
    }


@pytest.mark.parametrize(
    "deeds",
    ["Russia’s tactics in Ukraine, including its attacks on civilians", "Russia over its attacks on Ukraine"],
)
def test_its_attacks_are_those_of_the_state_that_is_spoken_of(deeds: str) -> None:
    found = read(f"Kenya condemns {deeds}.", "Statement", publisher_country="KEN")
    assert names_of(found, further(found, "ASSAULT", "attack"))["Russia"] == "actor"


@pytest.mark.parametrize(
    "words",
    [
        "thanked Peru for another $1 billion humanitarian aid package.",
        "expressed her gratitude for Peru’s support that delivered more than 8,000 metric tons of humanitarian assistance.",
    ],
)
def test_whose_help_one_is_grateful_for_gives_it(words: str) -> None:
    found = read(f"{CALL}Minister Grace Okello {words}", publisher_country="UGA")
    assert names_of(found, further(found, "AID", "aid")) == {"Peru": "actor", "Uganda": "recipient"}


def test_what_was_handed_over_is_given_by_who_stands_behind_by() -> None:
    text = "Food aid worth 2 million dollars was handed over to the Government of Malawi by Ghana on Sunday."
    found = read(text, "Food aid handed over to Malawi")
    report = next(r for r in found.reports if r.type == "AID")
    assert names_of(found, report) == {"Ghana": "actor", "Malawi": "recipient"}


def test_who_is_spoken_with_to_congratulate_is_congratulated() -> None:
    found = read(
        "President Joseph Stone of the United States spoke today with Prime Minister Giorgia Neri of Italy to offer his "
        "congratulations on her appointment."
    )
    report = further(found, "SUPPORT", "message")
    assert names_of(found, report) == {"Joseph Stone": "actor", "Giorgia Neri": "recipient"}


def test_whose_greetings_are_conveyed_is_not_greeted() -> None:
    found = read(
        "The Minister of Foreign Affairs of Kuwait, Abdullah Ali Al-Yahya, was received by His Majesty King Hamad bin Isa "
        "Al Khalifa of Bahrain on Sunday. The Minister conveyed the greetings of the Amir of Kuwait, Sheikh Mishal Al-Sabah, "
        "to His Majesty the King.",
        "Audience with the King",
    )
    assert names_of(found, further(found, "SUPPORT", "message")).get("Mishal Al-Sabah") is None


def test_what_we_of_a_joint_statement_ask_all_its_states_ask() -> None:
    found = read(
        "We, the Foreign Ministers of Brazil, Canada and Japan, are deeply concerned by the violence in Haiti. We call on "
        "all armed groups to lay down their arms.",
        "Joint Statement of Brazil, Canada and Japan on the situation in Haiti",
    )
    report = further(found, "REQUEST", "statement")
    assert names_of(found, report) == dict.fromkeys(("Brazil", "Canada", "Japan"), "actor")


def test_whose_plans_are_welcomed_has_them() -> None:
    found = read(
        "Prime Minister Mary Hill of the United Kingdom spoke by telephone on Monday with President Ivan Orlov of Russia. "
        "Mary Hill welcomed Russia’s plans to achieve carbon neutrality by 2060."
    )
    assert names_of(found, further(found, "AGREE", "statement")) == {"Russia": "actor"}


def test_what_we_do_is_not_done_by_who_is_named_before() -> None:
    found = read(
        "President Ivan Orlov met President Omar Nasser of Palestine in Sochi on Monday. Russia is making efforts to help "
        "Palestine: we are providing medicines and vaccines.",
        publisher_country="RUS",
    )
    assert names_of(found, further(found, "AID", "aid")) == {"Russia": "actor", "Palestine": "recipient"}


def test_a_summit_is_of_the_body_whose_name_it_bears() -> None:
    found = read(
        "President Ivan Orlov of Russia had a telephone conversation with President Li Wei of China. The importance of "
        "cooperation within the SCO and the UN was underscored, in particular, in the context of the upcoming BRICS summit to "
        "be hosted by China on June 23-24."
    )
    assert names_of(found, further(found, "AGREE", "summit")) == {"BRICS": "actor", "China": "actor"}


def test_who_will_meet_whom_is_told_by_owner_and_partner_of_a_meeting() -> None:
    found = read(
        "National Security Advisor Jake Miller spoke today with Akiba Sato of Japan to prepare for President Stone’s meeting "
        "on March 21 with Prime Minister Kenji Mori of Japan and to discuss the situation in Mali.",
        "Readout of the call",
        publisher_country="USA",
    )
    main = next(r for r in found.reports if r.main)
    assert "Kenji Mori" not in names_of(found, main)
    report = further(found, "AGREE", "meeting")
    assert {*names_of(found, report)} == {"Stone", "Kenji Mori"}
    assert report.place_entity_id is None  # Mali is what they talk about


def test_nobody_is_named_who_detained_somebody_of_whom_only_that_is_told() -> None:
    found = read(
        "President Joseph Stone secured the release of Dennis Cole today. Others who came home include Marc Vogel, an "
        "American citizen detained for 14 months in a penal colony.",
        publisher_country="USA",
    )
    assert names_of(found, further(found, "COERCE", "other")) == {}


def test_lines_of_an_agenda_are_of_the_days_that_open_them() -> None:
    found = read(
        "Wednesday 6 March: Minister Tanja Kos will receive the Foreign Minister of Ireland, Sean Murphy, in Ljubljana.\n"
        "Friday 8 March: The Minister will meet with the President of Malta, Myriam Borg, in Valletta.",
        "Agenda of the Minister for Foreign Affairs",
    )
    assert [r.started_on for r in found.reports] == ["2024-03-06", "2024-03-08"]


def test_one_meeting_of_a_long_sentence_is_told_once() -> None:
    found = read(
        "Minister for Law Mary Tan of Singapore signed a memorandum with the Minister of Justice of Belarus, Oleg Ivanov, this "
        "morning. Later that afternoon, Minister Mary Tan and Senior Minister of State Edwin Lim, together with Dr. Issa bin "
        "Saad Al Nuaimi, Minister of Justice and Minister of State for the Council of Ministers Affairs of Qatar, co-chaired "
        "the inaugural Joint Committee Meeting between the Ministry of Law of Singapore and the Ministry of Justice of Qatar."
    )
    assert len([r for r in found.reports if r.type == "CONSULT"]) == 1


def test_who_meets_one_and_another_on_a_visit_meets_twice() -> None:
    found = read(
        "President Anura Silva, currently on an official visit to India, was formally welcomed today in New Delhi. "
        "Later in the day, President Silva is scheduled to meet with Prime Minister Rajiv Sharma. Additionally, he will hold a "
        "meeting with President Indira Rao of India tonight.",
        "President Anura Silva of Sri Lanka accorded ceremonial welcome",
        publisher_country="LKA",
    )
    partners = [{*names_of(found, r)} - {"Anura Silva"} for r in found.reports if r.form == "meeting"]
    assert {"Rajiv Sharma"} in partners
    assert {"Indira Rao"} in partners


def test_condolences_and_congratulations_of_one_call_are_two_events_to_whom_one_talks_with() -> None:
    found = read(
        "President Ivan Orlov had a telephone conversation with President of the United Arab Emirates Mohammed Al Nahyan. "
        "Ivan Orlov extended his condolences on the passing of President Khalifa Al Nahyan. During the conversation, Ivan "
        "Orlov warmly congratulated Mohammed Al Nahyan on being elected President.",
        "Telephone conversation with UAE President Mohammed Al Nahyan",
        publisher_country="RUS",
    )
    messages = [names_of(found, r) for r in found.reports if r.form == "message"]
    assert messages == [{"Ivan Orlov": "actor", "Mohammed Al Nahyan": "recipient"}] * 2


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("thanked Uganda for hosting refugees.", "SUPPORT"),
        ("asked Uganda to consider a joint production line in Lima.", "REQUEST"),
    ],
)
def test_the_state_of_the_issuer_is_thanked_and_asked_by_others(words: str, kind: str) -> None:
    found = read(f"{CALL}Minister Quispe {words}", publisher_country="UGA")
    assert names_of(found, further(found, kind, "statement"))["Uganda"] == "recipient"


def test_the_next_session_is_of_the_two_sides_that_agree_on_it() -> None:
    found = read(
        "Minister Grace Okello of Uganda met Rosa Quispe, Foreign Minister of Peru, in Kampala on Monday. The two sides agreed "
        "to hold the next meeting of the Joint Working Group in Lima in the third quarter of 2024."
    )
    assert {p.country for p in further(found, "AGREE", "meeting").participants} >= {"UGA", "PER"}


def test_whom_a_call_invites_as_him_travels() -> None:
    found = read(
        "President of Uzbekistan Shavkat Mirziyoyev sent a congratulatory message to Lawrence Wong on his assumption of office as "
        "Prime Minister of Singapore. The President invited him to pay an official visit to Uzbekistan.",
        publisher_country="UZB",
    )
    assert names_of(found, further(found, "AGREE", "visit")) == {
        "Lawrence Wong": "actor",
        "Uzbekistan": "recipient",
    }


def test_the_state_of_the_city_that_is_visited_hosts() -> None:
    found = read(
        "On March 4, Foreign Minister Sergey Orlov of Russia held talks with Foreign Minister of Burundi Albert Ndayi, who is in "
        "Moscow on a working visit."
    )
    assert names_of(found, further(found, "CONSULT", "visit")) == {
        "Albert Ndayi": "actor",
        "Russia": "recipient",
    }


def test_he_behind_the_place_that_opens_a_sentence_takes_part() -> None:
    found = read(
        "Minister Murat Nurov of Kazakhstan will visit Asia next week. In Singapore he will have talks with his counterpart "
        "Vivian Tan.",
        publisher_country="KAZ",
    )
    assert {*names_of(found, further(found, "AGREE", "meeting"))} == {"Murat Nurov", "Vivian Tan"}


def test_a_visit_goes_to_the_city_behind_it_and_not_to_what_the_sentence_names_later() -> None:
    found = read(
        "Vladimir Putin had a telephone conversation with President of France Emmanuel Macron. In the follow-up to the "
        "discussions during President Macron’s recent visit to Moscow, the two leaders exchanged opinions, including in view of "
        "Emmanuel Macron’s conversations with the leaders of Ukraine, the United States and a number of European states. "
        "Russia is open.",
        "Telephone conversation with Emmanuel Macron",
    )
    assert names_of(found, further(found, "CONSULT", "visit")) == {
        "Emmanuel Macron": "actor",
        "Russia": "recipient",
    }


def test_an_unnamed_guest_who_is_thanked_for_her_visit_is_not_her_host() -> None:
    found = read(
        "Head of the Office of the President of Ukraine Andriy Bondar met with Mary Hill of the United Kingdom on Monday. Andriy "
        "Bondar thanked the actress for her recent visit to Ukraine for humanitarian purposes.",
        "Andriy Bondar had a conversation with Mary Hill",
    )
    assert names_of(found, further(found, "CONSULT", "visit")) == {
        "Mary Hill": "actor",
        "Ukraine": "recipient",
    }


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
