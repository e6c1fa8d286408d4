"""Several deeds of one sentence, each with its own parties, days and places."""

from __future__ import annotations

from tests.unit.releases import main_of, names_of, read


def test_what_is_discussed_does_not_take_part() -> None:
    text = (
        "Deputy Minister Asel Isaeva received copies of credentials from Ambassador of Hungary Zsolt Farkas. "
        "During the meeting, the parties discussed the upcoming visit of Hungarian Minister Peter Sarosi to Bishkek."
    )
    found = read(text, "Copies of credentials", publisher_country="KGZ")
    assert all("Peter Sarosi" not in names_of(found, r) for r in found.reports if r.form == "meeting")


def test_the_place_of_what_is_discussed_is_not_that_of_the_talks() -> None:
    text = (
        "Minister Dana Roe of Peru met Minister Ivan Petrov of Bulgaria. "
        "The Minister then discussed the situation in Sudan with Ambassador Lena Fox of Kenya."
    )
    found = read(text, "Ministers meet")
    assert all(r.place_entity_id is None or "SDN" not in r.place_entity_id for r in found.reports)


def test_who_is_met_next_did_not_attend_the_summit_before() -> None:
    text = (
        "President Sipho Mokoena met President Selim Aydin. The President also addressed the Africa Climate Summit "
        "and held talks with the Presidents of Finland and Ukraine."
    )
    found = read(text, "Presidents meet", publisher_country="ZAF")
    summit = next(r for r in found.reports if r.form == "summit")
    assert not {"Finland", "Ukraine"} & set(names_of(found, summit))
    talks = [r for r in found.reports if r.form == "meeting" and not r.main]
    assert all({"Finland", "Ukraine"} <= set(names_of(found, r)) for r in talks)


def test_a_cancelled_visit_is_one_event() -> None:
    text = "Israel criticised the vote of Monday. Israel cancelled the visit of a delegation to Washington."
    found = read(text, "Israel criticises vote")
    assert [r.form for r in found.reports if r.type == "REJECT"] == ["visit"]


def test_three_countries_that_speak_are_those_that_met() -> None:
    text = (
        "The Philippines, Japan and the United States held their first Maritime Dialogue on Monday in Tokyo. "
        "The three countries expressed serious concern over the dangerous actions of China in the South China Sea. "
        "They agreed to hold the next dialogue in Manila."
    )
    found = read(text, "First Maritime Dialogue held in Tokyo", publisher_country="PHL")
    concern = next(r for r in found.reports if r.type == "ACCUSE")
    acting = {name for name, role in names_of(found, concern).items() if role == "actor"}
    assert acting == {"Philippines", "Japan", "United States"}


def test_what_had_been_done_before_is_recalled() -> None:
    text = (
        "Ghana has deposited its instrument of ratification of the African Medicines Treaty on Friday. "
        "Parliament had approved the ratification in March."
    )
    assert main_of(read(text, "Ghana ratifies treaty")).quote.startswith("Ghana has deposited")


def test_a_day_for_which_something_is_scheduled_is_its_day() -> None:
    text = "Peru welcomes the initiative. Minister Dana Roe will represent Peru at the meeting scheduled for 15 May."
    meeting = next(r for r in read(text, "Peru welcomes initiative").reports if r.form == "meeting")
    assert meeting.started_on == "2024-05-15"


def test_history_that_a_notice_recalls_is_not_its_main_event() -> None:
    text = (
        "On November 14, 1994, by Executive Order 12938, the President declared a national emergency with respect to "
        "Syria. The actions of Syria continue to pose a threat. Therefore, I am continuing for 1 year the national "
        "emergency declared in Executive Order 12938."
    )
    found = read(text, "Notice on the Continuation of the National Emergency", publisher_country="USA")
    assert main_of(found).quote.startswith("Therefore")


def test_a_visit_of_a_past_year_was_paid() -> None:
    text = (
        "Vice Minister Hong Gil-dong held consultations with Vice Minister Batmunkh Tumur of Mongolia in Seoul. "
        "The two sides exchanged views on the visit of President Khurel of Mongolia to Korea in 2023."
    )
    found = read(text, "Consultations", publisher_country="KOR")
    assert all(r.status == "occurred" for r in found.reports if r.form == "visit")


def test_whom_a_guest_will_meet_next_was_not_at_the_meeting() -> None:
    text = (
        "Prime Minister Sitiveni Ratu met today in Suva with the Minister of Foreign Affairs of Samoa, Leota Faleolo. "
        "The Minister will travel on Thursday to Nuku'alofa, where he will be received by Prime Minister Siosaia Tupou "
        "of Tonga."
    )
    found = read(text, "Prime Minister meets Minister", publisher_country="FJI")
    assert "Siosaia Tupou" not in names_of(found, main_of(found))


def test_a_ceasefire_that_is_called_for_is_not_in_force() -> None:
    text = (
        "The leaders call on both Israel and Hamas to resume urgent discussions in Doha in order to close all gaps and "
        "commence implementation of the ceasefire agreement."
    )
    found = read(text, "Joint Statement by the Leaders of Egypt and Qatar")
    assert all(r.type != "RETREAT" for r in found.reports)


def test_an_ambassador_recalled_for_consultations_meets_nobody() -> None:
    text = (
        "Norway recognises Palestine. Israel recalled its ambassadors from Oslo and Dublin for consultations."
    )
    assert all(r.form != "meeting" for r in read(text, "Norway recognises Palestine").reports)


def test_states_whose_nationals_were_evacuated_did_not_evacuate_them() -> None:
    text = (
        "Four Jordanian aircraft carrying 343 evacuees, including nationals of Palestine, Iraq and Germany, arrived on "
        "Monday at Marka Airport from Port Sudan."
    )
    found = read(text, "Jordan evacuates citizens from Sudan", publisher_country="JOR")
    assert not {"Palestine", "Iraq", "Germany"} & set(names_of(found, main_of(found)))
