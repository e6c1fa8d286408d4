"""Who asks at a press conference does not tell what the release exists to report."""

from __future__ import annotations

from streams.events.asked import outlets, put
from streams.extract.sentences import split_sentences
from tests.unit.releases import main_of, names_of, read

BRIEFING = (
    "AFP: The Government of Chile said yesterday that it will recall its ambassador. Any response?\n\n"
    "Liu Fang: We have noted the relevant reports.\n\n"
    "Bloomberg: Peru announced sanctions on two companies on Tuesday. What is your comment?\n\n"
    "Liu Fang: China firmly opposes the sanctions and will take measures to safeguard its companies."
)


def test_media_that_open_paragraphs_of_a_briefing_ask() -> None:
    sentences = split_sentences(f"Regular Press Conference\n\n{BRIEFING}")
    media = outlets(sentences, {"Bloomberg"})
    assert media == {"AFP", "Bloomberg"}
    led_up = [sentences[i].text for i in put(sentences, 1, media)]
    assert [text.split(":")[0] for text in led_up if ":" in text] == ["AFP", "Bloomberg"]
    assert not any("Liu Fang" in text for text in led_up)


def test_a_lone_label_is_no_briefing() -> None:
    sentences = split_sentences("Statement\n\nNATO: We met in Brussels.\n\nWe will meet again.")
    assert not outlets(sentences, {"NATO"})


def test_what_a_reporter_says_is_not_the_main_event() -> None:
    found = read(BRIEFING, "Spokesperson Liu Fang's Regular Press Conference", publisher_country="CHN")
    assert not main_of(found).quote.startswith(("AFP", "Bloomberg"))


def test_whose_words_follow_does_not_attend() -> None:
    text = (
        "Liu Fang: At the invitation of President Amina Otieno, President Sipho Mokoena will attend the Climate "
        "Summit in Nairobi from July 2 to 6."
    )
    found = read(text, "Spokesperson announces visit", day="2024-06-20", publisher_country="CHN")
    attending = names_of(found, next(r for r in found.reports if r.form in {"summit", "visit"}))
    assert "Sipho Mokoena" in attending
    assert "Liu Fang" not in attending
