"""The words beside a mention: whatever a text holds, the quick ways of finding them find those that the slow ones do."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from streams.events import taking_part_evidence, wording

LETTERS = "[^\\W\\d_]+(?:[’'-][^\\W\\d_]+)*"
TEXTS = st.text(st.sampled_from("abzé’'-_.,“ \n\t12\u00a0"), max_size=40)


@given(TEXTS)
def test_plain_words_are_found_as_all_others_are(text: str) -> None:
    assert wording.WORD.findall(text) == re.findall(rf"{LETTERS}|\d+|[“”\"]", text)
    assert taking_part_evidence.WORD.findall(text) == re.findall(rf"{LETTERS}|\d+|[^\w\s]", text)


@given(TEXTS, st.integers(0, 10))
def test_the_last_two_words_of_a_span_are_those_of_all_its_words(text: str, start: int) -> None:
    end = max(start, len(text) - 2)
    assert (
        taking_part_evidence.last_two(text, start, end)
        == taking_part_evidence.WORD.findall(text, start, end)[-2:]
    )
