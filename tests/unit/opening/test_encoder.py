"""What the encoder makes of an opening."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.closed_sets import EVENT_FORMS, EVENT_TYPES
from streams.events.wording import NONE, Suggestion
from streams.opening.encoder import encoder, impression, odds

MEETING = "Foreign Minister Ana Torres met in Lima on 4 May with Jan Kowal, and recalled the late Eva Braun."


def read(text: str) -> Suggestion:
    return impression(text, ((0, 0), (0, len(text)), (0, 0)))


def test_the_model_says_what_the_code_asks() -> None:
    labels = encoder().labels
    assert labels["types"] == [*EVENT_TYPES, NONE]
    assert labels["forms"] == [*EVENT_FORMS, NONE]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (MEETING, ("CONSULT", "meeting")),
        ("Ghana condemns in the strongest terms the attack on worshippers in Jos.", ("ACCUSE", "statement")),
        ("The two ministers signed an agreement on visa-free travel in Dakar.", ("SUPPORT", "signing")),
        ("The council of our city voted on the parking fees of the old town.", (NONE, NONE)),
    ],
)
def test_an_opening_is_taken_for_what_it_reports(text: str, wanted: tuple[str, str]) -> None:
    told = read(text)
    assert (
        max(told.types, key=lambda k: told.types[k]),
        max(told.forms, key=lambda f: told.forms[f]),
    ) == wanted


def test_odds_are_even_in_the_middle_and_bounded_at_the_ends() -> None:
    assert odds(0.5) == pytest.approx(0)
    assert odds(1.0) == pytest.approx(-odds(0.0))


@given(st.text())
@settings(max_examples=50)
def test_any_text_gives_likelihoods(text: str) -> None:
    told = read(text)
    for shares in (told.types, told.forms):
        assert sum(shares.values()) == pytest.approx(1)
    assert told == read(text)
