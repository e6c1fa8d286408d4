"""The class of one letter that a token has by itself, before its neighbours are asked (the table is in `units`)."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.folding import fold
from streams.extract.memo import Memo
from streams.extract.tokens import TOKEN
from streams.extract.vocabulary import word_sets

BREAK: Final = "|"  # the class of the empty token that ends a sentence
SMALL: Final = {
    "of": "o", "for": "f", "to": "T", "in": "i", "at": "i", "on": "i", "with": "w", "the": "t", "a": "e", "an": "e",
    "and": "&", "’s": "s", "'s": "s",
}  # fmt: skip
MARKS: Final = {"&": "&", "–": "-", "—": "-", "-": "-", "“": '"', "”": '"', '"': '"', "«": '"', "»": '"', "‘": '"',
                "’": '"', "'": '"', "[": "(", "]": ")"}  # fmt: skip
FOREIGN_LETTERS: Final = re.compile(r"[^\W\d_a-zA-Zàâçéèêëîïôöûüñ]")
PLAIN: Final = frozenset(",.()/:;")
INITIALS: Final = 18  # characters: "E.K.", "L.R.M.N.P.G.P.B."
CAPITAL_PARTICLES: Final = frozenset(
    {
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "il",
        "van",
        "von",
        "der",
        "de",
        "di",
        "del",
        "della",
        "dos",
        "ould",
        "abu",
        "ul",
    }
)
ARTICLES: Final = frozenset({"al-", "el-", "as-", "an-", "ad-", "ar-"})
DIVISIONS: Final = frozenset(
    {
        "region",
        "province",
        "district",
        "oblast",
        "faction",
        "governorate",
        "county",
        "prefecture",
        "voivodeship",
    }
)


def _class_of_small(word: str, low: str) -> str:
    """The class of a word written small."""
    if word[:3] in ARTICLES and word[3:4].isupper():  # "al-Jaafari"
        return "C"
    if low in word_sets().particles:
        return "p"
    return "d" if low in DIVISIONS else "x"


def _is_acronym(word: str, bare: str) -> bool:
    return (
        sum(map(str.isupper, word)) > 2
        and len(word) <= 9
        and "-" not in word
        and bare not in word_sets().common
    )


def _is_ordinary(bare: str) -> bool:
    """Whether press releases write the word, or all parts of it, small as well."""
    sets = word_sets()
    return (
        bare in sets.common
        or bare in sets.not_names
        or bare.endswith(("isation", "ization"))
        or ("-" in bare and all(p in sets.common for p in bare.split("-")))
    )


def _is_verb(bare: str) -> bool:
    """Whether the word is the third person of a verb, as in headlines: "Embarks", "Ratifies"."""
    sets = word_sets()
    if not bare.endswith("s") or bare in sets.given or bare in sets.common:
        return False
    hissing = bare.endswith(("sses", "xes", "zes", "ches", "shes"))
    stems = [bare[:-1], bare[:-3] + "y"] if bare.endswith("ies") else [bare[:-2] if hissing else bare[:-1]]
    for stem in (s for s in stems if len(s) > 3 and s in sets.common):
        past = stem[:-1] + "ied" if stem.endswith("y") else stem.removesuffix("e") + "ed"
        if {past, stem + "ed", stem + stem[-1] + "ed"} & sets.common:
            return True
    return False


def _is_foreign(word: str) -> bool:
    """Whether a word has letters that no ordinary English word has ("Støre" is no store)."""
    return not word.isascii() and FOREIGN_LETTERS.search(word) is not None


def class_of_word(word: str, low: str, *, shouting: bool) -> str:
    """The class of a word that no vocabulary of names knows."""
    sets = word_sets()
    if not word[0].isupper():  # small, or of a script without capitals
        return _class_of_small(word, low)
    bare = low.rstrip(".")
    tests = (
        (low in sets.particles and low in CAPITAL_PARTICLES, "p"),
        (word == "I" or low in sets.headline_verbs or _is_verb(bare), "x"),
        (len(bare) == 1, "I"),
        (low in sets.modifiers and bare not in sets.given, "M"),
        (low in sets.given or ("'" in low and low.replace("'", "") in sets.given), "G"),
        (not shouting and _is_acronym(word, bare), "U"),
        (_is_ordinary(bare) and not _is_foreign(word), "K"),
        (shouting or not word.isupper() or "-" in word or "'" in low, "C"),
    )
    return next((letter for holds, letter in tests if holds), "U")


def _class_of_token(surface: str, *, shouting: bool) -> str:
    match = TOKEN.match(surface)
    if match is None:
        return BREAK
    low, group = fold(surface), match.lastgroup
    if group == "word":
        return SMALL.get(low) or class_of_word(surface, low, shouting=shouting)
    if group == "mark":
        return MARKS.get(surface, surface if surface in PLAIN else "~")
    if group == "number":
        return "0"
    if group == "possessive":
        return "s"
    initials = len(surface) <= INITIALS and surface.isupper()
    return "I" if initials else class_of_word(surface, low, shouting=shouting)


CALM: Final = Memo(lambda token: _class_of_token(token, shouting=False))
SHOUTED: Final = Memo(lambda token: _class_of_token(token, shouting=True))  # in a heading of capitals
