"""The side that speaks: the country that offices without a country belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import pycountry

from streams.extract.issuer_signs import signs
from streams.extract.issuer_votes import (
    ELSEWHERE,
    OF_STATES,
    Standing,
    first_mentions,
    named,
    national_words,
    of_guests,
    of_hosts,
    of_officials,
    of_title,
    of_visits,
)  # fmt: skip
from streams.extract.offices import Office
from streams.extract.units import Units

LAST: Final = 10**9
DECISIVE: Final = 7  # votes of signs that make an organisation the one that speaks
DECISIVE_BESIDE_STATES: Final = 11  # where somebody holds an office of a state that the text does not name


@lru_cache(maxsize=512)
def _is_state(code: str) -> bool:
    return code == "XKX" or pycountry.countries.get(alpha_3=code) is not None


def home_country(
    u: Units, offices: Sequence[Office], persons: Sequence[Standing], publisher_country: str | None
) -> str | None:
    """The publisher's country, else the one that the text treats as its own, else null."""
    if publisher_country:
        return publisher_country
    given = signs(u)
    states = any(o.level in OF_STATES for p in persons if p.said is None for o in p.offices)
    body = max(given, key=lambda c: (given[c], c), default=None)
    if body and not _is_state(body) and given[body] >= (DECISIVE_BESIDE_STATES if states else DECISIVE):
        return body
    plain = named(u, offices) + national_words(u, offices, {p.said for p in persons})
    visits = of_visits(u, persons)
    votes = Counter(plain)
    for further in (
        of_hosts(u),
        visits,
        of_officials(u, persons),
        of_guests(offices, persons),
        of_title(persons),
        given,
    ):
        votes.update(further)
    others = {c for further in (visits, given) for c, n in further.items() if n < 0}
    order = first_mentions(u)
    for candidates, least in ((votes, 1), (plain, -LAST)):
        fit = {c: n for c, n in candidates.items() if c not in ELSEWHERE and (_is_state(c) or not states)}
        fit = {c: n for c, n in fit.items() if votes[c] > 0 or c not in others}
        best = max(fit, key=lambda c: (fit[c], -order.get(c, LAST), c), default=None)
        if best and fit[best] >= least:
            return best
    return None
