"""The tokens of a text, cut once for all grammars that begin at a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate, compress
from typing import Final, NamedTuple, TypeVar, cast

from streams.extract.folding import TABLE

TOKEN: Final = re.compile(
    r"(?P<abbr>(?:[A-Z]\.)+|(?:St|Jr|Sr|Mt)\.)"
    r"|(?P<word>[^\W\d_]\w*(?:[-‐‑'’ʼʻ‘](?!s\b)[^\W\d_]\w*)*)"
    r"|(?P<possessive>['’]s\b|(?<=s)['’](?=\s))"
    r"|(?P<number>\d[\d,.:]*(?:st|nd|rd|th)?\b|\d)"
    r"|(?P<mark>[^\w\s])"
)
# The same to split a text at: most tokens are plain words and stops, and no space begins one.
_PLAIN: Final = r"[A-Za-z][a-z]*+(?=[ ,\n])|[a-z]++(?=[.])|[,.]"
TOKENS: Final = re.compile(rf"((?=\S)(?:{_PLAIN}|{re.sub('[?]P<[a-z]+>', '?:', TOKEN.pattern)}))")
# Some letters fold to apostrophes, so that the folded text has two words there.
_APART: Final = "".join(chr(c) for c, plain in TABLE.items() if chr(c).isalnum() and not plain.isalnum())
WORD: Final = re.compile(rf"[^\W_{_APART}]+")
T = TypeVar("T")


class Tokens(NamedTuple):
    """Words, numbers and marks with the places where they begin, in order of the text."""

    tokens: list[str]
    starts: list[int]

    def told(self, memo: Mapping[str, T | None]) -> Iterator[tuple[int, T]]:
        """Where each token begins of which `memo` has something to say, and what it says."""
        said = list(map(memo.__getitem__, self.tokens))
        return compress(zip(self.starts, cast("list[T]", said), strict=True), said)


def split(text: str) -> Tokens:
    """Cut `text` into its tokens."""
    parts = TOKENS.split(text)
    return Tokens(parts[1::2], list(accumulate(map(len, parts)))[:-1:2])


@lru_cache(maxsize=1)
def tokens_of(text: str) -> Tokens:
    """The tokens of a whole text; those of the last one are kept for the grammars that follow."""
    return split(text)


def words_in(token: str) -> Iterator[tuple[int, str]]:
    """The words of a token ("Kazakh-Chinese" has two), each with its place in it."""
    return ((word.start(), word[0]) for word in WORD.finditer(token))
