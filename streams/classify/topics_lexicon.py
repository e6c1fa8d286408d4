"""The lexicon of topics as one automaton: every term of every topic in one pass over the text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import ahocorasick

from streams.closed_sets import TOPICS

VOCABULARY: Final = "topics_terms.tsv"


class Hit(NamedTuple):
    """A term of a topic at a place in the text."""

    topic: str
    term: str
    weight: int
    start: int
    end: int


class Term(NamedTuple):
    topic: str
    term: str
    weight: int
    is_stem: bool  # any ending will do


def terms() -> Iterator[Term]:
    """The terms of the vocabulary file."""
    lines = files("streams.vocabulary").joinpath(VOCABULARY).read_text(encoding="utf-8").split("\n")
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        topic, weight, words = line.split("\t")
        for word in words.split("|"):
            yield Term(topic, word.strip().removesuffix("*"), int(weight), word.endswith("*"))


@cache
def automaton() -> ahocorasick.Automaton:
    found: dict[str, list[Term]] = {}
    for term in terms():
        if term.topic not in TOPICS:
            raise ValueError(f"{VOCABULARY}: unknown topic {term.topic}")
        found.setdefault(term.term, []).append(term)
    built = ahocorasick.Automaton()
    for word, same in found.items():
        built.add_word(word, (len(word), tuple(same)))
    built.make_automaton()
    return built


def hits(low: str) -> Iterator[Hit]:
    """Every term in `low` (text in lower case) that stands as a word or begins one."""
    size = len(low)
    for last, (length, same) in automaton().iter(low):
        start, end = last - length + 1, last + 1
        if start and low[start - 1].isalnum():
            continue
        whole = end == size or not low[end].isalnum() or low[end : end + 2] in {"s ", "s,", "s."}
        for topic, term, weight, is_stem in same:
            if whole or is_stem:
                yield Hit(topic, term, weight, start, end)
