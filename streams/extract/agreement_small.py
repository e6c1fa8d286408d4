"""Agreements whose names are written small: signed ones that say their matter, dated ones, packages of sanctions."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from streams.extract.agreement_days import dated, day_before, is_month
from streams.extract.agreement_tails import after_short, tail_ends
from streams.extract.organizations import Named, head_words
from streams.extract.units import Units

ORDINALS: Final = frozenset({
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
})  # fmt: skip
LEADING: Final = frozenset(
    ["on", "concerning", "regarding", "establishing", "governing", "delimiting", "amending"]
)  # to the matter
SHORT_NAME: Final = 2  # words: "cooperation agreement"
GENERAL: Final = frozenset(
    [
        "bilateral",
        "comprehensive",
        "joint",
        "peace",
        "final",
        "interim",
        "trilateral",
        "tripartite",
        "global",
        "framework",
    ]
)
ISSUED: Final = frozenset(
    {"issue", "issues", "issued", "issuing", "adopt", "adopts", "adopted", "adopting", "their"}
)
AUXILIARIES: Final = frozenset(
    {"was", "were", "is", "are", "to", "be", "will", "been", "has", "have", "had", "expected"}
)
RESTRICTIVE: Final = ("package", "of", "restrictive", "measures")
MUTUAL: Final = frozenset({"mutual", "reciprocal", "cooperation"})  # "agreement for mutual exemption"
JOINT: Final = frozenset({"declaration", "statement", "communique", "communiqué"})
OF_UNDERSTANDING: Final = frozenset({"understanding", "cooperation", "intent"})
OF_LETTERS: Final = frozenset({"intent", "understanding", "cooperation", "agreement", "interest"})
KINDS: Final = {
    "memorandum": OF_UNDERSTANDING | {"agreement"}, "memoranda": OF_UNDERSTANDING, "letter": OF_LETTERS, "letters": OF_LETTERS,
    "declaration": {"intent"}, "statement": {"intent"},
}  # fmt: skip
MATTERS: Final = {  # written small after "of"
    "treaty": {"friendship", "peace", "alliance", "cooperation", "amity"}, "protocol": {"accession", "cooperation", "intent"},
}  # fmt: skip
DATED: Final = frozenset({"statement", "statements"})  # agreements by their day only
QUALIFYING: Final = frozenset({"draft", "new", "proposed", "amended", "updated", "renewed"})
LONGEST_LEAD: Final = 4
REACH: Final = 14  # units, back to the verb of signing
CLAUSE: Final = 14  # units of a clause that says who signed
PUT_NAMES: Final = frozenset({"signed", "initialled", "initialed", "inked", "concluded"})


def find_small_agreements(u: Units) -> list[Named]:
    """As in "signed a memorandum of understanding on fisheries", "seventeenth package of sanctions"."""
    return [*_memoranda(u), *_signed(u), *_joint(u), *_packages(u), *_of_year(u)]


def _named(u: Units, first: int, ends: list[int]) -> list[Named]:
    """The name up to its first end, and its longer forms."""
    found = [
        Named(first, end, "agreement", "agreement.small" if n == 0 else "agreement.tail")
        for n, end in enumerate(ends)
    ]
    before = day_before(u, first)  # "the 2001 memorandum of understanding on ..."
    while (
        before > 0 and u.classes[before - 1] == "x" and _qualifies(u, before - 1)
    ):  # "a draft memorandum ..."
        before -= 1
    if before < first:
        found += [n._replace(first=before, rule="agreement.tail") for n in found]
    return found


def _qualifies(u: Units, i: int) -> bool:
    return u.lows[i] in QUALIFYING | head_words("agreement", "before_small")


def _memoranda(u: Units) -> list[Named]:
    found = []
    for i in u.at_words(("memorandum", "memoranda", "letter", "letters", "declaration", "statement")):
        if not u.texts[i][0].islower():
            continue
        is_of = u.classes[i + 1] == "o" and u.lows[i + 2] in KINDS.get(u.lows[i], ())
        last = i + 3 if is_of else i + 1
        if is_of or (u.lows[i] == "memorandum" and u.lows[i + 1] in {"on", "between", "against"}):
            ends = tail_ends(u, last)
            if u.lows[after_short(u, last)] not in {"for", "of", "in"}:
                found += _named(u, i, ends or ([last] if is_of and _says_who_signed(u, last) else []))
    return found


def is_signed(u: Units, first: int, last: int) -> bool:
    """Whether a verb of signing stands a few words before unit `first` or right behind unit `last`."""
    verbs = head_words("agreement", "verbs_of_signing")
    before = range(first - 1, max(-1, first - REACH), -1)
    reach = next((n for n, j in enumerate(before) if u.classes[j] == "|"), REACH)
    behind = last + (u.lows[last] in {"which", "that"})
    while u.lows[behind] in AUXILIARIES:
        behind += 1
    return (
        u.lows[behind] in verbs
        or any(u.lows[j] in verbs for j in before[:reach])
        or (behind > last and _sides_signed(u, behind))
    )


def _says_who_signed(u: Units, last: int) -> bool:
    """Whether "that Peru and Chile signed", "which was signed", "signed in Lima" stands at `last`."""
    at = last + (u.lows[last] in {"which", "that"})
    return u.lows[last] in PUT_NAMES or (at > last and _sides_signed(u, at))


def _sides_signed(u: Units, at: int) -> bool:
    """Whether a clause at `at` says who signed it: "that Peru and Chile signed in Lima"."""
    for j in range(at, at + CLAUSE):
        if u.lows[j] in PUT_NAMES:
            return True
        if u.classes[j] in "|,.(":
            return False
    return False


@cache
def _heads() -> frozenset[str]:
    return head_words("agreement", "signed") | DATED


def _signed(u: Units) -> list[Named]:
    """An agreement written small that was signed and says on what, or that says of what day it is."""
    found: list[Named] = []
    for i in u.at_words(_heads()):
        if not u.texts[i][0].islower():
            continue
        first = i
        while u.classes[first - 1] == "x" and u.lows[first - 1] in head_words("agreement", "before_small"):
            first -= 1
        day = dated(u, i + 1)
        if day > i + 1 and u.lows[i + 1] == "of" and u.texts[day - 1].isdigit():
            base = [i + 1] if u.lows[i] in DATED else []
            found += _named(u, first, [*base, day, *tail_ends(u, day)])
            continue
        if u.lows[i] in DATED:
            continue
        if first < i and (ends := _definite(u, first, i + 1) or _concluded(u, first, i + 1)):
            found += _named(u, first, [*ends, *(end for end in tail_ends(u, i + 1) if end not in ends)])
            continue
        plain = u.lows[i] == "agreement" and (first == i or u.lows[first] == "free")
        if plain and u.classes[first - 1] in "tes" and (ends := _between(u, i + 1)):
            found += _named(u, first, ends)
            continue
        at = after_short(u, i + 1)
        leads = (
            u.lows[at] in LEADING
            or (u.classes[at] == "o" and u.lows[at + 1] in MATTERS.get(u.lows[i], ()))
            or u.lows[at + 1] in MUTUAL
        )
        ends = tail_ends(u, i + 1) if leads and u.lows[at + 2] != "first" else []
        if (
            ends
            and not _says_nothing(u, at + 1)
            and (is_signed(u, first, ends[0]) or u.classes[first - 1] == "t" or _goes_on(u, found, first))
        ):
            found += _named(u, i, ends)
            found += (Named(first, end, "agreement", "agreement.tail") for end in ends if first < i)
    return found


def _goes_on(u: Units, found: list[Named], first: int) -> bool:
    """Whether a list goes on: "signed an agreement on fish and an agreement on water"."""
    last = max((n.last for n in found if n.last <= first), default=0)
    return last > 0 and u.classes[last:first] in {",e", "&e", ",&e"}


def _joint(u: Units) -> list[Named]:
    """As in "signed a joint declaration", "a joint communiqué signed after the talks"."""
    found: list[Named] = []
    title = u.lows[: u.classes.find("|")]
    for i in u.at_words(("joint",)):
        is_named = u.texts[i + 1] in JOINT and (u.lows[i + 2] == "signed" or _signs(u, i))
        if is_named and "joint" not in title:  # else the text is itself the statement
            found.append(Named(i, i + 2, "agreement", "agreement.signed"))
    return found


def _signs(u: Units, i: int) -> bool:
    """Whether "signed a", "signing of the" stands right before unit `i`."""
    return _verb_before(u, i) in {"sign", "signs", "signed", "signing", "inked"}


def is_issued(u: Units, i: int) -> bool:
    """Whether "issued a", "adopted the", "in their" stands right before unit `i`."""
    return _verb_before(u, i) in ISSUED


def _verb_before(u: Units, i: int) -> str:
    before = i - 1 - (u.classes[i - 1] in "te")
    return u.lows[before - (u.classes[before] == "o")]


def _of_year(u: Units) -> list[Named]:
    """As in "the 2016 peace agreement", "the 2015 nuclear deal", "the 12 May military agreement"."""
    found = []
    for i in u.at_words(head_words("agreement", "of_year")):
        first = i
        while (
            u.classes[first - 1] in "xKM-"
            and i - first < LONGEST_LEAD
            and u.classes[first - 2 : first] != "tx"
            and not is_month(u.lows[first - 1])
        ):
            first -= 1
        day = day_before(u, first)
        if day < first < i and u.classes[day - 1] in "tes":
            found += _named(u, day, [i + 1, *tail_ends(u, i + 1)])
            found.append(Named(first, i + 1, "agreement", "agreement.tail"))
    return found


def _definite(u: Units, first: int, last: int) -> list[int]:
    """The ends of "the double taxation agreement", "the fisheries protocol between Peru and Chile"."""
    parties = [end for end in tail_ends(u, last) if u.lows[last] in {"between", "with"}]
    is_peace = u.lows[first : last - 1] == ["peace"] and u.lows[last] == "between"
    is_topic = last - first > SHORT_NAME or (parties and (u.lows[first] not in GENERAL or is_peace))
    definite = u.classes[first - 1] == "t" or u.lows[first - 1] in {"their", "our"}
    return [last, *parties] if is_topic and definite else []


def _between(u: Units, last: int) -> list[int]:
    """The ends of "agreement between A and B", "agreement with A on its matter"."""
    at = after_short(u, last)
    if u.lows[at] not in {"between", "with", "among", "amongst"} or not re.match(
        "t?(?:[KM]+o)?t?[NQ]", u.classes[at + 1 : at + 7]
    ):
        return []
    ends = tail_ends(u, last)
    two = "&" in u.classes[at : ends[0]] if ends else False
    return ends if two or len(ends) > 1 else []


def _concluded(u: Units, first: int, last: int) -> list[int]:
    """The ends of "air services agreement [with Peru]" where it says its parties or was signed."""
    if last - first <= SHORT_NAME and (u.lows[first] in GENERAL or not is_signed(u, first, last)):
        return []
    parties = [end for end in tail_ends(u, last) if u.lows[last] in {"between", "with"}]
    if parties and not u.lows[last - 1].endswith("s"):
        return [last, *parties]
    return [last] if is_signed(u, first, last) and u.classes[first - 1] in "te" else []


def _says_nothing(u: Units, at: int) -> bool:
    """Whether the matter is "the matter", "this subject"."""
    return u.lows[at] in {"this", "these"} or (
        u.classes[at] == "t" and u.lows[at + 1] in {"matter", "subject", "issue"}
    )


def _packages(u: Units) -> list[Named]:
    found = []
    for i in u.at_words(("sanctions",)):
        of = i - 1 - (u.classes[i - 1] in "DQ")  # "sixth package of EU sanctions"
        if u.lows[of - 1] == "package" and u.classes[of] == "o" and is_ordinal(u, of - 2):
            found += _named(u, of - 2, sorted({i + 1, _against(u, i + 1)}))
        elif u.lows[i + 1] == "package" and is_ordinal(u, i - 1):
            found += _named(u, i - 1, sorted({i + 2, _against(u, i + 2)}))
    for i in u.at_words(("restrictive",)):  # "16th package of restrictive measures"
        if tuple(u.lows[i - 2 : i + 2]) == RESTRICTIVE and is_ordinal(u, i - 3):
            found += _named(u, i - 3, sorted({i + 2, _against(u, i + 2)}))
    return found


def _against(u: Units, at: int) -> int:
    """Take in "against Russia"."""
    match = re.match(r"xt?N", u.classes[at : at + 3])
    return at + match.end() if match and u.lows[at] == "against" else at


def is_ordinal(u: Units, i: int) -> bool:
    """Whether unit `i` is "third" or "3rd"."""
    return u.lows[i] in ORDINALS or (u.classes[i] == "0" and u.lows[i].endswith(("th", "st", "nd", "rd")))
