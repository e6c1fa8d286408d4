"""Bodies that a text names in French, Spanish, Portuguese, Italian or German: "Agence nationale de la cybersécurité"."""

from __future__ import annotations

from typing import Final

from streams.extract.organizations import Named, head_words
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

LONGEST: Final = 12  # units


def find_foreign(u: Units, taken: set[int]) -> list[Named]:
    """Names that begin with a foreign head word and go on in that language."""
    found = []
    joints = head_words("organization", "foreign_joints")
    for i in u.at_words(head_words("organization", "foreign")):
        if i in taken or not u.texts[i][:1].isupper() or u.classes[i - 1] in "CG":
            continue
        end = _end(u, i, taken)
        if end > i + 1 and any(u.lows[j] in joints or _is_foreign(u, j) for j in range(i + 1, end)):
            found.append(Named(i, end, "organization", "organization.foreign"))
    return found


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
        if i in taken or letter in "NDQA|":
            break
        if letter in "KMCGURLOH" and u.texts[i][:1].isalpha() and u.texts[i][0].isupper():
            end = i + 1
        elif low in joints:
            continue
        elif letter in "xp" and _is_foreign(u, i) and _is_tied(u, i):
            end = i + 1
        else:
            break
    return end
