"""Organisations: known ones, runs of capitalised words around a head word, and acronyms."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Final, NamedTuple

from streams.extract.tables import settings
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

NAMEISH: Final = "CKMGULNDQRO"
LEAD: Final = re.compile(
    r"(?:[NDLQRCKMGU]|O(?=s)|(?<=O)s|&(?=[CKMGU]))(?:[CKMGULNDQROI]|s(?=[KMC])|-(?=[CKMGUNQDLR])|&(?=[KMCG]))*"
)
PART: Final = r"(?:(?<!N)[CG]|[KMULDQRON]|-(?=[CKMGULND])|(?<![NDQLO])s(?=[KMC]))+"
TAIL: Final = re.compile(rf"([ofTi])t?{PART}s?(?P<more>(?:,[KM]+)*,?&t?{PART})?")
WANTS_PLACE: Final = frozenset(
    {
        "university",
        "institute",
        "embassy",
        "consulate",
        "mission",
        "delegation",
        "consulate general",
        "group",
        "school",
        "centre",
        "center",
        "academy",
        "college",
    }
)
OF_PERSON: Final = re.compile(r"[GCKLIU],(?:U,)*$")
PARTIES: Final = frozenset({"party", "front", "movement", "brotherhood"})
OF_STATE: Final = re.compile(r"Qot?N")
SPAN_LIMIT: Final = 24


class Named(NamedTuple):
    """A name of an organisation, agreement or initiative at units first..last (exclusive)."""

    first: int
    last: int
    kind: str
    rule: str


@cache
def head_words(kind: str, part: str = "heads") -> frozenset[str]:
    return frozenset(settings("heads.toml")[kind].get(part, ()))


def _is_head(u: Units, i: int) -> bool:
    return u.lows[i] in head_words("organization") and u.texts[i][:1].isupper()


def _ends_name(u: Units, i: int) -> bool:
    """Whether unit `i` is a head word of any kind of name."""
    return _is_head(u, i) or u.lows[i] in head_words("agreement") | head_words("initiative")


def _last_before(at: int, units: list[int]) -> int:
    """The last of `units` before `at`, or -1."""
    number = bisect_left(units, at)
    return units[number - 1] if number else -1


def _tail_end(u: Units, at: int, head: str, taken: set[int]) -> int:
    """Where the name ends that goes on with "of ...", "for ...", "on ..." at unit `at`."""
    limit = at + SPAN_LIMIT
    while at < limit and (match := TAIL.match(u.classes, at)):
        word, preposition = u.lows[at], match[1]
        if preposition in "Ti" and not (
            (word == "on" and not _is_date(u, match)) or (word in {"in", "to", "at"} and head in WANTS_PLACE)
        ):
            break
        end = match.start("more") if match["more"] and _begins_another(u, match) else match.end()
        if match["more"] and "," in match["more"] and "N" in u.classes[match.start() : match.start("more")]:
            end = match.start("more")
        end = next((i for i in range(at, end) if i in taken), end)
        if word == "in" and u.classes[end - 1] not in "LNRC":
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


def _begins_another(u: Units, match: re.Match[str]) -> bool:
    """Whether what follows "and" is a name of its own ("... and the Ministry of ...")."""
    first = next(i for i in range(match.start("more"), match.end()) if u.classes[i] == "&") + 1
    first += u.classes[first] == "t"
    if u.classes[first] == "O" or (u.classes[first] == "M" and u.classes[first + 1] == "O"):
        return True
    last = match.end() - 1
    following = u.classes[match.end() : match.end() + 1]
    if u.classes[first - 1] == "t" and following == "o":
        return True
    part = u.classes[first : match.end()]
    if part in {"L", "R"} and u.classes[match.start("more") - 1] not in "LRN":
        return True
    return (
        (_is_head(u, first) and (following in "of" or last > first))
        or (_is_head(u, last) and last > first)
        or (_is_head(u, last) and following == "o")
    )


def _is_date(u: Units, match: re.Match[str]) -> bool:
    return any(u.lows[i] in word_sets().not_names for i in range(match.start(), match.end()))


def find_organizations(u: Units, taken: set[int]) -> list[Named]:
    """Organisations that no vocabulary knows, by their head words; units in `taken` are not theirs."""
    found: list[Named] = []
    heads = [i for i in u.at_words(head_words("organization")) if _is_head(u, i)]
    at = 0
    while heads and (match := LEAD.search(u.classes, at)):
        first, last = match.span()
        if _last_before(last, heads) == last - 1:
            both = (i for i in range(first + 1, last - 1) if u.classes[i] == "&" and _ends_name(u, i - 1))
            last = next(both, last)
        at = last
        head = _last_before(last, heads)
        if head < first or head in taken:
            continue
        first = max(
            first,
            next(
                (
                    i + 1
                    for i in range(head - 1, first, -1)
                    if u.classes[i] == "s" and u.classes[i - 1] in "NDQ"
                ),
                first,
            ),
        )
        while first < head and (first in taken or u.classes[first] in "&s-"):
            first += 1
        if any(i in taken for i in range(first, head)):
            continue
        end = _tail_end(u, head + 1, u.lows[head], taken) if head == last - 1 else head + 1
        if end - first > SPAN_LIMIT or not _is_name(u, first, head, end):
            continue
        found.append(Named(first, end, "organization", "organization.head"))
        at = max(end, at)
    return found


def find_namesakes(u: Units) -> list[Named]:
    """Bodies of a state that are called as a known one is: "Security Council of Tajikistan"."""
    return [
        Named(m.start(), m.end(), "organization", "organization.of-state")
        for m in OF_STATE.finditer(u.classes)
        if u.lows[m.start()].split()[-1] in head_words("organization")
        and not any(k.exact for k in u.known[m.start()])
    ]


def find_acronyms(u: Units, taken: set[int], persons: set[int]) -> list[Named]:
    """Acronyms that stand by themselves, as organisations do."""
    stop = frozenset(settings("names.toml")["not_organizations"])
    found = []
    for at in re.finditer("U", u.classes):
        i = at.start()
        word = u.texts[i]
        if i in taken or len(word) < 3 or not word.isalpha() or u.lows[i] in stop:
            continue
        if OF_PERSON.search(u.classes, max(0, i - 4), i) and any(
            j in persons for j in range(max(0, i - 4), i)
        ):
            stop |= {u.lows[i]}  # a decoration or degree
            continue
        if u.classes[i - 1] not in "GCKMUI-/0~" and u.classes[i + 1] not in "GCKMU0-/":
            first = i - (u.classes[i - 1] == "D")  # "Kazakh MFA"
            found.append(Named(first, i + 1, "organization", "organization.acronym"))
    return found


def _alone(u: Units, i: int, taken: set[int]) -> list[Named]:
    """The head word at `i` if it stands alone with an article ("the Coalition")."""
    alone = u.classes[i - 1] == "t" and u.classes[i + 1] not in "KMCGoO" and i not in taken
    alone = alone and not any(k.name.lower().endswith(u.lows[i]) for known in u.known for k in known)
    return [Named(i, i + 1, "organization", "organization.alone")] if alone else []


def find_small(u: Units, taken: set[int]) -> list[Named]:
    """As in "Syrian army", "Servant of the People faction": the head is written small; "the Coalition" stands alone."""
    found = []
    for at in re.finditer("D", u.classes):
        i = at.start()
        for size in (2, 1) if i not in taken else ():
            if " ".join(u.lows[i + 1 : i + 1 + size]) in head_words("organization", "small"):
                found.append(Named(i, i + 1 + size, "organization", "organization.small"))
                break
    for i in u.at_words(head_words("organization", "alone_with_article")):
        if u.texts[i][0].isupper():
            found += _alone(u, i, taken)
    for match in re.finditer(r"[RL][KM]*[KM]", u.classes):
        if (
            u.lows[match.end() - 1] == "government"
            and match.start() not in taken
            and match.end() - match.start() > 2
        ):
            found.append(Named(match.start(), match.end(), "organization", "organization.regional"))
    for match in re.finditer(r"[KC](?:ot?[KC])?[xd]", u.classes):
        if (
            u.lows[match.end() - 1] in head_words("organization", "small_parties")
            and match.start() not in taken
        ):
            last = match.end() - 1
            if u.classes[match.start() : last] != "K":
                found.append(Named(match.start(), last, "organization", "organization.small"))
    return found


def _is_name(u: Units, first: int, head: int, end: int) -> bool:
    """Whether a head with these surroundings is a name and no mere noun."""
    low = u.lows[head]
    if low == "delegation" and not any(k.code == "EU" for i in range(first, end) for k in u.known[i]):
        return False
    if (
        low in {"faculty", "school", "department"}
        and u.classes[first:head] == ""
        and u.lows[head + 2] == "law"
    ):
        return False
    if first == head and (low in head_words("organization", "never_first") or end == head + 1):
        return end == head + 1 and low in head_words("organization", "alone")
    lead = u.classes[first:head]
    if (low in PARTIES and lead) or lead.endswith("Os"):  # "Attorney-General's Office"
        return True
    if (
        low in head_words("organization", "weak")
        and end == head + 1
        and not re.search(r"[NDQ]s$", u.classes[max(0, first - 2) : first])
    ):
        return bool(re.search(r"[CUGLNDQ]", lead)) and not lead.endswith("O")
    return True
