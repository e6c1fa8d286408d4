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
IN_PERSON: Final = re.compile(r"\b(?:I|my|me)\b(?!\.)")


def signer(cast: Cast, sentences: tuple[Sentence, ...], text: str) -> Mention | None:
    """The person whose signature ends the text: "JOSÉ A. PÉREZ", "Sincerely, Ana Torres, Prime Minister of Peru"."""
    for s in reversed(sentences[-FOOT:]):
        if s.end_char - s.start_char > LINE or CONTACT.search(s.text):
            continue
        for m in cast.of_kind(s.start_char, s.end_char, "person"):
            begins = min(phrase_start(m, text, s.start_char), m.start_char)
            if m.use == "name" and CLOSING.fullmatch(text, s.start_char, begins):
                return m
    return None


def in_person(text: str) -> bool:
    """Whether a text speaks in the first person singular, other than in quotes."""
    return any(not is_quoted(text, m.start()) for m in IN_PERSON.finditer(text))
