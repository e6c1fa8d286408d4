"""Who speaks: the agency or service that a text names as its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from streams.extract.units import Units

REPORTS: Final = ("reports", "reported", "informs", "informed")
PASSIVE: Final = frozenset({"be", "been", "being", "was", "were", "is", "are", "duly"})
SERVICE: Final = ("press", "press-service")


def _at(u: Units, i: int, organizations: Mapping[int, str]) -> str | None:
    """The organisation that is named at unit `i`, an article before it aside."""
    start = u.starts[i + (u.classes[i] == "t")]
    return organizations.get(start)


def find_issuer(u: Units, organizations: Mapping[int, str]) -> str | None:
    """The entity that reports ("Trend reports", "press service of the ministry"), or null if the text does not say.

    `organizations` holds entity ids by the offset at which a mention begins.
    """
    for i in u.at_words(SERVICE):
        if u.lows[i] == "press" and u.lows[i + 1] not in {"service", "office"}:
            continue
        after = i + 1 + (u.lows[i] == "press")
        if u.classes[after : after + 1] == "o" and (found := _at(u, after + 1, organizations)):
            return found
    for i in u.at_words(REPORTS):
        if u.classes[i] != "x" or u.lows[i - 1] in PASSIVE:
            continue
        opens = max(u.classes.rfind("|", 0, i) + 1, i - 8)
        near = (organizations.get(u.starts[j]) for j in range(i - 1, opens - 1, -1))
        if found := next((n for n in near if n), None):
            return found
    return None
