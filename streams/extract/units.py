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
from collections.abc import Collection
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from streams.extract.folding import fold
from streams.extract.known import Hit, find_known
from streams.extract.memo import Memo
from streams.extract.sentences import Sentence
from streams.extract.tables import Known, settings
from streams.extract.word_classes import BREAK, CALM, SHOUTED, TOKENS

LOWS: Final = Memo(fold)
FREQUENT: Final = "aeinorst"
LOOKAHEAD: Final = 8  # breaks after the last unit, so that grammars may look past it
STATE_OF_GEORGIA: Final = re.compile(r"Atlanta|Savannah|Governor|Senator|, GA\b|Alabama|Florida|Tennessee")
RULERS: Final = frozenset({"sultan", "amir", "emir", "prince", "malik", "dean"})
RANKS: Final = frozenset({"he", "hm", "hh"})


class Units(NamedTuple):
    """All units of a text as columns, and their classes as one string."""

    text: str
    classes: str
    starts: list[int]
    ends: list[int]
    texts: list[str]
    lows: list[str]  # folded
    known: list[tuple[Known, ...]]
    words: frozenset[str]  # all of `lows`

    def at_words(self, words: Collection[str]) -> list[int]:
        """The units that are one of `words`, in order."""
        if self.words.isdisjoint(words):
            return []
        return [i for i, low in enumerate(self.lows) if low in words]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the units first..last (exclusive)."""
        return self.starts[first], self.ends[last - 1]

    def surface(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.ends[last - 1]]


def _is_shouting(text: str) -> bool:
    """Whether `text` is a heading in capitals, where capitals mean nothing."""
    if sum(map(text.count, FREQUENT)) > 0.3 * len(text):  # then at most seven letters in ten are capitals
        return False
    letters = sum(map(str.isalpha, text))
    return letters > 12 and sum(map(str.isupper, text)) > 0.7 * letters


def _settle_honorifics(lows: list[str], classes: list[str]) -> str:
    """Honorifics that are ordinary words ("Minister of Justice") stay so only before a name."""
    ambiguous = ambiguous_honorifics()
    for at in re.finditer("[OH]", "".join(classes)):
        i = at.start()
        if classes[i] == "O":
            if lows[i] in RULERS and i and classes[i - 1] == "H" and classes[i + 1] == "p":
                classes[i] = "G"  # "H.E. Sultan bin Ali"
        elif lows[i] in ambiguous:
            follows = i + 1 + (classes[i + 1] == ".")
            if lows[i] in RANKS:
                classes[i] = "x" if classes[follows] == "x" else "H"
                continue
            if classes[follows] == "K" and lows[follows] not in family_words():
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


def _settle_georgia(text: str, lows: list[str], classes: str) -> str:
    """Georgia beside Atlanta or a state governor, and without anything of the country, is the American state."""
    if "Georgia" not in text or "Georgian" in text or "Tbilisi" in text or not STATE_OF_GEORGIA.search(text):
        return classes
    return "".join("C" if low == "georgia" else c for low, c in zip(lows, classes, strict=True))


class _Cut(NamedTuple):
    """A text cut up: what stands before a unit and the unit, in turn, and which units are known names."""

    parts: list[str]
    known: dict[int, Hit]
    shouted: list[range]  # units of headings in capitals


def _cut(text: str, sentences: tuple[Sentence, ...], hits: list[Hit]) -> _Cut:
    """Cut `text` at tokens and at the `hits` that lie within one sentence; an empty unit ends each sentence."""
    cut = _Cut([], {}, [])
    parts = cut.parts
    end, at = 0, 0
    for sentence in sentences:
        before, first = text[end : sentence.start_char], len(parts) // 2
        position, end = sentence.start_char, sentence.end_char
        while True:
            while at < len(hits) and hits[at].start < position:
                at += 1
            hit = hits[at] if at < len(hits) and hits[at].end <= end else None
            tokens = TOKENS.split(text[position : hit.start if hit else end])
            tokens[0] = before + tokens[0]
            parts += tokens
            if hit is None:
                break
            cut.known[len(parts) // 2] = hit
            parts.append(text[hit.start : hit.end])
            before, position = "", hit.end
        if _is_shouting(sentence.text):
            cut.shouted.append(range(first, len(parts) // 2))
        parts.append("")
    return cut


def _letters(cut: _Cut, tokens: list[str]) -> list[str]:
    """The class of each unit by itself."""
    letters = list(map(CALM.__getitem__, tokens))
    for shouted in cut.shouted:
        letters[shouted.start : shouted.stop] = map(SHOUTED.__getitem__, tokens[shouted.start : shouted.stop])
    for i, hit in cut.known.items():
        letters[i] = hit.letters[any(i in shouted for shouted in cut.shouted)]
    return letters


def _settle_possessives(u: Units, classes: list[str]) -> None:
    """An apostrophe after s is a possessive before a space: "the ministers' meeting"."""
    for i in u.at_words(("'",)):
        before, after = u.text[u.starts[i] - 1 : u.starts[i]], u.text[u.ends[i] : u.ends[i] + 1]
        if before == "s" and after.isspace() and u.texts[i] in "'’" and classes[i + 1] != BREAK:
            classes[i] = "s"


def split_units(text: str, sentences: tuple[Sentence, ...]) -> Units:
    """Cut `text` into units, with a break between sentences."""
    cut = _cut(text, sentences, find_known(text, fold(text)))
    cut.parts.extend(["", ""] * LOOKAHEAD)
    tokens, edges = cut.parts[1::2], list(accumulate(map(len, cut.parts)))
    lows = list(map(LOWS.__getitem__, tokens))
    known: list[tuple[Known, ...]] = [()] * len(tokens)
    for i, hit in cut.known.items():
        known[i] = hit.known
    u = Units(text, "", edges[::2], edges[1::2], tokens, lows, known, frozenset(lows))
    letters = _letters(cut, tokens)
    _settle_possessives(u, letters)
    return u._replace(classes=_settle_georgia(text, lows, _settle_honorifics(lows, letters)))
