"""Places that a head word tells: "Kerman Province", "Presidential Palace", "Mount Sinjar", "South Ukraine NPP"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from streams.extract.organizations import head_words, last_before
from streams.extract.placed import Placed, beside
from streams.extract.units import Units

PLANTS: Final = frozenset({"npp", "hpp", "plant", "station", "reactor"})
OF_PLANTS: Final = frozenset({"nuclear", "power", "hydropower", "hydroelectric", "thermal", "research"})
RUN: Final = re.compile(r"[NDLRCGKMU]+(?:(?:(?<=[LRCG])-(?=[LRCG])|(?<=[CG])s(?=[KC]))[NDLRCGKMU]+)*")
OF_HEAD: Final = re.compile(r"[KMC]ot?(?:[LRC](?![CG]))")
PROPER: Final = re.compile(r"[CGLRNDU]")
BETWEEN: Final = re.compile(r"[DN]-[DN]x")  # "the Polish-Ukrainian border"
OPENERS: Final = frozenset({"lake", "mount", "mt", "cape", "isle", "wadi", "camp", "fort", "port"})
BARE: Final = frozenset(
    {
        "state",
        "area",
        "base",
        "city",
        "park",
        "hall",
        "square",
        "road",
        "street",
        "region",
        "territory",
        "port",
        "town",
        "quarter",
        "station",
        "camp",
        "border",
        "crossing",
        "coast",
        "strip",
        "house",
        "residence",
        "republic",
        "bridge",
        "tower",
        "garden",
        "gardens",
        "plaza",
        "terminal",
        "hill",
        "hills",
        "heights",
        "county",
        "district",
        "centre",
        "center",
        "hotel",
        "church",
        "temple",
        "avenue",
        "canton",
        "village",
        "basin",
        "canal",
        "valley",
        "peninsula",
        "dam",
        "suburb",
    }
)


def headed(u: Units, taken: set[int]) -> Iterator[Placed]:
    """As in "Kerman Province", "Presidential Palace", "Mount Sinjar", "Port of Aktau"."""
    heads = [i for i in u.at_words(head_words("place")) if u.classes[i] in "KMCGU"]
    openers = [i for i in u.at_words(OPENERS) if u.classes[i + 1] in "CGLRK" and taken.isdisjoint((i, i + 1))]
    for match in RUN.finditer(u.classes) if heads or openers else ():
        first, last = match.span()
        head = last_before(last, heads)
        if head > first and taken.isdisjoint(range(first, head + 1)):
            low, lead = u.lows[head], u.classes[first:head]
            heads_of = u.lows[first] == "state" and u.lows[first - 2 : first] in (
                ["heads", "of"],
                ["head", "of"],
            )
            if (
                u.classes[head + 1] not in "KMCGO"
                and not heads_of
                and (low not in BARE or PROPER.search(lead))
            ):
                code = next(
                    (
                        k.code
                        for i in range(first, head)
                        for k in u.known[i]
                        if k.kind in {"country", "adjective", "region"}
                    ),
                    None,
                )
                yield Placed(first, head + 1, None, code or beside(u, head), "place.head")
                continue
        opener = next((i for i in openers if first <= i < last - 1), None)
        if opener is not None:
            yield Placed(opener, opener + 2, None, beside(u, opener + 1), "place.head")
    for match in BETWEEN.finditer(u.classes):
        if u.lows[match.end() - 1] == "border":
            yield Placed(match.start(), match.end(), None, None, "place.border")
    yield from _plants(u, taken)
    before = head_words("place", "before")
    for match in OF_HEAD.finditer(u.classes):
        first, last = match.span()
        of_heads = u.lows[first] == "state" and u.lows[first - 2] in {"head", "heads"}
        if (
            u.lows[first] in before
            and not of_heads
            and u.texts[last - 1]
            and not any(i in taken for i in range(first, last))
        ):
            yield Placed(first, last, None, beside(u, last - 1), "place.head")


def _plants(u: Units, taken: set[int]) -> Iterator[Placed]:
    """As in "Zaporizhzhia nuclear power plant", "South Ukraine NPP"."""
    for head in u.at_words(PLANTS):
        i, end = head, head + 1
        while u.lows[i - 1] in OF_PLANTS:
            i -= 1
        first = i
        while u.classes[first - 1] in "CLRGNK" and u.texts[first - 1][0].isupper():
            first -= 1
        named = PROPER.search(u.classes[first:i]) and (end - i > 1 or u.lows[i] in {"npp", "hpp"})
        if named and taken.isdisjoint(range(first, end)):
            yield Placed(first, end, None, _country_in(u, first, i), "place.head")


def _country_in(u: Units, first: int, last: int) -> str | None:
    kinds = {"country", "region", "city"}
    return next((k.code for i in range(first, last) for k in u.known[i] if k.kind in kinds), None)
