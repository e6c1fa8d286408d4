"""News agencies by the short names with which they sign what they report, at the head and foot of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from streams.extract.agreement_days import is_month
from streams.extract.organizations import Named
from streams.extract.standing import national
from streams.extract.units import Units

BREAKS: Final = re.compile(r"\|+")
HEAD, FOOT = 5, 4  # sentences
# As in: Praia, 28 January (Inforpress) - ; TASHKENT, November 15. /UzA/.
SIGNED: Final = re.compile(
    r"(?<=[LNRCK0GU])(?P<stop>[.,]?)(?:\((?P<short>[UKCGARN])\)[-:.]|/(?P<between>[UKCGARNQ])/(?:[.,|-]|(?=t?[A-Z])))"
)
LONGEST_DATELINE: Final = 10  # units
LONGEST: Final = 14  # characters of a short name


def _opens(u: Units, at: int) -> bool:
    """Whether only a place and a date stand between the beginning of a sentence or line and unit `at`."""
    first = max(u.classes.rfind("|", 0, at) + 1, at - LONGEST_DATELINE)
    line = u.text.rfind("\n", u.starts[first], u.starts[at])
    if line >= 0:
        first = next(i for i in range(first, at + 1) if u.starts[i] > line)
    opened = u.classes[first:at]
    return first < at and re.fullmatch("[LNRCKGUM][LNRCKGUM0,.-]*", opened) is not None


def _is_dated(u: Units, at: int) -> bool:
    """Whether a date stands right before unit `at`: "17 Jun", "December 1"."""
    return u.classes[at] == "0" or is_month(u.lows[at])


def _signed(u: Units, last: int) -> Iterator[int]:
    """The short names in the datelines of the units before `last`."""
    for match in SIGNED.finditer(u.classes, 0, last):
        i = max(match.start("short"), match.start("between"))
        word, before = u.texts[i], match.start() - 1
        is_name = word.isupper() or (word[0].isupper() and u.classes[i] != "K")
        if not is_name or not 1 < len(word) <= LONGEST or not _opens(u, match.start()):
            continue
        if match["between"] or word.isupper() or _is_dated(u, before):
            yield i


def find_agencies(u: Units) -> list[Named]:
    """Short names of news agencies at head and foot, and in datelines: "Maputo, 26 Jul (AIM) -"."""
    agencies = national("agency", as_written=True)
    breaks = [m.end() for m in BREAKS.finditer(u.classes)]
    head, foot = (
        (breaks[HEAD] if len(breaks) > HEAD else len(u.texts)),
        (breaks[-FOOT] if len(breaks) > FOOT else 0),
    )
    named = (i for i in u.at_words(national("agency")) if u.texts[i] in agencies)
    ends = [
        i for i in named if (i < head or i >= foot) and u.classes[i] not in "QA" and not _begins_person(u, i)
    ]
    return [
        Named(i, i + 1, "organization", "organization.agency") for i in sorted({*ends, *_signed(u, head)})
    ]


def _begins_person(u: Units, i: int) -> bool:
    """Whether the word is the given name of somebody: "Lana Doe"."""
    return u.classes[i] == "G" and u.classes[i + 1] in "CG"
