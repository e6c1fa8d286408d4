"""Loads the vocabularies once and holds them ready: known names in one automaton, words in sets."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick

from streams.extract.countries import countries
from streams.extract.folding import fold
from streams.extract.tables import Known, settings, split, table, words


class Words(NamedTuple):
    """Sets of folded single words that the grammars ask for."""

    common: frozenset[str]
    given: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    person_verbs: frozenset[str]
    modifiers: frozenset[str]
    headline_verbs: frozenset[str]
    post_nominals: frozenset[str]


def acronyms(cell: str, known: Known) -> Iterator[tuple[str, Known]]:
    for acronym in split(cell):
        yield acronym, known._replace(exact=acronym)


def organizations() -> Iterator[tuple[str, Known]]:
    for name, short, further, code in table("organizations.tsv"):
        known = Known("organization", name, code or None)
        yield from ((n, known) for n in [name, *split(further)])
        yield from acronyms(short, known)


def agreements() -> Iterator[tuple[str, Known]]:
    for name, short, further, kind in table("agreements.tsv"):
        known = Known(kind, name)
        yield from ((n, known) for n in [name, *split(further)])
        yield from acronyms(short, known)


def regions() -> Iterator[tuple[str, Known]]:
    for name, further, code, kind in table("regions.tsv"):
        if kind != "country":
            yield from ((n, Known(kind, name, code or None)) for n in [name, *split(further)])


def plural(head: str) -> str:
    return head[:-1] + "ies" if head.endswith("y") else head + "s"


def offices() -> Iterator[tuple[str, Known]]:
    data = settings("offices.toml")
    for level, heads in data["heads"].items():
        yield from ((head, Known("office", head, level=level)) for head in heads)
        yield from (
            (plural(head), Known("office", head, level=level)) for head in heads if plural(head) not in heads
        )
    yield from ((head, Known("office", head, exact=head, level="official")) for head in data["small_heads"])
    yield from ((word, Known("honorific", word)) for word in data["honorifics"])


def cities() -> Iterator[tuple[str, Known]]:
    for name, country, geonames_id, lat, lon, population, capital, further in table("places.tsv"):
        known = Known(
            "city",
            name,
            country,
            "",
            None,
            int(geonames_id),
            float(lat),
            float(lon),
            int(population),
            capital == "1",
        )
        yield from ((n, known) for n in [name, *split(further)])


def everything() -> Iterator[tuple[str, Known]]:
    """All (surface, thing) pairs of all vocabularies."""
    yield from countries()
    yield from organizations()
    yield from agreements()
    yield from regions()
    yield from offices()
    yield from cities()


def _automaton(pairs: Iterable[tuple[str, Known]]) -> ahocorasick.Automaton:
    by_surface: dict[str, list[Known]] = defaultdict(list)
    for surface, known in pairs:
        here = by_surface[fold(surface)]
        if known not in here:
            here.append(known)
    automaton = ahocorasick.Automaton()
    for surface, entries in by_surface.items():
        automaton.add_word(surface, (len(surface), tuple(entries)))
    automaton.make_automaton()
    return automaton


@cache
def automaton() -> ahocorasick.Automaton:
    """All vocabularies as one automaton over folded text.

    What is loaded here stays for ever: it is taken out of the garbage collector's sight, which would
    otherwise walk it again and again.
    """
    found = _automaton(everything())
    gc.collect()
    gc.freeze()
    return found


@cache
def word_sets() -> Words:
    """The word sets, loaded once."""
    names = settings("names.toml")
    offices_ = settings("offices.toml")
    return Words(
        common=words("common_words.txt"),
        given=(words("given_names.txt") | frozenset(names["given"])) - frozenset(names["not_names"]),
        particles=frozenset(names["particles"]),
        not_names=frozenset(names["not_names"]),
        person_verbs=frozenset(names["person_verbs"]),
        modifiers=frozenset(fold(w) for w in offices_["modifiers"]),
        headline_verbs=frozenset(names["headline_verbs"]),
        post_nominals=frozenset(offices_["post_nominals"]),
    )
