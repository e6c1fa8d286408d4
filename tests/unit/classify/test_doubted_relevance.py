"""Where relevance is in doubt, the encoder of openings is asked, and only there."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from bench.events_data import release_of
from streams.classify import relevance
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences

MEETING = (
    "Foreign Minister Ana Torres of Peru met Foreign Minister Jan Kowal of Poland in Lima on 4 May 2024."
)


@pytest.mark.parametrize(("doubt", "asked"), [(0.0, 0), (99.0, 1)])
def test_the_encoder_is_asked_only_in_doubt(doubt: float, asked: int) -> None:
    release = release_of("", "Torres meets Kowal", MEETING)
    sentences = split_sentences(release.text)
    with (
        patch.object(relevance, "DOUBT", doubt),
        patch.object(relevance, "impression", wraps=relevance.impression) as encoder,
    ):
        assert relevance.relevance(release, sentences, find_entities(release, sentences)) > 0.5
    assert encoder.call_count == asked


def test_a_text_without_sentences_is_not_read() -> None:
    release = release_of("", "", "")
    with patch.object(relevance, "DOUBT", 99.0):
        assert 0 <= relevance.relevance(release, (), find_entities(release, ())) <= 1
