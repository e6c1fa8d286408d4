"""Organisations that no vocabulary knows: runs of capitalised words around a head word, with their tails."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import day_name, month_name
from functools import cache
from typing import Final, NamedTuple

from streams.extract.folding import fold
from streams.extract.tables import settings
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

PART: Final = r"(?:(?<!N)[CG]|[KMULDQRON]|-(?=[CKMGULND])|(?<![NDQLO])s(?=[KMC]))+"
TAIL: Final = re.compile(rf"([ofTiw]|x(?=[KMQ]))t?{PART}s?")
MORE: Final = re.compile(rf"(?:,(?:ot?)?(?:[KM]+|D[KM]+))*,?&(?:ot?)?t?{PART}")
BETWEEN_STATES: Final = re.compile(r"[NDQR]-[NDQR]")
OF_BODIES: Final = frozenset({"board", "staff"})  # of another body, which has the name
RUN_ON: Final = re.compile(r"[KMU](G[CGK]{1,2})$")
RELATED: Final = frozenset(
    {"friendship", "cooperation", "co-operation", "relations", "ties", "links", "people", "persons", "group"}
)  # with others
MONTHS: Final = frozenset(fold(month) for month in month_name if month)
DAYS: Final = frozenset(fold(day) for day in day_name)
SPAN_LIMIT: Final = 24
SHORT_LINE: Final = 60  # characters; the words of a heading do not run on into the next line


class Named(NamedTuple):
    """A name of an organisation, agreement or initiative at units first..last (exclusive)."""

    first: int
    last: int
    kind: str
    rule: str


@cache
def head_words(kind: str, part: str = "heads") -> frozenset[str]:
    return frozenset(settings("heads.toml")[kind].get(part, ()))


def has_word(u: Units, i: int, part: str) -> bool:
    """Whether unit `i` is one of a list of words of organisations."""
    return u.lows[i] in head_words("organization", part)


def is_head(u: Units, i: int) -> bool:
    return has_word(u, i, "heads") and u.texts[i][:1].isupper()


def ends_name(u: Units, i: int) -> bool:
    """Whether unit `i` is a head word of any kind of name."""
    return is_head(u, i) or u.lows[i] in head_words("agreement") | head_words("initiative")


def _parts(u: Units, first: int, last: int) -> bool:
    """Whether a wide gap or the end of a short line stands between the units last-1 and last."""
    gap = u.text[u.ends[last - 1] : u.starts[last]]
    if "\n" not in gap:
        return len(gap) > 1
    return u.ends[last - 1] - (u.text.rfind("\n", 0, u.starts[first]) + 1) < SHORT_LINE


def until_gap(u: Units, first: int, last: int) -> int:
    """The end of the run first..last: before a gap, and before a dash that joins no two states."""
    for i in range(first + 1, last):
        spaced = u.classes[i] == "-" and u.ends[i - 1] < u.starts[i] and u.ends[i] < u.starts[i + 1]
        if (
            u.lows[i] in DAYS
            or _parts(u, first, i)
            or (spaced and not BETWEEN_STATES.match(u.classes, i - 1))
        ):
            return i
    return last


def tail_end(u: Units, at: int, head: str, taken: set[int]) -> int:
    """Where the name ends that goes on with "of ...", "for ...", "on ..." at unit `at`."""
    limit, seated = at + SPAN_LIMIT, False
    while at < limit and (match := TAIL.match(u.classes, at)):
        if not _belongs(u, match, head) or (seated and u.lows[at] == "to"):
            break
        seated |= u.lows[at] == "in"
        end = match.end()
        while (more := MORE.match(u.classes, end)) and not _begins_another(u, match.start(), more):
            end = more.end()
        end = next((i for i in range(at, end) if i in taken), end)
        end = until_gap(u, at, end)
        end = _before_holder(u, at, end, taken)
        end = _before_person(u, at, end)
        in_crime = u.lows[end - 1] in {"persons", "goods"}  # "Trafficking in Persons"
        if u.lows[at] == "in" and u.classes[end - 1] not in "LNRC" and not in_crime:
            break
        while end > at and (
            u.classes[end - 1] in "ofTitw&,s-" or (u.classes[end - 1] == "D" and u.classes[end] in "xO")
        ):  # "... of the Israeli occupation"
            end -= 1
        if end <= at + 1:
            break
        stopped = end < match.end()
        at = end
        if stopped:
            break
    return at


def _before_holder(u: Units, at: int, end: int, taken: set[int]) -> int:
    """The end without an office whose holder follows: "Ministry of Trade Ambassador NAME"."""
    follows = end + (u.classes[end] == "H")
    while follows in taken and end > at + 1 and u.classes[end - 1] == "O" and u.lows[end - 1][-1] != "s":
        end -= 1
    return end


def _before_person(u: Units, at: int, end: int) -> int:
    """The end without a person's name that runs on: "Board of the Food Agency Goshgar Tahmazli"."""
    run_on = RUN_ON.search(u.classes[at:end])
    return at + run_on.start(1) if run_on else end


