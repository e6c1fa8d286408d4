"""Folding: letters without case and diacritics, character by character, so that offsets stay.

`fold` serves lookup (same length as its input), `normal` serves identity (entity keys).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from streams.extract.memo import Memo

SPECIAL: Final = {
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "′": "'", "‐": "-", "‑": "-", "‒": "-",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\n": " ", "\t": " ",
    "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "İ": "i",
    "ə": "a", "Ə": "a", "ħ": "h", "Ħ": "h", "ŋ": "n", "æ": "a", "Æ": "a", "œ": "o", "Œ": "o", "þ": "t", "Þ": "t",
}  # fmt: skip


def _plain(char: str) -> str:
    """The one plain small letter for `char`, or `char` itself."""
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if len(base) == 1 else char


TABLE: Final = {
    c: _plain(chr(c)) for c in [*range(0x41, 0x250), *range(0x1E00, 0x1F00)] if chr(c).isalpha()
} | {ord(c): plain for c, plain in SPECIAL.items()}
FOREIGN: Final = re.compile(r"([^\x00-\x7f]+)")
PUNCTUATION: Final = re.compile(r"[^\w]+")
POSSESSIVE: Final = re.compile(r"['’]s\b|(?<=s)['’](?=\s|$)")


def fold(text: str) -> str:
    """Plain small letters, straight quotes and spaces; always as long as `text`."""
    if text.isascii():
        return text.translate(TABLE)  # much faster than for other strings
    return "".join([part.translate(TABLE) for part in FOREIGN.split(text)])


def spelled(name: str) -> str:
    """The name folded, with "St." for "Saint"."""
    return fold(name).replace("saint ", "st ").replace("st. ", "st ")


def _normal(name: str) -> str:
    text = unicodedata.normalize("NFKD", name)
    text = fold("".join(c for c in text if not unicodedata.combining(c)).casefold())
    text = PUNCTUATION.sub(" ", POSSESSIVE.sub("", text))
    return " ".join(text.split()).removeprefix("the ")


_NORMAL: Final = Memo(_normal)


def normal(name: str) -> str:
    """`name` as it stands in entity keys: no case, diacritics, punctuation, article or possessive."""
    return _NORMAL[name]
