"""Date expressions resolve to the days they mean, and to nothing where the text does not settle it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.annotation import DateMention
from streams.extract.dates import find_dates
from streams.extract.sentences import split_sentences
from tests.unit.releases import release_of


def read(
    text: str, published_on: str | None = "2024-05-15", publisher_country: str | None = None
) -> tuple[DateMention, ...]:
    release = release_of(text, published_on=published_on, publisher_country=publisher_country)
    return find_dates(release, split_sentences(text))


def spans(text: str, published_on: str | None = "2024-05-15") -> list[tuple[str, str | None, str | None]]:
    return [(d.surface, d.start_on, d.end_on) for d in read(text, published_on)]


# 15 May 2024 is a Wednesday.
CASES = [
    ("He returns to Lima on Saturday.", "Saturday", "2024-05-18", "2024-05-18"),
    ("On Friday she receives the envoy.", "Friday", "2024-05-17", "2024-05-17"),
    ("On Friday he will have talks with the envoy.", "Friday", "2024-05-17", "2024-05-17"),
    ("The council, which meets in March, asked for a report.", "March", "2025-03-01", "2025-03-31"),
    ("The hearings are set for January in The Hague.", "January", "2025-01-01", "2025-01-31"),
    (
        "The ministry will brief all missions accredited in Lima on Friday.",
        "Friday",
        "2024-05-17",
        "2024-05-17",
    ),
    (
        "They thanked the host and spoke at the United Nations of a vote in January.",
        "January",
        "2024-01-01",
        "2024-01-31",
    ),
    ("They said that the elections of 24 December must go ahead.", "24 December", "2024-12-24", "2024-12-24"),
    (
        "They welcomed the exercise in November, in which three ships will sail.",
        "November",
        "2024-11-01",
        "2024-11-30",
    ),
    (
        "They seek to restore the zone under the Sept. 19 military agreement.",
        "Sept. 19",
        "2023-09-19",
        "2023-09-19",
    ),
    ("At the invitation of the host they had tea on Monday.", "Monday", "2024-05-13", "2024-05-13"),
    ('They issued the statement "Peace will prevail" on Tuesday.', "Tuesday", "2024-05-14", "2024-05-14"),
    (
        "The force has stood there since it took over from another on 1 June.",
        "1 June",
        "2023-06-01",
        "2023-06-01",
    ),
    ("They will meet in Lima this autumn.", "this autumn", "2024-09-01", "2024-11-30"),
    ("They met in Lima last spring.", "last spring", "2023-03-01", "2023-05-31"),
    ("The next round is due in the fall.", "the fall", "2024-09-01", "2024-11-30"),
    ("The cable was cut on Christmas Day.", "Christmas Day", "2023-12-25", "2023-12-25"),
    ("Its May meeting approved the loan.", "May", "2024-05-01", "2024-05-31"),
    ("It falls in a good year: 2024 marks half a century.", "2024", "2024-01-01", "2024-12-31"),
    ("A march is planned for 10 August in front of the fountain.", "10 August", "2024-08-10", "2024-08-10"),
    ("SANA May 12. 2024 (XYZ) - They met.", "May 12. 2024", "2024-05-12", "2024-05-12"),
    ("On the 17 of this month they meet.", "17 of this month", "2024-05-17", "2024-05-17"),
    ("They met today (14) in Lima.", "today", "2024-05-14", "2024-05-14"),
    ("They met this morning (13th).", "this morning", "2024-05-13", "2024-05-13"),
    ("He looked forward to the forum in September.", "September", "2024-09-01", "2024-09-30"),
    ("They decided to resume patrols in October.", "October", "2024-10-01", "2024-10-31"),
    (
        "It will lower the rate set by Executive Order 14257 of April 2.",
        "April 2",
        "2024-04-02",
        "2024-04-02",
    ),
    ("They met on 3 May 2024.", "3 May 2024", "2024-05-03", "2024-05-03"),
    ("They met on May 3rd, 2024.", "May 3rd, 2024", "2024-05-03", "2024-05-03"),
    ("They met on the 3rd of May 2024.", "3rd of May 2024", "2024-05-03", "2024-05-03"),
    ("LIMA, 3 MAY 2024", "3 MAY 2024", "2024-05-03", "2024-05-03"),
    ("It was agreed on 2024-05-03.", "2024-05-03", "2024-05-03", "2024-05-03"),
    ("It was agreed on 03.05.2024 in Lima.", "03.05.2024", "2024-05-03", "2024-05-03"),
    ("It was agreed on 25/04/2024 in Lima.", "25/04/2024", "2024-04-25", "2024-04-25"),
    ("He visited Lima from 3 to 5 May.", "3 to 5 May", "2024-05-03", "2024-05-05"),
    ("He visited Lima on May 3-5, 2024.", "May 3-5, 2024", "2024-05-03", "2024-05-05"),
    ("The talks of 28 and 29 April 2024 ended.", "28 and 29 April 2024", "2024-04-28", "2024-04-29"),
    ("The talks of 28, 29 and 30 April ended.", "28, 29 and 30 April", "2024-04-28", "2024-04-30"),
    ("The tour of 30 April to 2 May ended.", "30 April to 2 May", "2024-04-30", "2024-05-02"),
    (
        "It ran from December 28 to January 3, 2024.",
        "December 28 to January 3, 2024",
        "2023-12-28",
        "2024-01-03",
    ),
    ("The fair opened on Friday, 3 May.", "Friday, 3 May", "2024-05-03", "2024-05-03"),
    ("Trade grew in April 2024.", "April 2024", "2024-04-01", "2024-04-30"),
    ("They spoke in April this year.", "April this year", "2024-04-01", "2024-04-30"),
    ("They spoke in November of last year.", "November of last year", "2023-11-01", "2023-11-30"),
    ("The forum was held in November.", "November", "2023-11-01", "2023-11-30"),
    ("The forum will be held in November.", "November", "2024-11-01", "2024-11-30"),
    ("Turnover for January-October this year fell.", "January-October this year", "2024-01-01", "2024-10-31"),
    ("In the first nine months of 2023 it fell.", "first nine months of 2023", "2023-01-01", "2023-09-30"),
    ("In the first quarter of 2024 it fell.", "first quarter of 2024", "2024-01-01", "2024-03-31"),
    ("Exports rose in Q1 2024.", "Q1 2024", "2024-01-01", "2024-03-31"),
    ("In the second half of 2023 it fell.", "second half of 2023", "2023-07-01", "2023-12-31"),
    ("A plan for 2025-2026 was agreed.", "2025-2026", "2025-01-01", "2026-12-31"),
    ("The budget of 2023/24 was agreed.", "2023/24", "2023-01-01", "2024-12-31"),
    ("He served from 2017 to 2022.", "2017 to 2022", "2017-01-01", "2022-12-31"),
    ("Ties were established in 1992.", "1992", "1992-01-01", "1992-12-31"),
    ("They met today.", "today", "2024-05-15", "2024-05-15"),
    ("They met yesterday evening.", "yesterday evening", "2024-05-14", "2024-05-14"),
    ("They will meet tomorrow.", "tomorrow", "2024-05-16", "2024-05-16"),
    ("They met on Monday.", "Monday", "2024-05-13", "2024-05-13"),
    ("They will meet on Friday.", "Friday", "2024-05-17", "2024-05-17"),
    ("They met last Friday.", "last Friday", "2024-05-10", "2024-05-10"),
    ("They spoke earlier this week.", "this week", "2024-05-13", "2024-05-19"),
    ("They will speak next week.", "next week", "2024-05-20", "2024-05-26"),
    ("They spoke earlier this month.", "this month", "2024-05-01", "2024-05-31"),
    ("Trade grew last year.", "last year", "2023-01-01", "2023-12-31"),
    ("Over the last three months it fell.", "last three months", "2024-02-15", "2024-05-15"),
    ("Two weeks ago they met.", "Two weeks ago", "2024-04-29", "2024-05-05"),
    ("It happened over the weekend.", "the weekend", "2024-05-11", "2024-05-12"),
    ("At the end of February 2024 it fell.", "February 2024", "2024-02-01", "2024-02-29"),
    ("It should open by end-June 2024.", "June 2024", "2024-06-01", "2024-06-30"),
    ("They met the day before yesterday.", "the day before yesterday", "2024-05-13", "2024-05-13"),
    ("They will meet the day after tomorrow.", "the day after tomorrow", "2024-05-17", "2024-05-17"),
    ("It will reopen by the end of the year.", "the end of the year", "2024-12-31", "2024-12-31"),
    ("It was agreed last June.", "last June", "2023-06-01", "2023-06-30"),
    ("It is planned for this coming June.", "this coming June", "2024-06-01", "2024-06-30"),
    ("They met on Monday and Tuesday.", "Monday and Tuesday", "2024-05-13", "2024-05-14"),
    ("They will meet on Thursday and Friday.", "Thursday and Friday", "2024-05-16", "2024-05-17"),
    ("The talks ran from Sunday to Tuesday.", "Sunday to Tuesday", "2024-05-12", "2024-05-14"),
    ("A report is due by the 20th of this month.", "20th of this month", "2024-05-20", "2024-05-20"),
    ("He will arrive on the 17th.", "17th", "2024-05-17", "2024-05-17"),
    ("It will last for the next three weeks.", "next three weeks", "2024-05-15", "2024-06-05"),
    ("In the second week of April it fell.", "second week of April", "2024-04-08", "2024-04-14"),
    ("In the last week of April it fell.", "last week of April", "2024-04-24", "2024-04-30"),
    ("It is to be ready by mid-2026.", "2026", "2026-01-01", "2026-12-31"),
    ("It is planned for mid-June.", "June", "2024-06-01", "2024-06-30"),
    ("The plan for FY2025 was agreed.", "FY2025", "2025-01-01", "2025-12-31"),
    ("It was signed on the third day of May 2024.", "third day of May 2024", "2024-05-03", "2024-05-03"),
    ("It was signed on 03.05.24 in Lima.", "03.05.24", "2024-05-03", "2024-05-03"),
    ("Between 3 and 5 May they met.", "3 and 5 May", "2024-05-03", "2024-05-05"),
    ("From Monday 6 to Friday 10 May he toured.", "Monday 6 to Friday 10 May", "2024-05-06", "2024-05-10"),
    ("I told them so, and on Monday I will say it again.", "Monday", "2024-05-20", "2024-05-20"),
    ("Citizens should not travel until Monday.", "Monday", "2024-05-20", "2024-05-20"),
    ("The truce expires on 30 June.", "30 June", "2024-06-30", "2024-06-30"),
    ("The talks, due to be held in Lima in June, matter.", "June", "2024-06-01", "2024-06-30"),
    ("They hoped for seats before the June elections.", "June", "2024-06-01", "2024-06-30"),
    ("The two met on 12 March last.", "12 March", "2024-03-12", "2024-03-12"),
    ("It will be ready by the end of 2026.", "the end of 2026", "2026-12-31", "2026-12-31"),
    ("They will sign before the end of this year.", "the end of this year", "2024-12-31", "2024-12-31"),
    ("Talks are due in the first semester of 2025.", "first semester of 2025", "2025-01-01", "2025-06-30"),
    ("It will be signed in the third quarter.", "the third quarter", "2024-07-01", "2024-09-30"),
    ("In the first quarter trade had grown.", "the first quarter", "2024-01-01", "2024-03-31"),
    ("They will meet in the week of 10 June.", "the week of 10 June", "2024-06-10", "2024-06-16"),
    ("He will be in Lima on Thursday next week.", "Thursday next week", "2024-05-23", "2024-05-23"),
    ("TUESDAY 21 – meeting with the Minister", "TUESDAY 21", "2024-05-21", "2024-05-21"),
    ("He was there on the 6th with his team.", "6th", "2024-05-06", "2024-05-06"),
    ("The office lies empty since the 10th.", "10th", "2024-05-10", "2024-05-10"),
    ("It was agreed on 3. May 2024 in Lima.", "3. May 2024", "2024-05-03", "2024-05-03"),
    ("It was agreed on 3. 5. 2024 in Lima.", "3. 5. 2024", "2024-05-03", "2024-05-03"),
    ("They meet on 29.8.2024 - 30.8.2024 there.", "29.8.2024 - 30.8.2024", "2024-08-29", "2024-08-30"),
    ("The votes of 15 and 22 March were held.", "15 and 22 March", "2024-03-15", "2024-03-22"),
    ("The minister leaves for Lima on Friday.", "Friday", "2024-05-17", "2024-05-17"),
    ("A field visit is slated for Friday.", "Friday", "2024-05-17", "2024-05-17"),
    ("The guards fought there in November.", "November", "2023-11-01", "2023-11-30"),
    ("They must depart by Monday.", "Monday", "2024-05-20", "2024-05-20"),
    ("She sent this Monday a message to him.", "this Monday", "2024-05-13", "2024-05-13"),
    ("Since December the state will have paid.", "December", "2023-12-01", "2023-12-31"),
    ("They agreed to open the post before December.", "December", "2024-12-01", "2024-12-31"),
]


@pytest.mark.parametrize(("text", "surface", "start", "end"), CASES)
def test_an_expression_means_its_days(text: str, surface: str, start: str, end: str) -> None:
    assert spans(text) == [(surface, start, end)]


def test_a_day_without_year_takes_that_of_the_day_it_is_listed_with() -> None:
    text = "The warrants were issued on 6 April and 18 July 2022."
    assert spans(text) == [
        ("6 April", "2022-04-06", "2022-04-06"),
        ("18 July 2022", "2022-07-18", "2022-07-18"),
    ]


def test_a_year_does_not_reach_over_the_end_of_a_sentence() -> None:
    text = "It began on 1 January. Last year they agreed on a list."
    assert spans(text) == [
        ("1 January", "2024-01-01", "2024-01-01"),
        ("Last year", "2023-01-01", "2023-12-31"),
    ]


def test_without_publication_the_one_year_of_the_days_in_full_serves_all_days() -> None:
    text = "Agenda of 19 to 23 May 2025. Tuesday, 20 May: talks. Thursday, 22 May: opening."
    assert [f[1] for f in spans(text, None)] == ["2025-05-19", "2025-05-20", "2025-05-22"]


def test_without_publication_a_weekday_picks_the_year_among_those_named() -> None:
    text = "BANDAR, Thursday, 12 June – He received her this morning. In post since 2011, she leaves in July 2014."
    assert [f[1] for f in spans(text, None)] == ["2014-06-12", "2014-06-12", "2011-01-01", "2014-07-01"]
    assert spans("On Thursday, 12 June he received her.", None)[0][1] is None


def test_the_same_period_last_year_follows_the_period_before_it() -> None:
    text = "Turnover for January-April this year was higher than in the same period last year."
    assert spans(text)[1][1:] == ("2023-01-01", "2023-04-30")


def test_from_and_to_make_one_range_of_unlike_dates() -> None:
    text = "Investment from 2005 to the first nine months of 2023 grew."
    assert spans(text) == [("2005 to the first nine months of 2023", "2005-01-01", "2023-09-30")]


def test_the_same_day_and_the_day_before_follow_the_last_day_named() -> None:
    text = "On 3 May they met. The pact was signed the same day. It was drafted the day before, in Lima."
    assert [s[1] for s in spans(text)] == ["2024-05-03", "2024-05-03", "2024-05-02"]


def test_a_weekday_beside_tomorrow_is_tomorrow() -> None:
    assert spans("A council was called for tomorrow, Thursday.")[1][1] == "2024-05-16"


def test_days_later_and_earlier_follow_the_last_day_named() -> None:
    assert spans("He was in Lima on 4 April, and in Quito three days later.")[1][1] == "2024-04-07"
    assert spans("They signed it on Tuesday. A day earlier they had met.")[1][1] == "2024-05-13"
    assert spans("The treaty is of 4 April 1999. It was denounced four days earlier.")[1][1] == "2024-05-11"


def test_the_year_before_precedes_the_year_named() -> None:
    assert spans("Turnover rose last year, after a fall in the year before.")[1][1] == "2022-01-01"


def test_a_year_that_follows_no_calendar_stays_open() -> None:
    assert [s[1] for s in spans("Trade grew over the past year, and over the last year aid fell.")] == [
        None,
        None,
    ]


def test_without_publication_a_review_of_a_week_gives_its_weekdays() -> None:
    assert spans("The week of 6–12 May 2024\n\nOn Tuesday they met.", None)[1][1] == "2024-05-07"


def test_a_point_ends_a_day_before_the_year_of_the_next_sentence() -> None:
    assert spans("It ends on 31 December. In 2023 it cost more.")[1][0] == "2023"


def test_the_number_of_a_note_is_no_day() -> None:
    assert spans("It is told in Note No. 17 of January 22.")[0][:2] == ("January 22", "2024-01-22")


def test_what_leans_on_an_unknown_day_of_publication_stays_open() -> None:
    assert spans("They met today, on Monday and in April.", None) == [
        ("today", None, None),
        ("Monday", None, None),
        ("April", None, None),
    ]


def test_without_publication_a_year_in_the_sentence_serves_the_days_before_it() -> None:
    found = spans("He was in Lima on 4 April and in Quito on 6 April 2016.", None)
    assert [f[1] for f in found] == ["2016-04-04", "2016-04-06"]


def test_without_publication_the_first_day_named_in_full_serves_the_days_after_it() -> None:
    text = (
        "They met on 14 May 2024. Trade grew in the first quarter of this year. His term ends on 28 October."
    )
    assert [f[1] for f in spans(text, None)] == ["2024-05-14", "2024-01-01", "2024-10-28"]


@pytest.mark.parametrize(
    "text",
    [
        "EAGLE PARTNER 2024 is held in Yerevan.",
        "Colonels of the March 23 Movement were listed.",
        "The August 15 Unification Doctrine was explained.",
        "It was read on 21 Ashad 2081.",
        "© 2024 Ministry of Foreign Affairs",
        "People today understand it well.",
        "Today's challenges need answers.",
        "Minister of Foreign Affairs Jan Novak spoke.",
        "They support the 2050 Strategy for the Blue Pacific.",
        "He will address the 2025 World Governments Summit.",
        "The Good Friday Agreement was recalled.",
        "They support a state within the 1967 borders.",
        "The buses leave every Tuesday for the camp.",
        "He prayed in the Friday mosque of the old town.",
        "2023 © All rights reserved",
        "Last updated: 4 May 2024",
        "Page last modified on 2024-05-04",
    ],
)
def test_names_and_manners_of_speaking_are_no_dates(text: str) -> None:
    assert spans(text) == []


def test_an_american_publisher_writes_the_month_first() -> None:
    assert read("It was agreed on 05/03/2024.", publisher_country="USA")[0].start_on == "2024-05-03"


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2024 was adopted.",
        "The minister, Jan Novak, spoke.",
        "They will sell cherries in winter and knowledge all year round.",
        "The fall of the government was feared.",
        "Resolutions 1718, 1874 and 2094 were recalled.",
        "Some 2000 people fled.",
        "Call 1300 555 135 for help.",
        "You may come. They march on.",
        "The 2030 Agenda was discussed.",
        "Council Decision (CFSP) 2025/387 was published.",
        "The 2000-mile border is long.",
        "Call +962 79 562 1903 for help.",
    ],
)
def test_numbers_and_words_that_only_look_like_dates_are_left_alone(text: str) -> None:
    assert spans(text) == []


def test_an_impossible_day_resolves_to_nothing() -> None:
    assert [s[1] for s in spans("It was agreed on 30 February 2024.")] == [None]


@given(st.text(), st.sampled_from(["2024-02-29", None]))
def test_any_text_gives_spans_that_match(text: str, published_on: str | None) -> None:
    for d in read(text, published_on):
        assert text[d.start_char : d.end_char] == d.surface
        assert (d.start_on is None) == (d.end_on is None)


@given(st.lists(st.sampled_from([c[0] for c in CASES]), max_size=6))
def test_ends_never_lie_before_starts_and_spans_never_overlap(parts: list[str]) -> None:
    found = read("\n\n".join(parts))
    assert all(d.start_on <= d.end_on for d in found if d.start_on and d.end_on)
    assert all(a.end_char <= b.start_char for a, b in itertools.pairwise(found))


def test_a_day_without_year_is_that_of_the_year_with_which_the_text_names_it() -> None:
    text = "They struck on 7 March 2019. Since the fire of 7 March he waits. On 12 May he came; 12 May 2020 was wet."
    assert spans(text)[1] == ("7 March", "2019-03-07", "2019-03-07")
    assert spans(text)[2] == ("12 May", "2024-05-12", "2024-05-12")


def test_the_october_7_attack_needs_no_year() -> None:
    assert spans("Since the October 7 attack he waits.") == [("October 7", "2023-10-07", "2023-10-07")]


def test_a_day_to_come_is_not_that_of_the_year_that_is_recalled() -> None:
    text = "The treaty was signed on 22 May 1963. The presidents will meet on 22 May."
    assert spans(text)[1] == ("22 May", "2024-05-22", "2024-05-22")


def test_an_attack_of_7_october_is_not_one_that_lies_ahead() -> None:
    assert spans("He condemned the October 7 attack.", "2012-10-20")[0][1] == "2012-10-07"
