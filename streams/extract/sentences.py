"""Sentences of a text, with their offsets: the unit in which all grammars work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Final, NamedTuple

ABBREVIATIONS: Final = frozenset(
    line
    for line in files("streams.vocabulary").joinpath("sentences_abbreviations.txt").read_text().split("\n")
    if line and not line.startswith("#")
)
# A full stop is followed by a capital, a figure, an opening quote or the mark of a list's next item; line breaks always divide.
BREAK: Final = re.compile(
    r"[.!?…\n](?:(?<=\n)\s*|(?<!\n)(?:"
    r"\s*\n\s*"
    r"|[\"”’»)\]]{0,3}\s+(?=(?:[*•▪●–—-] +(?=[\W\dA-Z]))?[\"“‘«(\[]{0,2}(?:[^\W\d_]|\d))"
    r"|(?<=[a-z)]{2}\.)(?=[A-Z][a-z])))"
)
LAST_WORD: Final = re.compile(r"[\"“‘(\[]*([\w.-]*\w)\.$")
OPENER: Final = re.compile(
    r"(?:The|This|That|These|Those|It|He|She|They|We|In|On|At|As|During|After|Both|For|And|But|Our|His|Her)\b"
)
ENDS_BOTH_WAYS: Final = frozenset({"u.s", "u.n", "u.k", "a.m", "p.m", "jr", "sr", "inc", "ltd", "co", "corp"})
INITIALS: Final = re.compile(r"[A-Z](?:\.[A-Z]){1,8}")  # "J.P. Roe", "S.A. The", "L.R.M.N.P.G.P.B. Roe"
LOOK_BACK: Final = 16
ITEM_MARKS: Final = frozenset("*•▪●–—-")
SHORTEST_ITEM: Final = (
    40  # characters before a mark; it is else that of a dateline ("GENEVA, 5 May 2024. – The ...")
)


class Sentence(NamedTuple):
    """A half-open span of the text, with the number of its paragraph (0 is the title or the lead)."""

    start_char: int
    end_char: int
    paragraph: int
    text: str


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """What may divide two sentences: white space behind a mark that ends one, and around line breaks."""
    done = 0
    for gap in BREAK.finditer(text):
        start = gap.start() + 1
        if text[start - 1] == "\n":
            start = done + len(text[done : start - 1].rstrip())
        done = gap.end()
        yield start, done


def _continues(text: str, start: int, at: int, following: int) -> bool:
    """Whether a sentence goes on behind a gap at..following: its stop is that of an abbreviation or a list number, or it is a dateline."""
    follower = text[following] if following < len(text) else ""
    marked = follower in ITEM_MARKS and at - start < SHORTEST_ITEM
    if marked or text[at - 1] != "." or follower.islower():
        return marked or follower.islower()
    words = text[max(start, at - LOOK_BACK) : at].rsplit(None, 1)
    found = LAST_WORD.match(words[-1]) if words else None
    if not found:
        return False
    word = found[1]
    named = (
        len(words) > 1 and words[0].rsplit(None, 1)[-1].istitle()
    )  # "Bruce I. Turner", "between you and I. The"
    if len(word) == 1 and word.isupper() and (word != "I" or (named and not OPENER.match(text, following))):
        return True  # an initial: "Joseph R. Biden"
    if word.isdigit() or (len(word) == 1 and at - start <= 3):
        return len(word) <= 2 and at - start <= len(word) + 2  # a list number: "2. Minister ..."
    lower = word.lower()
    if lower in ENDS_BOTH_WAYS or INITIALS.fullmatch(word):
        return OPENER.match(text, following) is None
    return lower in ABBREVIATIONS


def _spans(text: str) -> Iterator[tuple[int, int, int]]:
    at, paragraph = 0, 0
    for start, following in _gaps(text):
        gap = text[start:following]
        new_line = "\n" in gap
        if not new_line and _continues(text, at, start, following):
            continue
        yield at, start + (0 if new_line else len(gap.rstrip())), paragraph
        at = following
        paragraph += new_line
    yield at, len(text), paragraph


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split `text` at line breaks and sentence ends; sentences do not overlap and keep their order."""
    found = []
    for start, end, paragraph in _spans(text):
        part = text[start:end]
        stripped = part.strip()
        if stripped:
            first = start + len(part) - len(part.lstrip())
            found.append(Sentence(first, first + len(stripped), paragraph, stripped))
    return tuple(found)
