"""Words that a pattern could cut in very many ways take no time."""

from __future__ import annotations

import pytest

from streams.events.cast import JOINED
from streams.events.naming import BEFORE
from streams.events.placing_rules import MATTER_IN
from streams.events.unnamed import OF_STATES, THEIR
from streams.extract.styles import settle_styles
from tests.unit.releases import read


@pytest.mark.timeout(5)
def test_words_in_capitals_between_two_actors_are_cut_in_one_way() -> None:
    assert JOINED.fullmatch(" and the " + "INTERNATIONAL " * 9 + "under ") is None
    assert JOINED.fullmatch(" and the INTERNATIONAL AGENCY of ") is not None


@pytest.mark.timeout(5)
def test_words_with_hyphens_before_a_meeting_are_cut_in_one_way() -> None:
    found = BEFORE.search("A-" * 50 + "B x ")
    assert found
    assert not found["words"]


@pytest.mark.timeout(5)
def test_each_word_of_a_row_of_titles_of_honour_is_looked_at_once() -> None:
    lows = ["dato", "seri"] * 50_000 + [""]
    classes = ["G", "H"] * 50_000 + ["|"]
    settle_styles(lows, classes)
    assert set(classes[:-1]) <= {"G", "H"}


@pytest.mark.timeout(5)
def test_a_long_list_of_states_is_cut_in_one_way() -> None:
    assert OF_STATES.search("ministers of " + "ab and " * 200 + "; x") is None
    assert MATTER_IN.search("situation in " + "ABCDEFGH, " * 200 + "; x") is None
    assert OF_STATES.search("ministers of " + "the ab, " * 200 + "in ") is None
    assert THEIR.match(", and chilean" * 200 + " x") is None
    assert OF_STATES.search("the foreign ministers of Bosnia and Herzegovina, the United Arab Emirates and ")


@pytest.mark.timeout(20)
def test_a_long_list_of_offices_of_states_is_read_in_time() -> None:
    assert read("The Minister met " + "the foreign ministers of Mali, Niger, Peru and " * 100 + "Chad.")


@pytest.mark.timeout(20)
def test_each_name_of_a_long_list_is_looked_at_once() -> None:
    assert read("The villages of " + "Velka, Ana and Ostro, " * 2000)
