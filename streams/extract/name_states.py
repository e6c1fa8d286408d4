"""In which states a personal name is borne: how many persons of each were read with its words and their endings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log
from typing import Final, NamedTuple

from streams.extract.folding import normal

WORD, ENDING, OPENING = "w", "e", "b"
SHORTEST: Final = 3  # letters of a word that tells something
ENDINGS: Final = (3, 4)  # letters
LONGER: Final = 5  # letters of a word whose opening is read
DOUBT: Final = 1.0  # persons of any state who are supposed to bear each word beside those that were read
RARE: Final = 0.5  # persons of a state of whom none was read

Borne = Callable[[str], Mapping[str, int]]  # of a piece of a name, how many persons of each state were read


class Lean(NamedTuple):
    """How much more often than others the persons of a state bear the words of a name, and their endings (logarithms)."""

    words: float
    endings: float


def pieces_of(name: str) -> tuple[list[str], list[str]]:
    """The words of a name, and how they end and begin."""
    words = [w for w in normal(name).replace("-", " ").split() if len(w) > 1]
    ends = [f"{ENDING}:{w[-n:]}" for w in words for n in ENDINGS if len(w) > n]
    opens = [f"{OPENING}:{w[:3]}" for w in words if len(w) >= LONGER]
    whole = [f"{WORD}:{w}" for w in words if len(w) >= SHORTEST]
    return list(dict.fromkeys(whole)), list(dict.fromkeys([*ends, *opens]))


def leans(name: str, codes: Sequence[str], borne: Borne, persons: Mapping[str, int]) -> list[Lean]:
    """How a name leans to each of these states; `persons` says how many of each were read in all."""
    words, endings = ([borne(piece) for piece in pieces] for pieces in pieces_of(name))
    everybody = sum(persons.values())
    usual = [max(persons.get(c, 0), RARE) / everybody for c in codes]
    return [Lean(_lean(words, c, p), _lean(endings, c, p)) for c, p in zip(codes, usual, strict=True)]


def _lean(read: Sequence[Mapping[str, int]], code: str, usual: float) -> float:
    return sum(
        log((by.get(code, 0) + DOUBT * usual) / (sum(by.values()) + DOUBT) / usual) for by in read if by
    )
