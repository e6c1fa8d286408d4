"""What a number counts: the noun behind it, or what the words before it are of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from streams.extract.figures_numbers import DIGITS, WORD_NUMBERS, value_of
from streams.extract.figures_units import counted_nouns, phrase_ends

NOT_COUNTED: Final = re.compile(
    r"(?:\b(?:no|nos|number|article|articles|resolution|resolutions|annex|chapter|section|paragraph|para|page|aged?|age of"
    r"|phase|stage|part|act|law|decree|room|tel|phone|fax|ext|protocol|group|grade|class|line|item|goal|volume|vol|cop|order|form)"
    r"\.?\s?|[#№:]\s?|\d\s)$"
)
_OF: Final = r"(?:(?:out\s)?of\s(?:the|its|their|our|his|her|these|those)\s(?:[\d,.]+\s)?|out\sof\s(?!(?:10|100)\s)[\d,.]+\s)?"
NOUN_PHRASE: Final = re.compile(
    rf"(?:[-‑]([a-z]{{2,}})\b)|((?:\s{_OF}[^\W\d_][\w’'-]*)(?:\s[^\W\d_][\w’'-]*){{0,5}})"
)
IN_NAME: Final = re.compile(r"[^\W\d_]-$")  # "COVID-19 and healthcare shortages", "a C-130 aircraft"
PEOPLE_ENDINGS: Final = ("ans", "ons", "ese", "ish", "ders", "ens")
FILLERS: Final = frozenset(
    {
        "more",
        "other",
        "of",
        "the",
        "further",
        "additional",
        "out",
        "its",
        "their",
        "our",
        "his",
        "her",
        "these",
        "those",
        "all",
    }
)
JOINING: Final = frozenset({"and", "or"})  # "31 medical and administrative staff"
# "16,000 killed", "seven were wounded"
CASUALTIES: Final = re.compile(
    r"\s(?:(?:were|was|have been|had been|been made|remain|are) )?(?:killed|wounded|injured|dead|missing|died|displaced|homeless|evacuated|detained|arrested|rescued|repatriated|hospitali[sz]ed|drowned|deported|freed)"
    r"(?=[.,;)]|\s(?:and|in|by|when|after|on|during|as|at|from|since|while|so)\b|$)"
)
YEAR: Final = re.compile(r"(?:19|20)\d\d")
NAMED: Final = re.compile(r"[A-Z][\w’'&-]*\)? $")  # "Convention Week 2023 Provides Insights"
STREET: Final = re.compile(
    r"(?: [A-Z][\w’'.-]*){1,3} (?:Boulevard|Street|Avenue|Road|Drive|Lane|Square|Highway)\b"
)
PROPER: Final = re.compile(
    r" (?:Initiative|Summit|Forum|Conference|Council|Group|Alliance|Pact|Plan|Party|Strategy|Dialogue)\b"
)
NOT_PEOPLE: Final = ("tions", "sions", "gions")  # "Record 45 Nations"

# "crew of 12", "of whom 40", "wounding five": words before a number that say what it counts
GROUP: Final = re.compile(
    r"\b(?:(?:crew|team|delegation|group|contingent|family|squad|staff|population|audience) of"
    r"|(?:of|among|including) (?:whom|them),?|(?:killing|wounding|injuring|displacing|freeing|killed|wounded|injured|freed)"
    r"|number of (?:the )?(?:dead|wounded|injured|victims|casualties|missing|refugees|displaced)(?: \w+){0,4}? (?:is|to|at|reached)"
    r"|(?:death )?toll (?:to|at|of|is|reached))"
    r" (?:(?:at least|more than|fewer than|over|some|about|around|nearly|almost|another|up to|as many as|an estimated|only) )?$"
)
OF_WHOM: Final = re.compile(r" of (?:whom|them)\b")
VOTES: Final = re.compile(r" (?:against|in favou?r|for)(?=[,.;)]| (?:and|to|with)\b)")
NOT_BEHIND: Final = re.compile(
    r" ?(?:%|per ?cent|million|billion|[-–—/]\s?\d|,? (?:hundred|thousand)| ?(?:[ap]\.?m\b|o['’]clock|(?:\w+ )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|times?|met(?:re|er)s?|kilomet\w+|miles?)\b))|[\d:]"
)
IN_FIGURES: Final = re.compile(r" ?\((\d[\d,]*)\)")  # "five (5) envoys"
FROM: Final = re.compile(r"\b(?:from|between) $")
TO_MORE: Final = re.compile(rf" (?:to|and) {DIGITS}")  # "from 30 to 100 flights"
MEASURES: Final = {
    "kilometre": "kilometres", "kilometer": "kilometers", "km": "km", "mile": "miles", "ton": "tons", "tonne": "tonnes",
    "megawatt": "megawatts", "mw": "MW", "gw": "GW", "hectare": "hectares",
    "member": "members", "nation": "nations", "country": "countries", "state": "states",
}  # fmt: skip
MANY: Final = 10  # from which "of them" is worth counting
FEW: Final = 3  # from which officials are worth counting


class Number(NamedTuple):
    start: int
    end: int
    value: Decimal
    value_max: Decimal | None


def counted(text: str, low: str, number: Number) -> tuple[int, str] | None:
    """The noun that is counted, and where it ends; None where the number counts nothing of note."""
    before = low[max(0, number.start - 90) : number.start]
    if NOT_COUNTED.search(before[-14:]) or IN_NAME.search(before[-2:]) or _names(text, number):
        return None
    figures = IN_FIGURES.match(low, number.end)
    if figures and value_of(figures[1]) == number.value:
        number = number._replace(end=figures.end())
    behind = _of_words_behind(low, number, before) or _of_noun(text, low, number, before)
    if (
        behind is None
        and (group := GROUP.search(before))
        and text[number.start - len(before) + group.start()].islower()
        and not NOT_BEHIND.match(low, number.end)
    ):
        return number.end, "people"
    return behind


def _of_words_behind(low: str, number: Number, before: str) -> tuple[int, str] | None:
    """People by what became of them, or votes: "16,000 killed", "40 of whom", "39 against"."""
    if people := CASUALTIES.match(low, number.end) or (
        number.value >= MANY and OF_WHOM.match(low, number.end)
    ):
        return people.end(), "people"
    votes = VOTES.match(low, number.end)
    return (votes.end(), "votes") if votes and "vot" in before + low[number.end : number.end + 60] else None


def _of_noun(text: str, low: str, number: Number, before: str) -> tuple[int, str] | None:
    """The noun behind a number, a hyphen, or the second number of "from 30 to 100 flights"."""
    phrase = NOUN_PHRASE.match(low, number.end)
    if phrase and phrase[1]:
        unit = MEASURES.get(phrase[1])
        return (phrase.end(), unit) if unit else None
    if phrase and (found := _noun(text, number, phrase)):
        return found
    more = TO_MORE.match(low, number.end) if FROM.search(before) else None
    phrase = NOUN_PHRASE.match(low, more.end()) if more else None
    noun = _noun(text, number, phrase) if phrase and phrase[2] else None
    return (number.end, noun[1]) if noun else None


def _noun(text: str, number: Number, phrase: re.Match[str]) -> tuple[int, str] | None:
    """The noun of the words behind a number: the first that the vocabulary knows, else the last in the plural."""
    best: tuple[int, str] | None = None
    joined = False
    at = phrase.start(2)
    titled = text[number.start : number.end].istitle()
    for word in re.finditer(r"[^\W\d_][\w’'-]*", phrase[2]):
        name = word[0]
        if best is None and (name in FILLERS or (name in JOINING and word.start() > 1)):
            joined = name in JOINING
            continue
        if name in phrase_ends() or (name in WORD_NUMBERS and joined):
            break
        if name.endswith("ed") and best:
            break
        known = counted_nouns().get(name)
        if known == "skip" or (
            known == "few" and (number.value < FEW or text[: number.start].endswith(("the ", "The ")))
        ):
            return None
        if known or _is_plural(name, text[at + word.start() : at + word.end()]):
            capital = text[at + word.start()].isupper()
            if titled and capital and not known and PROPER.match(text, at + word.end()):
                return None  # "the Three Seas Initiative"
            nation = capital and name.endswith(PEOPLE_ENDINGS) and not name.endswith(NOT_PEOPLE)
            best = at + word.end(), "people" if known == "people" or nation or name.endswith("men") else name
            if known and known != "also":
                break
    return best


def _is_plural(name: str, written: str) -> bool:
    """Whether a noun is a plural by its form: "drones", "fishermen", "MPs"."""
    if name.endswith("men"):
        return True
    return (
        name.endswith("s")
        and (len(name) > 3 or (written[:-1].isupper() and written.endswith("s")))
        and not name.endswith(("ss", "us", "’s", "'s"))
    )


def _names(text: str, number: Number) -> bool:
    """Whether a number is part of a name: the year of a conference, the number of a house."""
    year = YEAR.fullmatch(text, number.start, number.end) and text[number.end + 1 : number.end + 2].isupper()
    return bool(
        (year and NAMED.search(text, max(0, number.start - 30), number.start))
        or STREET.match(text, number.end)
    )
