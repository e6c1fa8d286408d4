"""States by all their names and adjectives: CLDR, pycountry and the project's own demonyms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import pycountry
from babel import Locale

from streams.extract.folding import fold
from streams.extract.tables import Known, split, table

FORMS: Final = ("Republic of {}", "Kingdom of {}", "State of {}")
NOT_STATES: Final = frozenset({"ATA", "IOT", "UMI", "ATF", "BVT", "HMD", "SGS"})
AMBIGUOUS: Final = frozenset({"Congo", "Saint Martin", "Central African", "America", "Man"})
KINGDOMS: Final = frozenset({
    "BEL", "BHR", "BTN", "DNK", "ESP", "GBR", "JOR", "KHM", "LSO", "MAR", "NLD", "NOR", "SAU", "SWE", "SWZ", "THA", "TON",
})  # fmt: skip


@cache
def common_names() -> dict[str, str]:
    """ISO alpha-3 code to the name in common use (CLDR's English one)."""
    territories = Locale("en").territories
    names = {c.alpha_3: str(territories.get(c.alpha_2, c.name)) for c in pycountry.countries}
    return names | {"XKX": "Kosovo", "TUR": "Türkiye", "MMR": "Myanmar", "PSE": "Palestine", "HKG": "Hong Kong",
                    "MAC": "Macao", "COD": "Democratic Republic of the Congo", "COG": "Republic of the Congo",
                    "CIV": "Côte d'Ivoire", "CZE": "Czech Republic"}  # fmt: skip


def _data_names() -> Iterator[tuple[str, str]]:
    """(code, name) as pycountry and CLDR have them."""
    for c in pycountry.countries:
        for name in {c.name, getattr(c, "common_name", ""), getattr(c, "official_name", "")}:
            if name and ", " not in name:
                yield c.alpha_3, name
    for code, name in common_names().items():
        if "(" not in name and "SAR China" not in name:
            yield code, name
            yield code, name.replace("&", "and").replace("St. ", "Saint ")


def _variants(name: str) -> Iterator[str]:
    """The name with "and" or "&", "Saint" or "St."."""
    for joined in {name, name.replace(" and ", " & ")}:
        yield joined
        if joined.startswith("Saint "):
            yield joined.replace("Saint", "St.", 1)
            yield joined.replace("Saint", "St", 1)


@cache
def countries() -> tuple[tuple[str, Known], ...]:
    """(surface, country or adjective) pairs."""
    names = common_names()
    found: dict[tuple[str, str], Known] = {}
    plain: dict[str, set[str]] = {}
    for code, name in _data_names():
        if code not in NOT_STATES and name not in AMBIGUOUS:
            plain.setdefault(code, set()).add(name)
    for code, adjectives, further, _ in table("demonyms.tsv"):
        plain.setdefault(code, set()).update(split(further))
        for word in split(adjectives):
            found[word, "adjective"] = Known("adjective", names[code], code, word if word.isupper() else "")
    for code, surfaces in plain.items():
        for name in {variant for surface in surfaces for variant in _variants(surface)}:
            short = name if name.replace(".", "").isupper() else ""
            found[name, "country"] = Known("country", names[code], code, short)
            if not short and " of " not in name and not name.startswith(("The ", "the ")):
                for form in FORMS:
                    if not (form.startswith("Kingdom") and code not in KINGDOMS):
                        full = form.format(
                            f"the {name}" if name.endswith("s") and code in {"PHL", "MDV", "NLD"} else name
                        )
                        found[full, "country"] = Known("country", names[code], code)
    return tuple((surface, known) for (surface, _), known in found.items())


@cache
def seats() -> dict[str, str]:
    """Folded name of a seat of government to the country that it may stand for."""
    pairs = ((fold(seat), code) for code, _, _, cells in table("demonyms.tsv") for seat in split(cells))
    return dict(pairs) | {"brussels": "EU"}
