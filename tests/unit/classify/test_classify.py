"""Diplomacy is told from its neighbours, and topics are those that a text speaks of."""

from __future__ import annotations

import pytest

from bench.training import own_texts, topics_of_texts
from streams.annotation import Annotation
from streams.classify.relevance import model as relevance_model
from streams.classify.relevance_features import NAMES
from streams.classify.relevance_features import terms as relevance_terms
from streams.classify.topics import model as topics_model
from streams.classify.topics_features import FEATURES
from streams.classify.topics_lexicon import hits, terms
from streams.classify.topics_words import spoken
from streams.closed_sets import TOPICS
from tests.unit import releases

MOST_WRONG = 0.05  # of our own texts, many of which are hard on purpose


def read(title: str, text: str) -> Annotation:
    return releases.read(text, title, day=None)


def test_diplomacy_is_told_from_sports_travel_products_and_domestic_news() -> None:
    wrong = [title for label, title, text in own_texts() if (read(title, text).kind == "diplomatic") != label]
    assert len(wrong) <= MOST_WRONG * len(own_texts()), wrong


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Vacancy: visa clerk",
            "The Embassy of Chile in Oslo seeks a visa clerk. Candidates must speak Spanish. How to apply: send your CV to the Ambassador.",
        ),
        (
            "What is the Security Council?",
            "It has fifteen members. China and France are permanent. How does it decide? By nine votes. Who presides? Each month another state.",
        ),
        (
            "Ministry of Foreign Affairs",
            "Skip to content\nHome | Embassies | Visas | Sitemap\nBilateral relations | Sanctions | Treaties\nAlgeria | Brazil | Chad | Denmark",
        ),
        (
            "Norway beat Malta 3-0",
            "The striker scored twice in the qualifier in Oslo. Malta's ambassador watched. Norway travel to Greece for the next match.",
        ),
    ],
)
def test_a_page_that_names_many_states_but_reports_no_act_is_no_diplomacy(title: str, text: str) -> None:
    assert read(title, text).kind == "other"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Credentials", "The ambassador of Chile presented his letters of credence to the King of Norway."),
        (
            "Aid arrives",
            "A plane with 20 tonnes of medical supplies, a gift of the people of Kuwait, landed in Beirut.",
        ),
        ("Statement", "We condemn the attack on the mission of the United Nations and call for restraint."),
    ],
)
def test_a_short_release_that_reports_an_act_of_a_state_is_diplomacy(title: str, text: str) -> None:
    assert read(title, text).kind == "diplomatic"


@pytest.mark.parametrize(
    ("title", "text", "topic"),
    [
        (
            "Ministers discuss gas supplies",
            "The energy ministers of Norway and Germany met in Oslo to discuss natural gas supplies, a hydrogen pipeline and renewable energy.",
            "energy",
        ),
        (
            "EU adopts sanctions",
            "The Council of the European Union adopted new restrictive measures against Belarus. The sanctions include asset freezes and travel bans.",
            "sanctions",
        ),
        (
            "Agreement on visas signed",
            "Foreign ministers of Thailand and Peru signed an agreement on visa exemption for ordinary passports in Bangkok.",
            "visas-mobility",
        ),
        (
            "Aid for earthquake victims",
            "Japan will provide emergency relief supplies and humanitarian aid to the victims of the earthquake in Nepal.",
            "humanitarian-aid",
        ),
    ],
)
def test_the_topic_that_a_text_speaks_of_ranks_among_the_first(title: str, text: str, topic: str) -> None:
    found = read(title, text)
    assert topic in [t.topic for t in found.topics[:3]]


def test_topics_are_ranked_and_show_their_words() -> None:
    title, text = (
        "Talks on trade",
        "Foreign ministers of Chile and Japan met to discuss free trade and tariffs.",
    )
    found = read(title, text)
    assert [t.rank for t in found.topics] == list(range(1, len(found.topics) + 1))
    assert [t.score for t in found.topics] == sorted((t.score for t in found.topics), reverse=True)
    assert all(t.start_char is None or t.start_char < t.end_char for t in found.topics if t.end_char)


def test_an_office_is_no_topic() -> None:
    text = "Minister of Transport of Chile Ana Vega met with the Ambassador of Japan Ken Sato to discuss bilateral relations."
    assert "transport-logistics" not in {
        t.topic for t in read("Meeting with the Ambassador of Japan", text).topics
    }


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("Readout of the President’s Call with the King of Jordan", "readout"),
        ("Joint Statement of the Foreign Ministers of Chile and Peru", "joint_statement"),
        ("Statement on the situation in Mali", "statement"),
        ("Remarks by the Minister at the Council", "remarks"),
        ("Minister to visit Japan", "notice"),
    ],
)
def test_the_genre_follows_the_title(text: str, genre: str) -> None:
    assert read(text, "The sides spoke of regional security in Amman.").genre == genre


def test_an_agency_report_is_known_by_its_dateline() -> None:
    text = "ASTANA, Kazakhstan, March 28. The Foreign Minister of Kazakhstan met his counterpart of Peru."
    assert read("Kazakhstan, Peru hold talks", text).genre == "agency_report"


def test_the_vocabularies_and_models_are_well_formed() -> None:
    assert {t.topic for t in terms()} == {*TOPICS, "-"}  # "-": words that hide those inside them
    assert all(t.term == t.term.lower() and (t.topic == "-") == (t.weight == 0) for t in terms())
    assert all(t.weight <= 3 for t in terms())
    assert {sign for sign, _, _ in relevance_terms()} == {"+", "-", "x"}
    assert not [t for t in terms() if "*" in t.term]  # a "*" stands at the end, and `terms` takes it away
    assert not [word for _, word, _ in relevance_terms() if "*" in word]
    assert len(relevance_model().weights) == len(NAMES)
    assert {len(w) for w in topics_model().weights.values()} == {len(FEATURES)}


def test_plain_words_speak_for_topics_whatever_their_order() -> None:
    words = topics_model().words
    text = "the soldiers of both armies exchanged prisoners after the ceasefire"
    said = spoken(text, words)
    assert said == spoken(" ".join(reversed(text.split())), words)
    assert said["conflict-peace"] > said["agriculture-food"]
    assert set(spoken("", words).values()) == {0.0}


def test_our_labels_name_known_topics_and_known_texts() -> None:
    known = {title for _, title, _ in own_texts()}
    for title, (topics, optional) in topics_of_texts().items():
        assert topics, title
        assert topics | optional <= set(TOPICS), title
    assert known & set(topics_of_texts())


def test_terms_stand_as_words() -> None:
    assert not [h for h in hits("an important exporting firm") if h.term == "import"]
    assert [h for h in hits("imports fell") if h.topic == "trade"]
