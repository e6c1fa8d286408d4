"""The words of a personal name: where it begins, how it goes on, what ends it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from streams.extract.styles import SONS
from streams.extract.tables import names_words, settings
from streams.extract.units import Units, family_words
from streams.extract.vocabulary import word_sets

ROMAN: Final = re.compile(r"[IVX]{1,5}")
LONGEST: Final = 7
LONGEST_ROYAL: Final = 12  # words of a name with "ibni"
KOREAN: Final = re.compile("[A-Z][a-z]{1,5}-[A-Z][a-z]{1,5}")  # "Ban Ki-Moon"
SHORTEST: Final = 2  # letters of a family name in capitals before a given one
SYLLABLE: Final = 4  # letters
OFFICES_AND_FAMILIES: Final = frozenset(
    {"pope", "king", "bishop", "prince", "marshal", "dean", "abbot", "judge"}
)
INNER: Final = frozenset({"Sheikh", "Shaikh"})  # honorifics that are given names, too
HEADLINE: Final = 4  # letters that a small word has around a name in running text
VIETNAMESE: Final = frozenset(
    [
        "nguyen",
        "tran",
        "pham",
        "le",
        "hoang",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "ngo",
        "duong",
        "dinh",
        "truong",
    ]
    + ["luong", "trinh", "dao", "huynh", "phung", "ha"]
)
SHORTENED: Final = frozenset(  # the digraphs are initials of Cyrillic and Mongolian names ("Kh. Bolormaa")
    {"md", "ma", "mohd", "muhd", "mohm", "abd", "gh", "wm", "an", "kr", "th", "ph", "chr", "jos"}
    | {"kh", "ch", "ts", "sh", "yu", "ya", "zh", "dz", "dj", "dzh"}
)
NICKNAME: Final = re.compile(r'"[CGK]"(?=[CG])')
FATHER: Final = re.compile("H+[GC]")  # behind "bin": "Pehin Datu Haji Hasan"
OF_FATHER: Final = re.compile("pH*$")
APPOSED: Final = re.compile(",t?[MK]?O")  # an office behind a name
# as in "the Most Honourable", "H.E. (Dr.)", "Lt. Gen. (Retd.)"
TITLES: Final = re.compile(
    r"(?:t[KMx]?(?=H))?(?:H[.]?|(?<=[H.])\((?:H[.]?)+\)|(?<=[H.])\([CKUx][.]?\)(?=[GCIH]))+"
)


@cache
def given_words() -> frozenset[str]:
    return frozenset(settings("names.toml")["given_words"])


def _may_be_family(u: Units, i: int) -> bool:
    """Whether unit `i`, an ordinary word or a city, can be a family name."""
    letter, word = u.classes[i], u.texts[i]
    if letter in "KM":
        shouted = (
            len(word) > 1 and word.isupper() and not u.texts[i - 1].isupper() and u.classes[i - 1] in "GC"
        )
        return u.lows[i] in family_words() or shouted  # "Yassine FALL"
    if letter in "LR" and u.lows[i].startswith(("al ", "el ")):  # "Ahmad Al Sabah"
        return True
    if letter == "L":
        largest = max(u.known[i], key=lambda k: k.population)
        after_particle = u.lows[i - 1].endswith(("-de", "-da", "-di", "-van"))
        return " " not in word and (not largest.capital or after_particle or u.classes[i + 1] == "p")
    if letter == "U":
        return len(word) > 2 and word.isalpha() and word not in word_sets().post_nominals
    return False


def _begins(u: Units, at: int, *, titled: bool) -> bool:
    """Whether unit `at` can be the first word of a personal name."""
    letter, after, low = u.classes[at], u.classes[at + 1], u.lows[at]
    if letter in "GC":
        return True
    if letter in "KMLN":
        given = letter != "N" and after in "GCI" and u.classes[at - 1] != "i" and low in word_sets().given
        word = after in "GC" and (letter == "L" or low in given_words())
        burmese = u.lows[at - 1] in {"u", "daw"} and after in "GC"
        return given or (titled and (word or burmese or _may_be_family(u, at) or _is_of_person(u, at)))
    if letter == "I" or (titled and low in SHORTENED and after == "."):  # "Minister Ch. Roe"
        return after in "GCIp." and u.classes[at - 1] != "0"  # "6:00 A.M. EST"
    if letter == "p":
        return after in "pGCKLUI" and (titled or u.texts[at][0].isupper())
    if not titled or after not in "GCU":
        return False
    family = letter == "U" and (_may_be_family(u, at) or (len(u.texts[at]) == SHORTEST and after in "CG"))
    return family or u.texts[at] in {"To", "He"}  # "Director-General QU Dongyu", "President To Lam"


def _is_of_person(u: Units, at: int) -> bool:
    """Whether a place at `at` begins a name: "Israel Katz", "Eloy Alfaro de Alba"."""
    if u.lows[at].split(" ", 1)[0] not in word_sets().given:
        return False
    if u.classes[at] == "N":
        return u.classes[at + 1] in "GC"
    return " " in u.texts[at] and u.classes[at + 1 : at + 3] in {"pC", "pG", "pL"}


def _continues(u: Units, at: int) -> bool:
    """Whether unit `at` can be a further word of a personal name."""
    letter = u.classes[at]
    if u.starts[at] - u.ends[at - 1] > 1 or _is_next(u, at):  # names in columns
        return False
    if letter == "p" or ROMAN.fullmatch(u.texts[at]):  # "Abdullah II ibn Al Hussein"
        father = u.lows[at] in SONS and FATHER.match(u.classes, at + 1)
        return bool(father) or u.classes[at + 1] in ("pGCKLUI" if letter == "p" else "p")
    if letter == '"':
        return _is_okina(u, at) or _is_ain(u, at)
    if letter == "H" or u.texts[at] in {"e", "An"}:
        return _is_small(u, at)
    if letter in "KLMR" and _is_vietnamese(u, at):
        return True
    follows = letter in "KMLRU" and (_may_follow(u, at) or (letter == "L" and _is_apposed_city(u, at)))
    return letter in "GCI" or (letter in "-." and _joins(u, at)) or follows or _is_country_of_family(u, at)


def _is_vietnamese(u: Units, at: int) -> bool:
    """Whether a word or place at `at` goes on with a Vietnamese name: "Vo Van Thuong", "Nguyen Van Thanh"."""
    middle = u.classes[at - 1] == "p" and u.lows[at - 2] in VIETNAMESE
    two = u.classes[at] in "LR" and " " in u.texts[at] and u.lows[at - 1] in VIETNAMESE
    return middle or (two and not any(k.capital for k in u.known[at]))


def _is_country_of_family(u: Units, at: int) -> bool:
    """Whether a country's name is the family name behind an office and a given name ("Prime Minister Luís Montenegro")."""
    stands = u.classes[at] == "N" and u.classes[at - 1] == "G" and u.classes[at - 2] in "OH"
    return stands and u.lows[at] in names_words("countries_of_families") and u.classes[at + 1] != "s"


