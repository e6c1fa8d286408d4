"""Organisations by other signs than a capitalised head: acronyms, heads written small, heads that stand alone."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import pycountry

from streams.extract.named_known import is_generic
from streams.extract.organizations import MONTHS, Named, head_words, tail_end
from streams.extract.tables import settings
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

IN_BRACKETS: Final = re.compile(r"\(U\)")
DEFINED: Final = re.compile(r"[xKM]\((?P<short>[UQ])\)")
OF_FORCES: Final = re.compile(r"xxot?N")
RUN: Final = re.compile(r"[CGKU]*[CU][CGKU]*(?:p[CGKU]+)*")
ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)")
OF_THAT_STATE: Final = re.compile("ot?N")
SEATED: Final = frozenset({"embassy", "consulate", "commission"})
OPENED: Final = frozenset({"open", "reopen"})
OF_TWO_STATES: Final = re.compile(r"[NDQ]-[NDQ](?P<words>x{1,4})")
JOINT_BODIES: Final = frozenset({"commission", "committee", "chamber", "council"})
ACRONYM: Final = re.compile("U")
OF_PERSON: Final = re.compile(r"[GCKLIU],(?:U,)*$")
OF_STATE: Final = re.compile(r"Qot?N")
FOR_ONE: Final = frozenset({"department", "coalition", "alliance"})  # heads of bodies for one matter
FOR_MATTER: Final = re.compile("Qft?[KM]")
BY_STATE: Final = re.compile(r"[DN]Q")
EVERYWHERE: Final = ("red cross", "red crescent", "red crescent society", "exim bank", "export-import bank")
NAME: Final = 3  # letters; a longer word that is also written as a name is none ("KITTS" and "Kitts")
LONGEST_ACRONYM: Final = 7
LONGEST_LEAD: Final = 4  # units between an ordinal and its head: "3rd Assault Brigade"
AUSTRALIAN: Final = frozenset({"territory", "territories", "federal", "federation"})


def find_namesakes(u: Units, home_of: dict[str, str]) -> list[Named]:
    """Bodies of a state that are called as a known one is: "Security Council of Tajikistan".

    `home_of` tells the state of known bodies: "Foreign Office of the United Kingdom" is the known one.
    """
    found = []
    for m in OF_STATE.finditer(u.classes):
        body, state = u.known[m.start()], {k.code for k in u.known[m.end() - 1] if k.code}
        is_that = any(k.exact or home_of.get(k.name.lower()) in state for k in body)
        last_word = u.lows[m.start()].split()[-1]
        of_any = last_word in head_words("organization") | {"representatives"}
        if (of_any or u.lows[m.start()] in EVERYWHERE) and not is_that:
            found.append(Named(m.start(), m.end(), "organization", "organization.of-state"))
    for m in FOR_MATTER.finditer(u.classes):  # "State Department for Diaspora Affairs"
        head = u.lows[m.start()].rsplit(" ", 1)[-1]
        is_day = u.lows[m.end() - 1] in MONTHS
        if u.lows[m.start() + 1] == "for" and not is_day and head in FOR_ONE and is_generic(u, m.start()):
            last = tail_end(u, m.start() + 1, head, set())
            found.append(Named(m.start(), last, "organization", "organization.of-state"))
    for m in BY_STATE.finditer(u.classes):  # "Australian Red Cross"
        if u.lows[m.end() - 1] in EVERYWHERE:
            last = m.end() + (u.lows[m.end()] in {"society", "authority"})
            found.append(Named(m.start(), last, "organization", "organization.of-state"))
        elif u.classes[m.start()] == "D" and _is_of(u, m.start(), m.end() - 1, home_of):
            found.append(Named(m.start(), m.end(), "organization", "organization.of-state"))
    return found


def _is_of(u: Units, state: int, i: int, home_of: dict[str, str]) -> bool:
    """Whether the adjective says that a body is of another state than the known one: "Velkan Security Council"."""
    codes = {k.code for k in u.known[state]}
    return is_generic(u, i) and all(
        not k.exact and (home := home_of.get(k.name.lower(), k.code)) is not None and home not in codes
        for k in u.known[i]
        if k.kind == "organization"
    )


def _is_joined(u: Units, i: int) -> bool:
    """Whether a dash or slash without a blank, or a name, stands beside unit `i`."""
    before = u.classes[i - 1] in "GCKMUIQ0~" or (u.classes[i - 1] in "-/." and u.ends[i - 1] == u.starts[i])
    after = u.classes[i + 1] in "GCKMU0" or (u.classes[i + 1] in "-/" and u.ends[i] == u.starts[i + 1])
    return before or after


@cache
def _no_organizations() -> frozenset[str]:
    """Acronyms that name none, codes of currencies among them."""
    codes = {c.alpha_3.lower() for c in pycountry.currencies}
    return frozenset(settings("names.toml")["not_organizations"]) | codes | word_sets().not_names


def _spelled(u: Units, i: int, letters: str) -> int:
    """The first of the words before "(ABC)" at unit `i` that its letters begin, or -1; all of class in `letters`."""
    first = i - 1
    for letter in reversed(u.lows[i].removesuffix("s") if u.texts[i].endswith("s") else u.lows[i]):
        first -= 1
        while first > 0 and u.classes[first] in "oft&i" and u.lows[first][0] != letter:
            first -= 1
        if u.classes[first] not in letters or u.lows[first][:1] != letter:
            return -1
    return first


def short_for_things(u: Units) -> set[str]:
    """Acronyms of things and not of bodies: "Integrated Nuclear Infrastructure Review (INIR)"."""
    heads = head_words("organization")
    found = set()
    for match in DEFINED.finditer(u.classes):
        i = match.start("short")
        first = _spelled(u, i, "xKMofi&")
        if first >= 0 and heads.isdisjoint(u.lows[first : i - 1]):
            found.add(u.lows[i])
    return found


def _in_full(u: Units, i: int, taken: set[int]) -> list[Named]:
    """The name before an acronym in brackets whose letters begin its words: "Velka Rapid Response Scouts (VRRS)"."""
    if u.classes[i - 1 : i + 2] != "(U)":
        return []
    first = _spelled(u, i, "KMCGNDLRofi&")
    is_name = first >= 0 and u.texts[first][0].isupper() and u.classes[i - 2] in "KMC"
    is_name = is_name and u.classes[first - 1] not in "KMCGUNDLRQ" and taken.isdisjoint(range(first, i))
    return [Named(first, i - 1, "organization", "organization.spelled")] if is_name else []


def _of_things(u: Units) -> set[str]:
    """Acronyms of places, events and systems: "International Airport (JKIA)"."""
    short = [m.start() + 1 for m in IN_BRACKETS.finditer(u.classes)]
    if not short:
        return set()
    things = head_words("place") | head_words("event") | {"system"}
    things -= head_words("organization")
    return {u.lows[i] for i in short if u.lows[i - 2] in things or u.lows[i + 2] == "system"}


def _is_name_too(u: Units, low: str) -> bool:
    """Whether the text writes the word as a name as well: "KITTS" and "Kitts"."""
    return len(low) > NAME and any(u.texts[i].istitle() for i in u.where[low])


def _is_of_thing(u: Units, i: int, foot: int) -> bool:
    """Whether the acronym is the name of a ship or a project, a year's class, a place of a dateline, a mark at the foot."""
    things = head_words("organization", "before_things")
    listed = i - 2 if u.classes[i - 1] == "&" else i
    if u.lows[i - 1] in things or u.lows[listed - 1] in things or u.classes[i - 1 : i + 2] == "(U:":
        return True
    opens_line = u.classes[i - 1] == "|" and u.classes[i + 1] == "-" and u.ends[i] < u.starts[i + 1]
    return opens_line or (i == foot and u.classes[i - 1] == "|")


