"""The content hash: which revision of a release some bytes are, whatever markup they came in.

Rules of `h3` (any change of output needs a new prefix; `tests/unit/clean` pins them):

1. title and main text as `streams.clean.clean` gives them: extractor trafilatura 2 with the options
   pinned in `streams/clean/html.py`, lists of links and what stands outside the part with headline and
   prose taken out before (`prepare.py`, `confine.py`), a short release's lead put back (`lead.py`),
   furniture removed;
2. NFC; soft hyphens, zero-width characters, joiners, direction marks and byte-order marks dropped;
3. every kind of quotation mark folded to `"` or `'`, every dash and hyphen to `-`, `…` to `...`:
   publishers re-typeset these without changing what is said;
4. runs of white space are one space; none before closing and after opening punctuation, because
   inline markup adds and loses it;
5. a title that opens the text counts once.

Case, digits, accents and every other character count.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

TEXT_PREFIX: Final = "h3:"
BYTES_PREFIX: Final = "b1:"

_FOLD: Final = {
    **dict.fromkeys(
        map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
    ),
    **dict.fromkeys(map(ord, "“”„‟«»″〝〞＂"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛‹›′`´ʼʹ＇"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
    ord("…"): "...",
}
_SPACE: Final = re.compile(r"\s+")
_BEFORE: Final = re.compile(r" (?=[,.;:!?)\]}%])")
_AFTER: Final = re.compile(r"(?<=[(\[{]) ")


def content_hash(title: str | None, text: str) -> str:
    """`h3:` and 40 hexadecimal digits over the normalised title and main text."""
    head, body = normalised(title or ""), normalised(text)
    if head and body.startswith(head):
        body = body[len(head) :].lstrip()
    return TEXT_PREFIX + hashlib.sha256(f"{head}\n{body}".encode("utf-8", "surrogatepass")).hexdigest()[:40]


def bytes_hash(body: bytes) -> str:
    """`b1:` and 40 hexadecimal digits over the bytes: for what has no extractable text."""
    return BYTES_PREFIX + hashlib.sha256(body).hexdigest()[:40]


def normalised(text: str) -> str:
    """`text` in the one form over which it is hashed."""
    text = unicodedata.normalize("NFC", text).translate(_FOLD)
    return _AFTER.sub("", _BEFORE.sub("", _SPACE.sub(" ", text).strip()))
