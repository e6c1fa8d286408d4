"""Who speaks: the agency or service that a text names as its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from streams.extract.units import Units

REPORTS: Final = frozenset({"reports", "reported", "informs", "informed", "learned", "learnt"})
SERVICE: Final = frozenset({"press service", "press office", "press-service", "information service"})


def _at(u: Units, i: int, organizations: Mapping[int, str]) -> str | None:
    """The organisation that is named at unit `i`, an article before it aside."""
    start = u.units[i + (u.classes[i] == "t")].start
    return organizations.get(start)


def find_issuer(u: Units, organizations: Mapping[int, str]) -> str | None:
    """The entity that reports ("Trend reports", "press service of the ministry"), or null if the text does not say.

    `organizations` holds entity ids by the offset at which a mention begins.
    """
    ends: dict[int, str] = {}
    for i, unit in enumerate(u.units):
        if (entity_id := organizations.get(unit.start)) and unit.text:
            ends[i] = entity_id
        pair = f"{unit.low} {u.units[i + 1].low}" if i + 1 < len(u.units) else ""
        if pair in SERVICE and u.classes[i + 2 : i + 3] == "o" and (found := _at(u, i + 3, organizations)):
            return found
        if unit.low in REPORTS and u.classes[i] == "x":
            near = next((ends[j] for j in range(i - 1, max(-1, i - 9), -1) if j in ends), None)
            if near:
                return near
    return None
