"""A text as units: tokens, with known names merged into one, each with a class of one letter.

The classes of all units, in order, form a string on which the grammars run as regular expressions:

| class | unit | class | unit |
|---|---|---|---|
| N | country | C | capitalised word that no list knows |
| D | adjective of a country | K | capitalised word that is an ordinary one |
| Q | known organisation | U | acronym that no list knows |
| A | known agreement or initiative | G | given name |
| R | known region or place | I | initial |
| L | known city | H | honorific, rank |
| O | head of an office | M | capitalised modifier of an office |
| o f T i w | of, for, to, in/at/on, with | t e | the, a/an |
| & | and, & | p | small particle of a name (bin, von) |
| s | possessive ending | 0 | number |
| x | any other small word | d | "region", "faction": a small head |
| | | | sentence break |

Punctuation stands for itself (`"` for all quotes, `-` for all dashes, `~` for what is left).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from streams.extract.folding import fold
from streams.extract.sentences import Sentence
from streams.extract.tables import Known, settings
from streams.extract.vocabulary import automaton, word_sets

TOKEN: Final = re.compile(
    r"(?P<abbr>(?:[A-Z]\.)+|(?:St|Jr|Sr|Mt)\.)"
    r"|(?P<word>[^\W\d_]\w*(?:[-‐‑'’ʼʻ‘](?!s\b)[^\W\d_]\w*)*)"
    r"|(?P<possessive>['’]s\b|(?<=s)['’](?=\s))"
    r"|(?P<number>\d[\d,.:]*(?:st|nd|rd|th)?\b|\d)"
    r"|(?P<mark>[^\w\s])"
)
SMALL: Final = {
    "of": "o", "for": "f", "to": "T", "in": "i", "at": "i", "on": "i", "with": "w", "the": "t", "a": "e", "an": "e",
    "and": "&", "’s": "s", "'s": "s",
}  # fmt: skip
MARKS: Final = {"&": "&", "–": "-", "—": "-", "-": "-", "“": '"', "”": '"', '"': '"', "«": '"', "»": '"', "‘": '"',
                "’": '"', "'": '"', "[": "(", "]": ")"}  # fmt: skip
PLAIN: Final = frozenset(",.()/:;")
PRIORITY: Final = {"country": "N", "adjective": "D", "organization": "Q", "agreement": "A", "initiative": "A",
                   "region": "R", "place": "R", "office": "O", "honorific": "H", "city": "L"}  # fmt: skip
LOOKAHEAD: Final = 8  # breaks after the last unit, so that grammars may look past it
CAPITAL_PARTICLES: Final = frozenset(
    {
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "il",
        "van",
        "von",
        "der",
        "de",
        "di",
        "del",
        "della",
        "dos",
        "ould",
        "abu",
        "ul",
    }
)
STATE_OF_GEORGIA: Final = re.compile(r"Atlanta|Savannah|Governor|Senator|, GA\b|Alabama|Florida|Tennessee")
RULERS: Final = frozenset({"sultan", "amir", "emir", "prince", "malik", "dean"})
RANKS: Final = frozenset({"he", "hm", "hh"})
ARTICLES: Final = frozenset({"al-", "el-", "as-", "an-", "ad-", "ar-"})
PREFIXES: Final = ("inter-", "pan-", "trans-", "intra-", "cis-", "proto-")
DIVISIONS: Final = frozenset(
    {
        "region",
        "province",
        "district",
        "oblast",
        "faction",
        "governorate",
        "county",
        "prefecture",
        "voivodeship",
    }
)
SPATIAL: Final = frozenset({"city", "region", "place"})
WHOLE: Final = frozenset({"office", "honorific"})
SMALL_CITY: Final = 100_000
LARGE_CITY: Final = 1_000_000


class Unit(NamedTuple):
    """A token or a known name with its place in the text."""

    start: int
    end: int
    text: str
    low: str  # folded
    known: tuple[Known, ...] = ()


class Units(NamedTuple):
    """All units of a text, and their classes as one string."""

    text: str
    units: list[Unit]
    classes: str
    where: dict[str, list[int]]  # the units of each folded word

    def at_words(self, words: Iterable[str]) -> list[int]:
        """The units that are one of `words`, in order."""
        found: list[int] = []
        for word in words:
            found += self.where.get(word, ())
        return sorted(found)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the units first..last (exclusive)."""
        return self.units[first].start, self.units[last - 1].end

    def surface(self, first: int, last: int) -> str:
        return self.text[self.units[first].start : self.units[last - 1].end]


class Hit(NamedTuple):
    """A known name at a place in the text."""

    start: int
    end: int
    known: tuple[Known, ...]


