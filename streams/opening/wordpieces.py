"""Words as the encoder reads them: cut into the longest pieces of its vocabulary (WordPiece, Wu et al. 2016)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from streams.extract.memo import Memo
from streams.opening.parts import Span

WORD: Final = re.compile(r"[^\W_]+|[^\w\s]|_")
LONGEST: Final = 40  # characters of a word that is cut
UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
INSIDE: Final = "##"  # before a piece that goes on with a word


class Piece(NamedTuple):
    number: int
    start: int  # of the word it belongs to
    end: int


class Wordpieces:
    """The pieces of a vocabulary, each known by its place in it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.numbers = {piece: n for n, piece in enumerate(vocabulary)}
        self.start, self.end = self.numbers[START], self.numbers[END]
        self._of = Memo(self._cut)

    def numbers_of(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of a word."""
        return self._of[word]

    def _cut(self, word: str) -> tuple[int, ...]:
        unknown = (self.numbers[UNKNOWN],)
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
        if not plain or len(plain) > LONGEST:
            return unknown
        found: list[int] = []
        at = 0
        while at < len(plain):
            pieces = ((INSIDE if at else "") + plain[at:end] for end in range(len(plain), at, -1))
            piece = next((p for p in pieces if p in self.numbers), None)
            if piece is None:
                return unknown
            found.append(self.numbers[piece])
            at += len(piece) - (len(INSIDE) if at else 0)
        return tuple(found)

    def within(self, text: str, span: Span, most: int) -> Iterator[Piece]:
        """The first `most` pieces of a span, each with where its word stands in `text`."""
        for word in WORD.finditer(text, *span):
            for number in self._of[word[0]]:
                if most <= 0:
                    return
                most -= 1
                yield Piece(number, *word.span())

    def opening(self, text: str, spans: Sequence[Span], most: int) -> list[Piece]:
        """The pieces of an opening, at most `most`: title (half of them at most), lead, second sentence.

        Before the first and between them stand marks, which belong to no word.
        """
        left = most - len(spans)
        found = [Piece(self.start, 0, 0)]
        for nth, span in enumerate(spans):
            if nth:
                found.append(Piece(self.end, found[-1].end, found[-1].end))
            told = [*self.within(text, span, left if nth else left // 2)]
            left -= len(told)
            found += told
        return found
