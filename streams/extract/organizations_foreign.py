"""Bodies that a text names in French, Spanish, Portuguese, Italian or German: "Agence nationale de la cybersécurité"."""

from __future__ import annotations

from typing import Final

from streams.extract.organizations import Named, head_words
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

LONGEST: Final = 12  # units
OF: Final = frozenset({"de", "do", "da", "del"})


def find_foreign(u: Units, taken: set[int]) -> list[Named]:
    """Names that begin with a foreign head word and go on in that language."""
    found = []
    joints = head_words("organization", "foreign_joints")
    for i in u.at_words(head_words("organization", "foreign")):
        if i in taken or not u.texts[i][:1].isupper() or u.classes[i - 1] in "CG":
            continue
        end = _end(u, i, taken)
        if u.lows[i] in head_words("organization", "foreign_alike") and not _begins_foreign(u, i + 1):
            continue
        if end > i + 1 and any(u.lows[j] in joints or _is_foreign(u, j) for j in range(i + 1, end)):
            found.append(Named(i, end, "organization", "organization.foreign"))
            if u.lows[end] in OF and u.classes[end + 1] == "N":  # "... de Portugal"
                found.append(Named(i, end + 2, "organization", "organization.tail"))
    return found


def _begins_foreign(u: Units, i: int) -> bool:
    """Whether a foreign "of" or a word with accents follows a head that English has too: "Commission des ..."."""
    return u.lows[i] in head_words("organization", "foreign_of") or (
        u.texts[i].isalpha() and not u.texts[i].isascii()
    )


def _is_foreign(u: Units, i: int) -> bool:
    """Whether unit `i` is a word that English texts do not write small."""
    return u.texts[i].isalpha() and u.lows[i] not in word_sets().common


def _is_tied(u: Units, i: int) -> bool:
    """Whether a small word has accents or stands beside a joint ("nationale de la cybersécurité")."""
    joints = head_words("organization", "foreign_joints")
    return not u.texts[i].isascii() or u.lows[i - 1] in joints or u.lows[i + 1] in joints


def _end(u: Units, first: int, taken: set[int]) -> int:
    """Where the name ends: at the last word that is no joint and no English one written small."""
    joints = head_words("organization", "foreign_joints")
    end = first + 1
    for i in range(first + 1, first + LONGEST):
        letter, low = u.classes[i], u.lows[i]
        if i in taken or letter in "NDA|" or (letter == "Q" and not u.texts[i].istitle()):
            break
        if letter in "KMCGURLOHQ" and u.texts[i][:1].isalpha() and u.texts[i][0].isupper():
            end = i + 1
        elif low in joints:
            continue
        elif letter in "xp" and _is_foreign(u, i) and _is_tied(u, i):
            end = i + 1
        else:
            break
    while end > first and u.lows[end - 1] in joints:  # in a heading of capitals
        end -= 1
    return end
