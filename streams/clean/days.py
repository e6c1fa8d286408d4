"""Calendar days as people write them, in the languages of our publishers; month names from CLDR (`months.tsv`)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯", "0123456789" * 4)
_ISO: Final = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
# With spaces behind the points, as Czechs, Hungarians and Koreans write.
_ISO_SPACED: Final = re.compile(r"(?<!\d)(\d{4})\.\s(\d{1,2})\.\s(\d{1,2})\.?(?!\d)")
_SPACED: Final = re.compile(r"(?<![\d.])(\d{1,2})\s?\.\s(\d{1,2})\s?\.\s(\d{4})(?!\d)")
_HAN: Final = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_VIETNAMESE: Final = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm|,)?\s+(\d{4})(?!\d)", re.IGNORECASE)
_ERA: Final = re.compile(r"(令和|平成|民國|民国)\s*(\d{1,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ERA_BEGAN: Final = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_THAI: Final = re.compile(r"[\u0e00-\u0e7f]")
_BUDDHIST: Final = 543
_NUMERIC: Final = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d])")
# As agencies sign: "PANA MSA/AR 21Aug2024", and the calendar of the DPRK: "Juche114.1.31."
_GLUED: Final = re.compile(r"(?<!\w)(?P<day>\d{1,2})(?P<month>[A-Za-z]{3,4})(?P<year>(?:19|20)\d\d)(?!\w)")
_JUCHE: Final = re.compile(r"\bJuche\s?(\d{2,3})\.\s?(\d{1,2})\.\s?(\d{1,2})(?!\d)")
_JUCHE_BEGAN: Final = 1911
_DIGIT: Final = re.compile(r"\d")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# Scans read zeros as letters.
_SCANNED_ZERO: Final = re.compile(r"(?<=\d)[OoО](?=\d)|(?<=\d\d)[OoО](?=\b)")
APOSTROPHES: Final = "'’"
_SHORT_YEARS: Final = 2000  # "20 Oct. '22"
_WEEKDAY: Final = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day,?\s*\Z", re.IGNORECASE)
_WEEKDAYS: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_MONTH_FIRST: Final = frozenset({"USA", "PHL", "FSM", "MHL", "PLW"})


@dataclass(frozen=True, slots=True)
class Found:
    """A day at an exact place in a text; `year` is None where the text states day and month only."""

    year: int | None
    month: int
    day: int
    start: int
    end: int

    def on(self, year: int | None = None) -> date | None:
        """The calendar day, None if there is no such day or no year."""
        year = self.year or year
        try:
            return date(year, self.month, self.day) if year else None
        except ValueError:
            return None


def days(text: str, country: str | None = None) -> list[Found]:
    """Every day with month that `text` states, in order. `country` reads 03/04/2025 as its people do."""
    if not _DIGIT.search(text):
        return []
    if not text.isascii():
        text = text.translate(_DIGITS)
    text = _SCANNED_ZERO.sub("0", text)
    found = [_numbered(m, 1, 2, 3) for p in (_ISO, _ISO_SPACED, _HAN) for m in p.finditer(text)]
    found += [_numbered(m, 3, 2, 1) for m in _SPACED.finditer(text)]
    found += [_numbered(m, 3, 2, 1) for m in _VIETNAMESE.finditer(text)]
    found += [_of_era(m) for m in _ERA.finditer(text)]
    found += [_slashed(m, country) for m in _NUMERIC.finditer(text)]
    found += [_glued(m) for m in _GLUED.finditer(text)]
    found += [Found(_JUCHE_BEGAN + int(m[1]), int(m[2]), int(m[3]), *m.span()) for m in _JUCHE.finditer(text)]
    # Most texts with digits name no month, and the patterns of all months of all languages are slow.
    words = _LETTERS.findall(text.casefold())
    for pattern in () if _month_words().isdisjoint(words) else _named():
        for match in pattern.finditer(text):
            month = month_of(match["month"])
            if month:
                year = _year(match)
                found.append(Found(year, month, int(match["day"]), match.start(), match.end()))
    return _apart([f for f in found if f and f.on(2000) is not None])


def _numbered(match: re.Match[str], year: int, month: int, day: int) -> Found | None:
    return Found(int(match[year]), int(match[month]), int(match[day]), match.start(), match.end())


def _of_era(match: re.Match[str]) -> Found:
    year = _ERA_BEGAN[match[1]] + int(match[2])
    return Found(year, int(match[3]), int(match[4]), match.start(), match.end())


def _glued(match: re.Match[str]) -> Found | None:
    month = month_of(match["month"])
    return Found(int(match["year"]), month, int(match["day"]), *match.span()) if month else None


def month_of(word: str) -> int | None:
    """The month that a word names, in any language."""
    return _months().get(_fold(word))


def _year(match: re.Match[str]) -> int | None:
    """The year behind a month's name, if there is one; Thai counts from the Buddha's."""
    if not match["year"]:
        return None
    if match["year"][0] in APOSTROPHES:
        return _SHORT_YEARS + int(match["year"][1:])
    year = int(match["year"])
    return year - _BUDDHIST if year > 2400 and _THAI.search(match["month"]) else year


def _slashed(match: re.Match[str], country: str | None) -> Found | None:
    """Read dd.mm.yyyy and dd-mm-yyyy; mm/dd/yyyy where people write so, nothing where it is unclear."""
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or first > 12:
        return _numbered(match, 4, 3, 1)
    if second > 12:
        return _numbered(match, 4, 1, 3)
    if first == second or (country and country not in _MONTH_FIRST):
        return _numbered(match, 4, 3, 1)
    if country:
        return _numbered(match, 4, 1, 3)
    if by_weekday := _by_weekday(match):
        return by_weekday
    # With hyphens nobody begins with the month; years of other calendars are not ours to read.
    return _numbered(match, 4, 3, 1) if match[2] == "-" and match[4][:2] in {"19", "20"} else None


def _by_weekday(match: re.Match[str]) -> Found | None:
    """Read "Wednesday 8/1/2025" so that it is a Wednesday, if only one reading is."""
    named = _WEEKDAY.search(match.string, max(0, match.start() - 12), match.start())
    readings = (_numbered(match, 4, 3, 1), _numbered(match, 4, 1, 3))
    wanted = _WEEKDAYS.index(named[1].lower()) if named else None
    fitting = [f for f in readings if f and (day := f.on()) and day.weekday() == wanted]
    return fitting[0] if len(fitting) == 1 else None


def _apart(found: list[Found]) -> list[Found]:
    """The longest of overlapping findings, in order."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold().rstrip("."))


