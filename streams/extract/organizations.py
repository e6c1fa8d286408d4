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

LEAD: Final = re.compile(
    r"(?:[NDLQRCKMGU]|O(?=s)|(?<=O)s|&(?=[CKMGU]))(?:[CKMGULNDQROI]++|s(?=[KMC])|-(?=[CKMGUNQDLR])|(?<!Q)&(?=[KMCG]))*"
)
PART: Final = r"(?:(?<!N)[CG]|[KMULDQRON]|-(?=[CKMGULND])|(?<![NDQLO])s(?=[KMC]))+"
TAIL: Final = re.compile(rf"([ofTi]|x(?=[KM]))t?{PART}s?")
MORE: Final = re.compile(rf"(?:,(?:ot?)?(?:[KM]+|D[KM]+))*,?&(?:ot?)?t?{PART}")
BETWEEN_STATES: Final = re.compile(r"[NDQR]-[NDQR]")
OF_BODIES: Final = frozenset({"board", "staff"})  # of another body, which has the name
RUN_ON: Final = re.compile(r"[KMU](G[CGK]{1,2})$")
NUMERAL: Final = re.compile(r"[IVX]{1,4}")
COMPANY: Final = frozenset({",K", ",C", ",U"})
PARTIES: Final = frozenset({"party", "front", "movement", "brotherhood"})
MONTHS: Final = frozenset(fold(month) for month in month_name if month)
DAYS: Final = frozenset(fold(day) for day in day_name)
MISSIONS: Final = frozenset({"embassy", "consulate", "commission", "general", "consulate-general"})
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


def _is(u: Units, i: int, part: str) -> bool:
    """Whether unit `i` is one of a list of words of organisations."""
    return u.lows[i] in head_words("organization", part)


def is_head(u: Units, i: int) -> bool:
    return _is(u, i, "heads") and u.texts[i][:1].isupper()


def _ends_name(u: Units, i: int) -> bool:
    """Whether unit `i` is a head word of any kind of name."""
    return is_head(u, i) or u.lows[i] in head_words("agreement") | head_words("initiative")


def _parts(u: Units, first: int, last: int) -> bool:
    """Whether a wide gap or the end of a short line stands between the units last-1 and last."""
    gap = u.text[u.ends[last - 1] : u.starts[last]]
    if "\n" not in gap:
        return len(gap) > 1
    return u.ends[last - 1] - (u.text.rfind("\n", 0, u.starts[first]) + 1) < SHORT_LINE


def _until_gap(u: Units, first: int, last: int) -> int:
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


def _tail_end(u: Units, at: int, head: str, taken: set[int]) -> int:
    """Where the name ends that goes on with "of ...", "for ...", "on ..." at unit `at`."""
    limit = at + SPAN_LIMIT
    while at < limit and (match := TAIL.match(u.classes, at)):
        if not _belongs(u, match, head):
            break
        end = match.end()
        while (more := MORE.match(u.classes, end)) and not _begins_another(u, match.start(), more):
            end = more.end()
        end = next((i for i in range(at, end) if i in taken), end)
        end = _until_gap(u, at, end)
        end = _before_holder(u, at, end, taken)
        end = _before_person(u, at, end)
        in_crime = u.lows[end - 1] in {"persons", "goods"}  # "Trafficking in Persons"
        if u.lows[at] == "in" and u.classes[end - 1] not in "LNRC" and not in_crime:
            break
        while end > at and u.classes[end - 1] in "ofTit&,s-":
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
        return head in head_words("organization", "with_on") and not _is_date(u, match)
    if word == "in" and u.lows[at - 1] == "trafficking":
        return True
    if word in {"in", "to", "at"}:
        return head in head_words("organization", "with_place")
    if word == "of" and head in OF_BODIES and _names_body(u, inner, match.end()):
        return False
    is_unit = head in head_words("organization", "units_of")
    return not (is_unit and word == "of" and (u.classes[inner] == "Q" or _is(u, inner, "wholes")))


def _names_body(u: Units, first: int, last: int) -> bool:
    """Whether the name of a body stands at first..last: "Board of the Food Safety Agency"."""
    return is_head(u, last - 1) or is_head(u, first)


