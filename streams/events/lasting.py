"""How long an event lasted, where its sentence names only its last day: "ended on Friday a visit of three days"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from streams.extract.dates_grammar import COUNTS, ORDINAL_DAYS

_COUNT: Final = rf"(?P<n>{'|'.join(COUNTS)}|\d{{1,2}})"
# "concluded today his two-day visit", "left on Friday at the end of a visit of three days"
ENDED: Final = re.compile(
    r"\b(?:conclud\w+|conclusion|end(?:s|ed|ing)?|wrap(?:s|ped) up|wound up|complet\w+|finish\w+|clos(?:es|ed|ing)|came to an end|last of the"
    r"|return(?:s|ed)\b[^.;]{0,80}\b(?:after|from|following)|left\b[^.;]{0,80}\bafter)\b"
)
LONG: Final = re.compile(
    rf"\b(?:{_COUNT}[- ]days?[- ](?:[\w’']+[- ]){{0,5}}?(?:visit|trip|tour|mission|talks|session|meeting|conference|forum|summit|round|operation|exercise"
    rf"|drills?|stay|workshop|negotiations|consultations|dialogue|sweep)"
    rf"|(?:visit|trip|tour|mission|stay|talks|session|operation) of {_COUNT.replace('<n>', '<m>')} days|(?:over|for|after) {_COUNT.replace('<n>', '<o>')} days"
    rf"|{_COUNT.replace('<n>', '<p>')} days of (?:contacts|talks|meetings|consultations|travel|visits|negotiations|deliberations))\b"
)
LONGEST: Final = 21  # days
# "on the second day of his visit", "begins the third day of the session"
NTH_DAY: Final = re.compile(
    r"\b(?:the|its|his|her|their|a) (?P<nth>second|third|fourth|fifth|sixth|seventh) day"
    r"(?:(?P<bare> \(\d)| of (?:[\w’'-]+ ){0,3}?(?:(?P<visit>visit|trip|tour)|talks|sessions?|negotiations|conference|meetings?|forum|summit|consultations)\b)"
)
REACH: Final = 80  # characters before a day
DAYS_TOLD: Final = re.compile(rf"\b(?:{'|'.join(COUNTS)}|single|\d{{1,2}})[- ]days?\b")
# "ended in Lima on Tuesday", "left yesterday at the end of": a day that is the last of an event
LAST: Final = re.compile(
    r"\b(?:conclud(?:ed|es)(?! (?:an?|the|\w+) (?:\w+ ){0,2}(?:agreement|treaty|deal|memorand\w+|protocol|contract))|ended|ends|wrapped up|wound up|came to an end|returned|left)\b[^.;,]{0,50}$"
)
AT_ITS_END: Final = re.compile(
    r"[^.;,]{0,12} (?:at|upon|on) (?:the )?(?:end|close|conclusion|completion) of\b"
)
LEFT: Final = re.compile(r"\b(?:left|returned)\b[^.;,]{0,50}$")
# "a visit begun on 27 September", "in session since Thursday"
FROM_THEN: Final = re.compile(
    r"\b(?:begun|which (?:began|opened|started)|(?:opened|started|began|launched) here) (?:on )?$"
)


def first_day(last: str, low: str, start: int, end: int, after: int, *, visit: bool = False) -> str | None:
    """The first day of an event of which `low[start:end]` names the last and it or what follows up to `after` the length."""
    nth = NTH_DAY.search(low, start, end)
    told = nth is not None and (nth["bare"] is not None or visit == (nth["visit"] is not None))
    days = ORDINAL_DAYS[nth["nth"]] if nth and told else _length(low, start, end, after)
    return str(date.fromisoformat(last) - timedelta(days=days - 1)) if 1 < days <= LONGEST else None


def _length(low: str, start: int, end: int, after: int) -> int:
    """How many days an event lasted whose end its sentence tells; 0 where nothing says it."""
    long = ENDED.search(low, start, end) and (LONG.search(low, start, end) or LONG.search(low, end, after))
    word = next((w for w in long.groupdict().values() if w), "") if long else ""
    return COUNTS.get(word) or int(word or 0)


def is_only_last(low: str, start: int, day: int, day_end: int, end: int, after: int) -> bool:
    """Whether the day at `day` is the last of an event whose length its sentence and what follows do not tell."""
    if DAYS_TOLD.search(low, start, end) or LONG.search(low, end, after):
        return False
    if not LAST.search(low, max(start, day - REACH), day):
        return False
    return not LEFT.search(low, max(start, day - REACH), day) or AT_ITS_END.match(low, day_end) is not None
