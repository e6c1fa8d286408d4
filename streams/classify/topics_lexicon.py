"""The lexicon of topics as one automaton: every term of every topic in one pass over the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import ahocorasick

from streams.closed_sets import TOPICS

VOCABULARY: Final = "topics_terms.tsv"
NOTHING: Final = "-"  # the topic of words that hide those inside them
AMERICAN: Final = (
    (re.compile(r"is(?=(?:ation|ations|ed|ing|es?)?(?:\W|$))"), "iz"),
    (re.compile(r"defence"), "defense"),
    (re.compile(r"(?<=[lb])our\b|our(?=hood|ly|s\b)"), "or"),
    (re.compile(r"programme"), "program"),
    (re.compile(r"centre"), "center"),
    (re.compile(r"aluminium"), "aluminum"),
)


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
    """The terms of the vocabulary file, in British and in American spelling."""
    lines = files("streams.vocabulary").joinpath(VOCABULARY).read_text(encoding="utf-8").split("\n")
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        topic, weight, words = line.split("\t")
        for word in words.split("|"):
            for spelt in {word, american(word)}:
                yield Term(topic, spelt.removesuffix("*"), int(weight), spelt.endswith("*"))


def american(word: str) -> str:
    for british, other in AMERICAN:
        word = british.sub(other, word)
    return word


@cache
def automaton() -> ahocorasick.Automaton:
    found: dict[str, dict[str, Term]] = {}
    for term in terms():
        if term.topic not in TOPICS and term.topic != NOTHING:
            raise ValueError(f"{VOCABULARY}: unknown topic {term.topic}")
        same = found.setdefault(term.term, {})
        if term.topic not in same or term.weight > same[term.topic].weight:
            same[term.topic] = term
    built = ahocorasick.Automaton()
    for word, by_topic in found.items():
        built.add_word(word, (len(word), tuple(by_topic.values())))
    built.make_automaton()
    return built


def hits(low: str) -> Iterator[Hit]:
    """Every term in `low` (text in lower case) that stands as a word or begins one, in order of the text.

    Of the terms of one topic that lie inside each other the longest counts; words that say nothing hide those
    inside them.
    """
    size = len(low)
    low = low.replace("’", "'").replace("–", "-")
    found: list[Hit] = []
    for last, (length, same) in automaton().iter(low):
        start, end = last - length + 1, last + 1
        if start and low[start - 1].isalnum():
            continue
        whole = end == size or not low[end].isalnum() or low[end : end + 2] in {"s ", "s,", "s.", "s\n"}
        for topic, term, weight, is_stem in same:
            if whole or is_stem:
                found.append(Hit(topic, term, weight, start, end))
    return _outermost(found)


def _outermost(found: list[Hit]) -> Iterator[Hit]:
    reach: dict[str, int] = {}  # how far the words of a topic cover the text
    for hit in sorted(found, key=lambda h: (h.start, -h.end)):
        if hit.end <= reach.get(hit.topic, 0) or hit.end < reach.get(NOTHING, 0):
            continue
        reach[hit.topic] = hit.end
        if hit.topic != NOTHING:
            yield hit
