"""When an event was: whose day a date is, and which day a report was filed on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.annotation import Report
from streams.events.lasting import first_day, is_only_last
from streams.events.timing import When
from streams.events.title import heading_length
from streams.events.told_days import day_of_deeds, day_of_words
from streams.extract.dates import find_dates
from streams.extract.dates_filed import is_filed
from streams.extract.sentences import split_sentences
from tests.unit import releases
from tests.unit.releases import read, release_of


def main_of(
    text: str, published: str | None, title: str = "Foreign Minister meets his counterpart"
) -> Report:
    return releases.main_of(releases.read(text, title, published, publisher_country="PER"))


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("MANILA, Philippines (14 November 2024) — The bank has approved a loan", 21, 37),
        ("KUWAIT, Dec 1 (KUNA) -- The Amir met the minister", 8, 13),
        ("Bogotá, 28 March 2025 (@office)", 8, 21),
        ("18 July 2025", 0, 12),
        ("La Paz, Mar 15 (ABI).- President Ana Torres received", 8, 14),
        ("(Port Sample, December 8, 2020).- The Board approved", 14, 30),
        ("(Secretariat, Port Sample, Friday, 16 February 2024) His Excellency presented", 27, 51),
        ("Malé, Apr 15 (PTI) The coast guard has detained", 6, 12),
        ("03-02-2021, Djibouti (Republic of Djibouti): The Secretary condemns", 0, 10),
        ("JEDDAH, 26 Safar 1447H / 20 Aug. 2025 - The Bank approved", 25, 37),
    ],
)
def test_the_day_of_a_dateline_dates_the_report(sentence: str, start: int, end: int) -> None:
    assert is_filed(sentence, 0, start, end)


def test_a_day_within_a_sentence_is_not_the_day_of_a_dateline() -> None:
    sentence = "The ministers met on 4 March. They agreed on much."
    assert not is_filed(sentence, 0, 21, 28)


def test_the_day_of_a_dateline_settles_no_event() -> None:
    text = "Lima, 4 March 2024 - Foreign Minister Ana Torres met Foreign Minister Jan Kowal of Poland to discuss trade."
    assert main_of(text, "2024-03-05").date_basis in {"published", "dateline"}


def test_today_counts_from_the_dateline_of_a_text_published_days_later() -> None:
    text = "Lima, 4 March 2024 - Foreign Minister Ana Torres met Foreign Minister Jan Kowal of Poland today to discuss trade."
    assert main_of(text, "2024-03-06").started_on == "2024-03-04"


def test_the_day_of_a_subordinate_clause_is_not_the_day_of_the_event() -> None:
    text = "Foreign Minister Ana Torres met Foreign Minister Jan Kowal of Poland, who arrived on 2 March, for talks on trade."
    assert main_of(text, "2024-03-05").started_on != "2024-03-02"


def test_the_day_of_another_noun_is_not_the_day_of_the_event() -> None:
    text = "The Bank has approved a loan of 200 million dollars to Türkiye to rebuild houses destroyed in the earthquakes of 6 February."
    assert main_of(text, "2024-03-05", "Bank approves loan to Türkiye").started_on != "2024-02-06"


def test_a_visit_that_ended_today_began_as_many_days_before_as_it_was_long() -> None:
    text = "President Petr Novák concluded today his three-day official visit to Latvia, where he met President Ilze Ozola."
    assert main_of(text, "2024-05-09", "President ends visit to Latvia").started_on == "2024-05-07"


def test_a_sentence_of_its_own_gives_the_day() -> None:
    text = "Norway announces that the two delegations have concluded a fifth round of talks. It was held from 12 to 17 August 2022 outside Oslo."
    assert main_of(text, "2022-08-18", "Norway facilitates peace talks").started_on == "2022-08-12"


def test_letterhead_place_and_day_before_the_lead_belong_to_the_title() -> None:
    text = (
        "Prime Minister's Office\n\nMedia Adviser\n\nPrime Minister Meets President of Peru\n\n4 March 2024\n\n"
        "The Prime Minister met today at his office with the President of Peru, who is on a state visit."
    )
    assert heading_length(split_sentences(text), "Prime Minister's Office") == 4


def test_a_text_without_title_has_no_headings() -> None:
    text = "The ministers met in Lima on Monday and agreed on a plan for trade.\n\nThey will meet again."
    assert heading_length(split_sentences(text), None) == 0


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The Twelve Nations wrapped up on Friday an 11-day surveillance operation at sea.", "2024-02-27"),
        ("He left Malabo this Friday at the end of an official visit of three days.", "2024-03-06"),
        ("The session closed here on Friday after two days of deliberations.", "2024-03-07"),
        (
            "The talks came to an end on Friday. After three days the parties had settled little.",
            "2024-03-06",
        ),
        ("They met on Friday for a three-day visit.", None),
        ("The visit ended on Friday.", None),
    ],
)
def test_the_length_of_what_ended_gives_its_first_day(text: str, first: str | None) -> None:
    end = text.index(".") + 1
    assert first_day("2024-03-08", text.lower(), 0, end, len(text)) == first


def told(text: str, find: Callable[..., When], published: str | None = "2024-03-08") -> str | None:
    release = release_of(text, published_on=published)
    sentences = split_sentences(text)
    return find(find_dates(release, sentences), text.lower(), sentences, published).start


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("In a statement on Tuesday, the spokesman called the measures unjust.", "2024-03-05"),
        ("The Minister made the call at the academy yesterday.", "2024-03-07"),
        ("The protest was made Wednesday by the ministry.", "2024-03-06"),
        ("Speaking at a news conference on Monday, he thanked them.", "2024-03-04"),
        ("The attack on Monday left many dead.", None),
        ("In a letter that their minister sent on Monday, they deny it.", None),
        ("He said on Friday that it was unjust.", None),  # the day of publication is taken anyhow
    ],
)
def test_a_statement_is_of_the_day_on_which_it_was_made(text: str, day: str | None) -> None:
    assert told(text, day_of_words) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The ambassador presented the keys to the chief of police on Tuesday.", "2024-03-05"),
        ("Two boats were handed over yesterday to the police.", "2024-03-07"),
        ("He congratulated him on his victory in the election on Tuesday.", None),
        ("They welcomed the accord which the ministers signed on Tuesday.", None),
        ("Two boats were handed over on 3 January 2023.", None),
    ],
)
def test_the_lead_tells_on_which_day_a_thing_was_done(text: str, day: str | None) -> None:
    assert told(text, day_of_deeds) == day


def test_what_lies_months_back_is_not_the_day_of_the_news() -> None:
    text = (
        "On April 1, 2015, the President declared a national emergency and imposed sanctions on persons engaged in attacks. "
        "I am continuing for one year the sanctions against them."
    )
    found = main_of(text, "2023-03-29", "Notice on the continuation of sanctions")
    assert found.date_basis in {"published", "dateline"}


def test_a_cancelled_visit_is_of_the_days_for_which_it_was_planned() -> None:
    text = "The Speaker will not proceed with the visit to Laos scheduled for 16-18 June, says a notice made public this afternoon."
    assert main_of(text, "2024-06-12", "Speaker postpones visit to Laos").started_on == "2024-06-16"


def test_a_visit_announced_today_is_of_the_days_ahead() -> None:
    text = "Foreign Minister Ana Torres announced today that she will visit Poland on 20 March for talks with her counterpart."
    assert main_of(text, "2024-03-08", "Foreign Minister to visit Poland").started_on == "2024-03-20"


def test_the_day_in_the_lead_dates_the_event_that_the_title_states() -> None:
    text = "The Government of Japan handed over on 6 March two rescue boats worth two million dollars to the Government of Peru."
    assert main_of(text, "2024-03-08", "Japan provides aid to Peru").started_on == "2024-03-06"


@pytest.mark.parametrize(
    ("text", "visit", "first"),
    [
        ("he spoke on friday, on the second day of his state visit to peru.", True, "2024-05-16"),
        ("they met on friday, on the second day of his state visit to peru.", False, None),
        ("officials were on friday locked in a third day of talks.", False, "2024-05-15"),
        ("a three-day stakeholders’ dialogue ended on friday.", False, "2024-05-15"),
        ("she left on friday, having wound up five days of contacts.", True, "2024-05-13"),
        ("friday marks the conclusion of a four-day visit.", True, "2024-05-14"),
    ],
)
def test_the_days_so_far_tell_the_first(text: str, visit: bool, first: str | None) -> None:
    assert first_day("2024-05-17", text, 0, len(text), len(text), visit=visit) == first


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("the commission ended in lima on friday with six agreements.", True),
        ("he left lima friday at the end of an official visit.", True),
        ("he left lima friday for a visit to peru.", False),
        ("the two-day commission ended in lima on friday.", False),
        ("he ended in lima on friday a one-day visit.", False),
    ],
)
def test_a_day_on_which_an_event_ended_is_not_its_first_where_its_length_is_unknown(
    text: str, only: bool
) -> None:
    day = text.index("friday")
    assert is_only_last(text, 0, day, day + len("friday"), len(text), len(text)) is only


def test_what_was_signed_at_the_close_of_a_session_was_signed_on_its_last_day() -> None:
    report = main_of(
        "Peru and Chile signed an agreement on ports at the close of the session of their commission held from 3 to 5 May 2024 in Lima.",
        "2024-05-06", "Peru and Chile sign agreement on ports",
    )  # fmt: skip
    assert report.started_on == "2024-05-05"


def test_talks_under_way_since_a_day_began_on_it() -> None:
    report = main_of(
        "The talks between Peru and Chile have been under way in Lima since 3 May 2024.", "2024-05-06",
        "Talks between Peru and Chile under way",
    )  # fmt: skip
    assert report.started_on == "2024-05-03"


def test_the_day_of_the_approval_is_not_that_of_a_signing_to_come() -> None:
    report = main_of(
        "The Council of Ministers today approved the signing of an agreement with Chile on ports.", "2024-05-06",
        "Cabinet approves signing of agreement with Chile",
    )  # fmt: skip
    assert (report.status, report.date_basis) in {("planned", None), ("planned", "published")}


def test_a_summons_was_on_the_day_told_behind_the_ministry() -> None:
    found = read(
        "Namibia has expelled two diplomats of Zambia. Zambia’s ambassador was summoned to the ministry in Windhoek on Friday.",
        publisher_country="NAM",
    )
    summons = next(r for r in found.reports if (r.type, r.form) == ("ACCUSE", "meeting"))
    assert summons.started_on == "2024-03-01"


def test_the_day_on_which_a_summit_is_announced_is_not_that_of_the_summit() -> None:
    found = read(
        "The Pacific Islands Forum Secretariat announced today that a summit on fisheries has been convened for 20 June in "
        "Suva.",
        "Summit on fisheries convened for June",
    )
    assert releases.main_of(found).started_on == "2024-06-20"


def test_what_was_held_in_the_far_east_may_be_dated_a_day_behind_the_publication() -> None:
    report = main_of(
        "Minister Jake Miller met on March 6 with General Zhang Wei, Vice Chairman of the Commission, in Beijing.",
        "2024-03-05",
        "Readout of Jake Miller’s meeting with Zhang Wei of China",
    )
    assert report.started_on == "2024-03-06"


def test_the_opening_of_a_fair_tomorrow_is_not_the_day_of_a_meeting() -> None:
    report = main_of(
        "Minister Jake Miller met Rosa Quispe, Foreign Minister of Peru, who is in Lima for the fair that opens on March 6.",
        "2024-03-05",
        "Minister Jake Miller meets Rosa Quispe",
    )
    assert report.started_on != "2024-03-06"


def test_the_day_of_talks_on_which_a_call_follows_up_is_not_that_of_the_call() -> None:
    report = main_of(
        "Ivan Orlov had a telephone conversation with President of Kazakhstan Aman Nurov. In the follow-up to the meeting "
        "between Ivan Orlov and Aman Nurov on March 1, held on the sidelines of the anniversary CSTO summit, the leaders "
        "discussed topical matters of the bilateral agenda.",
        "2024-03-05",
        "Telephone conversation with President of Kazakhstan Aman Nurov",
    )
    assert report.started_on == "2024-03-05"
