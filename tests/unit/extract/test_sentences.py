"""Sentences end where a reader would end them, and their spans lead back to the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.extract.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He met Dr. Lima. They spoke.", ["He met Dr. Lima.", "They spoke."]),
        ("Joseph R. Blake spoke. He left.", ["Joseph R. Blake spoke.", "He left."]),
        ("The U.S. Ambassador came. He left.", ["The U.S. Ambassador came.", "He left."]),
        ("They met in the U.S. The talks were long.", ["They met in the U.S.", "The talks were long."]),
        ("1. Minister Lima came. 2. He left.", ["1. Minister Lima came.", "2. He left."]),
        ("LIMA, March 28. The Minister came.", ["LIMA, March 28.", "The Minister came."]),
        ("“We agree.” He left.", ["“We agree.”", "He left."]),
        ("It cost 3.5 million. It was paid.", ["It cost 3.5 million.", "It was paid."]),
        ("A title\n\nA lead.", ["A title", "A lead."]),
        ("It ended.The next began.", ["It ended.", "The next began."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert [s.text for s in split_sentences(text)] == parts


def test_the_initial_of_a_name_may_be_an_i() -> None:
    assert len(split_sentences("Mr. Bruce I. Turner came.")) == 1
    assert len(split_sentences("It stays between you and I. The end.")) == 2


def test_paragraphs_are_numbered_from_the_title() -> None:
    assert [s.paragraph for s in split_sentences("Title\n\nOne. Two.\n\nThree.")] == [0, 1, 1, 2]


@given(st.text())
def test_spans_match_and_never_overlap(text: str) -> None:
    found = split_sentences(text)
    assert all(text[s.start_char : s.end_char] == s.text for s in found)
    assert all(a.end_char <= b.start_char for a, b in pairwise(found))
