"""Figures: numbers with a unit, what they measure, for which period and between whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from streams.annotation import DateMention, Figure
from streams.closed_sets import FigureKind, Qualifier
from streams.extract.countries import common_names
from streams.extract.dates import lowered
from streams.extract.entities import Names
from streams.extract.figures_context import describe
from streams.extract.figures_counted import Number, counted
from streams.extract.figures_numbers import DIGITS, LARGEST, WORDS, numbers, plain, scale_at, value_of
from streams.extract.figures_units import (
    Currency,
    currencies,
    currency_of,
    is_doubtful,
    phrase_ends,
    settle,
)
from streams.extract.sentences import Sentence
from streams.records import CleanRelease

PERCENT: Final = re.compile(r"[\s-]?(?:%|per\s?cent(?!\w)|pct(?!\w)|percentage\spoints?)")
RANGE: Final = re.compile(
    rf"\s?(?:-|–|—|\bto\b|\band\b|\bor\b)\s?(?P<sign>(?:us|a|s|c|hk|nz)?[$€£¥₹]|eur\s|usd\s)?(?P<n>{DIGITS}|{WORDS}(?=\s))"
)
BETWEEN: Final = (
    "between ",
    "between us$",
    "between $",
    "between €",
    "between £",
    "between usd ",
    "between eur ",
)
LONGEST_BEFORE: Final = 12  # characters
LEFT: Final = re.compile(r"(?:^|[\s(/–—-])((?:[^\s(/]+\s)?(?:[^\s(/]+\s)?)([^\s(/]+)\s?$")
GLUED: Final = re.compile(r"((?:u\.?s\.?|[a-z]{1,3})?[$€£¥₹₩₦₺₸₴₽₪฿₫₱৳₮₨₵¢]|\b[a-z]{1,3}\.?|\bs/)\s?$")
LONGEST_GLUED: Final = 6  # characters: "U.S.$ "
RIGHT: Final = re.compile(r"[\s-]?((?:[\w$€£.']+)(?:\s[\w.'-]+){0,2})")
QUALIFIERS: Final[tuple[tuple[Qualifier, re.Pattern[str]], ...]] = (
    (
        "over",
        re.compile(
            r"(?:more than|over|above|exceed\w*|at least|upwards? of|in excess of|no less than|not less than|surpass\w*"
            r"|a minimum of|greater than)\s(?:the\s|a\s)?$"
        ),
    ),
    (
        "under",
        re.compile(
            r"(?:less than|fewer than|under|below|nearly|almost|up to|no more than|not more than|at most|close to|a maximum of)\s(?:the\s|a\s)?$"
        ),
    ),
    (
        "about",
        re.compile(
            r"(?:about|around|approximately|some|roughly|an estimated|estimated|circa|ca\.|approx\.?|~)\s?$"
        ),
    ),
)
AFTER: Final[tuple[tuple[Qualifier, re.Pattern[str]], ...]] = (
    ("over", re.compile(r"(?:\+|,?\sor\smore|\sand\sabove)")),
    ("under", re.compile(r",?\sor\s(?:less|fewer)")),
)
GOVERNMENT: Final = re.compile(r"\s[Gg]overnment\b")
SMALLEST_SHOWN: Final = 2
THE_TWO: Final = frozenset({"countries", "nations", "states", "capitals", "neighbours", "partners", "allies"})

HUNDRED: Final = 100
FALLS: Final = re.compile(rf"\sto\s(?P<n>{DIGITS})")
OF_WEIGHT: Final = re.compile(r"\s(?:of (?:explosives?|bombs?|ordnance|food|cargo|rice|cocaine)\b|bombs?\b)")
FURTHER: Final = re.compile(rf"\s(?:and\s)?({DIGITS})(?=\s(?:thousand|million|billion))")
CODE: Final = 3  # letters
THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})*\.000")
MILLION: Final = 10**6
SUM_ENDS: Final = re.compile(
    r"[.,;:)]|\s(?:in|will|would|is|are|was|has|have|of which|for|to|by|from|over|under|already|still|more|and|a year|annually|last|this|next|at|on|before|had|were|per)\b|\s?$"
)
LARGE: Final = 10_000
US_DOLLARS: Final = re.compile(r"US ?\$|\$US|USD|U\.?S\.? dollars")


class _Unit(NamedTuple):
    start: int
    end: int
    kind: FigureKind
    unit: str
    value: Decimal
    value_max: Decimal | None


def _left_currency(text: str, at: int) -> tuple[int, Currency] | None:
    """The currency that stands right before a number, and where it begins."""
    offset = max(0, at - 30)
    window = text[offset:at]
    begins: list[int] = []
    words = LEFT.search(window) if window[-1:].isspace() else None
    if words and text[at : at + 2].strip("+-")[:1].isdigit():  # "marks one of" is no money
        first = words.start(1) + len(words[1].split(" ")[0]) + 1
        begins = [words.start(1), min(first, words.start(2)), words.start(2)]
    low = window.lower()
    if glued := GLUED.search(low, max(0, len(low) - LONGEST_GLUED)):
        begins.append(glued.start(1))
    for begin in begins:
        currency = currency_of(window[begin:].rstrip())
        if currency:
            return offset + begin, currency
    return None


def _right_currency(text: str, at: int) -> tuple[int, Currency] | None:
    """The currency that stands right after a number, and where it ends."""
    found = RIGHT.match(text, at)
    if not found:
        return None
    words = found[1].split(" ")
    for count in range(len(words), 0, -1):
        surface = " ".join(words[:count]).rstrip(".,'")
        last = currency_of(words[count - 1].rstrip(".,'"))
        currency = currency_of(surface) or (last if count == 2 and last and last.code else None)
        if currency and not (count == 2 and words[0].lower() in phrase_ends()):
            return found.start(1) + len(surface), currency
    return None


def _number(low: str, m: re.Match[str], *, money: bool) -> Number:
    """The number at `m` with its scale, or the range that it opens: "2 to 3 billion"."""
    value = value_of(m[0])
    factor, end = scale_at(low, m.end(), money=money)
    if factor == 1 and THOUSANDS.fullmatch(m[0]):  # "US$ 500.000"
        value = value_of(m[0].replace(".", ""))
    if further := FURTHER.match(low, end):
        lesser, further_end = scale_at(low, further.end(), money=money)
        if 1 < lesser < factor:
            return Number(m.start(), further_end, plain(value * factor + value_of(further[1]) * lesser), None)
    ranged = RANGE.match(low, end)
    if ranged:
        top_factor, top_end = scale_at(low, ranged.end(), money=money)
        top = value_of(ranged["n"]) * top_factor
        low_value = value * (factor if factor > 1 else top_factor)
        unit_follows = money or PERCENT.match(low, top_end) or top_factor > 1
        joined = ranged[0].strip().split(" ")[0]
        between = joined == "and" and low.endswith(BETWEEN, max(0, m.start() - LONGEST_BEFORE), m.start())
        if (
            top > low_value
            and (unit_follows or joined[0] in "-–—")
            and (between or joined not in {"and", "or"})
        ):
            return Number(m.start(), top_end, plain(low_value), plain(top))
    return Number(m.start(), end, plain(value * factor), None)


def _percent(low: str, number: Number) -> _Unit | None:
    """A number of per cents; of those that fall from it to a lesser one, too ("from 6.2 to 5.9 per cent")."""
    falls = FALLS.match(low, number.end)
    if falls and PERCENT.match(low, falls.end()) and value_of(falls["n"]) < number.value <= HUNDRED:
        return _Unit(number.start, number.end, "percent", "percent", number.value, None)
    percent = PERCENT.match(low, number.end)
    return percent and _Unit(
        number.start, percent.end(), "percent", "percent", number.value, number.value_max
    )


def _unit(text: str, low: str, m: re.Match[str], home: Callable[[], tuple[str, ...]]) -> _Unit | None:
    left = _left_currency(text, m.start())
    number = _number(low, m, money=left is not None)
    if left and number.value < LARGE and is_doubtful(text[left[0] : m.start()].strip()):
        left = None
    if percent := _percent(low, number):
        return percent
    if left:
        code = settle(left[1], home())
        return _Unit(left[0], number.end, "money", code, number.value, number.value_max) if code else None
    money = _number(low, m, money=True)
    right = None if OF_WEIGHT.match(low, low.find(" ", money.end + 1)) else _right_currency(text, money.end)
    if right and not (money.value < LARGE and is_doubtful(text[right[0] - CODE : right[0]])):
        code = settle(right[1], home())
        return _Unit(m.start(), right[0], "money", code, money.value, money.value_max) if code else None
    if number.value < SMALLEST_SHOWN or (what := counted(text, low, number)) is None:
        return None
    if number.value == SMALLEST_SHOWN and what[1] in THE_TWO:
        return None
    return _Unit(number.start, what[0], "count", what[1], number.value, number.value_max)


def _same_money(low: str, m: re.Match[str], sentence: Sentence, found: list[Figure]) -> _Unit | None:
    """A large sum whose currency the sentence named before: "38 million euros and Sweden 52 million"."""
    last = found[-1] if found else None
    if last is None or last.kind != "money" or last.start_char < sentence.start_char:
        return None
    number = _number(low, m, money=False)
    if number.value < MILLION or not SUM_ENDS.match(low, number.end):
        return None
    return _Unit(number.start, number.end, "money", last.unit, number.value, number.value_max)


def _qualifier(low: str, unit: _Unit) -> Qualifier:
    before = low[max(0, unit.start - 20) : unit.start]
    for name, pattern in QUALIFIERS:
        if pattern.search(before):
            return name
    for name, pattern in AFTER:
        if pattern.match(low, unit.end):
            return name
    return "exact"


def home_countries(release: CleanRelease, names: Names) -> tuple[str, ...]:
    """Whose dollar or rupee a bare sign is, the likeliest first.

    The publisher's; where it is unknown and the United States are not named, that of a government named
    as such ("the Australian Government"); the issuer's; then the countries that the text names most.
    """
    named = [
        (m, m.entity_id.removeprefix("country:"))
        for m in names.mentions
        if m.entity_id.startswith("country:")
    ]
    counts = Counter(code for _, code in named)
    first = [release.publisher_country] if release.publisher_country else []
    if "USA" not in counts:
        first += [c for m, c in named if GOVERNMENT.match(release.text, m.end_char) and m.use == "adjective"]
    first += [names.issuer_country] if names.issuer_country else []
    dollars = currencies().families["dollar"]
    own = first[:1] or [c for c, _ in counts.most_common(1)]
    if not set(own) & dollars.keys() and (
        (own and own[0] not in common_names()) or US_DOLLARS.search(release.text)
    ):
        first = [*own, "USA"]  # organisations count in US dollars
    return tuple(dict.fromkeys([*first, *(c for c, _ in counts.most_common())]))


def find_figures(
    release: CleanRelease, sentences: tuple[Sentence, ...], names: Names, dates: tuple[DateMention, ...]
) -> tuple[Figure, ...]:
    """Find every figure of `release`: money, per cents and counts, never dates or numbers of documents."""
    text, low = release.text, lowered(release.text)
    home = cache(lambda: home_countries(release, names))  # most texts name no currency
    starts = [s.start_char for s in sentences]
    date_ends = [d.end_char for d in dates]
    found: list[Figure] = []
    done = 0
    for m in numbers(text, low):
        date = bisect_right(date_ends, m.start())  # the first that ends behind the number's beginning
        if m.start() < done or (date < len(dates) and dates[date].start_char < m.end()):
            continue
        sentence = sentences[max(0, bisect_right(starts, m.start()) - 1)] if sentences else None
        unit = _unit(text, low, m, home) or (sentence and _same_money(low, m, sentence, found))
        if unit is None or unit.start < done or sentence is None:
            continue
        if max(unit.value, unit.value_max or 0) > LARGEST:
            continue
        figure = Figure(
            start_char=unit.start,
            end_char=unit.end,
            surface=text[unit.start : unit.end],
            kind=unit.kind,
            value=unit.value,
            value_max=unit.value_max,
            unit=unit.unit,
            qualifier=_qualifier(low, unit),
            rule=f"figure.{unit.kind}",
        )
        found.append(describe(figure, low, sentence, names, dates))
        done = unit.end
    return tuple(found)
