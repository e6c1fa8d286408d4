"""Numbers as digits and as words, with their scale, to exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from streams.extract.figures_units import glued_codes
from streams.extract.memo import Memo
from streams.extract.tokens import tokens_of, words_in

ONES: Final = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
        + ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        start=1,
    )
}
TENS: Final = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
SCALES: Final = {
    "hundred": 10**2,
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "billions": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "trn": 10**12,
    "lakh": 10**5,
    "lakhs": 10**5,
    "crore": 10**7,
    "crores": 10**7,
    "dozen": 12,
}
SHORT_SCALES: Final = frozenset({"k", "m", "b"})  # only after money
DIGITS: Final = r"(?:\d{1,3}(?:[,  ’']\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:,\d{1,2}(?!\d))?)"
_SMALL: Final = "|".join(sorted(ONES, key=len, reverse=True))
WORDS: Final = (
    rf"(?:(?:{'|'.join(TENS)})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?|{_SMALL}|half a|a)"
    r"(?:\shundred)?"
)
_SCALE: Final = "|".join(sorted(SCALES, key=len, reverse=True))
SCALE: Final = re.compile(
    rf"[\s-]?({_SCALE})(?![\w]|[’']s)(?:\s(million|billion|trillion|crore|crores)(?!\w))?"
)
NUMBER: Final = re.compile(
    rf"(?<![\w.,/])(?<!\d:)(?:[+-]?{DIGITS}(?!\d)|(?:{'|'.join(TENS)}|{_SMALL})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?"
    rf"(?:\shundred(?:\sand\s(?:(?:{'|'.join(TENS)})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?|{_SMALL})(?!\w))?)?(?!\w)|(?:half\sa|a)\s(?=(?:million|billion|trillion|thousand|hundred|dozen)\b))"
    rf"|(?<=[$€£¥₹₩₦₺₸₴₽₪฿₫₱৳₮₵¢+]){DIGITS}|(?<=\$a){DIGITS}|(?<=\brs\.){DIGITS}|(?<=\b(?:rm|tk|kd|rp|rs)){DIGITS}"
    rf"|(?<=\b[a-z]{{3}}){DIGITS}(?!\d)|(?<=\b[rnkpm]){DIGITS}(?=\s?(?:million|billion|trillion|mn|bn)\b)"
)

LARGEST: Final = Decimal(10) ** 24  # a longer row of digits is no figure
BEHIND_LETTERS: Final = re.compile(r"(rm|tk|kd|rp|rs|[A-Z]{3}|[RNKPM])\d", re.IGNORECASE)
CODE: Final = 3
WORD_NUMBERS: Final = frozenset({*ONES, *TENS, "half", "a"})


def _places(token: str) -> list[int]:
    """At which characters of `token` a number can begin."""
    places = []
    for at, word in words_in(token):
        if word[0].isdecimal() or word.lower() in WORD_NUMBERS:
            places.append(at)
        elif (behind := BEHIND_LETTERS.match(word)) and (
            len(behind[1]) < CODE or behind[1].lower() in glued_codes()
        ):
            places.append(at + len(behind[1]))
    return places


BEGINNINGS: Final = Memo(_places)


def numbers(text: str, low: str) -> Iterator[re.Match[str]]:
    """What `NUMBER` finds in `low`, which is `text` in lower case: it is tried only where a word can begin a number."""
    done = 0
    for at in (start + at for start, places in tokens_of(text).told(BEGINNINGS) for at in places):
        signed = NUMBER.match(low, at - 1) if at > done and low[at - 1] in {"+", "-"} else None
        if at >= done and (m := signed or NUMBER.match(low, at)):
            done = m.end()
            yield m


def _of_words(words: str) -> Decimal:
    total = Decimal(0)
    for word in re.split(r"[-\s]+", words):
        if word == "half":
            return Decimal("0.5")
        if word == "hundred":
            total = (total or Decimal(1)) * 100
        elif word in ONES:
            total += ONES[word]
        elif word in TENS:
            total += TENS[word]
        elif word == "a":
            total += 1
    return total


def value_of(words: str) -> Decimal:
    """The exact value of a number without scale: `1,200.5`, `1,5`, `forty-six`, `half a`."""
    if words.isdecimal():
        return Decimal(words)
    words = words.strip().lstrip("+")
    if not any(c.isdigit() for c in words):
        return _of_words(words)
    if re.search(r"[,  ’']\d{3}(?!\d)", words):
        return Decimal(re.sub(r"[,  ’']", "", words))
    return Decimal(words.replace(",", "."))


def plain(value: Decimal) -> Decimal:
    """`value` without exponent and without a fraction of zeros: 10.5 million is 10500000."""
    if value > LARGEST:
        return value  # more digits than decimals are exact to
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def scale_at(low: str, at: int, *, money: bool) -> tuple[int, int]:
    """The factor that follows a number at `at`, and where it ends; (1, at) if there is none."""
    found = SCALE.match(low, at)
    if not found or (found[1] in SHORT_SCALES and not money):
        return 1, at
    factor = SCALES[found[1]] * (SCALES[found[2]] if found[2] else 1)
    return factor, found.end()
