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
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from itertools import chain
from operator import add
from typing import Final, NamedTuple

from streams.extract.folding import fold
from streams.extract.known import Hit, find_known
from streams.extract.memo import Memo
from streams.extract.sentences import Sentence
from streams.extract.styles import settle_styles
from streams.extract.tables import Known, settings
from streams.extract.tokens import Tokens, split, tokens_of
from streams.extract.vocabulary import word_sets
from streams.extract.word_classes import BREAK, CALM, SHOUTED

LOWS: Final = Memo(fold)
FREQUENT: Final = "aeinorst"
LOOKAHEAD: Final = 8  # breaks after the last unit, so that grammars may look past it
STATE_OF_GEORGIA: Final = re.compile(r"Atlanta|Savannah|Governor|Senator|, GA\b|Alabama|Florida|Tennessee")
RULERS: Final = frozenset({"sultan", "amir", "emir", "prince", "malik", "dean"})
PARTS_OF_AMERICA: Final = frozenset({"latin", "central", "south", "north", "meso"})
COMMONERS: Final = frozenset({"dr", "dr.", "h.e.", "he", "mr", "mr.", "his excellency"})  # never a sultan
SON_OF: Final = frozenset({"bin", "ibn", "bint"})
MILITARY: Final = frozenset(
    {
        "general",
        "colonel",
        "major",
        "captain",
        "admiral",
        "commander",
        "marshal",
        "lieutenant",
        "sergeant",
        "commodore",
    }
    | {"brigadier", "professor", "doctor", "bishop", "archbishop", "cardinal", "patriarch"}
)
RANKS: Final = frozenset({"he", "hm", "hh"})
# family names that are ordinary words elsewhere, before a given name of two syllables: "Park Jae-won"
KOREAN: Final = frozenset(
    {"park", "moon", "song", "ban", "bang", "min", "son", "sun", "chin", "noh", "shin", "bae"}
)
SYLLABLES: Final = re.compile("[A-Z][a-z]{1,5}-[A-Za-z][a-z]{1,5}")
BURMESE: Final = frozenset({"u", "daw"})


class Units(NamedTuple):
    """All units of a text as columns, and their classes as one string."""

    text: str
    classes: str
    starts: list[int]
    ends: list[int]
    texts: list[str]
    lows: list[str]  # folded
    known: list[tuple[Known, ...]]
    where: Mapping[str, list[int]]  # the units of each of `lows`

    def at_words(self, words: Collection[str]) -> list[int]:
        """The units that are one of `words`, in order."""
        found = self.where.keys() & words
        return sorted(chain.from_iterable(map(self.where.__getitem__, found))) if found else []

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
    settle_styles(lows, classes)
    for at in re.finditer("[OH]", "".join(classes)):
        i = at.start()
        if classes[i] == "O":
            named = classes[i + 1] == "p" and (lows[i + 1] in SON_OF or (i and classes[i - 1] == "H"))
            ahmed = lows[i] == "sultan" and i and lows[i - 1] in COMMONERS and classes[i + 1] == "G"
            if (lows[i] in RULERS and named) or ahmed:  # "H.E. Sultan bin Ali", "Dr. Sultan Ahmed"
                classes[i] = "G"
        elif lows[i] in ambiguous:
            follows = i + 1 + (classes[i + 1] == ".")
            if lows[i] == "m." and i and classes[i - 1] in "GC":  # "Kurt M. Campbell"
                classes[i] = "I"
                continue
            if lows[i] in RANKS:
                classes[i] = "x" if classes[follows] == "x" else "H"
                continue
            if classes[follows] == "K" and lows[follows] not in family_words():
                classes[i] = "H" if lows[i] in BURMESE and classes[follows + 1] in "GC" else "M"
                continue
            ranked = lows[i] in MILITARY and classes[follows] in "GC"  # "the army of General Roe"
            if (i and classes[i - 1] in "of&" and not ranked) or classes[follows] not in "HGCIKpL":
                classes[i] = "M"
    return "".join(classes)


@cache
def family_words() -> frozenset[str]:
    return frozenset(settings("names.toml")["family"])


@cache
def ambiguous_honorifics() -> frozenset[str]:
    return frozenset(settings("offices.toml")["ambiguous"])


def _settle_given_names(tokens: list[str], lows: list[str], letters: list[str]) -> None:
    """An organisation's short name that is part of a person's name is that: "Petra Doe", "Imelda Roche"."""
    for i in [i for i, letter in enumerate(letters) if letter == "Q"]:
        word, follows = tokens[i], tokens[i + 1]
        is_name = word.istitle() or (word.isupper() and follows.isupper() and follows.isalpha())
        if not is_name or not word.isalpha():
            continue
        begins = letters[i + 1] == "C" or (letters[i + 1] == "p" and letters[i + 2] in "CG")
        if begins and lows[i] in word_sets().given:
            letters[i] = "G"
        elif i and letters[i - 1] in "GI" and letters[i + 1] not in "KM":
            letters[i] = "C"


def _settle_korean_names(u: Units, letters: list[str]) -> None:
    """An ordinary word before a given name of two syllables is a Korean family name."""
    for i in u.at_words(KOREAN):
        if u.texts[i].istitle() and letters[i + 1] == "C" and SYLLABLES.fullmatch(u.texts[i + 1]):
            letters[i] = "G"