def _belongs(u: Units, match: re.Match[str], head: str) -> bool:
    """Whether a head word takes the preposition with which the tail begins."""
    at, word = match.start(), u.lows[match.start()]
    inner = at + 1 + (u.classes[at + 1] == "t")
    if u.classes[at] == "x":  # "Committee against Torture"
        return word == "against"
    if word == "on":
        taken = head in head_words("organization", "with_on") or _ends_with_short(u, match.end())
        return taken and not _is_date(u, match)
    if word == "with":
        return u.lows[at - 1] in RELATED and "O" not in match[0]
    if word in {"in", "to", "at"}:
        return _takes_place(u, at, head) or (word == "in" and u.lows[at - 1] == "trafficking")
    if word == "of" and head in OF_BODIES and _names_body(u, inner, match.end()):
        return False
    is_unit = head in head_words("organization", "units_of")
    of_officer = u.classes[inner] == "Q" and re.match("M*O", u.classes[inner + 1 :]) is not None
    of_whole = u.classes[inner] == "Q" or has_word(u, inner, "wholes")
    return of_officer or not (is_unit and word == "of" and of_whole)  # "Office of the UN Special Envoy"


def _ends_with_short(u: Units, end: int) -> bool:
    """Whether an acronym follows in brackets that ends with the last word: "Alliance on China (IPAC)"."""
    short = u.classes[end] == "(" and u.classes[end + 1] in "UQ" and u.classes[end + 2] == ")"
    return short and u.lows[end + 1][-1] == u.lows[end - 1][0]


def _takes_place(u: Units, at: int, head: str) -> bool:
    """Whether a head word takes "in", "at" or "to"; "to" leads to whom it is sent, or to a noun ("Threats to Security")."""
    is_sent = u.lows[at] == "to" and u.classes[at + 1] not in "KM"
    return head in head_words("organization", "with_to" if is_sent else "with_place")


def _names_body(u: Units, first: int, last: int) -> bool:
    """Whether the name of a body stands at first..last: "Board of the Food Safety Agency"."""
    return any(is_head(u, i) for i in range(first, last))


def is_of_body(u: Units, at: int) -> bool:
    """Whether "of" and the name of a body follow at unit `at`."""
    match = TAIL.match(u.classes, at) if u.lows[at] == "of" else None
    return match is not None and _names_body(u, at + 1, match.end())


def _begins_another(u: Units, start: int, more: re.Match[str]) -> bool:
    """Whether what follows "and" is a name of its own ("... and the Ministry of ...")."""
    named = u.classes[start : more.start()]
    if u.classes[more.start()] == "," and "N" in named:
        return True
    first = next(i for i in range(more.start(), more.end()) if u.classes[i] == "&") + 1
    if u.classes[more.start() - 1] == "N" and u.classes[first] not in "NDR":  # "... of Chad and Example Oil"
        return True
    article = u.classes[first] == "t"
    first += article
    end = until_gap(u, first, more.end())
    last, following = end - 1, u.classes[end : end + 1]
    if article and (following in "os" or not has_word(u, last, "with_article")):
        return True
    if u.classes[first] == "O" or (u.classes[first] == "M" and u.classes[first + 1] == "O"):
        return True
    part = u.classes[first : more.end()]
    is_short = part[:1] == "U" and u.classes[more.start()] != ","  # "the Ministry of Mines and KIRAM"
    if is_short or (part == "Q" and ")" not in named) or (part[:1] == "L" and len(part) > 1):
        return True
    return (
        (part in {"L", "R"} and u.classes[more.start() - 1] not in "LRN")
        or (
            is_head(u, first)
            and (following in "of" or (last > first and not has_word(u, first, "also_matters")))
        )
        or (is_head(u, last) and last > first and not has_word(u, last, "also_matters"))
        or (is_head(u, last) and following == "o")
    )


def _is_date(u: Units, match: re.Match[str]) -> bool:
    return _is_month(u, match.end() - 1) or any(
        u.lows[i] in word_sets().not_names for i in range(match.start(), match.end())
    )


def _is_month(u: Units, i: int) -> bool:
    """Whether unit `i` is a month before a day or at the end: "the Council on May 11"."""
    return u.lows[i] in MONTHS and (u.classes[i + 1] == "0" or u.lows[i] != "may")


def last_before(at: int, units: list[int]) -> int:
    """The last of `units` before `at`, or -1."""
    number = bisect_left(units, at)
    return units[number - 1] if number else -1
