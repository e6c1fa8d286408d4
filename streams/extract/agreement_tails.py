"""Where the name of an agreement may end: after its number, its date, its matter, its parties."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from streams.extract.agreement_days import DAYS, MONTHS, YEAR, dated, is_day, is_month, period
from streams.extract.tables import settings
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

LONGEST: Final = 48
REACH: Final = 8  # units, back to the same office in a list, to "exemption"
SHORT: Final = re.compile(r'\(t?"?[UCKAQRLN](?:-[UCKQR])*"?\)')
CAPITAL: Final = frozenset("CKMGULNDQRAOIH")
LIST_OF_PARTIES: Final = re.compile(r"(?:,&?t?[NQDCUKM]+(?:ot?[NQDCUKM]+)*)+,?&")
RUN: Final = re.compile("[KMCGULNDQR-]*")
JOINED: Final = re.compile(r"[CLRND]-[CLRND]")  # "the Shavat – Dashoguz zone"
RELATING: Final = frozenset({"relating", "relative", "pertaining"})  # to
DESCRIBING: Final = frozenset({"european", "african", "asian", "bilateral", "regional", "joint"})
EXEMPTING: Final = frozenset({"exemption", "exempting", "waiver"})  # "from visa requirements"
HOUSES: Final = frozenset(  # at which it was signed: "at the Department of Trade"
    {
        "ministry",
        "department",
        "embassy",
        "palace",
        "office",
        "headquarters",
        "house",
        "secretariat",
        "hall",
        "hotel",
        "residence",
    }
)
PLANS: Final = frozenset({"plan", "programme", "program", "roadmap", "strategy"})
IN_FORCE: Final = frozenset({"force", "effect"})
AMENDED: Final = (",", "as", "amended")
MONEY: Final = re.compile(r"[A-Z]{0,3}\s?[$€£¥]|[A-Z]{3}\s?\d")  # "for US$ 20 million", "for EUR 3 million"
ALL_SIDES: Final = frozenset({"two", "both"})  # "between the two ministries"
EXCHANGED: Final = frozenset({"notes", "letters"})  # which are exchanged between any two
MODALS: Final = frozenset({"shall", "will", "must", "should", "may", "can"})


@cache
def tail_words(part: str) -> frozenset[str]:
    return frozenset(settings("tails.toml")[part])


@cache
def agreement_heads() -> frozenset[str]:
    heads = settings("heads.toml")
    return frozenset([*heads["agreement"]["heads"], "law", "act", "decision", "regulation", "directive"])


def after_short(u: Units, at: int) -> int:
    """The unit after "(MoU)" or `("MOU")` at `at`, else `at`."""
    match = SHORT.match(u.classes, at)
    return match.end() if match else at


def tail_ends(u: Units, start: int, *, parties: bool = True) -> list[int]:
    """The ends that a name may have which reached unit `start`: "(MoU) | on Fisheries | between A and B"."""
    found: list[int] = []
    at = after_short(u, start)
    while at - start < LONGEST and (
        (end := _segment(u, at, start + LONGEST, parties=parties)) > at
        or (found and _is_where(u, at) and (end := _matter(u, at, at + 1, start + LONGEST)) > at)
    ):
        found.append(end)
        at = after_short(u, end)
        if at > end:  # "between the States of the Example Community (EXC)"
            found.append(at)
        if tuple(u.lows[at : at + 3]) == AMENDED:
            at += 3 + (u.classes[at + 3] == ",")
    return found


def _is_where(u: Units, at: int) -> bool:
    """Whether "in" or "at" leads to where the matter is, or what it is in: "at Velka", "in education"; "in force" is none."""
    further = u.lows[at] in tail_words("further")
    if (u.lows[at] not in {"in", "at"} and not further) or u.lows[at + 1] in IN_FORCE or _at_house(u, at):
        return False
    named = at + 1 + (u.classes[at + 1] == "t")
    if further and (not u.texts[named][:1].isupper() or _leads_to_head(u, named)):
        return False
    begins = "txKMCGRLNQ" if further else "txKMCGR"  # "in CITY" is where it was signed
    return u.classes[at + 1] in begins and not is_day(u, at) and not _is_stop(u, at + 1)


def _at_house(u: Units, at: int) -> bool:
    """Whether "at the Department of Trade" stands at `at`: where it was signed."""
    return u.lows[at] == "at" and not HOUSES.isdisjoint(u.lows[at + 2 : _run_end(u, at + 2)])


def _segment(u: Units, at: int, limit: int, *, parties: bool) -> int:
    """The end of the one part of a tail that begins at `at`, or `at`."""
    if (end := dated(u, at)) > at:
        return end
    low = u.lows[at]
    if low == "to" and u.classes[at + 1] in "KMx" and u.texts[at + 1][0].isupper():
        return _matter(u, at, at + 2 + (u.classes[at + 2] == "t"), limit)  # "Strategy to Prevent Conflict"
    if low == "to" and u.classes[at + 1] == "t":
        return _amended(u, at)
    if low in tail_words("parties"):
        return _parties(u, at, limit) if parties else at
    if low not in tail_words("matter") or u.classes[at + 1] == "0":
        return at
    first = at + 1 + (u.classes[at + 1] in "te") + (low in RELATING)
    first += low.endswith("ing") and u.lows[first] in {"their", "its"}  # "delimiting their waters"
    elsewhere = low == "in" and u.lows[first] not in tail_words("in_matter")
    elsewhere |= low == "for" and MONEY.match(u.text, u.starts[first]) is not None
    return at if elsewhere or _is_stop(u, first) or is_day(u, at) else _matter(u, at, first, limit)


def _amended(u: Units, at: int) -> int:
    """The end of "to the Agreement", "to the Basic Cooperation Agreement" at `at`, or `at`."""
    i = at + 2
    if u.classes[i] == "A":
        return i + 1
    while u.classes[i] in CAPITAL and u.lows[i] not in agreement_heads():
        i += 1
    return i + 1 if u.texts[i][:1].isupper() and u.lows[i] in agreement_heads() else at


def _is_stop(u: Units, i: int) -> bool:
    """Whether the word at `i` is no longer the name; in title case it may be: "the Protection of All Persons"."""
    return u.lows[i] in tail_words("stops") and not u.texts[i][0].isupper()


def _matter(u: Units, at: int, first: int, limit: int) -> int:
    """The end of "on Agricultural Research", "for the exploitation of the gas fields"."""
    titled = u.texts[first][:1].isupper()
    end, i = at, first
    while i < limit:
        letter = u.classes[i]
        if letter == '"' and (close := _closing(u, i)):
            i = end = close
        elif letter in CAPITAL or letter in "dp":
            i = end = i + 1
        elif letter == "x":
            if not _goes_on(u, i, titled=titled):
                break
            i = end = i + 1
        elif letter == "0" and not YEAR.fullmatch(u.texts[i]) and u.lows[i + 1] not in MONTHS:
            i = end = i + 1
        elif _joins(u, i, titled=titled):
            i += 1
        elif letter == "(" and after_short(u, i) > i and u.classes[after_short(u, i)] in "&ofx":
            i = after_short(u, i)
        else:
            break
    return end


def _joins(u: Units, i: int, *, titled: bool) -> bool:
    """Whether unit `i` only joins what stands before it to what follows."""
    letter = u.classes[i]
    if letter in "ofTiw":
        return not _turns(u, i, titled=titled)
    if letter in "&,":
        return not _ends_list(u, i, titled=titled)
    return (
        letter in "tes"
        or u.texts[i] == "-"
        or (letter == "-" and JOINED.match(u.classes, i - 1) is not None)
        or (letter in "/-" and u.ends[i - 1] + 1 == u.starts[i + 1] and u.classes[i + 1] in CAPITAL)
    )


def _closing(u: Units, i: int) -> int:
    """The unit after the quotation mark that closes the one at `i`, or 0."""
    close = u.classes.find('"', i + 1, i + 12)
    named = u.texts[i + 1][:1].isupper()  # else somebody is quoted
    return close + 1 if close > 0 and named and "|" not in u.classes[i:close] else 0


def _goes_on(u: Units, i: int, *, titled: bool) -> bool:
    """Whether the small word at `i` may belong to the matter."""
    low = u.lows[i]
    if _is_link(u, i, titled=titled):
        return True
    participle = low.endswith("ed") and low not in tail_words("participles") and u.classes[i - 1] not in "of"
    if participle or low in tail_words("parties") or _is_stop(u, i):
        return False
    if low == "states" and u.lows[i - 1].split()[-1] in DESCRIBING:  # "the heads of Central Asian states"
        return True
    sets = word_sets()
    if titled and (low in sets.headline_verbs or low in sets.person_verbs):
        return (
            u.texts[i].istitle() and low not in MODALS and "|" in u.classes[:i]
        )  # "All Persons", "Visa-Free Travel"
    if u.classes[i - 1] == "D" or u.lows[i - 1] in DESCRIBING:  # "the Kyrgyz-Tajik state border"
        return True
    return not (
        titled
        and u.classes[i - 1] in CAPITAL
        and low not in tail_words("matter")
        and low not in tail_words("of_titles")
    )


def _is_link(u: Units, i: int, *, titled: bool) -> bool:
    """Whether the small word at `i` leads on inside the name: "its Personnel", "exemption from visa requirements"."""
    low = u.lows[i]
    if low in {"its", "their", "other"} and u.classes[i - 1] == "&":  # "border ports and their regimes"
        return True
    if low == "from":
        named = titled and u.classes[i + 1 + (u.classes[i + 1] == "t")] in "KMC"
        return named or not EXEMPTING.isdisjoint(u.lows[max(0, i - REACH) : i])
    by_day = low == "by" and (is_month(u.lows[i + 1]) or u.lows[i + 1] in DAYS)  # "by June 2025"
    return low in {"by", "its", "their"} and titled and u.classes[i + 1] in CAPITAL and not by_day


def _turns(u: Units, i: int, *, titled: bool) -> bool:
    """Whether the preposition at `i` leads away from the matter: "to establish", "in Geneva", "on 3 May"."""
    letter, after = u.classes[i], u.classes[i + 1]
    if letter == "f" and period(u, i) > i:
        return True
    if u.lows[i + 1] == "respect" and letter == "w":  # "Fiscal Evasion with respect to Taxes on Income"
        return False
    if letter == "w" and (after in "NLQ" or u.classes[i + 1 : i + 3] in {"tN", "tQ"}):
        return True
    if letter in "Tw" or (letter == "f" and titled):
        return after == "x" or (letter in "Tw" and after == "0")
    if letter == "i":
        return (
            after == "L"
            or (u.lows[i] in {"in", "at"} and (after == "e" or not titled) and not _is_field(u, i))
            or (u.lows[i] in {"in", "at"} and u.classes[i + 1 : i + 3] == "tx" and not _is_field(u, i))
            or is_day(u, i)
            or u.lows[i + 1] in tail_words("stops")
            or u.lows[i + 1] in IN_FORCE
            or after == "0"
            or _at_house(u, i)
        )
    return after == "0" or is_day(u, i) or (after == "x" and _is_stop(u, i + 1))


def _is_field(u: Units, i: int) -> bool:
    """Whether "in the field of" stands at `i`."""
    return u.lows[i + 1 + (u.classes[i + 1] == "t")] in tail_words("in_matter")


def _ends_list(u: Units, i: int, *, titled: bool) -> bool:
    """Whether a comma or "and" at `i` ends the name rather than going on with a list."""
    listed = u.classes[i] != "," or re.match(
        r",(?:[KMCGUQOx]{1,4},)*(?:[KMCGUQOx]{1,4},?)?&[tKMCGUQOx]", u.classes[i : i + 16]
    )
    own_clause = u.classes[i : i + 3] == ",&t" and "," not in u.classes[i - REACH : i]
    j = i + 1 + (u.classes[i + 1] == "&")
    article = u.classes[j] == "t"
    if (
        not listed
        or own_clause
        or u.classes[j : j + 3] == "otx"
        or (u.classes[j] == "o" and _leads_to_head(u, j + 1))
        or u.classes[j + article] == "e"
        or (titled and article and u.classes[j + 1] == "x")
    ):
        return True
    j += article
    if (
        u.classes[j] == "O" and u.lows[j] in u.lows[i - REACH : i]
    ):  # "of the President of N and the President of N"
        return False
    if (u.classes[j] in "OiT0wHA" and not u.texts[j][0].islower()) or u.classes[j] in "iT0w":
        return True
    if article and any(u.lows[k] in PLANS for k in range(j, min(j + REACH, _run_end(u, j)))):
        return True  # "on Education and the Work Plan on Agriculture"
    low = u.lows[j]
    is_stop = low not in {"its", "their"} and (low in tail_words("stops") or low.endswith("ed"))
    return (u.classes[j] == "x" and is_stop) or _leads_to_head(u, j)


def _run_end(u: Units, j: int) -> int:
    """The unit after the run of capitalised words that begins at `j`."""
    run = RUN.match(u.classes, j)
    return run.end() if run else j


def _leads_to_head(u: Units, j: int) -> bool:
    """Whether an article and capitalised words at `j` lead to the head of another agreement."""
    j += u.classes[j] in "te"
    return any(
        " ".join(u.lows[k : k + size]) in agreement_heads()
        for k in range(j, max(j + 1, _run_end(u, j)))
        for size in (1, 2, 3)
    )


def _parties(u: Units, at: int, limit: int) -> int:
    """The end of "between the Ministry of Trade of Laos and its counterpart"."""
    end, i = at, at + 1
    while i < limit:
        letter = u.classes[i]
        if letter == "K" and u.lows[i] in tail_words("matter"):  # "Establishing Their Boundaries"
            break
        if letter in CAPITAL or letter == "d" or (letter == "x" and u.lows[i] in tail_words("of_parties")):
            i = end = i + 1
        elif letter == '"' and u.classes[i - 1] in 'Kt&x"' and (close := _closing(u, i)):
            i = end = close
        elif _joins_parties(u, i):
            i += 1
        elif letter == "(" and after_short(u, i) > i:
            i = after_short(u, i)
        else:
            break
    while end > at and u.lows[end - 1] in {"two", "three", "both", "its", "their", "respective"}:
        end -= 1
    plural = u.classes[at + 1] == "t" and u.lows[end - 1].endswith("s")  # "between the diplomatic academies"
    all_sides = plural or not ALL_SIDES.isdisjoint(u.lows[at:end])
    all_sides &= u.lows[at - 1] not in EXCHANGED
    return end if all_sides or re.search("[NQDCULRKG]", u.classes[at:end]) else at


def _joins_parties(u: Units, i: int) -> bool:
    letter = u.classes[i]
    if letter in "&,":
        return not _ends_list_of_parties(u, i)
    return letter in "tespof" or u.texts[i] == "-" or (letter == "T" and u.classes[i + 1] != "x")


def _ends_list_of_parties(u: Units, i: int) -> bool:
    if u.classes[i] == ",":
        return LIST_OF_PARTIES.match(u.classes, i, i + 30) is None or _leads_to_head(u, i + 1)
    return _leads_to_head(u, i + 1)
