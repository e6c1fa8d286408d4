"""Entity keys: what one text settles about who or what is named (DATA.md, "Identity")."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.folding import normal
from streams.extract.memo import Memo

TRANSLITERATIONS: Final = (  # endings and letters that differ by the system of romanisation only
    (re.compile(r"(?<=[a-z])(?:yy|iy|ij|ii)\b"), "y"),
    (re.compile(r"(?<=[a-z])ey\b"), "ei"),
    (re.compile(r"(?<=[a-z])ks"), "x"),
    (re.compile(r"\bm[ou]h+am+[ae]d\b"), "mohammed"),
    (re.compile(r"\bhus+[ae]i?n\b|\bhus+ein\b"), "hussein"),
    (re.compile(r"\b[jy]us[sz]?[ue]f\b"), "yusuf"),
)


def _spelling(name: str) -> str:
    text = normal(name)
    for pattern, plain in TRANSLITERATIONS:
        text = pattern.sub(plain, text)
    return text


_SPELLING: Final = Memo(_spelling)


def spelling(name: str) -> str:
    """The normalised name in one spelling of the usual transliterations: Zelenskyy, Zelenskiy, Zelensky."""
    return _SPELLING[name]


def person_key(name: str, country: str | None) -> str:
    """`person:normalised name:country`; spellings of one name share it."""
    return f"person:{spelling(name)}:{country or ''}"


def organization_key(name: str, country: str | None) -> str:
    return f"organization:{normal(name)}:{country or ''}"


def agreement_key(kind: str, name: str, parties: tuple[str, ...]) -> str:
    return f"{kind}:{normal(name)}:{'+'.join(sorted(set(parties)))}"


def country_key(code: str) -> str:
    return f"country:{code}"


def place_key(name: str, country: str | None, geonames_id: int | None) -> str:
    if geonames_id is not None:
        return f"place:geonames:{geonames_id}"
    return f"place:{normal(name)}:{country or ''}"
