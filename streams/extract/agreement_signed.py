"""Agreements known by who or what made them: where they were signed, a title in quotes, a court, a name before a small head."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.agreement_days import MONTHS, YEAR, dated
from streams.extract.agreement_small import is_signed
from streams.extract.agreement_tails import tail_ends, tail_words
from streams.extract.organizations import Named, head_words
from streams.extract.units import Units

WHERE: Final = re.compile(r"it?[LRNCKMGQ0](?:[LRNCKMGQ0,/-]*[LRNCKMGQ0])?")
TITLE: Final = re.compile(r'[,:]?(?P<naming>x)?"(?P<title>[KMCGNLRDQU][^|"]{3,30})"')
GIVEN_BY: Final = re.compile(r"ot?(?P<court>[QUCKMG]+(?:o[CKMG]+)?)")
TELLING: Final = re.compile("[CKMGLRU]")  # beside the name of a country, which alone tells little


def find_signed(u: Units) -> list[Named]:
    """As in "the peace agreement signed in Lima on 19 April", 'resolution "Necessity of Peace"'."""
    return [*_signed_where(u), *_titled(u), *_rulings(u), *_undertaken(u), *_by_name(u)]


def _with_tails(first: int, last: int, ends: list[int], rule: str) -> list[Named]:
    tails = (Named(first, end, "agreement", "agreement.tail") for end in ends)
    return [Named(first, last, "agreement", rule), *tails]


def _small_before(u: Units, first: int, letters: str = "x") -> int:
    """Where the words begin that say which agreement: "negotiating framework"."""
    words = head_words("agreement", "before_small")
    while u.classes[first - 1] in letters and u.lows[first - 1] in words:
        first -= 1
    return first


def _signed_where(u: Units) -> list[Named]:
    """A definite agreement with a word before it that says which, and where or when it was made."""
    found = []
    for made in u.at_words(head_words("agreement", "made")):
        head = made - 1
        if u.lows[head] not in head_words("agreement", "made_where"):
            continue
        ends, at = [], made + 1
        while match := WHERE.match(u.classes, at):
            at = match.end()
            ends.append(at)
        first = _small_before(u, head, "xKM")
        if ends and first < head and u.classes[first - 1] in "ts":
            found += _with_tails(first, made, ends, "agreement.small")
    return found


def _titled(u: Units) -> list[Named]:
    """What adopts or decides something under a title in quotes: the title is its name."""
    found = []
    for i in u.at_words(head_words("agreement", "titled")):
        match = TITLE.match(u.classes, i + 1)
        if match and (match["naming"] is None or u.lows[match.start("naming")] in tail_words("naming")):
            found.append(Named(*match.span("title"), "agreement", "agreement.title"))
            found.append(Named(i, match.end(), "agreement", "agreement.tail"))
    return found


def _rulings(u: Units) -> list[Named]:
    """As in "the Order of the Court of Justice of 22 February", "the award of the EEBC of 13 April 2002"."""
    found = []
    for i in u.at_words(head_words("agreement", "rulings")):
        if not (match := GIVEN_BY.match(u.classes, i + 1)):
            continue
        first, last = match.span("court")
        last = next((j - 1 for j in range(first, last) if u.lows[j] in MONTHS), last)  # "of July 2024"
        is_court = not head_words("agreement", "courts").isdisjoint(" ".join(u.lows[first:last]).split())
        day = dated(u, last)
        if (is_court and u.texts[i][0].isupper()) or (u.lows[i] == "award" and day > last):
            begin = i - (u.lows[i - 1] in head_words("agreement", "before_rulings"))
            found += _with_tails(begin, last, [day] if day > last else [], "agreement.ruling")
    return found


def _undertaken(u: Units) -> list[Named]:
    """What sides sign beside agreements: "signed an action plan on fruit", "the plan of consultations for 2025"."""
    found = []
    for i in u.at_words(head_words("agreement", "undertaken")):
        if (
            not u.texts[i][0].islower()
            or u.lows[i + 1] not in tail_words("about")
            or not (is_signed(u, i, i + 1) or is_signed(u, i, (tail_ends(u, i + 1) or [i + 1])[0]))
        ):
            continue
        first = i
        while u.classes[first - 1] == "x" and u.lows[first - 1] in head_words(
            "agreement", "before_undertaken"
        ):
            first -= 1
        ends = tail_ends(u, i + 1)
        if ends and u.classes[first - 1] in "te" and (first < i or YEAR.fullmatch(u.texts[ends[-1] - 1])):
            found += _with_tails(first, ends[0], ends[1:], "agreement.small")
    return found


def _by_name(u: Units) -> list[Named]:
    """A name before a head written small: "the National Unity accord", "the FRANZ arrangement"."""
    found = []
    for i in u.at_words(head_words("agreement", "small")):
        if u.classes[i] != "x":
            continue
        small = first = _small_before(u, i)
        while u.classes[first - 1] in "CKMGLRUND" or (
            u.classes[first - 1] == "-" and u.ends[first - 1] == u.starts[first]
        ):
            first -= 1
        if first < small and u.classes[first - 1] == "t" and TELLING.search(u.classes, first, small):
            found += _with_tails(first, i + 1, tail_ends(u, i + 1), "agreement.place")
    return found
