"""Loads the vocabularies once and holds them ready: known names by their first word, words in sets."""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from streams.extract.countries import countries
from streams.extract.folding import fold
from streams.extract.tables import FOLDER, Known, settings, split, table, words

WORD: Final = re.compile(r"[^\W_]+")
WHOLE: Final = frozenset({"office", "honorific"})
SMALL_ARTICLES: Final = ("al-", "al ", "el-")


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
        yield from ((n, known) for n in [name, *split(further)] if n not in split(short))
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


def subdivisions() -> Iterator[tuple[str, Known]]:
    """Provinces and states, which are decided in context as cities are."""
    yield from ((name, Known("city", name, code)) for name, code in table("subdivisions.tsv"))


def _otherwise() -> Iterator[tuple[str, Known]]:
    yield from countries()
    yield from organizations()
    yield from agreements()
    yield from regions()
    yield from offices()


def named_otherwise() -> frozenset[str]:
    """All folded names but those of cities and subdivisions."""
    return frozenset(fold(surface) for surface, _ in _otherwise())


def things() -> Iterator[tuple[str, Known]]:
    """All (surface, thing) pairs of all vocabularies but that of cities."""
    yield from _otherwise()
    yield from subdivisions()


def city(line: str) -> Known:
    """The city that a line of `places.tsv` describes."""
    name, country, geonames_id, lat, lon, population, capital, _ = line.split("\t")
    return Known(
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


class Cities:
    """The lines of `places.tsv` by folded name; a line is read when a text names its city, not before."""

    def __init__(self) -> None:
        self._lines = (FOLDER / "places.tsv").read_bytes()
        self._starts: dict[str, tuple[int, ...]] = {}
        start = 0
        for line in self._lines.split(b"\n"):
            if line and not line.startswith(b"#"):
                name, *_, further = line.decode("utf-8").split("\t")
                for surface in dict.fromkeys(map(fold, [name, *split(further)])):
                    self._starts[surface] = (*self._starts.get(surface, ()), start)
            start += len(line) + 1

    def names(self) -> Iterable[str]:
        return self._starts.keys()

    def named(self, folded: str) -> tuple[Known, ...]:
        """The cities of that folded name."""
        starts = self._starts.get(folded, ())
        return tuple(city(self._lines[s : self._lines.index(b"\n", s)].decode("utf-8")) for s in starts)


class Vocabulary(NamedTuple):
    """All known names, folded, and by the word with which they begin."""

    things: dict[str, tuple[Known, ...]]
    cities: Cities
    begins: dict[str, tuple[str, ...]]
    begins_small: dict[str, tuple[str, ...]]  # of names that may be written small

    def known(self, folded: str) -> tuple[Known, ...]:
        """Everything of that folded name."""
        return (*self.things.get(folded, ()), *self.cities.named(folded))


def may_be_small(folded: str, entries: Iterable[Known] = ()) -> bool:
    """Whether a text may write the name without a capital."""
    return (
        folded[0].isdigit()
        or folded.startswith(SMALL_ARTICLES)
        or any(
            not k.exact[0].isupper() if k.exact else k.kind in WHOLE or k.name[0].islower() for k in entries
        )
    )


def by_first_word(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """`names` by their first word; those that begin with an apostrophe never have the capital that they need."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        if first := WORD.match(name):
            found[first[0]] = (*found.get(first[0], ()), name)
    return found


@cache
def vocabulary() -> Vocabulary:
    """All vocabularies, loaded once.

    What is loaded here stays for ever: it is taken out of the garbage collector's sight, which would
    otherwise walk it again and again.
    """
    by_name: dict[str, list[Known]] = defaultdict(list)
    for surface, known in things():
        here = by_name[fold(surface)]
        if known not in here:
            here.append(known)
    cities = Cities()
    found = Vocabulary(
        {name: tuple(entries) for name, entries in by_name.items()},
        cities,
        by_first_word(dict.fromkeys([*by_name, *cities.names()])),
        by_first_word(
            n for n in dict.fromkeys([*by_name, *cities.names()]) if may_be_small(n, by_name.get(n, ()))
        ),
    )
    gc.collect()
    gc.freeze()
    return found


def _heads() -> frozenset[str]:
    """The words that make names of bodies, agreements and places, which are no names of persons."""
    kinds = settings("heads.toml")
    return frozenset(w for kind in kinds.values() for w in kind["heads"] if " " not in w)


@cache
def word_sets() -> Words:
    """The word sets, loaded once."""
    names = settings("names.toml")
    offices_ = settings("offices.toml")
    return Words(
        common=words("common_words.txt") | _heads(),
        given=(words("given_names.txt") | words("given_names_more.txt") | frozenset(names["given"]))
        - frozenset(names["not_names"]),
        particles=frozenset(names["particles"]),
        not_names=frozenset(names["not_names"]),
        person_verbs=frozenset(names["person_verbs"]),
        modifiers=frozenset(fold(w) for w in offices_["modifiers"]),
        headline_verbs=frozenset(names["headline_verbs"]),
        post_nominals=frozenset(offices_["post_nominals"]),
    )
