"""Agreements and initiatives: treaties, memoranda, declarations, resolutions, routes, partnerships."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.organizations import Named, head_words
from streams.extract.units import Units

LEAD: Final = re.compile(r"0?(?:[NDLQRCKMGUAO]|&(?=[CKMGU]))(?:[CKMGULNDQRAO0]|s(?=[KMC])|[-/](?=[CKMGULNDQR])|&(?=[KMCG]))*|0(?=[KM])")
PART: Final = r"(?:[CKMGULNDQROA]|-(?=[CKMGULND]))+"
TAIL: Final = re.compile(
    rf"(?:[ofTiw]|(?P<between>x))t?{PART}s?(?:(?:,{PART})*,?&t?{PART}|(?:o t?{PART}))*(?:\(U\))?"
)
ORDER: Final = re.compile(r"(?:~|0)")
LINKS: Final = frozenset({"between", "against", "concerning", "regarding", "among", "for", "on", "of", "in", "to", "with", "relating"})
STOPS: Final = frozenset({"was", "were", "is", "are", "will", "has", "have", "had", "signed", "which", "that", "as", "by", "during", "after", "before", "while", "when", "who", "would", "should", "could", "can", "may", "at", "today", "from", "but", "or", "into", "under", "including", "since", "until", "being", "be", "said", "came", "this", "these", "it", "they", "he", "she"})
OPEN: Final = frozenset({"memorandum of understanding", "memoranda of understanding", "memorandum", "memoranda", "mou", "treaty", "agreement", "convention", "protocol", "declaration", "memorandum of cooperation", "exchange of notes", "joint declaration", "joint statement", "accord", "charter", "letter of intent", "mous"})
NUMBERED: Final = frozenset({"resolution", "resolutions", "order"})
LOWER: Final = frozenset({"agreement", "agreements", "accord", "accords", "declaration", "protocol", "convention", "treaty"})
LONGEST_TAIL: Final = 34


def _head_at(u: Units, i: int) -> tuple[str, int] | None:
    """The agreement head that begins at unit `i` and the unit after it."""
    unit = u.units[i]
    if not unit.text[:1].isupper():
        return None
    heads = head_words("agreement")
    for size in (3, 2, 1):
        words = " ".join(x.low for x in u.units[i : i + size])
        if words in heads and "|" not in u.classes[i : i + size]:
            return words, i + size
    return None


def _tail_end(u: Units, at: int) -> int:
    """Extend over "(MoU) between A and B on cooperation in ..." from unit `at`."""
    start, end = at, at
    if u.classes[at] == "(" and u.classes[at + 1] == '"' and u.classes[at + 4 : at + 5] == ")":
        at += 5
    elif u.classes[at] == "(" and ")" in u.classes[at + 1 : at + 3]:
        at += 3
    if u.units[at].low not in LINKS:
        return start
    depth = 0
    while at - start < LONGEST_TAIL:
        letter, low = u.classes[at], u.units[at].low
        if letter in '|.;:"0' or (letter == "x" and low in STOPS):
            break
        if letter == "(":
            depth += 1
        if letter == ")":
            if not depth:
                break
            depth -= 1
        if letter == "," and not _list_goes_on(u, at):
            break
        at += 1
        if letter not in "oftTiw&e,(-" and depth == 0:
            end = at
    return end


def _list_goes_on(u: Units, at: int) -> bool:
    """Whether the comma at `at` stands in a list of capitalised words that ends with "and"."""
    return re.match(r",(?:[KMCG]+,)*[KMCG]+,?&[KMCG]", u.classes[at : at + 12]) is not None


def _number_end(u: Units, at: int) -> int:
    """Take in "2254 (2015)" after "resolution"."""
    if u.classes[at : at + 1] == "0":
        at += 1
        if u.classes[at : at + 3] == "(0)":
            at += 3
    return at


def _numbered(u: Units) -> list[Named]:
    """Resolutions and orders with a number, in any case of letters."""
    found = []
    for i, unit in enumerate(u.units):
        if unit.low in NUMBERED and u.classes[i + 1 : i + 2] == "0" and unit.text:
            first = i
            while first and u.classes[first - 1] in "QUKMN" and u.units[first - 1].text[0].isupper():
                first -= 1
            if unit.low != "order" or u.units[i - 1].low == "executive":
                found.append(Named(first, _number_end(u, i + 1), "agreement", "agreement.number"))
    return found


def _placed(u: Units) -> list[Named]:
    """ "Minsk agreements", "Baghdad-Erbil agreement": a place and a small head word."""
    found = []
    for match in re.finditer(r"(?<!-)(?:[LR](?:-[LR])?|[NLQR]-[NLQR])x(?!x*C)", u.classes):
        if u.units[match.end() - 1].low in LOWER:
            found.append(Named(match.start(), match.end(), "agreement", "agreement.place"))
    return found


def _headed(u: Units) -> list[Named]:
    found = []
    at = 0
    while match := LEAD.search(u.classes, at):
        first, last = match.span()
        at = last
        for i in range(first, last):
            if not (head := _head_at(u, i)):
                continue
            words, after = head
            end = _tail_end(u, after) if words in OPEN else after
            lead = u.classes[first:i]
            if end == after and (not lead or words in head_words("agreement", "weak")):
                if not (lead and re.search("[CUGLNDQAK]", lead)):
                    break
            if end == after and not lead.strip("0NDMQ"):
                break
            found.append(Named(first, end, "agreement", "agreement.head"))
            at = max(at, end)
            break
    return found


def find_agreements(u: Units) -> list[Named]:
    """Agreements that no vocabulary knows, by head words, numbers and places."""
    found = [*_numbered(u), *_placed(u)]
    taken = {i for a in found for i in range(a.first, a.last)}
    for named in _headed(u):
        if not any(i in taken for i in range(named.first, named.last)):
            found.append(named)
    return sorted(found)
