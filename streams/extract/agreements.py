"""Agreements and initiatives: treaties, memoranda, declarations, routes, plans, partnerships."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from streams.extract.agreement_days import MONTHS, YEAR, dated, day_before
from streams.extract.agreement_heads import first_words, head_at, is_distinct, is_none, is_plural, is_purpose
from streams.extract.agreement_numbers import find_numbered
from streams.extract.agreement_signed import find_signed
from streams.extract.agreement_small import find_small_agreements, is_issued, is_ordinal, is_signed
from streams.extract.agreement_tails import tail_ends, tail_words
from streams.extract.initiatives import find_initiatives
from streams.extract.organizations import Named, head_words, is_head
from streams.extract.units import Units

LEAD: Final = re.compile(
    r"(?:[NDLQRCKMGUA]|&(?=[CKMGU]))(?:[CKMGULNDQRA0]++|s(?=[KMC])|O(?=s[KMC])|[-/](?=[CKMGULNDQR])|&(?=[KMCG]))*"
)
PLACED: Final = re.compile(r"(?<!-)(?:[LR](?:-[LR])?|[NDLQR](?:-[NDLQR])+|[CLR][CK]+|(?<=t)[CU])x")
FORCES: Final = re.compile(r"(?<=[te])[KM]o[KM]x")
STATEMENT: Final = frozenset({"statement"})
SANCTIONS: Final = frozenset({"sanctions"})
OF_SANCTIONS: Final = re.compile(r"[CGUKM]+xx")
BETWEEN_SIDES: Final = re.compile(r"[NDQLR](?:[-/][NDQLR])+(?P<words>x[x&]{0,3})(?=x)")
LED: Final = re.compile(r"0?(?:[NDQ](?:-?[NDQLRC])*|(?<=0))$")  # "2002 ASEAN-China Declaration"
LISTED: Final = re.compile(r"t((?:[KM]+,)+)$")  # "the Political, Trade and Partnership Agreement"
OPENED: Final = re.compile(r"[tes]x(?=[KMCG])")
SIGNED: Final = frozenset({"sign", "signed", "signing", "signs", "signature"})
SIGNING: Final = frozenset(
    {"signing", "signature", "ratification", "initialing", "initialling", "conclusion"}
)
NUMBER_SIGNS: Final = frozenset({"no", "no.", "nr", "nos"})
TAILED: Final = frozenset({"resolution"})  # a name with its matter only
HEADS_LIKE_VERBS: Final = ("statement", "call")
MATTER_HEADS: Final = ("convention", "treaty", "protocol")
PLACED_HEADS: Final = ("declaration", "charter", "memorandum", "agreement", "accord")
OF_YEAR: Final = frozenset(
    {"protocol", "agreement", "treaty", "convention", "declaration", "memorandum", "accord", "award"}
)
ADOPTED: Final = frozenset(  # names where a text says that they were signed
    {"joint declaration", "joint statement", "agreed minutes", "memorandum", "memorandum of understanding", "joint communique",
     "memorandum of cooperation", "exchange of notes", "exchange of letters", "letter of intent",
     "declaration of intent", "statement of intent", "action plan", "plan of action", "final document", "outcome document",
     "final act", "record of discussions", "records of discussions", "joint minutes", "letter of understanding",
     "letter of cooperation", "letter of agreement", "letter of interest", "heads of agreement", "heads of terms",
     "memorandum of agreement", "statement of cooperation", "implementing arrangement", "technical arrangement",
     "administrative arrangement"}
)  # fmt: skip


def _placed(u: Units) -> list[Named]:
    """As in "Minsk agreements", "Baghdad-Erbil agreement"."""
    small = head_words("agreement", "small")
    if not u.at_words(small | STATEMENT):
        return _sanctions(u)
    found = []
    for match in PLACED.finditer(u.classes):
        head = match.end() - 1
        if u.lows[head] in small or u.texts[head] == "Statement":  # "Amman Statement"
            found.append(Named(match.start(), match.end(), "agreement", "agreement.place"))
            found += (
                Named(match.start(), end, "agreement", "agreement.tail") for end in tail_ends(u, match.end())
            )
    found += [
        Named(match.start(), match.end(), "agreement", "agreement.place")
        for match in FORCES.finditer(u.classes)
        if u.lows[match.end() - 1] in small  # "Status of Forces arrangement"
    ]
    for match in BETWEEN_SIDES.finditer(u.classes):
        first, last = match.span("words")
        if u.lows[last] in small and head_words("agreement", "before_small").issuperset(
            low for low in u.lows[first:last] if low != "and"
        ):
            found.append(Named(match.start(), last + 1, "agreement", "agreement.place"))
    return [*found, *_sanctions(u)]


def _sanctions(u: Units) -> list[Named]:
    """As in "Global Magnitsky sanctions program"."""
    ends = {i + 2 for i in u.at_words(SANCTIONS) if u.lows[i + 1] in head_words("agreement", "of_sanctions")}
    found = (m.span() for m in OF_SANCTIONS.finditer(u.classes)) if ends else ()
    return [Named(*span, "agreement", "agreement.sanctions") for span in found if span[1] in ends]


def begin(u: Units, first: int, head: int) -> int:
    """Where the name begins: without "France's", numbers, and countries that only stand before it."""
    possessive = u.classes.rfind("s", first, head)
    if possessive >= 0 and u.classes[possessive - 1] in "NDQ":
        first = possessive + 1
    holder = u.classes.rfind("O", first, head)
    if holder >= 0 and not u.lows[holder].endswith("s"):  # "Leaders' Declaration"; "President's" is no name
        first = holder + 2
    if u.lows[first] in SIGNING and u.classes[first + 1] == "&":  # "Signing and Exchange of Notes"
        first += 2
    listed = LISTED.search(u.classes, max(0, first - 8), first) if "&" in u.classes[first:head] else None
    if listed:
        return listed.start(1)
    if OPENED.match(u.classes, first - 2) and u.texts[first - 1][0].isupper():  # "the Open Skies Agreement"
        return first - 1
    while first < head and (u.classes[first] in "0&-/s" or u.lows[first] in MONTHS):
        first += 1
    return first


def _with_of(u: Units, first: int, head: int) -> int:
    """Take in the words before "of" in "Cessation of Hostilities Agreement", "Status of Forces Agreement"."""
    if u.texts[first - 1] == "Host":  # "Host Government Agreement"; else it is a verb of headlines
        return first - 1
    plain = first < head and set(u.classes[first:head]) <= set("KM")
    if plain and u.classes[first - 2 : first] in {"Ko", "Mo"} and u.classes[first - 3] in "tex|":
        word = first - 2
        if (
            not is_head(u, word)
            and u.lows[word] not in head_words("agreement") | head_words("initiative") | SIGNING
        ):
            return word
    return first


def _headed(u: Units, taken: set[int]) -> list[Named]:
    found: list[Named] = []
    heads = u.at_words(first_words())
    at = 0
    while heads and (match := LEAD.search(u.classes, at)):
        first, last = match.span()
        at = last
        for i in heads[bisect_left(heads, first) : bisect_left(heads, last)]:
            if i in taken or not (head := head_at(u, i)):
                continue
            words, after = head
            named = _judge(u, _with_of(u, begin(u, first, i), i), i, after, words)
            found += named
            at = max([at if not named else after, *(n.last for n in named)])
            break
    return found


def _behind_verbs(u: Units, taken: set[int]) -> list[Named]:
    """Heads that are also verbs of headlines: "Statement of Intent on Energy", "Call to Action on Debt"."""
    found: list[Named] = []
    for i in u.at_words(HEADS_LIKE_VERBS):
        if u.classes[i] == "x" and "|" in u.classes[:i] and i not in taken and (head := head_at(u, i)):
            first = i
            while u.classes[first - 1] in "LRCKM":  # "Velka Call to Action"
                first -= 1
            found += _judge(u, first, i, head[1], head[0])
    return found


def _is_adopted(u: Units, head: int, after: int, words: str) -> bool:
    """Whether the text says that it was signed; notes and letters are also exchanged without a name."""
    if words.startswith("exchange") and SIGNED.isdisjoint(u.lows[max(0, head - 4) : after + 3]):
        return False
    return is_signed(u, head, after) or (words == "joint statement" and is_issued(u, head))


def _small_before(u: Units, first: int) -> int:
    """Where the words begin that are written small before a name: "a bilateral health MoU"."""
    while u.classes[first - 1] == "x" and u.lows[first - 1] in head_words("agreement", "before_small"):
        first -= 1
    return first


def _bare(u: Units, head: int, after: int, words: str) -> Named | None:
    """The name of a head word alone, by the year or day before it or because it was signed."""
    if words in OF_YEAR and YEAR.fullmatch(u.texts[head - 1]):
        return Named(head - 1, after, "agreement", "agreement.year")
    if words in OF_YEAR and u.lows[head - 1] in MONTHS and u.classes[head - 2] == "0":
        return Named(head - 2, after, "agreement", "agreement.year")  # "the 21 December Accord"
    if words in ADOPTED and _is_adopted(u, head, after, words):
        return Named(head, after, "agreement", "agreement.signed")
    before = _small_before(u, head)
    if words == "agreement" and before < head and is_signed(u, head, after):
        return Named(before, after, "agreement", "agreement.signed")
    return None


def _judge(u: Units, first: int, head: int, after: int, words: str) -> list[Named]:
    """The name around a head word: its core and, where it names the matter, parties or date, the longer ones."""
    if is_none(u, first, head, after, words):
        return []
    plural = is_plural(u, first, head, words)
    ends = (
        tail_ends(u, after)
        if words in head_words("agreement", "open")
        else [d for d in [dated(u, after)] if d > after]
    )
    if (words in head_words("agreement", "of_others") and not _amends(u, after, ends)) or (
        words == "understanding" and u.lows[after] != "on"
    ):
        ends = []
    if words in TAILED and not ends and not re.search("[CLR]", u.classes[first:head]):
        return []
    core: Named | None
    if words in head_words("agreement", "placed_only") and not is_distinct(u, first, head, words):
        return []
    if first < head and not plural and is_distinct(u, first, head, words):
        core = Named(first, after, "agreement", "agreement.head")
        if ends and u.lows[after] in NUMBER_SIGNS:
            core, ends = core._replace(last=ends[0]), ends[1:]
    elif (
        words in head_words("agreement", "open")
        and ends
        and (
            not is_purpose(u, after)
            or u.classes[first - 1] in ";:"  # an item of a list of documents
            or (u.lows[after] == "for" and is_signed(u, head, after))
        )
    ):
        core, ends = Named(first, ends[0], "agreement", "agreement.matter"), ends[1:]
    else:
        core = _bare(u, head, after, words) if first == head else None
    if core is None:
        return []
    longer = [Named(core.first, end, "agreement", "agreement.tail") for end in ends]
    if (before := _small_before(u, core.first)) < core.first:  # "a joint Declaration on ..."
        longer.append(core._replace(first=before, rule="agreement.tail"))
    return [core, *longer, *_dated_before(u, core, longer)]


def _amends(u: Units, after: int, ends: list[int]) -> bool:
    """Whether another agreement follows that is amended: "to the Border Treaty"; a law is none."""
    last = ends[0] - 1 if ends and u.lows[after] == "to" else after
    return last > after and (u.classes[last] == "A" or u.lows[last] in head_words("agreement"))


def _dated_before(u: Units, core: Named, longer: list[Named]) -> list[Named]:
    """The name with the year or day before it: "2016 Peace Agreement", "12 August 2008 Ceasefire Agreement"."""
    begin = core.first
    if is_ordinal(u, begin - 1) and not u.texts[begin - 1][0].islower():
        begin -= 1
    begin = min(begin, day_before(u, core.first))
    if begin == core.first:
        return []
    return [Named(begin, n.last, "agreement", "agreement.tail") for n in (core, *longer)]


def _known_tails(u: Units) -> list[Named]:
    """A known agreement that the text names at more length ("Hague Convention on Choice of Court Agreements")."""
    found = []
    for at in re.finditer("A", u.classes):
        i = at.start()
        named = u.lows[i].endswith(
            (
                "convention",
                "treaty",
                "protocol",
                "declaration",
                "charter",
                "memorandum",
                "agreement",
                "accord",
            )
        )
        if named and u.lows[i + 1] in {"on", "for", "of"} and u.classes[i + 2] in "tKMC":
            first, *longer = tail_ends(u, i + 1) or [i + 1]
            if u.lows[i].endswith(PLACED_HEADS):  # "Malabo Declaration" is a name without its matter too
                first, longer = i + 1, [first, *longer]
            rule = "agreement.known" if first == i + 1 else "agreement.matter"
            found.append(Named(i, first, "agreement", rule))
            found += [Named(i, end, "agreement", "agreement.tail") for end in longer]
            continue
        end, match = dated(u, i + 1), LED.search(u.classes, max(0, i - 6), i)
        if is_ordinal(u, i - 1) and u.texts[i - 1][0].isupper():  # "the Third Geneva Convention"
            found.append(Named(i, i + 1, "agreement", "agreement.known"))
            found.append(Named(i - 1, end, "agreement", "agreement.tail"))
        elif end > i + 1 or match:
            found.append(Named(i, i + 1, "agreement", "agreement.known"))
            found.append(Named(match.start() if match else i, end, "agreement", "agreement.tail"))
    return found


def find_agreements(u: Units, persons: set[int], titles: set[int]) -> list[Named]:
    """Agreements and initiatives that no vocabulary knows; units of `persons` are not theirs.

    What stands in the `titles` of offices is no initiative ("Representative for Foreign and Security Policy").
    """
    found = [*find_numbered(u), *_placed(u), *find_small_agreements(u), *_known_tails(u), *find_signed(u)]
    taken = persons | {i for a in found for i in range(a.first, a.last)}
    found += [
        a
        for a in [*_headed(u, taken), *_behind_verbs(u, taken)]
        if not any(i in taken for i in range(a.first, a.last))
    ]
    taken |= {i for a in found for i in range(a.first, a.last)}
    return sorted([*found, *find_initiatives(u, taken | titles)])


def parties_within(u: Units, agreements: list[Named]) -> set[int]:
    """The units of agreements' names that say between whom: what acts there is named by itself as well."""
    within: set[int] = set()
    for n in agreements:
        begin = next((i for i in range(n.first, n.last) if u.lows[i] in tail_words("parties")), n.last)
        within.update(range(begin, n.last))
    return within
