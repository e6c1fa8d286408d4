"""The head words of agreements' names, and what must stand around them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from streams.extract.organizations import head_words, is_head
from streams.extract.units import Units

SHORT_LEAD: Final = 2  # units, to the beginning of a title
FURTHER: Final = frozenset({"additional", "optional"})  # "the Additional Protocol"
STATEMENTS: Final = frozenset({"joint statement", "joint communique", "communique", "guidelines"})
ORDERS: Final = frozenset(
    {
        "delegation",
        "determination",
        "designation",
        "continuation",
        "certification",
        "unexpected",
        "presidential",
    }
)
ELSE: Final = {  # what makes the head another thing: a gathering, a way, an order
    "convention": {"national", "democratic", "republican", "annual", "party"}, "memorandum": {"presidential"},
    "protocol": {"state", "diplomatic", "health", "safety"}, "deal": {"green"}, "charter": {"school"},
    "agreement": {"staff-level"},
}  # fmt: skip
PLACED: Final = re.compile(r"(?:^|[QNDU0])[LR]$|^[CLR](?:-[CLR])?$")  # "OSCE Copenhagen Document"


@cache
def first_words() -> frozenset[str]:
    """The words with which the head of an agreement's name can begin."""
    return frozenset(head.split(" ", 1)[0] for head in head_words("agreement"))


def head_at(u: Units, i: int) -> tuple[str, int] | None:
    """The head word of an agreement that begins at unit `i`, and the unit after it."""
    if not u.texts[i][:1].isupper():
        return None
    heads = head_words("agreement")
    for size in (3, 2, 1):
        if "|" not in u.classes[i : i + size]:
            words = " ".join(u.lows[i : i + size])
            if words in heads:
                return words, i + size
    return None


def _is_placed(u: Units, first: int, head: int) -> bool:
    """Whether a place and nothing else stands before the head word: "Paramaribo Joint Statement"."""
    return u.classes[first:head] in {"L", "R", "C"}


def is_distinct(u: Units, first: int, head: int, words: str) -> bool:
    """Whether what stands before the head word makes it a name."""
    lead = u.classes[first:head]
    if words in head_words("agreement", "placed_only"):
        return PLACED.search(lead) is not None
    if words in head_words("agreement", "of_others"):  # "Kigali Amendment"
        return re.search("[CLR]$", lead) is not None
    if words == "understanding":
        return lead in {"K", "M"} and u.lows[head - 1] not in head_words("agreement", "shared")
    if words == "protocol" and u.lows[head - 1] in FURTHER:
        return True
    if words == "principles":
        return bool(re.search("[CULNDQR]", lead))
    return (
        bool(re.search("[CUGLNDQAR]", lead))
        or (len(lead) > 1 and words not in STATEMENTS)
        or (
            lead != ""
            and words in head_words("agreement", "of_one_word")
            and u.lows[head - 1] not in head_words("agreement", "plain")
        )
    )


def is_plural(u: Units, first: int, head: int, words: str) -> bool:
    """Whether the head means several agreements; those of a place are known together ("Velka Protocols")."""
    if not words.endswith("s") or words in head_words("agreement", "not_plural"):
        return False
    return u.classes[first:head] not in {"L", "R"}


def is_purpose(u: Units, after: int) -> bool:
    """Whether only a purpose follows: "under the Agreement for the good of all"."""
    if u.lows[after] == "to" and u.classes[after + 1] != "t" and "|" not in u.classes[:after]:
        return True  # a headline: "MoU to Deepen Cooperation"
    return (
        u.lows[after - 1] != "action"
        and u.lows[after] == "for"
        and u.classes[after + 1 : after + 3] in {"tx", "ex"}
    )


def _is_order(u: Units, after: int) -> bool:
    """Whether a head of state instructs his own: "Memorandum for the Secretary of State", "Memorandum on Delegation of Authority"."""
    to = after + 1 + (u.classes[after + 1] == "t")
    return (u.lows[after] == "for" and u.classes[to] in "OMH") or u.lows[to] in ORDERS


def is_none(u: Units, first: int, head: int, after: int, words: str) -> bool:
    """Whether the head word stands for another thing, or for the text itself in its own title."""
    if u.lows[head - 1] in ELSE.get(words, ()) or is_head(u, after):  # "Protocol Department"
        return True
    if words == "protocol":
        return u.lows[head - 2] in {"chief", "head", "director"}
    if words == "memorandum":
        return _is_order(u, after)
    if words not in STATEMENTS:
        return False
    own = "|" not in u.classes[:first] and (first < SHORT_LEAD or not _is_placed(u, first, head))
    return own or u.texts[head].isupper()
