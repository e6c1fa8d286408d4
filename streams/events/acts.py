"""The vocabulary of events: acts with their PLOVER type and form, and the words that state them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, cast

import ahocorasick

from streams.closed_sets import EVENT_FORMS, EVENT_TYPES, EventForm, EventType

Part = Literal["base", "third", "past", "ing", "noun"]
VOWELS: Final = "aeiou"
GAP: Final = re.compile(r"~(\d)")  # in the vocabulary: up to so many words between a verb and its object


class Act(NamedTuple):
    """What can be done: its type and form, and its type while it is still ahead."""

    name: str
    type: EventType
    form: EventForm
    planned_type: EventType


class Word(NamedTuple):
    """A form that states an act."""

    text: str
    act: str
    part: Part
    after: re.Pattern[str] | None = None  # what must follow
    before: re.Pattern[str] | None = None  # what must stand before it in the sentence


class Entry(NamedTuple):
    """All meanings of one form, in the order of the file."""

    text: str
    words: tuple[Word, ...]


def _rows(name: str) -> Iterator[list[str]]:
    lines = files("streams.vocabulary").joinpath(name).read_text(encoding="utf-8").split("\n")
    yield from [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@cache
def acts() -> Mapping[str, Act]:
    found = {}
    for name, kind, form, planned in _rows("triggers_acts.tsv"):
        if kind not in EVENT_TYPES or planned not in EVENT_TYPES or form not in EVENT_FORMS:
            raise ValueError(f"triggers_acts.tsv: {name} has an unknown type or form")
        found[name] = Act(name, cast("EventType", kind), cast("EventForm", form), cast("EventType", planned))
    return found


def inflected(lemma: str) -> tuple[str, str, str, str]:
    """Base, third person, past and -ing of a regular verb."""
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if lemma in {"commit", "confer"}:
        return lemma, third, lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"
    return lemma, third, lemma + "ed", lemma + "ing"


def _forms(part: str, form: str) -> Iterator[tuple[str, Part]]:
    if part != "verb":
        yield form, cast("Part", part)
        return
    built = tuple(form.split(",")) if "," in form else inflected(form)
    names: tuple[Part, ...] = ("base", "third", "past", "ing")
    yield from zip(built, names, strict=True)


def _pattern(cells: list[str], index: int, end: str = "") -> re.Pattern[str] | None:
    if len(cells) <= index or not cells[index]:
        return None
    return re.compile(GAP.sub(r"(?: [\\w’',.&%$€£-]+){0,\1}?", cells[index]) + end)


def words() -> Iterator[Word]:
    """Every form of the vocabulary file."""
    for act, part, forms, *context in _rows("triggers.tsv"):
        after, before = _pattern(context, 0), _pattern(context, 1, "$")
        for form in forms.split("|"):
            for text, which in _forms(part, form):
                yield Word(text, act, which, after, before)


@cache
def automaton() -> ahocorasick.Automaton:
    """All forms in one automaton; where several acts share a form the first that fits has it."""
    known = acts()
    by_text: dict[str, list[Word]] = {}
    for word in words():
        if word.act not in known:
            raise ValueError(f"triggers.tsv: unknown act {word.act}")
        by_text.setdefault(word.text, []).append(word)
    built = ahocorasick.Automaton()
    for text, same in by_text.items():
        built.add_word(text, Entry(text, tuple(same)))
    built.make_automaton()
    return built