@cache
def _months() -> dict[str, int]:
    """Month names of all languages, folded; those that mean different months are not among them."""
    lines = files("streams.clean").joinpath("months.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: int(month) for name, month in list(rows)[1:]}


@cache
def _month_words() -> frozenset[str]:
    """Every word that a month's name holds."""
    return frozenset(word for name in _months() for word in _LETTERS.findall(name))


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted((re.escape(n) for n in _months()), key=len, reverse=True))
    month = rf"(?P<month>{names})\b\.?"
    year = rf"(?P<year>\d{{4}}|[{APOSTROPHES}]\d\d)(?!\d)"
    ordinal = r"(?:st|nd|rd|th|er|º|°|\.|-?го|-?е|\s+день)?"
    between = r"(?:(?:\s+day)?\s+(?:of|de|del|di|da|d['’]|من)\s*|\s*[,./-]?\s*)"
    flags = re.IGNORECASE
    return (
        re.compile(
            rf"(?<![\d/.])(?P<day>\d{{1,2}}){ordinal}{between}{month}(?:{between},?\s*{year})?", flags
        ),
        re.compile(
            rf"\b{month}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:\s*(?:[,/]|\.(?=\s\d{{4}}\s?\())?\s*{year})?",
            flags,
        ),
        re.compile(rf"(?<!\d){year}\W{{0,3}}\s*{month}\s*(?P<day>\d{{1,2}})(?!\d)", flags),
    )