def _begins_another(u: Units, start: int, more: re.Match[str]) -> bool:
    """Whether what follows "and" is a name of its own ("... and the Ministry of ...")."""
    named = u.classes[start : more.start()]
    if u.classes[more.start()] == "," and "N" in named:
        return True
    first = next(i for i in range(more.start(), more.end()) if u.classes[i] == "&") + 1
    article = u.classes[first] == "t"
    first += article
    end = _until_gap(u, first, more.end())
    last, following = end - 1, u.classes[end : end + 1]
    if article and (following in "os" or not _is(u, last, "with_article")):
        return True
    if u.classes[first] == "O" or (u.classes[first] == "M" and u.classes[first + 1] == "O"):
        return True
    part = u.classes[first : more.end()]
    is_short = part[:1] == "U" and u.classes[more.start()] != ","  # "the Ministry of Mines and KIRAM"
    if is_short or (part == "Q" and ")" not in named) or (part[:1] == "L" and len(part) > 1):
        return True
    return (
        (part in {"L", "R"} and u.classes[more.start() - 1] not in "LRN")
        or (is_head(u, first) and (following in "of" or last > first))
        or (is_head(u, last) and last > first and not _is(u, last, "also_matters"))
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


def _lead(u: Units, first: int, last: int, heads: list[int]) -> tuple[int, int, int]:
    """Where the lead begins and ends, and its last head word (before `first` if it has none)."""
    last = _until_gap(u, first, last)
    if last_before(last, heads) == last - 1:
        both = (i for i in range(first + 1, last - 1) if u.classes[i] == "&" and _ends_name(u, i - 1))
        last = next(both, last)
    head = last_before(last, heads)
    for i in range(head - 1, first, -1):
        if u.classes[i] == "s" and (u.classes[i - 1] in "NDQ" or is_head(u, i - 1)):
            return i + 1, last, head
    return first, last, head


def _is_company(u: Units, last: int) -> bool:
    """Whether a comma and the form of a company follow: "Example Dynamics, Inc."."""
    return u.classes[last : last + 2] in COMPANY and _is(u, last + 1, "companies")


def find_organizations(u: Units, taken: set[int], titles: set[int]) -> list[Named]:
    """Organisations by their head words; units in `taken` are not theirs, `titles` are of offices."""
    found: list[Named] = []
    heads = [i for i in u.at_words(head_words("organization")) if is_head(u, i)]
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
        general = _is(u, head, "with_general") and u.lows[head + 1] == "general"
        after, name = head + 1 + general, f"{u.lows[head]} general" if general else u.lows[head]
        if name == "commission" and u.lows[head - 1] == "high":
            name = "high commission"
        end = _tail_end(u, after, name, taken) if after == last else after
        if end - first > SPAN_LIMIT or not _is_name(u, first, head, end, titles):
            continue
        found += _forms(u, first, head, end)
        at = max(end, at)
    return found


def _forms(u: Units, first: int, head: int, end: int) -> list[Named]:
    """The name, and without where it has its seat: "Embassy of Peru in Rome" and "Embassy of Peru"."""
    if end == head + 1 and NUMERAL.fullmatch(u.texts[end]):  # "Pre-Trial Chamber II"
        return [
            Named(first, end + 1, "organization", "organization.tail"),
            Named(first, end, "organization", "organization.head"),
        ]
    whole = Named(first, end, "organization", "organization.head")
    of_whole = u.classes[end - 1] == "Q" or _is(u, end - 1, "wholes")
    within = u.classes.rfind("o", head + 1, end) if of_whole else end
    if 0 < within < end and _is(u, head, "bodies_within") and within - first > 1:
        parent = Named(within + 1 + (u.classes[within + 1] == "t"), end, "organization", "organization.head")
        parents = [parent] if u.classes[end - 1] != "Q" and end - parent.first > 1 else []
        return [whole._replace(last=within), whole._replace(rule="organization.tail"), *parents]
    seat = next((i for i in range(end - 1, head, -1) if u.lows[i] in {"in", "at"}), end)
    if seat == end and u.classes[end] == "L" and u.lows[end - 1] in MISSIONS:  # "British Embassy Tokyo"
        return [whole, whole._replace(last=end + 1, rule="organization.tail")]
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
    if _is_portfolio(u, first, head, titles) or (u.lows[head] == "delegation" and not of_union):
        return False
    if first == head and (_is(u, head, "never_first") or end == head + 1 or u.classes[first - 1] == "e"):
        return end == head + 1 and _is(u, head, "alone")
    lead = u.classes[first:head]
    if _is(u, head, "only_first"):
        return not lead and u.classes[end - 1] == "N"
    if lead.endswith("Os") or f"{u.lows[head - 1]} {u.lows[head]}" in head_words("organization", "pairs"):
        return True  # "Attorney-General's Office", "National Guard"
    if u.lows[head] in PARTIES and lead:
        return re.search("[CGULRK]", lead) is not None and not _is(u, head - 1, "no_party")
    is_noun = (
        _is_seated(u, first, head, end) or _is_noun(u, first, head, end) or _is_contact(u, first, head, end)
    )
    return not is_noun and (not _is(u, head, "weak") or _is_strong(u, first, head, end, titles))


def _is_seated(u: Units, first: int, head: int, end: int) -> bool:
    """Whether it is a building ("Jamaica House"), or says only where it is ("our Embassy in Bamako")."""
    if u.lows[head] == "house":
        return first < head
    is_alone = first == head and _is(u, head, "with_place")
    is_alone |= first == head - 1 and u.lows[first] == "high" and u.lows[head] == "commission"
    return is_alone and u.classes[head + 1 : end] in {"iL", "iR"}


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
    return plain and all(_is(u, i, "contacts") for i in range(first, end) if u.classes[i] not in "&o")


def _is_noun(u: Units, first: int, head: int, end: int) -> bool:
    """Whether a gathering, a faculty's subject or a plain adjective makes the head a noun like others."""
    lead = u.classes[first:head]
    if _is(u, head, "gatherings"):
        return not re.search("[CUGLNDQR]", lead)
    if not lead:
        of_place = u.lows[head] == "department" and u.classes[head + 1 : end] in {"oR", "oL", "oC"}
        return of_place or (u.lows[head] in {"faculty", "school", "department"} and u.lows[head + 2] == "law")
    return len(lead) == 1 and end == head + 1 and _is(u, first, "plain")


def _is_strong(u: Units, first: int, head: int, end: int, titles: set[int]) -> bool:
    """Whether a word that is often a mere noun is a name by what stands before it."""
    lead = u.classes[first:head]
    if re.search(r"[NDQ]s$", u.classes[max(0, first - 2) : first]):
        return True
    if re.search(r"[CUGLNDQ]", lead) and not lead.endswith("O"):
        return True
    if head in titles and first in titles and u.classes[first - 1] in ",&":  # the end of a portfolio
        return False
    if _is(u, head, "nouns"):
        is_definite = len(lead) > 1 and u.classes[first - 1] in "ts" and "|" in u.classes[:first]
        if is_definite and _is(u, head, "of_two_words"):  # "the Civil Affairs Division"
            return True
        return re.search("[NDQ]", u.classes[head:end]) is not None
    return end > head + 1 or len(lead) > 1