def _is_bound(folded: str, start: int, end: int) -> bool:
    """Whether what stands around start..end ties it to a longer word or an address."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if before == "-" and folded[start - 2 : start - 1] == " ":
        return True
    return (before in {"'", "_", "@"} and folded[start - 2 : start - 1].isalnum()) or after in {"_", "@"}


def _is_hyphenated(folded: str, start: int, end: int) -> bool:
    """Whether the name is part of a compound ("Son-gwon"); "President-elect" is not one."""
    after = folded[end : end + 10]
    joined = after[:1] == "-" and after[1:2].isalpha() and not after.startswith(("-elect", "-designate"))
    return joined or (folded[start - 1 : start] == "-" and folded[start - 2 : start - 1].isalpha())


def _fits(surface: str, known: Known) -> bool:
    """Whether the case of `surface` allows `known`."""
    if known.exact:
        return surface == known.exact
    if known.kind == "office":
        return not surface.isupper() or len(surface) > 3 or surface == known.name
    if known.kind == "honorific":
        return surface.replace("’", "'") in {known.name, known.name.upper()}
    if known.name[0].islower():
        return True
    if known.kind == "city" and len(surface) <= 3 and surface.isupper():
        return False
    return (
        surface[0].isupper()
        or surface[:3] in {"al-", "al ", "el-"}
        or (" " in surface and known.kind == "agreement" and surface[0].isupper())
    )


def find_known(text: str, folded: str) -> list[Hit]:
    """The longest known names from left to right, without overlap."""
    found: list[Hit] = []
    padded = f" {folded} "
    for last, (length, entries) in automaton().iter(folded):
        start, end = last - length + 1, last + 1
        if padded[start].isalnum() or padded[end + 1].isalnum() or _is_bound(folded, start, end):
            continue
        surface = text[start:end]
        fitting = tuple(k for k in entries if _fits(surface, k))
        if fitting and _is_hyphenated(folded, start, end):
            fitting = tuple(k for k in fitting if k.kind not in WHOLE)
        if not fitting:
            continue
        if (
            padded[max(0, start - 3)] == " "
            and folded[start - 3 : start] in {"al-", "el-", "al ", "el "}
            and {k.kind for k in fitting} <= {"city", "region", "place"}
        ):
            start -= 3
        while found and found[-1].start >= start:
            found.pop()
        if not found or found[-1].end <= start:
            found.append(Hit(start, end, fitting))
    return [h for i, h in enumerate(found) if not _is_part(folded, found, i)]


def _is_part(folded: str, hits: list[Hit], i: int) -> bool:
    """Whether a place is tied by a hyphen to a word that is no known name ("Euro-Atlantic", "Lvova-Belova")."""
    hit = hits[i]
    if folded[hit.start - 1 : hit.start] == "-" and folded.startswith(
        PREFIXES, folded.rfind(" ", 0, hit.start) + 1
    ):
        return True
    if not {k.kind for k in hit.known} <= SPATIAL:
        return False
    before, after = folded[hit.start - 2 : hit.start], folded[hit.end : hit.end + 2]
    if before[1:] == "-" and before[0].isalpha() and not (i and hits[i - 1].end == hit.start - 1):
        return True
    return (
        after[:1] == "-"
        and after[1:].isalpha()
        and not (
            (i + 1 < len(hits) and hits[i + 1].start == hit.end + 1)
            or folded.startswith(("-based", "-born", "-style"), hit.end)
        )
    )


def _is_weak_city(low: str, known: tuple[Known, ...]) -> bool:
    """Whether a city's name is rather a word, a person's name or too small to be meant unasked."""
    sets = word_sets()
    if any(k.capital or k.population >= LARGE_CITY for k in known) and low not in sets.common:
        return False
    return low in sets.given or low in sets.common or max(k.population for k in known) < SMALL_CITY


def _class_of_known(known: tuple[Known, ...], unit: Unit, shouting: bool) -> str:
    kinds = {k.kind for k in known}
    if kinds == {"city"} and " " not in unit.text and _is_weak_city(unit.low, known):
        return _class_of_word(unit.text, unit.low, shouting)
    return next(letter for kind, letter in PRIORITY.items() if kind in kinds)


def _class_of_small(word: str, low: str) -> str:
    """The class of a word written small."""
    if word[:3] in ARTICLES and word[3:4].isupper():  # "al-Jaafari"
        return "C"
    if low in word_sets().particles:
        return "p"
    return "d" if low in DIVISIONS else "x"


def _is_acronym(word: str, bare: str) -> bool:
    return (
        sum(map(str.isupper, word)) > 2
        and len(word) <= 9
        and "-" not in word
        and bare not in word_sets().common
    )


def _is_ordinary(bare: str) -> bool:
    """Whether press releases write the word, or all parts of it, small as well."""
    sets = word_sets()
    return (
        bare in sets.common
        or bare in sets.not_names
        or ("-" in bare and all(p in sets.common for p in bare.split("-")))
    )


def _class_of_word(word: str, low: str, shouting: bool) -> str:
    """The class of a word that no vocabulary of names knows."""
    sets = word_sets()
    if word[0].islower():
        return _class_of_small(word, low)
    bare = low.rstrip(".")
    tests = (
        (low in sets.particles and low in CAPITAL_PARTICLES, "p"),
        (word == "I" or low in sets.headline_verbs, "x"),
        (len(bare) == 1, "I"),
        (low in sets.modifiers and bare not in sets.given, "M"),
        (low in sets.given or ("'" in low and low.replace("'", "") in sets.given), "G"),
        (not shouting and _is_acronym(word, bare), "U"),
        (_is_ordinary(bare), "K"),
        (shouting or not word.isupper() or "-" in word or "'" in low, "C"),
    )
    return next((letter for holds, letter in tests if holds), "U")


def _is_shouting(text: str) -> bool:
    """Whether `text` is a heading in capitals, where capitals mean nothing."""
    letters = sum(map(str.isalpha, text))
    return letters > 12 and sum(map(str.isupper, text)) > 0.7 * letters


@lru_cache(maxsize=1 << 16)
def _class_of_token(surface: str, low: str, group: str | None, shouting: bool) -> str:
    """The class of a token that the pattern's `group` matched."""
    if group == "word":
        return SMALL.get(low) or _class_of_word(surface, low, shouting)
    if group == "mark":
        return MARKS.get(surface, surface if surface in PLAIN else "~")
    if group == "number":
        return "0"
    if group == "possessive":
        return "s"
    return "I" if len(surface) == 2 else _class_of_word(surface, low, shouting)