def _in_places(u: Units) -> set[str]:
    """The words of places of more than one word: "St. Kitts and Nevis"."""
    places = (u.lows[m.start()] for m in re.finditer("[NLR]", u.classes))
    return {word for place in places if " " in place for word in place.split()}


def find_acronyms(u: Units, taken: set[int], persons: set[int]) -> list[Named]:
    """Acronyms that stand by themselves, as organisations do."""
    short = [m.start() for m in ACRONYM.finditer(u.classes) if m.start() not in taken]
    if not short:
        return []
    stop = {u.lows[i] for i in persons} | short_for_things(u) | _of_things(u) | _in_places(u)
    foot = len(u.classes.rstrip("|")) - 1
    found = []
    for i in short:
        word = u.texts[i]
        if not 2 < len(word) <= LONGEST_ACRONYM or not word.isalpha() or u.lows[i] in _no_organizations():
            continue
        if u.lows[i] in stop or _is_name_too(u, u.lows[i]) or _is_of_thing(u, i, foot):
            continue
        if OF_PERSON.search(u.classes, max(0, i - 4), i) and any(
            j in persons for j in range(max(0, i - 4), i)
        ):
            stop.add(u.lows[i])  # a decoration or degree
            continue
        if not _is_joined(u, i):
            first = i - (u.classes[i - 1] == "D")  # "Kazakh MFA"
            found.append(Named(first, i + 1, "organization", "organization.acronym"))
            found += _in_full(u, i, taken)
    return found


