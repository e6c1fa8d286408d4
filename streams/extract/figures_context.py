"""What a figure is of: measure, stage, nature, period and parties, from the sentence around it."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from streams.annotation import DateMention, Figure
from streams.closed_sets import FigureNature, FigureStage
from streams.extract.entities import Names
from streams.extract.figures_units import measures
from streams.extract.sentences import Sentence

DIVIDERS: Final = re.compile(r"[,;]|\band\b")
DIVIDED: Final = 40  # characters
STAGES: Final[tuple[tuple[FigureStage, re.Pattern[str]], ...]] = (
    (
        "pledged",
        re.compile(
            r"\b(?:pledg\w+|commit\w*|announc\w+|promis\w+|will (?:provide|contribute|allocate|donate)|offer\w*)\b"
        ),
    ),
    ("agreed", re.compile(r"\b(?:agreed|agreement|signed|approved|contract\w*)\b")),
    (
        "planned",
        re.compile(
            r"\b(?:plans?|planned|planning|intends?|expected|target\w*|aims?|will|envisag\w+|projected)\b"
        ),
    ),
    (
        "disbursed",
        re.compile(
            r"\b(?:provided|disbursed|delivered|allocated|donated|paid|transferred|has contributed|spent|invested)\b"
        ),
    ),
)
FLOWS: Final = frozenset({"aid", "loan", "investment", "budget", "debt"})
TRADE: Final = frozenset({"trade_turnover", "export", "import"})
CHANGE: Final = re.compile(
    r"\b(?:increas\w+|grew|grown|growth|ros[ei]n?|rise|rising|up|climb\w+|jump\w+|surg\w+|decreas\w+|declin\w+|fell|fall\w*"
    r"|dropp?\w*|down|reduc\w+|cut|by)\b[^.]{0,25}$"
)
SHARE: Final = re.compile(r"^\s?(?:of (?:the|all|its|our|their|world|global|total)|share)")
CUMULATIVE: Final = re.compile(
    r"\b(?:since|total(?:l?ing|led)?|overall|cumulative\w*|altogether|accumulated|over the (?:past|last))\b"
)
TO_WHOM: Final = re.compile(r"\b(?:to|in|for|with|into)\s(?:the\s)?(?:[a-z]+\s){0,2}$")
CLAUSE: Final = re.compile(r"[;:()]|,\s(?:while|and|with|including|of which|increas\w+|up|down)\b")
OPENS: Final = re.compile(r"[;:(]|,\s|\s(?:and|while)\s")  # before a clause of its own
COMPARED: Final = re.compile(
    r"\b(?:compared (?:to|with)|than(?: in)?|versus|against|relative to|as against|from)(?: the)? $"
)  # "up 23% compared to the same period last year": the figure is not of that period
SINCE: Final = re.compile(r"\bsince(?: the (?:beginning|start) of)? $")
# "imports to Kazakhstan", "Kazakhstan's export": the side that trades; "exports to Italy": the other one
SUBJECT: Final = {
    "import": re.compile(r"\bimports? (?:to|into|of|by)(?: the)? $"),
    "export": re.compile(r"\bexports? (?:from|of|by)(?: the)? $"),
}
PARTNER: Final = {
    "import": re.compile(r"\b(?:imports?|imported)(?: \w+){0,3} from(?: the)? $"),
    "export": re.compile(r"\b(?:exports?|exported)(?: \w+){0,3} to(?: the)? $"),
}
OWNS: Final = re.compile(r"[’']s? (?:\w+ )?(?:imports?|exports?)\b")
NEAR: Final = 120
AFTER_COSTS: Final = 8  # words before a figure say more of it than words after it


def _measure(before: str, after: str) -> str | None:
    """What is measured: the last word for it in the clause of the figure, else the nearest one around."""
    *_, own = OPENS.split(before)
    if named := list(measures().finditer(own)):
        return named[-1].lastgroup
    best: tuple[int, str | None] = (NEAR + AFTER_COSTS, None)
    for m in measures().finditer(before):
        best = min(best, (len(before) - m.end(), m.lastgroup), key=lambda b: b[0])
    for m in measures().finditer(after):
        best = min(best, (m.start() + AFTER_COSTS, m.lastgroup), key=lambda b: b[0])
    return best[1]


def _stage(sentence: str, measure: str | None) -> FigureStage | None:
    if measure in FLOWS:
        for name, pattern in STAGES:
            if pattern.search(sentence):
                return name
    return "reported"


def _nature(figure: Figure, before: str, after: str, clause: str) -> FigureNature:
    if figure.kind == "percent":
        if CHANGE.search(before) or figure.surface.startswith(("+", "-")):
            return "change"
        if SHARE.match(after):
            return "share"
    return "cumulative" if CUMULATIVE.search(clause) else "level"


def _apart(figure: Figure, date: DateMention, low: str) -> int:
    """How far a date stands from a figure; what a comma or an "and" divides is farther."""
    if date.end_char <= figure.start_char:
        between = low[date.end_char : figure.start_char]
    else:
        between = low[figure.end_char : date.start_char]
    return len(between) + DIVIDED * len(DIVIDERS.findall(between))


def _period(
    figure: Figure, low: str, sentence: Sentence, dates: tuple[DateMention, ...]
) -> DateMention | None:
    """The period nearest to the figure in its sentence; single days are dates of reports, not periods."""
    near = [
        d
        for d in dates
        if sentence.start_char <= d.start_char < sentence.end_char and d.start_on and d.granularity != "day"
    ]
    own = [d for d in near if not COMPARED.search(low, max(0, d.start_char - 24), d.start_char)]
    return min(own or near, key=lambda d: _apart(figure, d, low), default=None)


def _parties(
    figure: Figure, low: str, sentence: Sentence, names: Names, measure: str | None
) -> tuple[str | None, str | None]:
    """Who gives or trades, and with whom, among the countries that the sentence names."""
    if measure not in FLOWS | TRADE:
        return None, None
    spoken = [
        (m.start_char, m.end_char, m.entity_id.removeprefix("country:"))
        for m in names.mentions
        if m.entity_id.startswith("country:") and sentence.start_char <= m.start_char < sentence.end_char
    ]
    if measure in SUBJECT:
        return _traders(figure, low, sentence, spoken, measure)
    partner = next((c for at, _, c in spoken if TO_WHOM.search(low[max(0, at - 30) : at])), None)
    subject = next((c for at, _, c in spoken if c != partner and at < figure.start_char), None)
    if measure in TRADE and subject is None and partner is None:
        countries = list(dict.fromkeys(c for *_, c in spoken))
        subject, partner = (*countries[:2], None, None)[:2]
    if measure in TRADE and subject is None:
        return partner, None
    return subject, partner


def _traders(
    figure: Figure, low: str, sentence: Sentence, spoken: list[tuple[int, int, str]], measure: str
) -> tuple[str | None, str | None]:
    """Who exports or imports, and from or to where, in the clause of the figure."""
    *_, clause = OPENS.split(low[sentence.start_char : figure.start_char])
    start = figure.start_char - len(clause)
    subject = partner = None
    for at, end, country in spoken:
        if not start <= at < figure.end_char + NEAR:
            continue
        if SUBJECT[measure].search(low, start, at) or (at < figure.start_char and OWNS.match(low, end)):
            subject = subject or country
        elif PARTNER[measure].search(low, max(start, at - 40), at):
            partner = partner or country
    return subject, partner


def describe(
    figure: Figure, low: str, sentence: Sentence, names: Names, dates: tuple[DateMention, ...]
) -> Figure:
    """`figure` with what its sentence says of it."""
    before = low[max(sentence.start_char, figure.start_char - NEAR) : figure.start_char]
    after = low[figure.end_char : min(sentence.end_char, figure.end_char + NEAR)]
    own = CLAUSE.split(after)[0]
    measure = _measure(before, own)
    nature = _nature(figure, before, after, OPENS.split(before)[-1] + own)
    if figure.kind == "count" and figure.unit != "people":
        measure = figure.unit
    if measure and figure.kind == "percent" and nature == "change":
        measure = f"{measure}_growth"
    period = _period(figure, low, sentence, dates)
    since = (
        period is not None
        and SINCE.search(low, max(0, period.start_char - 30), period.start_char) is not None
    )
    subject, partner = _parties(figure, low, sentence, names, measure)
    return replace(
        figure,
        measure=measure,
        stage=_stage(low[sentence.start_char : sentence.end_char], measure),
        nature=nature,
        period_start=period.start_on if period else None,
        period_end=period.end_on if period and not since else None,
        subject_country=subject,
        partner_country=partner,
    )
