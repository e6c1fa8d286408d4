"""Known names in a text: the longest of every vocabulary, from left to right, where their case allows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from streams.extract.folding import fold
from streams.extract.memo import Memo
from streams.extract.tables import Known
from streams.extract.tokens import tokens_of, words_in
from streams.extract.vocabulary import SMALL_ARTICLES, WHOLE, WORD, vocabulary, word_sets
from streams.extract.word_classes import class_of_word

PRIORITY: Final = {"country": "N", "adjective": "D", "organization": "Q", "agreement": "A", "initiative": "A",
                   "region": "R", "place": "R", "office": "O", "honorific": "H", "city": "L"}  # fmt: skip
PREFIXES: Final = ("ibero-", "afro-", "inter-", "pan-", "trans-", "intra-", "cis-", "proto-")
SPATIAL: Final = frozenset({"city", "region", "place"})
JOINTS: Final = frozenset("-'_@")
BEFORE_NAME: Final = frozenset({"al-", "el-", "al ", "el "})
SMALL_CITY: Final = 100_000
ROYAL: Final = ("Prince ", "Princess ")  # "Prince Edward" is a person more often than a town
LARGE_CITY: Final = 1_000_000


class Hit(NamedTuple):
    """A known name at a place in the text, with its class in plain text and in a heading of capitals."""

    start: int
    end: int
    known: tuple[Known, ...]
    letters: str


class Name(NamedTuple):
    """What a surface names."""

    known: tuple[Known, ...]
    letters: str
    is_spatial: bool


class Opening(NamedTuple):
    """The names that some words can begin, folded."""

    names: tuple[str, ...]  # of no further word
    longer: Mapping[str, Opening]  # by the word that follows


class Place(NamedTuple):
    """Where a word of a token begins and ends that can begin a name."""

    start: int
    end: int
    opening: Opening


NOTHING: Final[Mapping[str, Opening]] = {}


def _opening(names: Iterable[tuple[str, int]]) -> Opening:
    """The opening of `names`, each with the length of what has been read of it."""
    here: list[str] = []
    longer: dict[str, list[tuple[str, int]]] = {}
    for name, end in names:
        if word := WORD.search(name, end):
            longer.setdefault(word[0], []).append((name, word.end()))
        else:
            here.append(name)
    return Opening(tuple(here), {word: _opening(some) for word, some in longer.items()} or NOTHING)


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
    if known.kind == "city" and ((len(surface) <= 3 and surface.isupper()) or surface.startswith(ROYAL)):
        return False
    return (
        surface[0].isupper()
        or surface[0].isdigit()
        or surface[:3] in SMALL_ARTICLES
        or (" " in surface and known.kind == "agreement" and surface[0].isupper())
    )


def _is_weak_city(low: str, known: tuple[Known, ...]) -> bool:
    """Whether a city's name is rather a word, a person's name or too small to be meant unasked."""
    sets = word_sets()
    if any(k.capital or k.population >= LARGE_CITY for k in known) and low not in sets.common:
        return False
    return low in sets.given or low in sets.common or max(k.population for k in known) < SMALL_CITY


def _letter(known: tuple[Known, ...], surface: str, *, shouting: bool) -> str:
    """The class of what `surface` names."""
    kinds = {k.kind for k in known}
    if kinds == {"city"} and " " not in surface and _is_weak_city(fold(surface), known):
        return class_of_word(surface, fold(surface), shouting=shouting)
    return next(letter for kind, letter in PRIORITY.items() if kind in kinds)


def _letters(known: tuple[Known, ...], surface: str) -> str:
    return _letter(known, surface, shouting=False) + _letter(known, surface, shouting=True)


def _named(surface: str, *, hyphenated: bool) -> Name | None:
    """What `surface` names, if its case and its place allow it."""
    entries = vocabulary().known(fold(surface))
    fitting = tuple(k for k in entries if _fits(surface, k) and not (hyphenated and k.kind in WHOLE))
    if not fitting:
        return None
    return Name(fitting, _letters(fitting, surface), {k.kind for k in fitting} <= SPATIAL)


NAMED: Final = Memo(lambda surface: _named(surface, hyphenated=False))
HYPHENATED: Final = Memo(lambda surface: _named(surface, hyphenated=True))


def _places(token: str) -> list[Place]:
    found = vocabulary()
    places = []
    for at, word in words_in(token):
        begins = found.begins if word[0].isupper() else found.begins_small
        low = fold(word)
        names = [n for n in begins.get(low, ()) if n != low or NAMED[word]]
        if names:
            places.append(Place(at, at + len(word), _opening((name, len(word)) for name in names)))
    return places


PLACES: Final = Memo(_places)


def _candidates(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """End and start of whatever can be a known name."""
    for token, places in tokens_of(text).told(PLACES):
        for at, length, opening in places:
            start, end, read = token + at, token + length, opening
            while True:
                for name in read.names:
                    if folded.startswith(name, start):
                        yield start + len(name), start
                word = WORD.search(folded, end) if read.longer else None
                if word is None or word[0] not in read.longer:
                    break
                read, end = read.longer[word[0]], word.end()


def _is_initial(folded: str, start: int, end: int) -> bool:
    """Whether what looks like a title is one of several initials: "A.H.M. Roe", "U.L.M. Doe"."""
    behind_initial = folded[start - 1 : start] == "." and folded[start - 2 : start - 1].isalpha()
    if behind_initial and folded[end - 1] == "." and not folded[start - 3 : start - 2].isalnum():
        return True
    return end - start == 1 and folded[end : end + 1] == "." and folded[end + 1 : end + 2].isalpha()


def find_known(text: str, folded: str) -> list[Hit]:
    """The longest known names from left to right, without overlap."""
    found: list[Hit] = []
    for end, start in sorted(_candidates(text, folded)):
        before, after = folded[start - 1 : start], folded[end : end + 1]
        if before.isalnum() or after.isalnum() or _is_initial(folded, start, end):
            continue
        memo = NAMED
        if before in JOINTS or after in JOINTS:
            if _is_bound(folded, start, end):
                continue
            memo = HYPHENATED if _is_hyphenated(folded, start, end) else NAMED
        name = memo[text[start:end]]
        if name is None:
            continue
        known, letters, is_spatial = name
        first = start
        if (
            is_spatial
            and folded[start - 3 : start] in BEFORE_NAME
            and folded[max(0, start - 4) : start - 3] in {"", " "}
        ):
            if found and (found[-1].start, found[-1].end) == (start - 3, end):
                continue  # "El Salvador" is a name of its own
            first = start - 3
            letters = _letters(known, text[first:end])
        while found and found[-1].start >= first:
            found.pop()
        if not found or found[-1].end <= first:
            found.append(Hit(first, end, known, letters))
    return [h for i, h in enumerate(found) if not _is_part(folded, found, i)]


def _is_part(folded: str, hits: list[Hit], i: int) -> bool:
    """Whether a place is tied by a hyphen to a word that is no known name ("Euro-Atlantic", "Lvova-Belova")."""
    hit = hits[i]
    before, after = folded[hit.start - 2 : hit.start], folded[hit.end : hit.end + 2]
    if not before.endswith("-") and not after.startswith("-"):
        return False
    if before.endswith("-") and folded.startswith(PREFIXES, folded.rfind(" ", 0, hit.start) + 1):
        return True
    if not {k.kind for k in hit.known} <= SPATIAL:
        return False
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
