"""Units of figures: currencies by name, sign and code, and what the vocabulary knows of counted nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

SHORT_NOUNS: Final = frozenset({"yen", "won", "lek", "lei", "leu", "lev", "rs"})
LIKELY: Final = 2  # countries, of those whose dollar it may be
SHORT: Final = 3  # forms up to this length must stand as written: "RM", not "rm"
DEFAULTS: Final = {"dollar": "USD", "pound": "GBP", "rupee": "INR", "cfa franc": "XOF"}
SHARED: Final = {  # forms of several currencies -> territory -> code, beyond the nouns of the table
    "cfa franc": ("CFA", "CFA franc", "CFA francs", "F CFA", "FCFA", "CFAF"), "krone": ("kroner",), "krona": ("kronor",),
    "R": ("R",), "N": ("N",), "K": ("K",), "P": ("P",), "M": ("M",), "KM": ("KM",),
}  # fmt: skip
LETTERS: Final = {
    "R": {"ZAF": "ZAR", "NAM": "ZAR", "LSO": "ZAR"}, "N": {"NGA": "NGN"}, "P": {"BWA": "BWP", "PHL": "PHP"},
    "K": {"ZMB": "ZMW", "MWI": "MWK", "PNG": "PGK"}, "M": {"LSO": "LSL"}, "KM": {"BIH": "BAM"},
}  # fmt: skip
FRANCS: Final = ("XOF", "XAF")
WORDLIKE: Final = frozenset(
    {"ALL", "TOP", "CUP", "TRY", "MAD", "COP", "GEL", "MOP", "ANG", "SOS", "BAM", "LAK", "PEN", "RON"}
)
SIGNS: Final = {"$": "dollar", "rs": "rupee", "rs.": "rupee", "₨": "rupee", "£": "pound"}


class Currency(NamedTuple):
    """A settled code, or the noun of a family ("dollar") whose country the text must settle."""

    code: str | None
    family: str | None = None


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a vocabulary file, without comments and header."""
    lines = files("streams.vocabulary").joinpath(name).read_text(encoding="utf-8").split("\n")
    body = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    yield from body[1:]


class Currencies(NamedTuple):
    forms: Mapping[str, Currency]  # by lower case
    cased: frozenset[str]  # short forms, as they must be written
    families: Mapping[str, Mapping[str, str]]  # noun -> territory -> code
    adjectives: Mapping[tuple[str, str], str]  # ("australian", "dollar") -> AUD


def _plural(noun: str) -> str:
    return noun + "s"


@cache
def currencies() -> Currencies:
    forms: dict[str, Currency] = {}
    cased: set[str] = set()
    families: dict[str, dict[str, str]] = {}
    adjectives: dict[tuple[str, str], str] = {}
    table = list(rows("units_currencies.tsv"))
    for code, territories, noun, names in table:
        for territory in filter(None, territories.split(",")):
            families.setdefault(noun, {}).setdefault(territory, code)
            if code in FRANCS:
                families.setdefault("cfa franc", {})[territory] = code
        for name in names.split("|"):
            forms[name.lower()] = Currency(code)
            if len(name) <= SHORT and name.isalpha():
                cased.add(name)
            first, _, last = name.lower().rpartition(" ")
            if last in {noun, _plural(noun)} and first and " " not in first:
                adjectives[first, noun] = code
    for noun, by_country in families.items():
        codes = set(by_country.values())
        unit = Currency(next(iter(codes))) if len(codes) == 1 else Currency(None, noun)
        for form in (noun, _plural(noun)):
            if form not in forms or unit.family:
                forms[form] = unit
    families |= LETTERS
    for family, shared in SHARED.items():
        forms |= {form.lower(): Currency(None, family) for form in shared}
        cased |= {form for form in shared if len(form) <= SHORT and form.isalpha()}
    for sign, noun in SIGNS.items():
        forms[sign] = Currency("GBP") if noun == "pound" else Currency(None, noun)
    return Currencies(forms, frozenset(cased), families, adjectives)


def currency_of(surface: str) -> Currency | None:
    """The currency that `surface` (as written) names, if it is one."""
    table = currencies()
    found = table.forms.get(surface.lower())
    if found is None and surface.endswith("$") and surface[:-1] in table.cased:  # "SBD$"
        return table.forms[surface[:-1].lower()]
    if found is None or (len(surface) <= SHORT and surface.isalpha() and surface not in table.cased):
        return found if surface.lower() in SHORT_NOUNS else None
    return found


def is_doubtful(surface: str) -> bool:
    """Whether a form before a number is money of large amounts only: "R93 billion", but "COP 28"."""
    return surface in WORDLIKE or surface in LETTERS


@cache
def glued_codes() -> frozenset[str]:
    """Codes and letters that may be written before digits without a gap, in lower case: "EUR200 million"."""
    table = currencies()
    return frozenset(form.lower() for form in table.cased if form.isalpha())


def settle(currency: Currency, countries: tuple[str, ...]) -> str | None:
    """The code of a family's currency: of the first of `countries` that uses one, else the usual one.

    A dollar is worldwide, so only the first two may claim it; a rupee is of a state that the text names.
    """
    if currency.code or not currency.family:
        return currency.code
    by_country = currencies().families.get(currency.family, {})
    for country in countries[:LIKELY] if currency.family == "dollar" else countries:
        if country in by_country:
            return by_country[country]
    return DEFAULTS.get(currency.family)


@cache
def counted_nouns() -> Mapping[str, str]:
    return {noun: what for noun, what in rows("units_counted.tsv") if what != "end"}


@cache
def phrase_ends() -> frozenset[str]:
    return frozenset(word for word, what in rows("units_counted.tsv") if what == "end")


@cache
def measures() -> re.Pattern[str]:
    """One pattern over all measures; the name of the group that matched is the measure."""
    return re.compile(
        r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in rows("units_measures.tsv")) + r")\b"
    )
