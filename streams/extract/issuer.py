"""The side that speaks: the country that offices without a country belong to."""

from __future__ import annotations

from collections import Counter
from typing import Final

from streams.extract.offices import Office
from streams.extract.units import Units

HOME_NOUNS: Final = frozenset({"government", "cabinet", "parliament"})


def home_country(u: Units, offices: list[Office], publisher_country: str | None) -> str | None:
    """The publisher's country, else the one that the text treats as its own."""
    if publisher_country:
        return publisher_country
    inside = {i for o in offices for i in range(o.first, o.last)}
    votes: Counter[str] = Counter()
    for i, letter in enumerate(u.classes):
        if letter in "ND" and i not in inside:
            code = next((k.code for k in u.units[i].known if k.code and k.kind in {"country", "adjective"}), None)
            if code:
                votes[code] += 3 if u.units[i + 1].low in HOME_NOUNS else 1
    for office in offices:
        if office.country in votes and office.level in {"head_of_state", "head_of_government"}:
            votes[office.country] -= 1
    return max(votes, key=lambda c: (votes[c], c)) if votes else None
