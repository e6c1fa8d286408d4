"""Who signs a release: the person whose name stands at its foot, and who "I" is in it."""

from __future__ import annotations

import re
from typing import Final

from streams.annotation import Mention
from streams.events.cast import Cast, phrase_start
from streams.events.quotes import is_quoted
from streams.extract.sentences import Sentence

FOOT: Final = 4  # last lines
LINE: Final = 90  # characters of a signature
# "Sincerely, NAME", "(signed) NAME", "President NAME"; a line of a contact has a number or an address
CLOSING: Final = re.compile(
    r"(?:\W*(?:(?:yours )?(?:sincerely|truly|faithfully|respectfully)|signed|sd|s/d|done by|with best wishes|best regards|regards|by the president)\b)?"
    r"[\W_]{0,6}(?:h\.?e\.? |mr\.? |ms\.? |mrs\.? |dr\.? |hon\.? |president |prime minister )*",
    re.IGNORECASE,
)
CONTACT: Final = re.compile(
    r"\d|@|\b(?:contact|press|media|photo|tel|email|enquiries|inquiries)\b", re.IGNORECASE
)
# "I hereby", "I’m", "my": "Phase I" and "World War I" are none
IN_PERSON: Final = re.compile(r"\b(?:my|me|I(?= [a-z]+)|I(?=['’](?:m|ve|ll|d)\b))\b(?!\.)")
NUMBERED: Final = re.compile(
    r"\b(?:War|Phase|Annex|Part|Chapter|Stage|Title|Class|Category|Volume|Book|Elizabeth|Charles) $"
)
STATES: Final = re.compile(r"[.!?]$|\b(?:is|are|was|were|will|must|has|have|had|met|said|I|you)\b")


def signer(cast: Cast, sentences: tuple[Sentence, ...], text: str) -> Mention | None:
    """The person whose signature ends the text: "JOSÉ A. PÉREZ", "Sincerely, Ana Torres, Prime Minister of Peru"."""
    for s in reversed(sentences[-FOOT:]):
        if s.end_char - s.start_char > LINE or CONTACT.search(s.text) or s is sentences[0]:
            continue
        for m in cast.of_kind(s.start_char, s.end_char, "person"):
            begins = min(phrase_start(m, text, s.start_char), m.start_char)
            behind = text[m.end_char : s.end_char]
            behind = behind.removeprefix(".") if behind == "." else behind  # "JOSÉ PÉREZ JR."
            if (
                m.use == "name"
                and CLOSING.fullmatch(text, s.start_char, begins)
                and not STATES.search(behind)
            ):
                return m
    return None


def in_person(text: str) -> bool:
    """Whether a text speaks in the first person singular, other than in quotes."""
    return any(
        not is_quoted(text, m.start()) and not NUMBERED.search(text, max(0, m.start() - 12), m.start())
        for m in IN_PERSON.finditer(text)
    )
