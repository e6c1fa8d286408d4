"""How a sentence is worded: what the model knows of it."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.events.wording import MODEL, NONE, STEM, model, stem, suggestion, terms

with files("streams.events").joinpath(MODEL).open("rb") as file, np.load(file) as data:
    GIVEN = bytes(data["terms"]).decode().split("\n")
ROWS = {term: row for row, term in enumerate(GIVEN)}
WORDS = [*dict.fromkeys(word for term in GIVEN[::97] for word in term.lstrip("^~").split(" ")), "zyx"]


@settings(deadline=None)  # the first call loads the model
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=45), min_size=1, max_size=4))
def test_the_rows_of_sentences_are_those_of_their_terms_and_of_the_stems_of_unknown_words(
    sentences: list[list[str]],
) -> None:
    rows, starts = model().rows.of(sentences)
    for words, found in zip(sentences, np.split(rows, starts[1:]), strict=True):
        stems = {STEM + stem(w) for w in words if w not in ROWS}
        known = [ROWS[t] for t in terms(words) | stems if t in ROWS]
        assert sorted(found.tolist()) == sorted([*known, len(GIVEN)])  # the last row is the bias


@pytest.mark.parametrize(("known", "unknown"), [("condemned", "condemner"), ("signed", "signings")])
def test_a_word_that_no_text_uses_is_weighed_as_its_kin(known: str, unknown: str) -> None:
    one, other = (suggestion(["<cty>", word, "the", "<agr>"]).types for word in (known, unknown))
    best = max((kind for kind in one if kind != NONE), key=lambda kind: one[kind])
    assert other[best] > suggestion(["<cty>", "zyx", "the", "<agr>"]).types[best]


def test_the_words_of_a_family_share_a_stem_and_short_words_keep_their_endings() -> None:
    assert {stem(w) for w in ("condemn", "condemns", "condemned", "condemning")} == {"condemn"}
    assert [stem(w) for w in ("red", "sing", "does", "<per>")] == ["red", "sing", "does", "<per>"]