def _settle_honorifics(units: list[Unit], classes: list[str]) -> str:
    """Honorifics that are ordinary words ("Minister of Justice") stay so only before a name."""
    ambiguous = ambiguous_honorifics()
    for at in re.finditer("[OH]", "".join(classes)):
        i = at.start()
        if classes[i] == "O":
            if units[i].low in RULERS and i and classes[i - 1] == "H" and classes[i + 1] == "p":
                classes[i] = "G"  # "H.E. Sultan bin Ali"
        elif units[i].low in ambiguous:
            follows = i + 1 + (classes[i + 1] == ".")
            if units[i].low in RANKS:
                classes[i] = "x" if classes[follows] == "x" else "H"
                continue
            if classes[follows] == "K" and units[follows].low not in family_words():
                classes[i] = "M"
            if (i and classes[i - 1] in "of&") or classes[follows] not in "HGCIKpL":
                classes[i] = "M"
    return "".join(classes)


@cache
def family_words() -> frozenset[str]:
    return frozenset(settings("names.toml")["family"])


@cache
def ambiguous_honorifics() -> frozenset[str]:
    return frozenset(settings("offices.toml")["ambiguous"])


def _settle_georgia(text: str, units: list[Unit], classes: str) -> str:
    """Georgia beside Atlanta or a state governor, and without anything of the country, is the American state."""
    if "Georgia" not in text or "Georgian" in text or "Tbilisi" in text or not STATE_OF_GEORGIA.search(text):
        return classes
    return "".join("C" if u.low == "georgia" else c for u, c in zip(units, classes, strict=True))


def split_units(text: str, sentences: tuple[Sentence, ...]) -> Units:
    """Cut `text` into units, with a break between sentences."""
    folded = fold(text)
    hits = find_known(text, folded)
    units: list[Unit] = []
    classes: list[str] = []
    at = 0
    for sentence in sentences:
        shouting = _is_shouting(sentence.text)
        position, end = sentence.start_char, sentence.end_char
        while position < end:
            while at < len(hits) and hits[at].start < position:
                at += 1
            limit = hits[at].start if at < len(hits) and hits[at].end <= end else end
            for match in TOKEN.finditer(text, position, limit):
                start, stop = match.span()
                surface, low = text[start:stop], folded[start:stop]
                units.append(Unit(start, stop, surface, low))
                classes.append(_class_of_token(surface, low, match.lastgroup, shouting))
            if limit == end:
                break
            hit = hits[at]
            surface = text[hit.start : hit.end]
            unit = Unit(hit.start, hit.end, surface, folded[hit.start : hit.end], hit.known)
            units.append(unit)
            classes.append(_class_of_known(hit.known, unit, shouting))
            position = hit.end
        units.append(Unit(end, end, "", ""))
        classes.append("|")
    units += [Unit(len(text), len(text), "", "")] * LOOKAHEAD
    classes += ["|"] * LOOKAHEAD
    where: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        where.setdefault(unit.low, []).append(i)
    return Units(text, units, _settle_georgia(text, units, _settle_honorifics(units, classes)), where)
