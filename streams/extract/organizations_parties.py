"""Companies and bodies that only an agreement between them shows to be such: "the MoU between Velka Gas and Holt"."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.organizations import Named
from streams.extract.units import Units

# Two names, one of which at least no list knows; a state may end a name ("Invest Velka", "Holt Peru").
NAME: Final = r"[CGKMU]*[CU][CGKMUN]*"
BETWEEN: Final = re.compile(rf"xt?(?P<one>{NAME})(?:\(.\))?&t?(?P<other>{NAME})?(?![x(]?[oCGKMULRNQ])")


def find_parties(u: Units, agreements: list[Named], taken: set[int]) -> list[Named]:
    """The names that stand alone between "between", "and" and the end inside the names of `agreements`."""
    within = {i for n in agreements if n.kind == "agreement" for i in range(n.first, n.last)}
    found = []
    for match in BETWEEN.finditer(u.classes) if within else ():
        if u.lows[match.start()] != "between" or match.start() not in within:
            continue
        for part in ("one", "other"):
            first, last = match.span(part)
            if match[part] and taken.isdisjoint(range(first, last)):
                found.append(Named(first, last, "organization", "organization.party"))
    return found
