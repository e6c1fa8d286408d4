"""Titles of honour of the Malay world, of which several stand before a name or behind "bin".

Their words are names elsewhere ("Jaya", "Kaya"): they count as titles only behind one that is nothing else.
Source: own compilation after the usage of Brunei Darussalam and Malaysia.
"""

from __future__ import annotations

from typing import Final

SONS: Final = frozenset({"bin", "binti", "ibni", "ibn", "bint"})
OPENERS: Final = frozenset(
    {"pehin", "pengiran", "dato", "dato'", "datuk", "datu", "dayang", "yang berhormat", "yang amat berhormat", "yang mulia",
     "yang amat mulia", "dato paduka", "dato seri", "dato' seri", "dato' paduka", "datin paduka", "datin seri", "datin", "tun",
     "datuk seri", "dato sri", "dato' sri", "pehin dato"}
)  # fmt: skip
FURTHER: Final = frozenset(
    {"seri", "sri", "setia", "paduka", "dato", "datu", "pehin", "orang", "kaya", "pekerma", "dewa", "jaya", "laila", "lailaraja",
     "lela", "wijaya", "pahlawan", "maharaja", "amar", "diraja", "utama", "negara", "perdana", "shahbandar", "awang", "haji",
     "hajah", "pengiran", "indera", "pendita", "udana", "khatib", "panglima", "mahkota", "wira", "putera", "bijaya",
     "dr", "dr.", "hj", "hj.", "tengku", "hajjah"}
)  # fmt: skip
BEHIND: Final = FURTHER | OPENERS
LATE: Final = frozenset({"al-marhum", "almarhum", "sultan", "haji"})  # "ibni Al-Marhum Sultan Haji Omar"


def settle_styles(lows: list[str], classes: list[str]) -> None:
    """Make honorifics of the words of a title of honour that follow one that can be nothing else, before a name."""
    ends = 0  # of the title before: each word is looked at once
    for i in [i for i, low in enumerate(lows) if low in OPENERS or low == "ibni"]:
        if i < ends and lows[i] != "ibni":
            continue
        words = LATE if lows[i] == "ibni" else BEHIND
        end = i + 1
        while lows[end] in words:
            end += 1
        ends = end
        while end > i + 1 and classes[end] not in "GCKLHp":  # the last is the name itself
            end -= 1
        if classes[i] in "GCU":
            classes[i] = "H"
        classes[i + 1 : end] = ["H"] * (end - i - 1)
