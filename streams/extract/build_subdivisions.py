"""Build `streams/vocabulary/subdivisions.tsv`, the provinces and states that no other list names.

    python -m streams.extract.build_subdivisions

ISO 3166-2 (by way of pycountry) writes "Brčko distrikt" and "Tul'skaya oblast'"; what says the kind is left out.
Names of ordinary words only ("Central", "North West") are left out too: a capital says nothing of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import pycountry

from streams.extract.folding import fold
from streams.extract.tables import FOLDER
from streams.extract.vocabulary import named_otherwise, vocabulary, word_sets

KIND: Final = re.compile(
    r"^(?:Province of|District of|Region of|State of|Department of|Commune|Kommune|Grad)\s+"
    r"|\s+(?:province|region|district|distrikt|oblast['’]?|county|sheng|oblys|oblysy|viloyati?|governorate|municipality|rayonu?"
    r"|okrug|županija|state|län|velayat|department|krai|kraj|kray|zizhiqu|shi|shaary|autonomous .*|apskritis|apgabali|novads"
    r"|kommun|maakond|vald|voblasć|respublika|respublikasi)$",
    re.IGNORECASE,
)
NAME: Final = re.compile(r"[A-ZÀ-ɏḀ-ỹ][^\d\[\]()†]{3,}")
DIRECTIONS: Final = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "centre",
        "upper",
        "lower",
        "middle",
        "new",
        "great",
        "capital",
        "federal",
        "city",
        "district",
        "metropolitan",
        "national",
        "region",
        "province",
        "state",
        "territory",
        "islands",
        "island",
        "grand",
        "saint",
        "and",
        "the",
        "area",
        "of",
    ]
)


def plain_names(name: str) -> Iterator[str]:
    """The name without its kind; each of "Nafarroa / Navarra"."""
    for part in re.sub(r"[\[(].*?[\])]", "", name).split(",")[0].split("/"):
        plain = part.strip(" '’*†")
        while (shorter := KIND.sub("", plain)) != plain:
            plain = shorter
        yield plain


def says_something(folded: str) -> bool:
    """Whether a capitalised name is no run of ordinary words."""
    words = word_sets()
    parts = re.split(r"[\s-]", folded)
    if len(parts) == 1:
        return folded not in words.common | words.modifiers | words.not_names
    return not all(part in words.common or part in DIRECTIONS for part in parts)


def rows() -> Iterator[str]:
    codes = {c.alpha_2: c.alpha_3 for c in pycountry.countries}
    elsewhere, cities = named_otherwise(), vocabulary().cities
    found: dict[str, set[str]] = defaultdict(set)
    for subdivision in pycountry.subdivisions:
        country = codes[subdivision.country_code]
        for name in plain_names(subdivision.name):
            folded = fold(name)
            if not NAME.fullmatch(name) or folded in elsewhere or not says_something(folded):
                continue
            if country not in {city.code for city in cities.named(folded)}:
                found[name].add(country)
    for name in sorted(found):
        yield from (f"{name}\t{country}" for country in sorted(found[name]))


def main() -> None:
    head = "# Source: ISO 3166-2 by way of pycountry, what no other list here names. name, country"
    (FOLDER / "subdivisions.tsv").write_text("\n".join([head, *rows(), ""]), encoding="utf-8")  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
