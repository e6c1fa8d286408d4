"""Whether words that look like a date are one: not the number of a resolution, a walk, a wish or a name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from streams.extract.dates_grammar import WEEKDAYS
from streams.extract.dates_resolve import month_number

NUMBERED: Final = re.compile(
    r"(?:\b(?:nos?|number|resolutions?|decisions?|articles?|law|act(?:\sof)?|decree|order|directive|regulation|agenda|vision|unscr"
    r"|paragraph|para|page|section|chapter|res|tel|phone|fax|ext|room|flight|mm|level|model|strategy|goals?|sdgs?)\.?"
    r"\s*(?:\d{3,4}(?:\s?,\s?and\s|\s?,\s?|\s?and\s?|\s?\())*|\d\s?\(|/\s?|\d[,.]|[$€£¥#:©]\s?|copyright\s|\(c\)\s|\*|(?:\d{2,4}\s){2})$"
)
# A year that ends a name: "Eagle Partner 2025", "Expo 2025"; words that open a date are no such name.
NAMED: Final = re.compile(
    r"(?<![.!?…:\n]\s)(?<!^)\b(?!(?:In|Since|By|From|During|Until|Till|For|Of|Between|To|And|The|Year|Years|Early|Late|Mid|Before"
    r"|After|Around|Circa|About|Through|Throughout|Spring|Summer|Autumn|Fall|Winter|Christmas|Easter|Ramadan|Nowruz|Eid"
    r"|FY|Q[1-4]|H[12]|As|On|At|With|Already|Budget|Plan|Programme|Program|Appeal|Season)\b)[A-Z][\w’'-]+ $"
)
COUNTED: Final = re.compile(
    r"-mile|\s(?:borders|lines|frontiers)\b|\s(?:\w+\s)?(?:individuals|ceasefire\sviolations|entities)|/\d{3}|\s\((?:19|20)\d\d\)|\s?(?:%|per\s?cent|km|kilomet|met(?:er|re)s|hectares|tons|tonnes|mw|kw|people|persons|troops|soldiers|companies"
    r"|students|jobs|families|houses|units|dollars|euros|agenda|vehicles|million|billion|square|barrels|points)"
)
BARE_MONTH: Final = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|to|through|last|next|this|early|late|mid|during|for|and|before|after|between"
    r"|end|beginning|start|ending|on|throughout|coming|past|every|each|or|than|dated|both|as|effective|around|about|when)"
    r"|[-–(,])[\s-]?$"
)
OF_MONTH: Final = re.compile(
    r"\s(?:elections?|summit|meetings?|visit|session|talks|deadline|ceasefire|conference|agreement|package|round|attacks?"
    r"|earthquakes?|landslides?|cyclone|hurricane|typhoon|storms?|swells|uprising|revolution|massacre|judgment|communiqu[ée]|truce|vote|decision|declaration|statement|referendum|coup|protests?|war|floods?)\b"
)
# "the March 23 Movement", "the August 15 Unification Doctrine": a day that is a name.
DAY_NAMED: Final = re.compile(
    r"(?:\s\d\d?)?\s(?:(?!in\s)[a-z]+\s)?(?:movement|doctrine|alliance|square|street|avenue|boulevard|university|brigade|front|stadium|bridge"
    r"|airport|hospital|club|palace|coalition|forces|martyrs|group)\b"
)
CONTEMPORARY: Final = re.compile(
    r"\b(?:people|world|societies|generations?|youth|fac(?:e|es|ing)|living|still|even)\s$"
)
BETWEEN: Final = re.compile(r"\bbetween\s(?:the\s)?$")
ALONE: Final = re.compile(r"\b(?:on|by|until|till|from|to|between|and|since)\sthe\s$")
FAR: Final = 2065  # a later year is one of another calendar, if no word of time stands before it
OF_TIME: Final = re.compile(r"\b(?:by|in|until|to|through|of|since|year)\s$")
# "today" for "nowadays", "March" the walk, "May" the wish: words that are dates only by their looks.
IDLE: Final = re.compile(
    r"(?:today|tomorrow)['’]s\s(?:(?:complex|global|turbulent|uncertain|interconnected|digital|geopolitical|security)\s)*"
    r"(?:world|challenges?|ordeals|society|societies|generations?|youth|realit(?:y|ies)|environment|circumstances|conditions"
    r"|landscape|threats|times|problems|economy|leaders)"
    r"|today,?\s(?:more\sthan\sever|and\s(?:tomorrow|in\sthe\sfuture)|we\slive\sin)"
)
OWNED: Final = re.compile(r"\b(?:the|its|their|his|her|our)\s$")
MARKS: Final = re.compile(r"\s(?:is|was|will|has|marks|marked)\b")  # "a good year: 2025 marks half a century"
NAME_BEHIND: Final = re.compile(r"\s[A-Z][^\W\d_]*[a-z]")  # "the minister, Jan Novak"
NUMBER_BEFORE: Final = re.compile(r"\bno\.?\s?$")  # "Note No. 17 of January 22"
LOOK_BACK: Final = 40  # characters


# "the 2050 Strategy", "the 2025 World Government Summit": a year that opens a name.
NAME_OPENS: Final = re.compile(
    r"(?:Strategy|Agenda|Summit|Games|UNCLOS|UNGA|[A-Z]\w+ (?:Summit|Games|Forum|host)|World [A-Z]\w+|Report)\b|[A-Z]\w+ [A-Z]\w+ Summit\b|Africa['’]s"
)
RIGHTS: Final = re.compile(r"\s?(?:©|\(c\)|all rights reserved)")
# "Last updated: 4 May 2024", "Page last modified on": the page, not the text.
UPDATED: Final = re.compile(
    r"\b(?:updated|(?:date|last) modified|modification|last reviewed)\s?(?:on|in|at)?\s?[:.]?\s?(?:\d{1,2}[:.]\d\d\W{0,5})?$"
)
# Weekdays that are no day: "Good Friday", "every Tuesday", "the Friday mosque", "Hon. Monday".
NO_WEEKDAY: Final = re.compile(
    r"\b(?:good|each|every|palm|easter|black|holy|hon\.|mr\.?|h\.e\.|dr\.?)\s(?:the\s)?$"
)
OF_WEEKDAYS: Final = re.compile(r"\s(?:mosque|sermons?)\b")


class Place(NamedTuple):
    """Words that may be a date, where they stand."""

    text: str
    low: str
    match: re.Match[str]
    before: str  # in lower case

    @property
    def is_capitalised(self) -> bool:
        return self.text[self.match.start()].isupper()


def _is_year(p: Place) -> bool:
    end = p.match.end()
    return not (NUMBERED.search(p.before) or COUNTED.match(p.low, end) or RIGHTS.match(p.low, end))


def _is_single_year(p: Place) -> bool:
    start = p.match.start()
    if MARKS.match(p.low, p.match.end()) and p.before.endswith(": "):
        return True
    if not _is_year(p) or (int(p.match["y"]) > FAR and not OF_TIME.search(p.before)):
        return False
    if p.before.endswith("the ") and NAME_OPENS.match(p.text, p.match.end() + 1):
        return False
    return not NAMED.search(p.text[max(0, start - LOOK_BACK) : start])


def _is_day(p: Place) -> bool:
    if p.match["m"] == "may" and not p.match["y"] and p.text[p.match.start("m")] == "m":
        return False  # "takes office on the 20th may undo"
    if " of " in p.match[0] and NUMBER_BEFORE.search(p.before):
        return False
    return bool(p.match["y"]) or not DAY_NAMED.match(p.low, p.match.end())


def _is_weekday(p: Place) -> bool:
    return not (NO_WEEKDAY.search(p.before) or OF_WEEKDAYS.match(p.low, p.match.end()))


def _is_month(p: Place) -> bool:
    if p.match["y"]:
        return p.is_capitalised
    if not p.is_capitalised or not _is_day(p):
        return False
    if p.before.endswith((", ", "and ", "(")) and NAME_BEHIND.match(p.text, p.match.end()):
        return False
    after_article = OWNED.search(p.before) and OF_MONTH.match(p.low, p.match.end())
    return bool(BARE_MONTH.search(p.before)) or bool(after_article)


def _are_months(p: Place) -> bool:
    apart = (month_number(p.match["m2"]) - month_number(p.match["m1"])) % 12 != 1
    if apart and " and " in p.match[0] and not BETWEEN.search(p.before):
        return False  # "April and June" are two
    return bool(p.match["y"]) or (p.is_capitalised and BARE_MONTH.search(p.before) is not None)


def _are_weekdays(p: Place) -> bool:
    return " and " not in p.match[0] or (WEEKDAYS[p.match["w2"]] - WEEKDAYS[p.match["w"]]) % 7 == 1


def _is_today(p: Place) -> bool:
    return not IDLE.match(p.low, p.match.start()) and not CONTEMPORARY.search(p.before)


CHECKS: Final[dict[str, Callable[[Place], bool]]] = {
    "year": _is_single_year,
    "years": _is_year,
    "decade": _is_year,
    "day_month": _is_day,
    "month_day": lambda p: p.is_capitalised and _is_day(p),
    "month": _is_month,
    "months": _are_months,
    "weekdays": _are_weekdays,
    "weekday": _is_weekday,
    "which_weekday": _is_weekday,
    "day_alone": lambda p: ALONE.search(p.before) is not None,
    "today": _is_today,
    "tomorrow": _is_today,
}


def plausible(text: str, low: str, m: re.Match[str], form: str) -> bool:
    """Whether the words of `m` mean a date of `form` where they stand."""
    check = CHECKS.get(form)
    if check is None:
        return True
    return check(Place(text, low, m, low[max(0, m.start() - LOOK_BACK) : m.start()]))


def is_of_page(low: str, start: int) -> bool:
    """Whether the date at `start` is that of the last change to the page, not the text's."""
    return UPDATED.search(low, max(0, start - LOOK_BACK), start) is not None
