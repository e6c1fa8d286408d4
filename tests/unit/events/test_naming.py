"""An event has a proper name where an ordinal or a year and a telling word say which one it is."""

from __future__ import annotations

import pytest

from streams.events.naming import name_of
from streams.events.triggers import find_triggers
from streams.extract.dates import lowered
from streams.extract.sentences import split_sentences


def _names(text: str) -> list[str]:
    sentences = split_sentences(text)
    spans = [(t, sentences[t.sentence]) for t in find_triggers(lowered(text), sentences)]
    return [n for t, s in spans if (n := name_of(t, text, s.start_char, s.end_char))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The 9th meeting of the Peru – Chile Border Committee was held in Lima.",
         "9th meeting of the Peru – Chile Border Committee"),
        ("He spoke at the first Baltic–Nordic Summit.", "first Baltic–Nordic Summit"),
        ("The Arctic Forum 2024 was held in Tromsø.", "Arctic Forum 2024"),
    ],
)  # fmt: skip
def test_a_name_with_an_ordinal_or_year_is_found(text: str, name: str) -> None:
    assert name in _names(text)


@pytest.mark.parametrize(
    "text",
    [
        "The second meeting was held in Lima.",
        "The Third Meeting of the Foreign Ministers took place on Monday.",
        "They spoke about the Baltic Summit.",
    ],
)
def test_what_any_meeting_may_be_called_is_no_name(text: str) -> None:
    assert _names(text) == []
