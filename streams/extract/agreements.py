"""Agreements and initiatives: treaties, memoranda, declarations, resolutions, routes, partnerships."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.organizations import Named, head_words
from streams.extract.units import Units

LEAD: Final = re.compile(
    r"(?:[NDLQRCKMGUA]|&(?=[CKMGU]))(?:[CKMGULNDQRA0]|s(?=[KMC])|[-/](?=[CKMGULNDQR])|&(?=[KMCG]))*"
)
LINKS: Final = frozenset(
    {
        "between",
        "against",
        "concerning",
        "regarding",
        "among",
        "for",
        "on",
        "of",
        "in",
        "to",
        "with",
        "relating",
    }
)
NARROW: Final = frozenset({"between", "on", "of", "for", "against"})
STOPS: Final = frozenset({
    "was", "were", "is", "are", "will", "has", "have", "had", "signed", "which", "that", "as", "by", "during", "after",
    "before", "while", "when", "who", "would", "should", "could", "can", "may", "at", "today", "but", "or", "into",
    "under", "including", "since", "until", "being", "be", "said", "came", "this", "these", "it", "they", "he", "she",
    "sidelines", "margins", "occasion", "throughout", "whose", "where", "how", "basis", "aimed", "above", "view", "its", "their", "our", "his", "her", "also",
    "not", "than", "all", "following", "here", "there", "regard", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "up", "approximately", "entered", "both", "such", "each", "day", "date",
})  # fmt: skip
OPEN: Final = frozenset({
    "memorandum of understanding", "memoranda of understanding", "memorandum", "memoranda", "mou", "treaty",
    "agreement", "convention", "protocol", "declaration", "memorandum of cooperation", "exchange of notes",
    "joint declaration", "joint statement", "accord", "charter", "letter of intent", "roadmap", "action plan", "plan of action",
})  # fmt: skip
NUMBERED: Final = frozenset({"resolution", "resolutions", "order", "decree", "unscr"})
LOWER: Final = frozenset(
    {"agreement", "agreements", "accord", "accords", "declaration", "protocol", "convention", "treaty"}
)
SANCTIONS: Final = frozenset({"program", "programme", "regime", "package"})
STATEMENTS: Final = frozenset({"joint statement", "joint communique", "communique"})
ELSE: Final = {  # what makes the head another thing: a gathering, a way, an order
    "convention": {"national", "democratic", "republican", "annual", "party"}, "memorandum": {"presidential"},
    "protocol": {"state", "diplomatic", "health", "safety"}, "deal": {"green"}, "charter": {"school"},
}  # fmt: skip
ORDINALS: Final = frozenset({
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
})  # fmt: skip
LONGEST_TAIL: Final = 34


def _head_at(u: Units, i: int, kind: str) -> tuple[str, int] | None:
    """The head word of `kind` that begins at unit `i` and the unit after it."""
    if not u.texts[i][:1].isupper():
        return None
    heads = head_words(kind)
    for size in (3, 2, 1):
        if "|" not in u.classes[i : i + size]:
            words = " ".join(u.lows[i : i + size])
            if words in heads:
                return words, i + size
    return None


def _after_acronym(u: Units, at: int) -> int:
    """The unit after "(MoU)" or `("MOU")` at `at`, else `at`."""
    match = re.match(r'\("?[UCKA]"?\)', u.classes[at : at + 5])
    return at + match.end() if match else at


def _goes_on(u: Units, at: int, links: frozenset[str]) -> bool:
    """Whether a tail begins at `at`: "on Legal Cooperation", "between A and B", but not "to establish"."""
    if u.lows[at] not in links:
        return False
    return (
        not (u.classes[at] == "T" and u.classes[at + 1] == "x")
        and u.lows[at + 1 + (u.classes[at + 1] == "t")] not in STOPS
    )


def _tail_end(u: Units, start: int, links: frozenset[str]) -> int:
    """Extend over "(MoU) between A and B on cooperation in ..." from unit `start`."""
    at = _after_acronym(u, start)
    if not _goes_on(u, at, links):
        return start
    end, depth, classes = start, 0, u.classes
    while at - start < LONGEST_TAIL:
        letter, low = classes[at], u.lows[at]
        if (
            letter in '|.;:"'
            or (letter == "-" and u.texts[at] in "—–")
            or (letter == "w" and classes[at + 1] == "x")
            or (letter == "x" and low in STOPS)
            or (letter == "x" and low == "from" and classes[at + 1] == "x")
        ):
            break
        if letter == "0" and not re.match(r"0(?:-0)?[.,;|)]", classes[at : at + 4]):
            break
        if classes[at + 1] == "x" and (letter == "T" or (letter == "f" and links is NARROW)):
            break
        if letter in "&," and re.match(r",?&?e", classes[at : at + 3]) and classes[at : at + 1] != "e":
            break
        depth += (letter == "(") - (letter == ")")
        if depth < 0 or (letter == "," and not _list_goes_on(u, at)):
            break
        at += 1
        if letter not in "oftTiw&e,(-" and not (letter == "x" and low in LINKS) and depth == 0:
            end = at
    return end


def _list_goes_on(u: Units, at: int) -> bool:
    """Whether the comma at `at` stands in a list of capitalised words that ends with "and"."""
    return re.match(r",(?:[KMCG]+,)*(?:[KMCG]+,?)?&[KMCG]", u.classes[at : at + 12]) is not None


def _numbered(u: Units) -> list[Named]:
    """Resolutions and orders with a number, in any case of letters: "resolution 2254 (2015)"."""
    found = []
    for i in u.at_words(NUMBERED):
        if u.classes[i + 1 : i + 2] != "0":
            continue
        if u.lows[i] in {"order", "decree"} and u.lows[i - 1] != "executive":
            continue
        first, last = i, i + 2
        while first and u.classes[first - 1] in "QUKMN" and u.texts[first - 1][0].isupper():
            first -= 1
        if u.classes[last : last + 3] == "(0)":
            last += 3
        found.append(Named(first, last, "agreement", "agreement.number"))
    return found


def _placed(u: Units) -> list[Named]:
    """As in "Minsk agreements", "Baghdad-Erbil agreement", "Global Magnitsky sanctions program"."""
    found = [
        Named(match.start(), match.end(), "agreement", "agreement.place")
        for match in re.finditer(r"(?<!-)(?:[LR](?:-[LR])?|[NLQR]-[NLQR]|[CLR][CK]+)x", u.classes)
        if u.lows[match.end() - 1] in LOWER
    ]
    for match in re.finditer(r"[CGUKM]+xx", u.classes):
        low = u.lows[match.end() - 2 : match.end()]
        if low[0] == "sanctions" and low[1] in SANCTIONS:
            found.append(Named(match.start(), match.end(), "agreement", "agreement.sanctions"))
    return found


def _begin(u: Units, first: int, head: int) -> int:
    """Where the name begins: without "France's", numbers, and countries that only stand before it."""
    possessive = u.classes.rfind("s", first, head)
    if possessive >= 0 and u.classes[possessive - 1] in "NDQ":
        first = possessive + 1
    while first < head and u.classes[first] in "0&-/s":
        first += 1
    return first


def _headed(u: Units, taken: set[int]) -> list[Named]:
    found = []
    at = 0
    while match := LEAD.search(u.classes, at):
        first, last = match.span()
        at = last
        for i in range(first, last):
            if i in taken or not (head := _head_at(u, i, "agreement")):
                continue
            words, after = head
            begin = _begin(u, first, i)
            lead = u.classes[begin:i]
            named = _judge(u, begin, i, after, words, lead)
            if named:
                found += named
                at = max(at, named[-1].last)
            break
    return found


def _judge(u: Units, first: int, head: int, after: int, words: str, lead: str) -> list[Named]:
    """The name around a head word: its core and, where it names the parties or the matter, the whole."""
    if u.lows[head - 1] in ELSE.get(words, ()):
        return []
    plural = words.endswith("s") and words not in {"accords", "agreements"}
    distinct = (
        bool(re.search("[CUGLNDQAR]", lead))
        or (len(lead) > 1 and words not in STATEMENTS)
        or (
            lead != ""
            and words in {"agreement", "convention", "treaty", "declaration", "memorandum", "charter"}
            and u.lows[head - 1]
            not in {"joint", "bilateral", "international", "new", "draft", "final", "said", "framework"}
        )
    )
    if lead and not plural and distinct:
        if u.classes[first - 1 : first] == "0" and first and u.classes[first:head].strip("KM") == "":
            first -= 1
        full = _tail_end(u, after, NARROW) if words in OPEN else after
        core = Named(first, after, "agreement", "agreement.head")
        return [core] if full == after else [core, Named(first, full, "agreement", "agreement.tail")]
    if words in OPEN and words not in STATEMENTS:
        start = first if words.startswith(("mou", "memorand")) and not plural and lead else head
        full = _tail_end(u, after, LINKS if words != "memorandum" else NARROW - {"for"})
        if full > after:
            return [Named(head if plural or not distinct else start, full, "agreement", "agreement.tail")]
    return []


def _small(u: Units) -> list[Named]:
    """Names written small: "memorandum of understanding on fisheries", "seventeenth package of sanctions"."""
    found = []
    for i in u.at_words(("memorandum",)):
        if (
            u.texts[i][0].islower()
            and u.lows[i + 2] in {"understanding", "cooperation"}
            and u.classes[i + 1] == "o"
        ):
            end = _tail_end(u, i + 3, NARROW - {"for", "of"})
            if end > i + 3:
                found.append(Named(i, end, "agreement", "agreement.small"))
    for i in u.at_words(("sanctions",)):
        if u.lows[i - 2] == "package" and u.classes[i - 1] == "o" and _is_ordinal(u, i - 3):
            found.append(Named(i - 3, _against(u, i + 1), "agreement", "agreement.small"))
        elif u.lows[i + 1] == "package" and _is_ordinal(u, i - 1):
            found.append(Named(i - 1, _against(u, i + 2), "agreement", "agreement.small"))
    return found


def _against(u: Units, at: int) -> int:
    """Take in "against Russia"."""
    match = re.match(r"xt?N", u.classes[at : at + 3])
    return at + match.end() if match and u.lows[at] == "against" else at


def _is_ordinal(u: Units, i: int) -> bool:
    return u.lows[i] in ORDINALS or (u.classes[i] == "0" and u.lows[i].endswith(("th", "st", "nd", "rd")))


def _known_tails(u: Units) -> list[Named]:
    """A known agreement that the text names at more length ("Hague Convention on Choice of Court Agreements")."""
    found = []
    for at in re.finditer("A", u.classes):
        i = at.start()
        named = u.lows[i].endswith(("convention", "treaty", "protocol"))
        if named and u.lows[i + 1] in {"on", "for", "of"} and u.classes[i + 2] in "KMC":
            found.append(Named(i, _tail_end(u, i + 1, NARROW), "agreement", "agreement.tail"))
    return found


def _initiatives(u: Units, taken: set[int]) -> list[Named]:
    """As in "Export Controls and Human Rights Initiative", "Americas Partnership for Economic Prosperity"."""
    found = []
    for match in LEAD.finditer(u.classes):
        first, last = match.span()
        for i in range(last - 1, first, -1):
            if u.lows[i] in head_words("initiative") and u.texts[i][0].isupper() and i not in taken:
                begin = _begin(u, first, i)
                if i - begin >= 1 and (i - begin > 1 or re.search("[CGULRNQ]", u.classes[begin:i])):
                    tail = re.match(r"[of]t?[KMCRLNA]+", u.classes[i + 1 :])
                    end = i + 1 + (tail.end() if tail else 0)
                    if not any(j in taken for j in range(begin, end)):
                        found.append(Named(begin, end, "initiative", "initiative.head"))
                break
    return found


def find_agreements(u: Units, persons: set[int]) -> list[Named]:
    """Agreements and initiatives that no vocabulary knows; units of `persons` are not theirs."""
    found = [*_numbered(u), *_placed(u), *_small(u), *_known_tails(u)]
    taken = persons | {i for a in found for i in range(a.first, a.last)}
    found += [a for a in _headed(u, taken) if not any(i in taken for i in range(a.first, a.last))]
    taken |= {i for a in found for i in range(a.first, a.last)}
    return sorted([*found, *_initiatives(u, taken)])