def _settle_georgia(text: str, lows: list[str], classes: str) -> str:
    """Georgia beside Atlanta or a state governor, and without anything of the country, is the American state."""
    if "Georgia" not in text or "Georgian" in text or "Tbilisi" in text or not STATE_OF_GEORGIA.search(text):
        return classes
    return "".join("C" if low == "georgia" else c for low, c in zip(lows, classes, strict=True))


def _settle_congo(text: str, lows: list[str], known: list[tuple[Known, ...]]) -> None:
    """ "Congolese" is of the Democratic Republic, unless only the other one is named."""  # noqa: D210
    if "Congolese" not in text or "Brazzaville" not in text or "Democratic" in text or "DRC" in text:
        return
    for i, low in enumerate(lows):
        if low == "congolese":
            known[i] = tuple(k._replace(code="COG", name="Republic of the Congo") for k in known[i])


def _settle_americas(u: Units, letters: list[str]) -> None:
    """Take from "American" its state where it is part of one name: "Latin American", "Central American"."""
    for i in u.at_words(("american", "americans")):
        if letters[i] == "D" and i and u.lows[i - 1] in PARTS_OF_AMERICA:
            letters[i - 1 : i + 1] = "KK"
            u.known[i] = ()


class _Cut(NamedTuple):
    """A text cut up: its units with the places where they begin, and which of them are known names."""

    tokens: list[str]
    starts: list[int]
    known: dict[int, Hit]
    shouted: list[range]  # units of headings in capitals


def _part(text: str, whole: Tokens, start: int, end: int, first: int) -> tuple[list[str], list[int]]:
    """The tokens of a part of `text` and their starts; `first` is the number of the first behind `start`.

    They are those of the `whole` text, except where it is cut inside a token or right behind a long one.
    """
    tokens, starts = whole
    last = bisect_left(starts, end, first)
    before = starts[first - 1] + len(tokens[first - 1]) if first else 0
    behind = starts[last - 1] + len(tokens[last - 1]) if last else 0
    if before <= start and (behind < end or (behind == end and len(tokens[last - 1]) == 1)):
        return tokens[first:last], starts[first:last]
    tokens, starts = split(text[start:end])
    return tokens, [start + at for at in starts]


def _cut(text: str, sentences: tuple[Sentence, ...], hits: list[Hit]) -> _Cut:
    """Cut `text` at tokens and at the `hits` that lie within one sentence; an empty unit ends each sentence."""
    cut = _Cut([], [], {}, [])
    whole = tokens_of(text)
    first, at = 0, 0
    for sentence in sentences:
        begin = len(cut.tokens)
        position, end = sentence.start_char, sentence.end_char
        while True:
            while at < len(hits) and hits[at].start < position:
                at += 1
            hit = hits[at] if at < len(hits) and hits[at].end <= end else None
            first = bisect_left(whole.starts, position, first)
            tokens, starts = _part(text, whole, position, hit.start if hit else end, first)
            cut.tokens.extend(tokens)
            cut.starts.extend(starts)
            if hit is None:
                break
            cut.known[len(cut.tokens)] = hit
            cut.tokens.append(text[hit.start : hit.end])
            cut.starts.append(hit.start)
            position = hit.end
        if _is_shouting(sentence.text):
            cut.shouted.append(range(begin, len(cut.tokens)))
        cut.tokens.append("")
        cut.starts.append(end)
    return cut


def _letters(cut: _Cut, tokens: list[str]) -> list[str]:
    """The class of each unit by itself."""
    letters = list(map(CALM.__getitem__, tokens))
    for shouted in cut.shouted:
        letters[shouted.start : shouted.stop] = map(SHOUTED.__getitem__, tokens[shouted.start : shouted.stop])
    for i, hit in cut.known.items():
        letters[i] = hit.letters[bool(cut.shouted) and any(i in shouted for shouted in cut.shouted)]
    return letters


def _settle_possessives(u: Units, classes: list[str]) -> None:
    """An apostrophe after s is a possessive before a space: "the ministers' meeting"."""
    for i in u.at_words(("'",)):
        before, after = u.text[u.starts[i] - 1 : u.starts[i]], u.text[u.ends[i] : u.ends[i] + 1]
        if before == "s" and after.isspace() and u.texts[i] in "'’" and classes[i + 1] != BREAK:
            classes[i] = "s"


def _where(lows: list[str]) -> Mapping[str, list[int]]:
    """The units of each word: most grammars ask for a few words only."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, low in enumerate(lows):
        found[low].append(i)
    return found


def split_units(text: str, sentences: tuple[Sentence, ...]) -> Units:
    """Cut `text` into units, with a break between sentences."""
    cut = _cut(text, sentences, find_known(text, fold(text)))
    tokens = cut.tokens + [""] * LOOKAHEAD
    starts = cut.starts + [len(text)] * LOOKAHEAD
    lows = list(map(LOWS.__getitem__, tokens))
    known: list[tuple[Known, ...]] = [()] * len(tokens)
    for i, hit in cut.known.items():
        known[i] = hit.known
    ends = list(map(add, starts, map(len, tokens)))
    u = Units(text, "", starts, ends, tokens, lows, known, _where(lows))
    _settle_congo(text, lows, known)
    letters = _letters(cut, tokens)
    _settle_possessives(u, letters)
    _settle_americas(u, letters)
    _settle_korean_names(u, letters)
    _settle_given_names(tokens, lows, letters)
    return u._replace(classes=_settle_georgia(text, lows, _settle_honorifics(lows, letters)))
