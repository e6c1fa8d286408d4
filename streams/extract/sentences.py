"""Sentences of a text, with their offsets: the unit in which all grammars work."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

BREAK: Final = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n+")


class Sentence(NamedTuple):
    """A half-open span of the text, with the number of its paragraph (0 is the title or the lead)."""

    start_char: int
    end_char: int
    paragraph: int
    text: str


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split `text` at paragraph breaks and sentence ends."""
    found, at, paragraph = [], 0, 0
    for gap in [*BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[at:end].strip():
            found.append(Sentence(at, end, paragraph, text[at:end]))
        if gap is None:
            break
        at = gap.end()
        paragraph += "\n" in gap[0]
    return tuple(found)
