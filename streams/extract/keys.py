"""Entity keys: what one text settles about who or what is named (DATA.md, "Identity")."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.folding import normal

TRANSLITERATIONS: Final = (
    (re.compile(r"(?<=[a-z])yy\b|(?<=[a-z])iy\b|(?<=[a-z])ij\b|(?<=[a-z])ii\b"), "y"),
    (re.compile(r"\bal "), "al "),
    (re.compile(r"kh(?=[aeiouy])"), "kh"),
)


def person_key(name: str, country: str | None) -> str:
    """`person:normalised name:country`; spellings of one name share it."""
    text = normal(name)
    for pattern, plain in TRANSLITERATIONS:
        text = pattern.sub(plain, text)
    return f"person:{text}:{country or ''}"


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