def _is_apposed_city(u: Units, at: int) -> bool:
    """Whether a city's name ends that of a person with an office behind it ("Teo Lay Cheng, Ambassador of Singapore")."""
    named = u.classes[at - 2 : at] in {"CC", "GC", "CG", "CK"} and " " not in u.texts[at]
    return named and APPOSED.match(u.classes, at + 1) is not None


def _is_small(u: Units, at: int) -> bool:
    """Whether a word that is none of a name elsewhere stands inside one."""
    before, after = u.classes[at - 2 : at], u.classes[at + 1]
    if u.texts[at] == "e":  # "Ulisses Correia e Silva"
        return before in {"CC", "CG", "GC", "GG"} and after in "CGLK"
    if u.texts[at] == "An":  # "Constantine An. Tassoulas"
        return before[-1:] == "G" and after == "." and u.classes[at + 2] in "CG"
    if u.classes[at] == "H" and OF_FATHER.search(u.classes, max(0, at - LONGEST), at):
        return u.lows[u.classes.rindex("p", 0, at)] in SONS
    return u.texts[at] in INNER and before[-1:] in {"G", "C"} and after in "GC"  # "Hassan Sheikh Mohamud"


def _is_okina(u: Units, at: int) -> bool:
    """Whether a mark at `at` is the first letter of a Polynesian name ("Tupouto'a 'Ulukalala")."""
    close = u.ends[at] == u.starts[at + 1] and u.starts[at] > u.ends[at - 1]
    return (
        close and u.texts[at] in "'‘ʻ" and u.classes[at + 1] in "CG" and '"' not in u.classes[at + 1 : at + 9]
    )


def _is_ain(u: Units, at: int) -> bool:
    """Whether a mark at `at` is the last letter of an Arabic name ("Shia' al-Sudani")."""
    close = u.ends[at - 1] == u.starts[at] and u.starts[at + 1] > u.ends[at]
    return close and u.texts[at] in "'’ʼ" and u.lows[at + 1].startswith(("al-", "el-"))


