"""Words cut into pieces of a vocabulary."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.opening.wordpieces import END, START, UNKNOWN, Wordpieces

VOCABULARY = ["[PAD]", UNKNOWN, START, END, "minister", "meet", "##s", "##ing", "m", "e", "##e", "##t", ","]
CUTTER = Wordpieces(VOCABULARY)


def pieces(word: str) -> list[str]:
    return [VOCABULARY[n] for n in CUTTER.numbers_of(word)]


def test_a_word_is_cut_into_the_longest_pieces_that_are_known() -> None:
    assert pieces("meets") == ["meet", "##s"]
    assert pieces("Minister") == ["minister"]
    assert pieces("mée") == ["m", "##e", "##e"]


def test_a_word_with_a_part_that_is_not_known_is_one_unknown_piece() -> None:
    assert pieces("meetx") == [UNKNOWN]
    assert pieces("m" * 100) == [UNKNOWN]


def test_each_piece_knows_where_its_word_stands() -> None:
    text = "Minister meets, meeting"
    found = CUTTER.opening(text, [(0, len(text))], 20)
    assert [(VOCABULARY[p.number], text[p.start : p.end]) for p in found] == [
        (START, ""), ("minister", "Minister"), ("meet", "meets"), ("##s", "meets"), (",", ","), ("meet", "meeting"),
        ("##ing", "meeting"),
    ]  # fmt: skip


def test_a_long_title_leaves_half_of_the_room_to_the_lead() -> None:
    text = "meet " * 50
    found = CUTTER.opening(text, [(0, 100), (100, 200), (200, 250)], 23)
    assert len(found) == 23
    assert sum(p.start < 100 and p.end > p.start for p in found) == 10


@given(st.text(), st.integers(min_value=4, max_value=30))
def test_any_text_gives_pieces_in_order_and_no_more_than_asked(text: str, most: int) -> None:
    half = len(text) // 2
    found = CUTTER.opening(text, [(0, half), (half, len(text)), (0, 0)], most)
    assert len(found) <= most
    assert [p.start for p in found] == sorted(p.start for p in found[:-1]) + [found[-1].start]
    assert all(p.start <= p.end <= len(text) for p in found)
