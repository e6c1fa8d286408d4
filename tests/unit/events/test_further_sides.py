"""Who takes part in further events: their own sentence says, not the main event."""

from __future__ import annotations

import pytest

from tests.unit.releases import further, main_of, names_of, read

CALL = "Minister Grace Okello of Uganda spoke on Monday by telephone with Rosa Quispe, Foreign Minister of Peru. "


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


def test_condolences_to_families_are_not_for_whom_one_talks_with() -> None:
    found = read(CALL + "She expressed her condolences to the families of the victims.")
    assert names_of(found, further(found, "SUPPORT", "message")) == {"Grace Okello": "actor"}


def test_she_is_not_whom_a_sentence_about_her_names() -> None:
    words = (
        "She congratulated President Carlos Luna of Chad on his election. She condemned the attack in Mali."
    )
    found = read(CALL + words)
    assert names_of(found, further(found, "ACCUSE", "statement")) == {"Grace Okello": "actor"}


def test_whom_she_thanks_for_his_visit_visited() -> None:
    found = read(CALL + "She thanked Minister Quispe of Peru for her visit to Uganda last year.")
    assert names_of(found, further(found, "CONSULT", "visit")) == {
        "Rosa Quispe": "actor",
        "Uganda": "recipient",
    }


def test_who_paid_for_something_else_leaves_the_gift_its_beneficiary() -> None:
    found = read(
        "The keys were handed over to the Ministry of Health of Malawi by the Ambassador of Japan, Ken Sato, on Monday. "
        "The road was financed by Japan.",
        "Handover of keys in Malawi",
    )
    assert names_of(found, main_of(found))["Ministry of Health of Malawi"] == "recipient"
