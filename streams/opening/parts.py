"""The opening of a release: title, lead and second sentence, which say what it exists to report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from streams.extract.sentences import Sentence

PARTS: Final = ("title", "lead", "second")
SHORTEST: Final = 25  # characters of a sentence that counts as lead

Span = tuple[int, int]


def spans(sentences: Sequence[Sentence], titles: int) -> tuple[Span, ...]:
    """Where title, lead and second sentence stand, of which the first `titles` are the title; (0, 0) for each that is missing."""
    told = [s for s in sentences[titles:] if s.end_char - s.start_char >= SHORTEST][:2]
    title = (sentences[0].start_char, sentences[titles - 1].end_char) if titles else (0, 0)
    found = [title, *((s.start_char, s.end_char) for s in told)]
    return (*found, *([(0, 0)] * (len(PARTS) - len(found))))
