"""What tells diplomacy from other news: how much of the world a text names, and in what words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import log, log1p
from typing import Final

import ahocorasick

from streams.annotation import Mention
from streams.extract.entities import Names

VOCABULARY: Final = "relevance_terms.tsv"
LEAD: Final = 500  # characters of the body
STATE_CODE: Final = re.compile(r"[A-Z]{3}")
SHORTEST: Final = 60  # words
NAMES: Final = (
    "countries",
    "second_country",
    "foreign_density",
    "foreign_in_title",
    "foreign_in_lead",
    "foreign_officials",
    "foreign_officials_in_lead",
    "ambassadors",
    "institutions",
    "institutions_in_lead",
    "regions",
    "nothing_foreign",
    "one_country",
    "length",
    "terms_for_in_title",
    "terms_for_in_lead",
    "terms_for",
    "terms_against",
    "terms_against_in_lead",
    "terms_elsewhere",
    "terms_elsewhere_early",
)


def terms() -> Iterator[tuple[str, str, bool]]:
    """Sign, term and whether any ending will do."""
    lines = files("streams.vocabulary").joinpath(VOCABULARY).read_text(encoding="utf-8").split("\n")
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        sign, words = line.split("\t")
        for word in words.split("|"):
            yield sign, word.removesuffix("*"), word.endswith("*")


@cache
def automaton() -> ahocorasick.Automaton:
    built = ahocorasick.Automaton()
    for sign, word, is_stem in terms():
        built.add_word(word, (len(word), sign, is_stem))
    built.make_automaton()
    return built


def _term_counts(low: str, title: int, lead: int) -> list[float]:
    """Distinct terms for, against and of other worlds, in title, lead and text."""
    seen: dict[tuple[str, str], int] = {}
    size = len(low)
    for last, (length, sign, is_stem) in automaton().iter(low):
        start, end = last - length + 1, last + 1
        if start and low[start - 1].isalnum():
            continue
        if is_stem or end == size or not low[end].isalnum() or low[end : end + 2] in {"s ", "s,", "s."}:
            seen.setdefault((sign, low[start:end]), start)
    pro = [at for (sign, _), at in seen.items() if sign == "+"]
    con = [at for (sign, _), at in seen.items() if sign == "-"]
    far = [at for (sign, _), at in seen.items() if sign == "x"]
    return [
        min(3, sum(at < title for at in pro)),
        log1p(sum(at < lead for at in pro)),
        log1p(len(pro)),
        log1p(len(con)),
        log1p(sum(at < lead for at in con)),
        log1p(len(far)),
        log1p(sum(at < lead for at in far)),
    ]


def features(text: str, low: str, title: int, names: Names, home: str | None) -> list[float]:
    """One number for each of `NAMES`; `title` is the length of the title, `home` the issuer's country."""
    entities = {e.entity_id: (e.kind, e.country) for e in names.entities}
    words = max(SHORTEST, text.count(" ") + 1)
    lead = title + LEAD
    by_country: dict[str, int] = {}
    foreign: list[Mention] = []
    officials: list[Mention] = []
    institutions: list[Mention] = []
    regions = 0
    for m in names.mentions:
        kind, country = entities[m.entity_id]
        country = m.country or country
        regions += kind == "region"
        if not country:
            continue
        if kind in {"country", "place"}:
            by_country[country] = by_country.get(country, 0) + 1
            if country != home:
                foreign.append(m)
        elif kind == "organization" and is_institution(country):
            institutions.append(m)
        if m.office_level and country != home:
            officials.append(m)
    ranks = sorted(by_country.values(), reverse=True) + [0, 0]
    return [
        log1p(len(by_country)),
        log1p(ranks[1]),
        log1p(100 * len(foreign) / words),
        float(min(2, sum(m.start_char < title for m in foreign))),
        float(min(3, sum(m.start_char < lead for m in foreign))),
        log1p(len(officials)),
        float(min(2, sum(m.start_char < lead for m in officials))),
        float(min(2, sum(m.office_level == "ambassador" for m in names.mentions))),
        log1p(len(institutions)),
        float(min(2, sum(m.start_char < lead for m in institutions))),
        log1p(regions),
        float(not foreign),
        float(len(by_country) <= 1),
        log(words / 200),
        *_term_counts(low, title, lead),
    ]


def is_institution(code: str) -> bool:
    """The code of an organisation that acts as a state does (EU, NATO); states have three capitals."""
    return STATE_CODE.fullmatch(code) is None or code in {
        "IMF",
        "WTO",
        "OIC",
        "GCC",
        "WHO",
        "SCO",
        "COE",
        "OAS",
        "CIS",
    }
