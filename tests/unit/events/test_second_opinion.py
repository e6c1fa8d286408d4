"""Where the choice of the main event is in doubt, the encoder of openings is asked, and only there."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from bench.events_data import page, release_of
from streams.events import choice
from streams.events.page import Page
from streams.events.triggers import Reading, type_and_form
from streams.events.worded import worded_as
from streams.events.wording import Suggestion

TITLE = "Minister of Peru and Minister of Chad on fisheries"
LEAD = "The ministers met in Lima on 4 May 2024, signed an agreement on fisheries and condemned the attack in Haiti."


@pytest.fixture
def torn() -> Page:
    return page(release_of("", TITLE, LEAD))


def readings(page: Page) -> list[Reading]:
    by_kind = {type_and_form(r): r for r in choice.candidates(page, None)}
    return [*by_kind.values()]


def test_a_type_and_form_with_too_little_of_the_likelihood_is_in_doubt(torn: Page) -> None:
    found = readings(torn)
    assert len(found) >= 3
    assert choice.is_doubtful(found, [0.0] * len(found))
    assert not choice.is_doubtful(found, [9.0] + [0.0] * (len(found) - 1))


def test_readings_of_one_type_and_form_speak_for_it_together(torn: Page) -> None:
    one, other, third, *_ = readings(torn)
    assert choice.is_doubtful([one, other, third], [0.0] * 3)
    assert not choice.is_doubtful([*[one] * 5, other, third], [0.0] * 7)


def test_the_opinion_raises_what_the_encoder_finds_likely(torn: Page) -> None:
    found = readings(torn)
    told = torn.encoded()
    heard, scores = choice.second_opinion(torn, found, [0.0] * len(found), None)
    assert heard[: len(found)] == found
    kinds = [type_and_form(r) for r in found]
    likely = [choice.measure(told.types[k]) + choice.measure(told.forms[f]) for k, f in kinds]
    ranked = sorted(range(len(found)), key=lambda i: likely[i])
    assert sorted(range(len(found)), key=lambda i: scores[i]) == ranked


@pytest.mark.parametrize(("doubt", "asked"), [(0.0, False), (1.01, True)])
def test_the_encoder_is_asked_only_in_doubt(torn: Page, doubt: float, asked: bool) -> None:
    calls: list[str] = []
    watched = torn._replace(encoded=lambda: calls.append("asked") or torn.encoded())
    with patch.object(choice, "DOUBT", doubt):
        assert choice.choose(watched) is not None
    assert bool(calls) is asked


def test_what_the_opening_suggests_is_not_quoted_from_a_sentence_of_one_word() -> None:
    spoken = page(
        release_of(
            "", "The President answers the press", "No.\n\nWe will not leave the island to anybody, he said."
        )
    )
    likely = Suggestion({"REJECT": 0.9, "none": 0.1}, {"statement": 0.9, "none": 0.1})
    hardly = Suggestion({"REJECT": 0.1, "none": 0.9}, {"statement": 0.1, "none": 0.9})
    short = next(i for i, s in enumerate(spoken.sentences) if s.text == "No.")
    loud = spoken._replace(suggested=lambda i: likely if i == short else hardly)
    (reading,) = worded_as(loud, likely, ())
    assert reading.trigger.sentence != short
