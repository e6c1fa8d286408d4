"""When an event was: whose day a date is, and which day a report was filed on."""

from __future__ import annotations

import pytest

from streams.annotate import annotate
from streams.annotation import Report
from streams.events.title import heading_length
from streams.extract.dates_filed import is_filed
from streams.extract.sentences import split_sentences
from streams.records import CleanRelease


def main_of(
    text: str, published: str | None, title: str = "Foreign Minister meets his counterpart"
) -> Report:
    release = CleanRelease(
        schema_version=1, release_id="r", source_id="s", source_ref="", content_hash="", fetched_at="2025-01-01T00:00:00Z",
        text=f"{title}\n\n{text}", title=title, language="en", publisher_country="PER", published_on=published, published_basis="meta" if published else None,
    )  # fmt: skip
    return next(r for r in annotate(release).reports if r.main)


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("MANILA, Philippines (14 November 2024) — The bank has approved a loan", 21, 37),
        ("KUWAIT, Dec 1 (KUNA) -- The Amir met the minister", 8, 13),
        ("Bogotá, 28 March 2025 (@office)", 8, 21),
        ("18 July 2025", 0, 12),
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