def _is_of_union(u: Units) -> bool:
    """Whether "the Council" is that of the European Union: which is named, and no other council by its full name."""
    named = [k for known in u.known for k in known if k.kind == "organization"]
    return any(k.code == "EU" for k in named) and not any(k.name.startswith("Council of") for k in named)


def _alone(u: Units, i: int, taken: set[int]) -> list[Named]:
    """The head word at `i` if it stands alone with an article ("the Coalition") and no name ends with it."""
    if any(u.lows[j] == u.lows[i] for j in taken):
        return []
    if u.lows[i] == "commonwealth" and u.at_words(AUSTRALIAN):  # the government of Australia
        return []
    if u.lows[i] == "council" and not _is_of_union(u):
        return []
    alone = u.classes[i - 1] in "ts" and u.classes[i + 1] not in "KMCGoO" and i not in taken
    alone = alone and not any(
        k.name.lower().endswith(u.lows[i]) for known in u.known for k in known if k.kind == "organization"
    )
    return [Named(i, i + 1, "organization", "organization.alone")] if alone else []


def _is_adjective(u: Units, at: int) -> bool:
    """Whether what ends before unit `at` only describes a noun: "Russian military intelligence"."""
    return u.classes[at] == "x" and u.lows[at] not in word_sets().person_verbs | frozenset(
        settings("names.toml")["government_verbs"]
    )


def _of_nation(u: Units, taken: set[int]) -> list[Named]:
    """As in "Syrian army", "Russian occupation forces"; "an Israeli embassy" is none."""
    found = []
    for at in re.finditer("(?<!D&)D", u.classes):  # "Peruvian and Chilean armed forces" are no one body
        i = at.start()
        for size in (3, 2, 1) if i not in taken and u.classes[i - 1] != "e" else ():
            words = " ".join(u.lows[i + 1 : i + 1 + size])
            if words in head_words("organization", "small"):
                if words != "military" or not _is_adjective(u, i + 1 + size):
                    found += _with_seat(u, i, i + 1 + size)
                break
    return found


def _with_seat(u: Units, first: int, last: int) -> list[Named]:
    """The body, and with the city where it has its seat: "Serbian embassy in Zagreb"; one that is yet to open is none."""
    if not SEATED.isdisjoint(u.lows[first:last]) and not OPENED.isdisjoint(u.lows[max(0, first - 4) : first]):
        return []
    named = Named(first, last, "organization", "organization.small")
    is_seated = u.lows[last] == "in" and not SEATED.isdisjoint(u.lows[first:last])
    if is_seated and u.classes[last + 1] in "LRC":
        return [named, Named(first, last + 2, "organization", "organization.tail")]
    return [named]


def _missions(u: Units) -> list[Named]:
    """As in "the embassy of Honduras in Beijing", "China's embassy in Washington"."""
    found = []
    for i in u.at_words(SEATED):
        if not u.texts[i][0].islower():
            continue
        first = i - (u.lows[i - 1] == "high")
        if match := OF_THAT_STATE.match(u.classes, i + 1):
            seated = _with_seat(u, first, match.end())
            found += seated if len(seated) > 1 and u.classes[first - 1] == "t" else []
        elif u.classes[first - 2 : first] == "Ns":
            found += _with_seat(u, first - 2, i + 1)
    return found


def _affairs_end(u: Units, i: int) -> int:
    """The unit after "ministry of foreign affairs [of the Republic of N]" that begins at `i`, or 0."""
    if u.lows[i + 1 : i + 4] != ["of", "foreign", "affairs"] or u.texts[i + 2 : i + 4] == [
        "Foreign",
        "Affairs",
    ]:
        return 0
    match = OF_THAT_STATE.match(u.classes, i + 4)
    return match.end() if match else i + 4


def _ministries(u: Units, taken: set[int]) -> list[Named]:
    """Ministries written small, with an article or a state before them: "the foreign ministry", "Peru's health ministry"."""
    found = []
    portfolios = head_words("organization", "small_ministries")
    for i in u.at_words(("ministry",)):
        first = i
        while u.classes[first - 1] in "x&" and u.lows[first - 1] in portfolios:
            first -= 1
        if u.texts[i].lower() == "ministry" and (last := _affairs_end(u, i)) and i not in taken:
            found.append(Named(i, last, "organization", "organization.small"))
        if first < i and u.texts[i] == "ministry" and u.classes[first - 1] in "tsN" and i not in taken:
            first -= 2 * (u.classes[first - 2 : first] == "Ns")  # "Peru's health ministry"
            found.append(Named(first, i + 1, "organization", "organization.small"))
    return found


