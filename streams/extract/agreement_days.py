"""Days, years and periods in and beside the name of an agreement: "of 12 August 2008", "(2025-2027)", "No. 53"."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from typing import Final

from streams.extract.folding import fold
from streams.extract.units import Units

MONTHS: Final = frozenset(fold(m) for m in month_name if m)
DAYS: Final = frozenset(fold(d) for d in day_name)
SHORTEST_MONTH: Final = 3
YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
NUMBER: Final = re.compile(r"[KCx]\.?0")
NUMBERED: Final = re.compile(r",0\([KCx]\.?0\)")  # "Convention, 1981 (No. 155)"
OF_DAY: Final = re.compile(r"[oxi]t?0?(?P<month>[KMGC])(?:0(?:,0)?)?|ot?0")
PERIOD: Final = re.compile(r"(?:[fot]{0,2}|x)0(?:-0)?(?![K0%])")  # "for 2025-2027", "until 2027"
YEARS: Final = re.compile(r"[fiox]t?x0(?:[-T&]0)?")  # "for the years 2025 to 2029"
COUNTED: Final = frozenset({"years", "period"})
BRACKETED: Final = re.compile(r"\(0-0\)")
SHORT_YEAR: Final = re.compile(r"\d\d")


def dated(u: Units, at: int) -> int:
    """The unit after "of 12 August 2008", "of 1993" or "No. 53" at `at`, else `at`."""
    if u.lows[at] in {"of", "from", "dated"} and (match := OF_DAY.match(u.classes, at)):
        if match["month"] is None:
            return match.end() if YEAR.fullmatch(u.texts[match.end() - 1]) else at
        return match.end() if u.lows[match.start("month")] in MONTHS else at
    if u.lows[at] in {"no", "no.", "nr", "nos"} and (match := NUMBER.match(u.classes, at)):
        return match.end()
    if match := NUMBERED.match(u.classes, at):
        return match.end() if YEAR.fullmatch(u.texts[at + 1]) else at
    return period(u, at)


def period(u: Units, at: int) -> int:
    """The unit after "(2025-2027)", "for the years 2025 to 2029", "until 2027" at `at`, else `at`."""
    if match := BRACKETED.match(u.classes, at):
        return match.end() if YEAR.fullmatch(u.texts[at + 1]) else at
    years = YEARS.match(u.classes, at)
    if years and not COUNTED.isdisjoint(u.lows[at : years.end()]):
        return years.end() if YEAR.fullmatch(u.texts[years.end() - 1]) else at
    match = PERIOD.match(u.classes, at)
    if not match or (u.classes[at] == "x" and u.lows[at] not in {"until", "till"}):
        return at
    last = match.end() - 1
    short = SHORT_YEAR.fullmatch(u.texts[last]) and YEAR.fullmatch(u.texts[last - 2])  # "2022-23"
    return match.end() if short or YEAR.fullmatch(u.texts[last]) else at


def is_month(word: str) -> bool:
    """Whether a folded word is a month or short for one: "sept"."""
    short = word.rstrip(".")
    return len(short) >= SHORTEST_MONTH and any(month.startswith(short) for month in MONTHS)


def day_before(u: Units, first: int) -> int:
    """Where the day or year begins that stands right before unit `first`: "2016", "12 August 2008", "September 19"."""
    i = first - 1
    if u.classes[i] == "0" and YEAR.fullmatch(u.texts[i]):
        if is_month(u.lows[i - 1]) and u.classes[i - 2] == "0":
            return i - 2
        years = u.classes[i - 2 : i] == "0-" and YEAR.fullmatch(u.texts[i - 2])
        return i - 2 if years else i
    if is_month(u.lows[i]) and u.classes[i - 1] == "0" and u.texts[i][:1].isupper():
        return i - 1
    if u.classes[i] == "0" and u.texts[i].isdigit():
        month = i - 1 - (u.classes[i - 1] == ".")
        if is_month(u.lows[month]) and u.texts[month][:1].isupper():
            return month
    return first


def is_day(u: Units, at: int) -> bool:
    """Whether a preposition at `at` leads to a day or month: "on March 19"."""
    return u.lows[at + 1] in MONTHS | DAYS or (u.classes[at + 1] == "0" and u.lows[at + 2] in MONTHS)
