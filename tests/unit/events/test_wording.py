"""How a sentence is worded: what the model knows of it."""

from __future__ import annotations

import json
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.events.wording import MODEL, model, terms

GIVEN = json.loads(files("streams.events").joinpath(MODEL).read_text(encoding="utf-8"))["weights"]
ROWS = {term: row for row, term in enumerate(GIVEN)}
WORDS = [*dict.fromkeys(word for term in [*GIVEN][::97] for word in term.removeprefix("^").split(" ")), "zyx"]


@settings(deadline=None)  # the first call loads the model
@given(st.lists(st.sampled_from(WORDS), max_size=45))
def test_the_rows_of_a_sentence_are_those_of_all_its_terms(words: list[str]) -> None:
    assert sorted(model().rows.of(words)) == sorted(ROWS[t] for t in terms(words) if t in ROWS)
