"""What tells diplomacy from other news: how much of the world a text names, in what words, and how it is laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log, log1p
from typing import Final

import ahocorasick

from streams.annotation import Mention
from streams.events.wording import masked, masks_of
from streams.extract.dates import lowered
from streams.extract.entities import Names
from streams.extract.sentences import Sentence

VOCABULARY: Final = "relevance_terms.tsv"
LEAD: Final = 500  # characters of the body
STATE_CODE: Final = re.compile(r"[A-Z]{3}")
SHORTEST: Final = 60  # words; a text of fewer is taken to have so many
LONG: Final = 600  # words; a text of more is taken to have so many
FEW_LINES, FEW_SENTENCES, FEW_WORDS = 4, 3, 40  # a text of fewer is taken to have so many
LINE: Final = 9  # words of a line that is no item of a list
SENTENCE_ENDS: Final = (".", "!", '"', "”")
SEPARATORS: Final = ("|", "•", " > ")  # of menus and lists
HEAD: Final = 600  # characters of the body whose words count
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
    "short_lines",
    "questions",
    "question_in_title",
    "addressed",
    "separators",
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


def _layout(text: str, low: str, title: int, sentences: Sequence[Sentence]) -> list[float]:
    """How much a text looks like a list, a menu or a guide: short lines, questions, "you"."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    short = sum(
        line.count(" ") + 1 < LINE and not line.endswith(SENTENCE_ENDS) for line in lines[1:] or lines
    )
    questions = sum(s.text.rstrip().endswith("?") for s in sentences)
    hundreds = max(FEW_WORDS, text.count(" ") + 1) / 100
    return [
        short / max(FEW_LINES, len(lines) - 1),
        min(1.0, 2 * questions / max(FEW_SENTENCES, len(sentences))),
        float("?" in text[:title]),
        min(2.0, (low.count(" you ") + low.count(" your ")) / hundreds / 2),
        min(2.0, sum(map(text.count, SEPARATORS)) / hundreds / 3),
    ]


def head_words(low: str, title: int, body: int, names: Names) -> list[str]:
    """The words, and the pairs of words, of title and lead, each once; names give way to what they are."""
    masks = masks_of(
        Names(names.entities, tuple(m for m in names.mentions if m.start_char < body + HEAD)), ()
    )
    parts = masked(low, 0, title, masks), masked(low, body, min(len(low), body + HEAD), masks)
    pairs = (f"{a} {b}" for words in parts for a, b in pairwise(words))
    return list(dict.fromkeys([*parts[0], *parts[1], *pairs]))


def features(
    text: str, title: int, names: Names, home: str | None, *, sentences: Sequence[Sentence]
) -> list[float]:
    """One number for each of `NAMES`; `title` is the length of the title, `home` the issuer's country."""
    low = lowered(text)
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
        log(min(words, LONG) / 200),
        *_term_counts(low, title, lead),
        *_layout(text, low, title, sentences),
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
