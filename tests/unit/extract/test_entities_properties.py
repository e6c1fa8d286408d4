"""What holds for every text: an answer, exact spans, entities for all mentions, the same answer twice."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.extract.naming import read

WORDS = [
    "President", "of", "the", "Republic", "Kazakhstan", "Minister", ",", "and", "Maria", "Lopez", "(", ")", "UN", "EU", "Agreement",
    "on", "between", "H.E.", "Mr.", "Al-Saud", "bin", "Ministry", "Paris", "-", "’s", "“", "”", ".", "\n\n", "visited", "2024",
    "Resolution", "in", "Treaty", "Foreign", "Affairs", "I.", "Jr.", "Brussels", "expects", "Council", "was", "appointed", "as", ";",
]  # fmt: skip


ENDLESS = [
    "Minister of Trade and ",
    "MINISTRY OF FOREIGN AFFAIRS OF GHANA ",
    "Minister of ",
    "President Maria Lopez met Ann Ho, ",
]


def check(text: str) -> None:
    names = read(text)
    ids = {e.entity_id for e in names.entities}
    assert all(text[m.start_char : m.end_char] == m.surface and m.surface for m in names.mentions)
    assert {m.entity_id for m in names.mentions} == ids
    assert list(names.mentions) == sorted(
        names.mentions, key=lambda m: (m.start_char, m.end_char, m.entity_id)
    )
    assert read(text) == names


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_arrangement_of_such_words_gives_exact_spans(text):
    check(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_gives_exact_spans(text):
    check(text)


@pytest.mark.parametrize("words", ENDLESS)
def test_time_grows_with_the_length_of_an_endless_sentence_only(words):
    def seconds(times: int) -> float:
        began = time.process_time()
        read(words * times)
        return time.process_time() - began

    read(words)
    assert seconds(800) < 40 * max(seconds(80), 0.01)
