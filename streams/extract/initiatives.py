"""Initiatives: what one side or many undertake under a name: plans, programmes, routes, laws, exercises."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from streams.extract.agreement_days import YEAR
from streams.extract.agreement_tails import tail_ends
from streams.extract.organizations import Named, head_words, last_before
from streams.extract.units import Units

LEAD: Final = re.compile(
    r"(?:[NDLQRCKMGUA0]|&(?=[CKMGU]))(?:[CKMGULNDQRA0]++|s(?=[KMC])|[-/](?=[CKMGULNDQR])|&(?=[KMCG]))*"
)
FIRST: Final = re.compile(
    r"(?<![CKMGNLRDQ0])[KM](?=[CKMGNLRDQU])(?:[CKMGNLRDQU]|-(?=[CKMG0]))+0?|(?<![CKMGNLRDQ0])[KM]0"
)
JOINED: Final = re.compile(r"t([KM]+&)$")  # "the Shared Awareness and Deconfliction initiative"
SMALL: Final = re.compile(r"(?<!-)(?:[CLRGU]|[NDLR](?:-[NDLR])+)(?:[CKG]|-(?=[CK0])|0)*x")
OF: Final = re.compile(r"(?:[CG][CKG]*|[KM]+)[of][CKGM]+x$|(?<=t)[KM]{2,}x$")  # "Rays of Hope initiative"
QUOTED_FIRST: Final = re.compile(r'"([CKMGNLRDQ][^|"]{0,9})"x$')
SHORT_FIRST: Final = re.compile(r"([KMCGNDLR]{2,})\(U\)x$")  # "Recognised Seasonal Employer (RSE) scheme"
TAIL: Final = re.compile(r"[of]t?[KMCRLNAD]+|it?[RN](?![KMCL])")
QUOTED: Final = re.compile(r'"([CKMGNLRDQ][^|"]{0,9})"')
CALLED: Final = re.compile(r',?x(?="[CKMGNLRDQ])')  # 'the project, entitled "..."'
NAMING: Final = frozenset({"entitled", "titled", "called", "named", "dubbed"})
REACH: Final = 13  # units, from a head written small back to where the name begins
TITLED: Final = re.compile(r'"(?P<title>[CKMGNLRDQ][^|"]{2,18}[KM]),?"')
SHORTENED: Final = re.compile(r"(?P<name>[KMCGNDLRQ](?:[KMCGNDLRQ&-])+\(U\))(?=[KM])")
AMENDING: Final = re.compile(
    r"[KMCGDNQs]+(?:\([KMCGNDQ0.,&]+\))+[KMCG]+0?"
)  # "Sanctions (Amendment) Regulations 2024"
STATUTES: Final = frozenset({"act", "bill", "regulations", "order", "law", "code"})
LISTED: Final = re.compile(r"t((?:[KM]+,)+)$")  # "the Peace, Security and Cooperation Framework"
RUN: Final = re.compile(r"((?:[CKGR]|-(?=0))[CKGR]*(?:-?0)?)")
ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)")


def _core(first: int, last: int) -> Named:
    return Named(first, last, "initiative", "initiative.head")


def begin(u: Units, first: int, head: int) -> int:
    """Where the name begins: without "France's" and what only joins it to the words before."""
    possessive = u.classes.rfind("s", first, head)
    if possessive >= 0 and (u.classes[possessive - 1] in "NDQ" or u.lows[possessive - 1] == "government"):
        first = possessive + 1
    listed = LISTED.search(u.classes, max(0, first - 8), first) if "&" in u.classes[first:head] else None
    if listed and u.classes[first] in "KM":
        return listed.start(1)
    while first < head and (
        u.classes[first] in "&-/s" or (u.classes[first] == "0" and not ORDINAL.fullmatch(u.lows[first]))
    ):
        first += 1
    return first


def _counted(u: Units, first: int) -> int:
    """Take in "Three", "13th Five" before the name."""
    while u.lows[first - 1] in head_words("initiative", "counts") and u.texts[first - 1][0].isupper():
        first -= 1
    return first - (first > 0 and ORDINAL.fullmatch(u.lows[first - 1]) is not None)


def _is_enough(u: Units, start: int, head: int) -> bool:
    """Whether one ordinary word before the head makes a name: "Growth Plan"; of other heads not in a title."""
    if u.lows[head] in head_words("initiative", "of_one_word"):
        return True
    return u.lows[head] in head_words("initiative", "of_one_word_in_text") and "|" in u.classes[:start]


def _headed(u: Units, taken: set[int]) -> list[Named]:
    """As in "Export Controls and Human Rights Initiative", "Growth Plan", "Caesar Act"."""
    found = []
    heads = [i for i in u.at_words(head_words("initiative")) if u.texts[i][0].isupper() and i not in taken]
    for match in LEAD.finditer(u.classes) if heads else ():
        first, last = match.span()
        head = last_before(last, heads)
        if (
            head <= first
            or u.lows[head + 1] in {"ministers", "ministerial"}
            or f"{u.lows[head - 1]} {u.lows[head]}" in head_words("organization", "pairs")
        ):
            continue
        start = _counted(u, begin(u, first, head))
        lead = u.classes[start:head]
        plain = head_words("initiative", "plain")
        if not (
            re.search("[CGULRNQ]", lead)
            or (lead == "D" and u.lows[head] == "constitution")
            or len(lead) > 1
            or (len(lead) == 1 and u.lows[start] not in plain and _is_enough(u, start, head))
        ):
            continue
        found += _with_tails(u, start, head + 1)
    return found


def _with_tails(u: Units, first: int, last: int) -> list[Named]:
    """The name and what it is for: "... Initiative for Peace", "... Programme 2025-2029"."""
    tail = TAIL.match(u.classes, last)
    ends = [tail.end()] if tail else []
    ends += [end for end in tail_ends(u, last) if end not in ends]
    ends += (
        [last + 1] if u.lows[last] in STATUTES and u.texts[last][0].isupper() else []
    )  # "Penal Code Order"
    longer = [Named(first, end, "initiative", "initiative.tail") for end in ends]
    before = _before(u, first)
    longer += [Named(before, end, "initiative", "initiative.tail") for end in [last, *ends] if before < first]
    return [_core(first, last), *longer]


def _before(u: Units, first: int) -> int:
    """Where the name begins with its year, with "Right to", "Access to": "2022 Response Plan", "Right to Education Act"."""
    if YEAR.fullmatch(u.texts[first - 1]):
        years = u.classes[first - 3 : first] == "0-0" and YEAR.fullmatch(u.texts[first - 3])
        return first - (3 if years else 1)  # "2024-2028 Work Plan"
    before = first - 2
    if u.classes[first - 1] not in "Tof" or u.classes[before] not in "KMC":  # "Right to Education Act"
        return first
    while u.classes[before - 1] in "KMC":
        before -= 1
    return before


def _is_year(u: Units, match: re.Match[str]) -> bool:
    """Whether the name is as "Vision 2030", "Agenda 2063"."""
    return u.lows[match.start()] in {"vision", "agenda", "strategy"} and len(u.texts[match.end() - 1]) == 4


def _is_item(u: Units, i: int) -> bool:
    """Whether an item of a list of documents begins at `i` that says between whom: "...; Plan of joint actions between ..."."""
    end = tail_ends(u, i + 1)[-1:]
    return u.classes[i - 1] in ";:" and bool(end) and "between" in u.lows[i : end[0]]


def _opened(u: Units, taken: set[int]) -> list[Named]:
    """As in "Operation Sabre", "Vision 2040", "Plan of Consultations for 2025-2027"."""
    found = []
    heads, of = head_words("initiative", "first"), head_words("initiative", "first_of")
    for match in FIRST.finditer(u.classes) if u.at_words(heads) else ():
        if u.lows[match.start()] in heads and u.texts[match.start()][0].isupper():
            if (
                u.classes[match.end() - 1] == "0"
                and match.end() - match.start() == 2
                and not _is_year(u, match)
                and u.lows[match.start()] != "corridor"
            ):
                continue
            found.append(_core(*match.span()))
    for i in u.at_words(of):
        if (
            u.texts[i][0].isupper()
            and (u.classes[i + 1] in "of" or u.lows[i + 1] == "on")
            and (u.texts[i + 2 + (u.classes[i + 2] == "t")][:1].isupper() or _is_item(u, i))
        ):
            ends = tail_ends(u, i + 1)
            found += [_core(i, ends[0])] if ends else []
            found += [Named(i, end, "initiative", "initiative.tail") for end in ends[1:]]
            first = i
            while u.classes[first - 1] in "KMCGUQ":  # "National Programme for Child Nutrition"
                first -= 1
            found += [Named(first, end, "initiative", "initiative.tail") for end in ends if first < i]
    return [n for n in found if not any(i in taken for i in range(n.first, n.last))]


def _small(u: Units, taken: set[int]) -> list[Named]:
    """As in "Berlin process", "Zelensky formula", "Zapad-2025 exercise", "Normandy format"."""
    heads = head_words("initiative", "small")
    found = []
    for match in SMALL.finditer(u.classes) if u.at_words(heads) else ():
        head = match.end() - 1
        head += u.lows[head] in head_words("initiative", "before_small")  # "Velka peace plan"
        cut = u.lows[head] in {"project", "scheme"} and u.classes[match.start() - 1] in "KM"
        if u.lows[head] in heads and not cut and not any(i in taken for i in range(match.start(), head)):
            joined = JOINED.search(u.classes, max(0, match.start() - 6), match.start())
            first = joined.start(1) if joined else match.start()
            if u.lows[head] in head_words("initiative", "left_out"):
                found += [_core(first, head), Named(first, head + 1, "initiative", "initiative.tail")]
            else:
                found.append(_core(first, head + 1))
    return found


def _before_small(u: Units, taken: set[int]) -> list[Named]:
    """As in "Rays of Hope initiative", 'the "One Village" project', "Recognised Seasonal Employer (RSE) scheme"."""
    found = []
    for i in u.at_words(head_words("initiative", "small")):
        if u.classes[i] != "x" or u.classes[i - 1] not in 'CKGM")':
            continue
        for pattern in (OF, QUOTED_FIRST, SHORT_FIRST):
            match = pattern.search(u.classes, max(0, i - REACH), i + 1)
            if match is None or not taken.isdisjoint(range(match.start(), i)):
                continue
            if pattern is QUOTED_FIRST and u.lows[i] == "format":  # of the two sides that meet in it
                continue
            if pattern is OF:
                found += [_core(match.start(), i), Named(*match.span(), "initiative", "initiative.tail")]
            else:
                found.append(_core(*match.span(1)))
    return found


def _of_side(u: Units) -> list[Named]:
    """As in "Arab plan for the reconstruction of Gaza", "cooperation programme 2021-2025"."""
    plans = head_words("initiative", "plans")
    found = []
    for i in u.at_words(plans):
        if not u.texts[i][0].islower():
            continue
        first = i
        while u.classes[first - 1] == "x" and u.lows[first - 1] in head_words("agreement", "before_small"):
            first -= 1
        ends = tail_ends(u, i + 1)
        if ends and (
            (u.classes[i - 1] in "DKC" and u.lows[i + 1] in {"for", "of"})
            or YEAR.fullmatch(u.texts[ends[0] - 1])
        ):
            found.append(_core(first - (u.classes[first - 1] in "DKC"), ends[0]))
    return found


def _quoted(u: Units) -> list[Named]:
    """As in 'the project "Stabilization of the Border"', "exercise Sea Shield 2025"."""
    found = []
    for i in u.at_words(head_words("initiative", "before_quotes")):
        called = CALLED.match(u.classes, i + 1)
        at = called.end() if called and u.lows[called.end() - 1] in NAMING else i + 1
        match = QUOTED.match(u.classes, at) or (
            RUN.match(u.classes, i + 1) if u.lows[i] in head_words("initiative", "left_out") else None
        )
        if match:
            first = i
            while u.texts[i][0].isupper() and u.classes[first - 1] in "KMCG":
                first -= 1
            found.append(_core(match.start(1), match.end(1)))
            found.append(Named(first, match.end(), "initiative", "initiative.tail"))
    return found


@cache
def _heads() -> frozenset[str]:
    return head_words("initiative") | head_words("agreement")


def _titled(u: Units) -> list[Named]:
    """As in 'the "Ending Importation of Copper Act"': all that stands between quotes and ends with a head."""
    found = []
    for match in TITLED.finditer(u.classes):
        first, last = match.span("title")
        words = [i for i in range(first, last) if u.classes[i] == "x"]
        if u.lows[last - 1] in _heads() and not any(u.texts[i][0].islower() for i in words):
            kind = "initiative" if u.lows[last - 1] in head_words("initiative") else "agreement"
            found.append(Named(first, last, kind, f"{kind}.head"))
    return found


def _short_before(u: Units) -> list[Named]:
    """As in "Base Erosion and Profit Shifting (BEPS) Action Plan"."""
    found = []
    for match in SHORTENED.finditer(u.classes):
        head = match.end("name")
        last = next((head + n for n in (3, 2, 1) if " ".join(u.lows[head : head + n]) in _heads()), 0)
        if last and u.texts[head][0].isupper():
            found.append(_core(match.start(), last))
    return found


def _amending(u: Units) -> list[Named]:
    """As in "Sanctions (Amendment) Regulations 2024"."""
    found = []
    for match in AMENDING.finditer(u.classes) if u.at_words(STATUTES) else ():
        last = match.end() - (u.classes[match.end() - 1] == "0")
        if u.lows[last - 1] in STATUTES:
            found.append(_core(match.start(), last))
            if last < match.end() and YEAR.fullmatch(u.texts[last]):
                found.append(Named(match.start(), match.end(), "initiative", "initiative.tail"))
    return found


def find_initiatives(u: Units, taken: set[int]) -> list[Named]:
    """Initiatives that no vocabulary knows, outside the units `taken`."""
    found: list[Named] = []
    used = set(taken)
    for named in (
        _titled(u),
        _short_before(u),
        _quoted(u),
        _amending(u),
        _headed(u, used),
        _opened(u, used),
        _before_small(u, used),
        _small(u, used),
        _of_side(u),
    ):
        new = [n for n in named if not any(i in used for i in range(n.first, n.last))]
        found += new
        used |= {i for n in new for i in range(n.first, n.last)}
    return found
