"""The words of a text, cut once for all grammars that begin at a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate, compress
from typing import Final, NamedTuple, TypeVar, cast

from streams.extract.folding import TABLE

# Some letters fold to apostrophes, so that the folded text has two words there.
_APART: Final = "".join(chr(c) for c, plain in TABLE.items() if chr(c).isalnum() and not plain.isalnum())
WORDS: Final = re.compile(rf"([^\W_{_APART}]+)")
T = TypeVar("T")


class TextWords(NamedTuple):
    """Runs of letters and digits with their places, in order of the text."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def told(self, memo: Mapping[str, T | None]) -> Iterator[tuple[int, T]]:
        """The number of each word of which `memo` has something to say, and what it says."""
        said = list(map(memo.__getitem__, self.words))
        return compress(enumerate(cast("list[T]", said)), said)


@lru_cache(maxsize=1)
def words_of(text: str) -> TextWords:
    """Cut `text` into words; the last text is kept for the grammars that follow."""
    parts = WORDS.split(text)
    edges = list(accumulate(map(len, parts)))
    return TextWords(parts[1::2], edges[:-1:2], edges[1::2])
