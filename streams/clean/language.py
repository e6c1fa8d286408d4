"""Which language a text is in: by script where that settles it, else by Compact Language Detector 2."""

from __future__ import annotations

import re
from typing import Final

import pycld2

_SAMPLE: Final = 2000
_LETTERS: Final = re.compile(r"[^\W\d_]")
_ENOUGH: Final = 60  # letters; with fewer the detector is no better than a hint
_CODE: Final = re.compile(r"([A-Za-z]{2})(?:[-_].*)?\Z")
# Scripts that one language of our publishers writes.
_SCRIPTS: Final = (
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("lo", re.compile(r"[\u0e80-\u0eff]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
    ("si", re.compile(r"[\u0d80-\u0dff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("dz", re.compile(r"[\u0f00-\u0fff]")),
    ("dv", re.compile(r"[\u0780-\u07bf]")),
)
_SAME: Final = {"no": "nb", "nn": "nb", "zh-Hant": "zh"}
_UNKNOWN: Final = "un"  # the code for "unknown"
# A fifth of the words of any English text are these; no other language comes near.
_ENGLISH: Final = frozenset({"the", "of", "and", "to", "in", "for", "with", "on", "that", "by", "is", "was"})


def language_of(text: str, hint: str | None = None) -> str | None:
    """The ISO 639-1 code of `text`'s language; `hint` decides only where the text is too short."""
    sample = text[:_SAMPLE]
    said = _code(hint)
    if not _LETTERS.search(sample):
        return said
    if _is_english(sample):
        return "en"
    letters = len(_LETTERS.findall(sample))
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) * 3 > letters:
            return code
    if letters < _ENOUGH:
        return said or _detected(sample, guess=False)
    return _detected(sample, guess=True) or said


def _detected(sample: str, *, guess: bool) -> str | None:
    """What the detector says, which takes no sign that cannot be printed; only what it is sure of, or a guess."""
    printable = "".join(c if c.isprintable() else " " for c in sample)
    _, _, ((_, code, _, _), *_) = pycld2.detect(printable, bestEffort=guess)
    found = _SAME.get(code, code)
    return found if len(found) == 2 and found != _UNKNOWN else None


def _is_english(sample: str) -> bool:
    words = sample[:800].lower().split()
    common = [w for w in words if w in _ENGLISH]
    return len(words) >= 20 and len(common) * 5 >= len(words) and len({*common}) >= 4 and "the" in common


def _code(hint: str | None) -> str | None:
    match = _CODE.match((hint or "").strip())
    code = match[1].lower() if match else None
    return _SAME.get(code, code) if code else None
