"""Lines that hold a day and little else: above a text, below it, and in its title."""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import Final

from streams.clean.credible import is_credible
from streams.clean.days import days

_HEADER_PARAGRAPHS: Final = 5
_HEADER_LENGTH: Final = 140
_MOST_HEADERS: Final = 12
_PROSE: Final = 160
_FOOTER_PARAGRAPHS: Final = 3
_MOST_FOOTERS: Final = 20
_DONE: Final = re.compile(r"(?:done|signed|adopted|issued|given)\b.{0,20}\b(?:at|in|by)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_DIGIT: Final = re.compile(r"\d")
_MOST_OTHER_DIGITS: Final = 12  # a time with its zone, the number of a press release
# What may stand around the date of a header: a label, places, a weekday, a time, a press-release number.
_LABEL: Final = re.compile(
    r"(?:published|posted|issued|released|release date|date|dated|for immediate release|press (?:release|statement)"
    r"|media release|last updated|updated|created|on|at|of|by|no|nr|number|time|hrs?|am|pm|gmt|utc|ist|est|edt|cet"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|embargo|publié|publicado|veröffentlicht|le|el|den|the)",
    re.IGNORECASE,
)
_LABEL_REACH: Final = 20
_MODIFIED: Final = re.compile(r"(?i)\b(?:updated?|modified|aktuali[sz]|upraven|обновлен|actualis|actualiz)")
# Where a title holds the day of its release: at the end behind a place or a dash, in brackets, behind its number.
_DEADLINE: Final = re.compile(
    r"(?i)\b(?:dead-?line|closing|close of|apply|appl\w+ by|due|expir\w+|valid|rsvp)\b"
)
_TITLE_BEFORE: Final = re.compile(
    r"(?:[–—-]\s*(?:[^\W\d_][^\d,]{1,30},\s*)?|,\s*[^\W\d_][^\d,]{1,30},\s*|[([·]\s?|\bq?no\s?[:.]{1,2}\s?\d{1,4},\s*"
    r"|\b(?:conference|briefing|bulletin)\b.{0,40}?(?:\bo[nf]\s+|[:,]\s*|\s))\Z",
    re.IGNORECASE,
)
_TITLE_AFTER: Final = re.compile(r"[)\]]|\s*\Z|,\s")
_LABELLED: Final = re.compile(
    r"(?:\A|[|•;]\s*)(?:(?:first )?published|posted|delivered|issued|released|publication date|date of publication|release date|zverejnené|zveřejněno|objavljeno|opublikowano"
    r"|post date|publish date|press release\s*(?=\())(?:\s+on)?\s*[:(–-]?\s*(?:[A-Z][a-z]+day,?\s+)?\Z",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"(?<![:.\d])\d{1,2}\s*[-–—]\s*\Z")
_ASIDE: Final = re.compile(r"\([^)]*\d{4}\)\s*\Z")  # how lists of other releases give their days


def header_day(paragraph: str, country: str | None, latest: date) -> date | None:
    """The day of a line that holds a date and little else."""
    if len(paragraph) > _HEADER_LENGTH or _DEADLINE.search(paragraph):
        return None
    found = [f for f in days(paragraph, country) if f.year]
    if labelled := [f for f in found if _LABELLED.search(paragraph[: f.start])]:
        return day if (day := labelled[0].on()) and is_credible(day, latest) else None
    first = [f for f in found if not _MODIFIED.search(paragraph[max(0, f.start - _LABEL_REACH) : f.start])]
    if len({f.on() for f in first}) != 1 or _RANGE.search(paragraph[: first[0].start]):
        return None
    rest = paragraph
    for one in reversed(found):
        rest = rest[: one.start] + " " + rest[one.end :]
    words = [w for w in _WORD.findall(rest) if not _LABEL.fullmatch(w)]
    capital = [w for w in words if w[0].isupper() or not w[0].islower()]
    day = first[0].on()
    if len(words) > 8 or (len(words) > 4 and len(capital) * 2 < len(words)) or day is None:
        return None
    if _is_sentence(rest) or len(_DIGIT.findall(rest)) > _MOST_OTHER_DIGITS:
        return None
    return day if is_credible(day, latest) else None


def _is_sentence(rest: str) -> bool:
    return bool(re.search(r"\b(?:will|was|were|is|are|has|have|met|on the|from|until|to)\b", rest))


def title_day(title: str, latest: date) -> date | None:
    """The day that a title states as that of its release: the only one in it, set apart from its words."""
    found = [f for f in days(title) if f.year]
    if len(found) != 1 or (day := found[0].on()) is None or not is_credible(day, latest):
        return None
    before, after = title[: found[0].start], title[found[0].end :]
    set_apart = _TITLE_BEFORE.search(before) and not _RANGE.search(before) and _TITLE_AFTER.match(after)
    return day if set_apart else None


def above(body: list[str]) -> list[str]:
    """The lines above the text: the first few, and more of them while none is prose."""
    first = body[: min(_HEADER_PARAGRAPHS, len(body) - 1)]
    if not first or any(len(p) >= _PROSE for p in first):
        return first
    more = body[len(first) : min(_MOST_HEADERS, len(body) - 1)]
    return [*first, *itertools.takewhile(lambda p: len(p) < _PROSE, more)]


def below(body: list[str], country: str | None) -> list[str]:
    """The lines below the text: the last few, and above them what says where and when it was done."""
    last = [p for p in body[1:][-_FOOTER_PARAGRAPHS:] if not _ASIDE.search(p) or _is_bare(p, country)]
    return [*last, *(p for p in body[1:][-_MOST_FOOTERS:-_FOOTER_PARAGRAPHS] if _DONE.match(p))]


def footer_days(paragraphs: list[str], country: str | None, latest: date) -> set[date]:
    """The days that stand alone in a site's footer, or between its other words."""
    pieces = [piece for p in paragraphs[1:][-_FOOTER_PARAGRAPHS:] for piece in p.split("|")]
    return {d for p in pieces if _is_bare(p, country) and (d := header_day(p, country, latest))}


def changed_days(paragraphs: list[str], country: str | None, latest: date) -> set[date]:
    """The days on which a page says that it was changed last."""
    lines = (*paragraphs[:_HEADER_PARAGRAPHS], *paragraphs[1:][-_FOOTER_PARAGRAPHS:])
    return {d for p in lines if (d := _changed(p, country, latest))}


def _is_bare(piece: str, country: str | None) -> bool:
    """Whether a piece of a line holds a day, its label, and nothing else."""
    for one in reversed(days(piece, country)):
        piece = piece[: one.start] + " " + piece[one.end :]
    return all(_LABEL.fullmatch(w) for w in _WORD.findall(piece))


def _changed(paragraph: str, country: str | None, latest: date) -> date | None:
    found = [f for f in days(paragraph, country) if f.year] if len(paragraph) <= _HEADER_LENGTH else []
    if len(found) != 1 or not _MODIFIED.search(paragraph[: found[0].start]):
        return None
    day = found[0].on()
    return day if day and is_credible(day, latest) else None
