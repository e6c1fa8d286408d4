"""Where the choice of the main event is in doubt, the encoder of openings is asked, and only there."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from bench.events_data import page, release_of
from streams.events import choice
from streams.events.page import Page
from streams.events.triggers import Reading, type_and_form

TITLE = "Minister of Peru and Minister of Chad on fisheries"
LEAD = "The ministers met in Lima on 4 May 2024, signed an agreement on fisheries and condemned the attack in Haiti."


@pytest.fixture
def torn() -> Page:
    return page(release_of("", TITLE, LEAD))


def readings(page: Page) -> list[Reading]:
    by_kind = {type_and_form(r): r for r in choice.candidates(page, None)}
    return [*by_kind.values()]


def test_a_type_and_form_with_less_than_half_of_the_likelihood_is_in_doubt(torn: Page) -> None:
    found = readings(torn)
    assert len(found) >= 3
    assert choice.is_doubtful(found, [0.0] * len(found))
    assert not choice.is_doubtful(found, [9.0] + [0.0] * (len(found) - 1))


def test_readings_of_one_type_and_form_speak_for_it_together(torn: Page) -> None:
    one, other, third, *_ = readings(torn)
    assert choice.is_doubtful([one, other, third], [0.0] * 3)
    assert not choice.is_doubtful([one, one, other, third], [0.0] * 4)


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