def _may_follow(u: Units, at: int) -> bool:
    """Whether an ordinary word or a city at `at` goes on with the name before it."""
    letter, before = u.classes[at], u.classes[at - 1]
    if before == "-" or (before == "p" and u.texts[at - 1].islower()):  # "Ramos-Horta", "Sison de Lima"
        return letter == "L" or _may_be_family(u, at)
    if letter == "R" and " " not in u.texts[at]:  # "E.K. Masisi", "Baroness Patricia Scotland"
        long = before == "C" and u.classes[at - 3 : at - 1] in {
            "GG",
            "GC",
            "CC",
        }  # "Mokgweetsi Eric Keabetswe Masisi"
        return long or before == "I" or (before == "G" and u.classes[at - 2] == "H")
    if letter in "KM" and u.texts[at].istitle():
        if before == "G" and letter == "K" and (u.classes[at + 1] == "C" or _is_ain(u, at + 1)):
            return True  # "Kristina Lie Revheim"
        if before in "GC" and (
            u.lows[at - 2] in VIETNAMESE or KOREAN.fullmatch(u.texts[at])
        ):  # "Nguyen Minh Hang"
            return True
        if len(u.texts[at]) < SYLLABLE and before == "C" and u.classes[at + 1] == "G":  # "Lok Vi Ming"
            return True
    return _may_be_family(u, at) and (
        before in "GIC" or letter == "U" or u.lows[at - 1].startswith(("al ", "el "))
    )


def _is_ordinary_family(u: Units, start: int, at: int) -> bool:
    """Whether an ordinary word that ends a phrase is the family name behind an office and a given name ("Yassine Fall")."""
    ordinary = u.classes[at] == "K" or u.lows[at] in OFFICES_AND_FAMILIES
    given = u.classes[start:at] == "G" if ordinary else u.classes[at] == "D" and u.classes[at - 1] == "G"
    if not given or u.starts[at] - u.ends[at - 1] > 1:
        return False
    ends = u.classes[at + 1] in ",.;)|(" or u.texts[at + 1][0].islower()
    headline = all(not t.islower() or len(t) < HEADLINE for t in u.texts[max(0, start - 6) : at + 6])
    return u.texts[at].istitle() and ends and not headline


def _is_next(u: Units, at: int) -> bool:
    """Whether a new name begins behind a family name in capitals: "Ana ROE Bo DOE"."""
    family = u.texts[at - 1]
    return (
        len(family) > 2
        and family.isalpha()
        and family.isupper()
        and u.classes[at - 2] in "GC"
        and not u.texts[at - 2].isupper()
        and not u.texts[at].isupper()
        and u.classes[at] in "GC"
    )


def _joins(u: Units, at: int) -> bool:
    """Whether a hyphen joins two parts of a name, or a full stop ends a short form in it ("Md. Golam")."""
    close = u.ends[at - 1] == u.starts[at]
    if u.classes[at] == "-":
        return (
            close
            and u.ends[at] == u.starts[at + 1]
            and u.classes[at + 1] in "CGLp"
            and u.classes[at - 1] in "CGLp"
        )
    return close and u.lows[at - 1] in SHORTENED and u.classes[at + 1] in "CGI"


def _is_left_over(u: Units, start: int, last: int) -> bool:
    """Whether the last word is an initial or particle that belongs to no name; "Viktor M." keeps his."""
    if u.classes[last] == "I":
        return last - start != 1 or not u.texts[last].endswith(".")
    return u.classes[last] == "p" and u.texts[last].islower()


def read_name(u: Units, start: int, *, titled: bool) -> int:
    """The unit after the personal name that begins at `start`, or `start` if none does."""
    if not _begins(u, start, titled=titled):
        return start
    at, words = start + 1, int(u.classes[start] != "p")
    while words < (LONGEST_ROYAL if "ibni" in u.lows[start:at] else LONGEST):
        if match := NICKNAME.match(u.classes, at):  # 'Mohamed "Hemedti" Dagalo'
            at = match.end()
        if not _continues(u, at) and not _is_burmese(u, start, at):
            break
        words += u.classes[at] not in "p-.H"
        at += 1
    while at > start and _is_left_over(u, start, at - 1):
        at -= 1
    if titled and _is_ordinary_family(u, start, at):
        at += 1
    post = word_sets().post_nominals
    while at - 1 > start and u.texts[at - 1] in post and not ROMAN.fullmatch(u.texts[at - 1]):
        at -= 1
    return _suffix(u, at) if at > start else start


def _is_burmese(u: Units, start: int, at: int) -> bool:
    """Whether a word or city at `at` is a syllable of a Burmese name: "Daw Khin Mar Lay"."""
    titled = u.lows[start - 1] in {"u", "daw"} and u.classes[start - 1] == "H"
    return titled and u.classes[at] in "KMLR" and u.texts[at].istitle() and len(u.texts[at]) <= SYLLABLE + 1


def _suffix(u: Units, at: int) -> int:
    """Take in ", Jr." and a regnal number."""
    if u.lows[at] in {"jr.", "jr", "sr.", "sr"}:
        return at + 1
    if u.classes[at] == "," and u.lows[at + 1] in {"jr.", "jr", "sr."}:
        return at + 2
    if ROMAN.fullmatch(u.texts[at]) and u.classes[at] in "IUCKG":
        return at + 1
    return at


def skip_titles(u: Units, at: int) -> int:
    match = TITLES.match(u.classes, at)
    return match.end() if match else at
