"""Who is who within one text: names that share their parts are one person."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from streams.extract.keys import spelling
from streams.extract.persons import Person
from streams.extract.units import Units

FULL: Final = 2  # words of a name
PATRONYMIC: Final = re.compile("(?:ovich|evich|ovna|evna)$")
Words = tuple[str, ...]
SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})


def name_words(name: str) -> Words:
    """The normalised words of a name, without generational suffixes."""
    words = spelling(name).split()
    return tuple(w for w in words if w not in SUFFIXES) or tuple(words)


def similar(a: str, b: str) -> bool:
    """Equal, or one letter apart in a long word (a slip or another transliteration)."""
    if a == b:
        return True
    if min(len(a), len(b)) < 6 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    short, long = sorted((a, b), key=len)
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    rest = (short[at:], long[at + 1 :]) if len(short) != len(long) else (short[at + 1 :], long[at + 1 :])
    return rest[0] == rest[1]


def _nickname(a: str, b: str) -> bool:
    """As in "Joe" for "Joseph": the same beginning, one of them short."""
    return a[:2] == b[:2] and min(len(a), len(b)) <= 4


def _within(short: Words, long: Words) -> bool:
    """Whether all words of `short` stand in `long`, in order; an initial stands for its name."""
    at = 0
    for word in short:
        while at < len(long) and not (
            similar(word, long[at]) or (len(word) == 1 and long[at].startswith(word))
        ):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def same_person(a: Words, b: Words) -> bool:
    """Whether two names in one text are one person's."""
    short, long = sorted((a, b), key=len)
    if len(short) > 1 and "bin" in long and not similar(short[0], long[0]):
        return False
    if len(short) == FULL and PATRONYMIC.search(short[1]) and not PATRONYMIC.search(long[-1]):
        return short[0] == long[0]  # "Emomali Sharipovich"
    if len(short) == 1:
        return len(short[0]) > 1 and any(similar(short[0], w) for w in long)
    return _within(short, long) or (
        short[-1] == long[-1] and len(short) == 2 and _nickname(short[0], long[0])
    )


def group_persons(u: Units, persons: list[Person]) -> list[list[Person]]:
    """Persons that are one; the groups in order of first mention, longest names decide."""
    groups: list[tuple[Words, list[Person]]] = []
    named = [(name_words(u.surface(p.first, p.last)), p) for p in persons]
    known: dict[Words, list[Person]] = {}
    for words, person in sorted(named, key=lambda n: (-len(n[0]), n[1].first)):
        group = known.get(words)
        if group is None:
            fitting = [g for g in groups if same_person(words, g[0])]
            family = [g for g in fitting if similar(words[-1], g[0][-1])]
            group = (family or fitting)[0][1] if fitting else []
            if not fitting:
                groups.append((words, group))
            known[words] = group
        group.append(person)
    return sorted((sorted(g, key=lambda p: p.first) for _, g in groups), key=lambda g: g[0].first)


def family_names(u: Units, groups: list[list[Person]]) -> dict[str, int]:
    """Folded single words that point to exactly one group: family names, given names, parts."""
    owners: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for person in group:
            for i in range(person.first, person.last):
                if u.classes[i] in "GCKMLU" and len(u.lows[i]) > 1:
                    owners[u.lows[i]].add(number)
    return {word: next(iter(numbers)) for word, numbers in owners.items() if len(numbers) == 1}
