"""Organisations that no vocabulary knows: a name around each head word, if what surrounds it makes it one."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.organizations import (
    OF_BODIES,
    SPAN_LIMIT,
    Named,
    ends_name,
    has_word,
    head_words,
    is_head,
    is_of_body,
    last_before,
    tail_end,
    until_gap,
)
from streams.extract.tables import names_words
from streams.extract.units import Units

LEAD: Final = re.compile(
    r"(?:[NDLQRCKMGUA]|O(?=M?s)|(?<=O)s|&(?=[CKMGU]))(?:[CKMGULNDQROIA]++|s(?=[KMC])|-(?=[CKMGUNQDLR])|(?<!Q)&(?=[KMCG]|(?<=R&)R[KM]))*"
)
COMPANY: Final = frozenset({",K", ",C", ",U"})
PARTIES: Final = frozenset({"party", "front", "movement", "brotherhood"})
NUMERAL: Final = re.compile(r"[IVX]{1,4}")
MISSIONS: Final = frozenset({"embassy", "consulate", "commission", "general", "consulate-general"})
LISTED: Final = re.compile(r"(?<=t)(?:[KMCR]{1,3},){1,3}$")  # "the Conflict, Stability and Security Fund"
ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)")
TRADED: Final = frozenset(
    {"stock", "securities", "commodity", "commodities", "mercantile", "metal", "energy"}
)
COUNTS: Final = frozenset({"Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"})
BEFORE_OF: Final = frozenset({"code", "rule"})  # of conduct, of law: what a body is for
SHORT_NUMBER: Final = re.compile(r"\d{1,3}")
FURTHER: Final = re.compile(r"and other international organi[sz]ations")
PRIVATE: Final = frozenset({"pty", "pvt", "private", "proprietary"})
OF_GENERALS: Final = re.compile("OM?s$")


def _lead(u: Units, first: int, last: int, heads: list[int]) -> tuple[int, int, int]:
    """Where the lead begins and ends, and its last head word (before `first` if it has none)."""
    last = until_gap(u, first, last)
    if last_before(last, heads) == last - 1:
        both = (i for i in range(first + 1, last - 1) if u.classes[i] == "&" and _ends_before(u, first, i))
        last = next(both, last)
    head = last_before(last, heads)
    for i in range(head - 1, first, -1):
        if u.classes[i] == "s" and (u.classes[i - 1] in "NDQ" or _has_own(u, i - 1)):
            return i + 1, last, head
    return first, last, head


def _ends_before(u: Units, first: int, i: int) -> bool:
    """Whether a name ends before "and" at `i`; in "National Petroleum and Minerals Authority" a matter does."""
    is_matter = has_word(u, i - 1, "also_matters") and set(u.classes[first:i]) <= set("KM") and first < i - 1
    return ends_name(u, i - 1) and not is_matter


def _has_own(u: Units, i: int) -> bool:
    """Whether the body at unit `i` has a body of its own: "the Council's Secretariat"; an ombudsman has an office only."""
    return is_head(u, i) and not u.lows[i].startswith("ombuds")


def _is_company(u: Units, last: int) -> bool:
    """Whether a comma and the form of a company follow: "Example Dynamics, Inc."."""
    before_another = u.classes[last + 2] in "CU" and has_word(
        u, last + 1, "forms_before"
    )  # "Velka, JSC Ostro"
    return u.classes[last : last + 2] in COMPANY and has_word(u, last + 1, "companies") and not before_another


def _is_business(u: Units, i: int) -> bool:
    """Whether a name that no list knows stands before a line of business and nothing follows: "Velka Copper"."""
    return u.texts[i][:1].isupper() and u.classes[i - 1] in "CU" and u.classes[i + 1] not in "KMCGULNROQ-d&/"


def find_organizations(u: Units, taken: set[int], titles: set[int]) -> list[Named]:
    """Organisations by their head words; units in `taken` are not theirs, `titles` are of offices."""
    found: list[Named] = []
    heads = sorted(
        [i for i in u.at_words(head_words("organization")) if is_head(u, i)]
        + [i for i in u.at_words(head_words("organization", "of_names_only")) if _is_business(u, i)]
        + [i for i in u.at_words(("exchange",)) if u.lows[i - 1] in TRADED and u.texts[i][0].isupper()]
    )
    at = 0
    while match := LEAD.search(u.classes, at):
        at = match.end()
        if last_before(at, heads) < match.start() and not _is_company(u, at):
            continue
        first, last, head = _lead(u, *match.span(), heads)
        at = last
        if _is_company(u, last):
            at = last = last + 2
            head = last - 1
        if head in taken or head < first:
            continue
        while first < head and (first in taken or u.classes[first] in "&s-"):
            first += 1
        if any(i in taken for i in range(first, head)):
            continue
        first = _before(u, first, head)
        general = has_word(u, head, "with_general") and u.lows[head + 1] == "general"
        after, name = head + 1 + general, f"{u.lows[head]} general" if general else u.lows[head]
        if name == "commission" and u.lows[head - 1] == "high":
            name = "high commission"
        end = tail_end(u, after, name, taken) if after == last else after
        if u.lows[end] == "(" and u.lows[end + 1] in PRIVATE and has_word(u, end + 3, "companies"):
            end += 4  # "Velka Trading (Pty) Ltd"
        if end - first > SPAN_LIMIT or not _is_name(u, first, head, end, titles):
            continue
        found += _forms(u, first, head, end)
        at = max(end, at)
    return found


def _before(u: Units, first: int, head: int) -> int:
    """Where the name begins with its number ("5th Tank Battalion"), with the list before "and"."""
    number = u.texts[first - 1]
    if has_word(u, head, "numbered") and first < head:
        is_short = u.classes[first - 2] == "t" and SHORT_NUMBER.fullmatch(number)
        return first - 1 if is_short or ORDINAL.fullmatch(number) else first
    if (
        u.lows[first - 1] in names_words("patrons")
        and u.texts[first - 1][0].isupper()
        and u.classes[first] in "GC"
    ):
        return first - 1  # "King Hussein Cancer Center"
    while u.classes[first - 1] == "p" and u.classes[first - 2] in "GC":  # "Ana de Roe Academy"
        first -= 2
    counted = (
        number in COUNTS and u.classes[first - 2] == "t" and u.classes[first] in "KMC" and first + 1 < head
    )
    if counted and not u.lows[head].endswith("s"):  # "the Three Seas Investment Fund"
        return first - 1
    if u.lows[first - 2] in BEFORE_OF and u.texts[first - 2][0].isupper() and u.classes[first - 1] == "o":
        return first - 2  # "Code of Conduct Group"
    match = LISTED.search(u.classes, max(0, first - 12), first) if "&" in u.classes[first:head] else None
    return match.start() if match and not any(is_head(u, i) for i in range(*match.span())) else first


def _with_further(u: Units, first: int, end: int) -> list[Named]:
    """A body of a state with its other name; a mission that is accredited "to the United Nations and other international organisations in Velka"."""
    if u.classes[end - 1 : end + 3] == "N(N)":  # "Embassy of the Republic of China (Taiwan)"
        return [Named(first, end + 3, "organization", "organization.tail")]
    if u.classes[end - 1] != "Q" or not FURTHER.fullmatch(" ".join(u.lows[end : end + 4])):
        return []
    ends = [end + 4, *([end + 6] if re.match("i[LR]", u.classes[end + 4 : end + 6]) else [])]
    return [Named(first, last, "organization", "organization.tail") for last in ends]


def _forms(u: Units, first: int, head: int, end: int) -> list[Named]:
    """The name, and without where it has its seat: "Embassy of Peru in Rome" and "Embassy of Peru"."""
    if end == head + 1 and NUMERAL.fullmatch(u.texts[end]):  # "Pre-Trial Chamber II"
        return [
            Named(first, end + 1, "organization", "organization.tail"),
            Named(first, end, "organization", "organization.head"),
        ]
    whole = Named(first, end, "organization", "organization.head")
    if further := _with_further(u, first, end):
        return [whole, *further]
    of_whole = u.classes[end - 1] == "Q" or has_word(u, end - 1, "wholes")
    within = u.classes.rfind("o", head + 1, end) if of_whole else end
    if 0 < within < end and has_word(u, head, "bodies_within") and within - first > 1:
        parent = Named(within + 1 + (u.classes[within + 1] == "t"), end, "organization", "organization.head")
        parents = [parent] if u.classes[end - 1] != "Q" and end - parent.first > 1 else []
        return [whole._replace(last=within), whole._replace(rule="organization.tail"), *parents]
    seat = next((i for i in range(end - 1, head, -1) if u.lows[i] in {"in", "at"}), end)
    by_place = "N" if u.lows[end - 1] == "mission" else "LRN"
    if seat == end and u.classes[end] in by_place and u.lows[end - 1] in MISSIONS | {"mission"}:
        return [whole, whole._replace(last=end + 1, rule="organization.tail")]  # "British Embassy Tokyo"
    if seat == end or seat - first < 2:
        return [whole]
    return [whole._replace(last=seat), whole._replace(rule="organization.tail")]


def _is_portfolio(u: Units, first: int, head: int, titles: set[int]) -> bool:
    """Whether the name only says of what somebody is minister: "Minister of the Armed Forces"."""
    before = first - 1 - (u.classes[first - 1] == "t")
    return (
        first in titles
        and head in titles
        and u.classes[before] in "of"
        and u.lows[before - 1].endswith(("minister", "ministers"))
    ) or (
        (u.lows[first] == "parliament" and u.lows[before - 1] in {"member", "members"})
        or (u.lows[first] == "cabinet" and first in titles and u.classes[first - 1] in "&T")
    )


def _is_name(u: Units, first: int, head: int, end: int, titles: set[int]) -> bool:
    """Whether a head with these surroundings is a name and no mere noun."""
    of_union = any(k.code == "EU" for i in range(first, end) for k in u.known[i])
    if (
        _is_portfolio(u, first, head, titles)
        or (u.lows[head] == "delegation" and not of_union)
        or _is_none(u, first, head, end)
        or (u.lows[head] == "staff" and first in titles)  # "Chief of the General Staff"
    ):
        return False
    of_some = u.lows[head] == "group" and u.classes[head + 1 : head + 2] in "of"
    is_never = has_word(u, head, "never_first") and not (of_some and u.classes[head + 2] in "KM")
    if first == head and (is_never or end == head + 1 or u.classes[first - 1] == "e"):
        return end == head + 1 and has_word(u, head, "alone")
    lead = u.classes[first:head]
    if has_word(u, head, "only_first"):
        return not lead and u.classes[end - 1] == "N"
    if OF_GENERALS.search(lead) or f"{u.lows[head - 1]} {u.lows[head]}" in head_words(
        "organization", "pairs"
    ):
        return True  # "Attorney-General's Office", "National Guard"
    if u.lows[head] in PARTIES and lead:
        return re.search("[CGULRKM]", lead) is not None and not has_word(u, head - 1, "no_party")
    is_noun = (
        _is_seated(u, first, head, end) or _is_noun(u, first, head, end) or _is_contact(u, first, head, end)
    )
    return not is_noun and (not has_word(u, head, "weak") or _is_strong(u, first, head, end, titles))


def _is_none(u: Units, first: int, head: int, end: int) -> bool:
    """Whether the words name no body but a building, a relation, a government, an honour, an office."""
    low, lead = u.lows[head], u.classes[first:head]
    return (
        f"{u.lows[head - 1]} {low}" in head_words("organization", "no_bodies")
        or (low == "guard" and u.lows[head + 1 : head + 3] in (["of", "honour"], ["of", "honor"]))
        or (low == "alliance" and re.fullmatch("[NDQ]-?[ND]", lead) is not None)
        or (low == "administration" and re.fullmatch("[NDCGL](?:-[CG])?", lead) is not None)
        or (low == "mechanism" and re.fullmatch("[CLR]", lead) is not None)  # "Moscow Mechanism"
        or (low == "force" and u.lows[end] == "commander")
        or (low == "staff" and u.lows[head - 1] not in head_words("organization", "before_staff"))
        or (
            low == "department"
            and re.fullmatch("[CL]", lead)
            and u.classes[head + 1 : end] in {"", "oN", "otN"}
        )
        or (has_word(u, head, "companies") and re.fullmatch("U?Q,?", lead) is not None)  # of a known one
        or (low in OF_BODIES and end == head + 1 and is_of_body(u, end))
    )


def _is_seated(u: Units, first: int, head: int, end: int) -> bool:
    """Whether it is a building ("Jamaica House"), or says only where it is ("our Embassy in Bamako")."""
    if u.lows[head] == "house":
        return first < head
    is_alone = first == head and has_word(u, head, "with_place")
    is_alone |= first == head - 1 and u.lows[first] == "high" and u.lows[head] == "commission"
    if not is_alone or u.classes[head + 1 : end] not in {"iL", "iR"}:
        return False
    return u.lows[head] not in MISSIONS or u.classes[first - 1] != "t" or "|" not in u.classes[:first]


def _is_contact(u: Units, first: int, head: int, end: int) -> bool:
    """Whether the name is only where to ask, at the foot of a text: "Press Office", "Information Department"."""
    if u.lows[head] == "office" and u.lows[end - 1] in {"spokesperson", "minister", "director"}:
        return u.classes[head + 1 : end] in {"oO", "otO"}  # "Office of the Spokesperson"
    plain = end == head + 1 and (end == first + 2 or "&" in u.classes[first:end])
    plain |= (
        first == head
        and u.classes[head + 1 : end] in {"oK", "oM", "oKK", "oMK"}
        and "|" in u.classes[end : end + 2]
    )
    begin = first + (u.classes[first] == "Q") + (u.classes[first : first + 2] == "Qs")  # "MFA Press Office"
    begin = begin if begin < head else first
    plain |= begin > first and end == head + 1
    return plain and all(has_word(u, i, "contacts") for i in range(begin, end) if u.classes[i] not in "&o")


def _is_noun(u: Units, first: int, head: int, end: int) -> bool:
    """Whether a gathering, a faculty's subject or a plain adjective makes the head a noun like others."""
    lead = u.classes[first:head]
    if has_word(u, head, "gatherings"):
        return not re.search("[CUGLNDQR]", lead)
    if not lead:
        of_place = u.lows[head] == "department" and u.classes[head + 1 : end] in {"oR", "oL", "oC"}
        return of_place or (u.lows[head] in {"faculty", "school", "department"} and u.lows[head + 2] == "law")
    return len(lead) == 1 and end == head + 1 and has_word(u, first, "plain")


def _is_strong(u: Units, first: int, head: int, end: int, titles: set[int]) -> bool:
    """Whether a word that is often a mere noun is a name by what stands before it."""
    lead = u.classes[first:head]
    if re.search(r"[NDQ]s$", u.classes[max(0, first - 2) : first]):
        return True
    if re.search(r"[CUGLNDQ]", lead) and not lead.endswith("O"):
        return True
    if head in titles and first in titles and u.classes[first - 1] in ",&":  # the end of a portfolio
        return False
    if has_word(u, head, "nouns"):
        is_definite = len(lead) > 1 and u.classes[first - 1] in "ts" and "|" in u.classes[:first]
        if is_definite and has_word(u, head, "of_two_words"):  # "the Civil Affairs Division"
            return True
        of_some = u.lows[head] == "group" and end > head + 2  # "Group of Friends of ..."
        return of_some or re.search("[NDQ]", u.classes[head:end]) is not None
    return end > head + 1 or len(lead) > 1