def _of_states(u: Units) -> list[Named]:
    """As in "Hungarian-Azerbaijani intergovernmental committee on trade", "Portuguese-Andorran chamber of commerce"."""
    found = []
    for m in OF_TWO_STATES.finditer(u.classes):
        head = next((i for i in range(m.start("words"), m.end()) if u.lows[i] in JOINT_BODIES), 0)
        if head:
            at = head + 1
            match = re.match("[oi]t?x(?:&x)?", u.classes[at : at + 6])
            last = at + match.end() if match and u.lows[at] in {"of", "on"} else at
            last += u.lows[last] in {"cooperation", "relations", "affairs", "matters"}
            found.append(Named(m.start(), last, "organization", "organization.small"))
    return found


def _forces(u: Units) -> list[Named]:
    """As in "the armed forces of the United States"."""
    return [
        Named(m.start(), m.end(), "organization", "organization.small")
        for m in OF_FORCES.finditer(u.classes)
        if u.lows[m.start() + 1] == "forces"
        and u.classes[m.end() : m.end() + 2] not in {"&N", ",N"}  # of several states
        and u.lows[m.start()] in {"armed", "security", "defence", "defense"}
    ]


def _companies(u: Units, taken: set[int]) -> list[Named]:
    """As in "the public company Petrol Holt", "the media outlets Velka and Ostro"."""
    found = []
    for i in u.at_words(head_words("organization", "forms_before")):  # "JSC Velkaneft"
        match = RUN.match(u.classes, i + 1) if u.texts[i].isupper() else None
        if match and taken.isdisjoint(range(i, match.end())):
            found.append(Named(i, match.end(), "organization", "organization.form"))
    for i in u.at_words(head_words("organization", "before_names")):
        at = i + 1
        if u.classes[i - 1] in "CGKU" or u.lows[at] in _no_organizations():  # "Velka gang", itself the name
            continue
        while u.texts[i].islower() and (match := RUN.match(u.classes, at)):
            if not taken.isdisjoint(range(*match.span())):
                break
            found.append(Named(*match.span(), "organization", "organization.apposition"))
            at = match.end() + 1
            if u.classes[match.end()] != "&" or not u.lows[i].endswith("s"):
                break
    return found


def find_small(u: Units, taken: set[int]) -> list[Named]:
    """As in "Syrian army", "Servant of the People faction": the head is written small; "the Coalition" stands alone."""
    found = [
        *_of_nation(u, taken),
        *_missions(u),
        *_of_states(u),
        *_ministries(u, taken),
        *_forces(u),
        *_companies(u, taken),
    ]
    for i in u.at_words(head_words("organization", "alone_with_article")):
        if u.texts[i][0].isupper():
            found += _alone(u, i, taken)
    for match in re.finditer(r"[KM]*[RL][KM]*[KM]", u.classes):
        if (
            u.lows[match.end() - 1] == "government"
            and match.start() not in taken
            and match.end() - match.start() > 2
        ):
            found.append(Named(match.start(), match.end(), "organization", "organization.regional"))
    for match in re.finditer(r"[KC](?:ot?[KC])?[xd]", u.classes):
        if (
            u.lows[match.end() - 1] in head_words("organization", "small_parties")
            and match.start() not in taken
        ):
            last = match.end() - 1
            if u.classes[match.start() : last] != "K":
                found.append(Named(match.start(), last, "organization", "organization.small"))
    return [*found, *_numbered(u, taken), *_led_small(u, taken)]


def _numbered(u: Units, taken: set[int]) -> list[Named]:
    """As in "5th Fleet", "3rd Assault Brigade"."""
    found = []
    for i in u.at_words(head_words("organization", "numbered")):
        first = i - 1
        while u.classes[first] in "KMC" and i - first < LONGEST_LEAD:
            first -= 1
        if (
            u.texts[i][0].isupper()
            and ORDINAL.fullmatch(u.texts[first])
            and taken.isdisjoint(range(first, i - 1))
        ):
            found.append(Named(first, i + 1, "organization", "organization.numbered"))
    return found


def _led_small(u: Units, taken: set[int]) -> list[Named]:
    """As in "Motol hospital", "Wagner group"; the latter is "Wagner" too."""
    found = []
    for i in u.at_words(head_words("organization", "small_last")):
        first = i
        while u.classes[first - 1] in "CU":
            first -= 1
        if first < i and u.classes[i] == "x" and first not in taken:
            found.append(Named(first, i + 1, "organization", "organization.small"))
            if u.lows[i] in {"movement", "group"}:
                found.append(Named(first, i, "organization", "organization.small"))
    return found
