"""How long an event lasted, where its sentence names only its last day: "ended on Friday a visit of three days"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from streams.extract.dates_grammar import COUNTS

_COUNT: Final = rf"(?P<n>{'|'.join(COUNTS)}|\d{{1,2}})"
# "concluded today his two-day visit", "left on Friday at the end of a visit of three days"
ENDED: Final = re.compile(
    r"\b(?:conclud\w+|end(?:s|ed|ing)?|wrap(?:s|ped) up|wound up|complet\w+|finish\w+|clos(?:es|ed|ing)|came to an end|last of the"
    r"|return(?:s|ed)\b[^.;]{0,80}\b(?:after|from|following)|left\b[^.;]{0,80}\bafter)\b"
)
LONG: Final = re.compile(
    rf"\b(?:{_COUNT}[- ]days?[- ](?:\w+[- ]){{0,3}}?(?:visit|trip|tour|mission|talks|session|meeting|conference|forum|summit|round|operation|exercise"
    rf"|drills?|stay|workshop|negotiations|consultations|dialogue|sweep)"
    rf"|(?:visit|trip|tour|mission|stay|talks|session|operation) of {_COUNT.replace('<n>', '<m>')} days|(?:over|for|after) {_COUNT.replace('<n>', '<o>')} days)\b"
)
LONGEST: Final = 21  # days


def first_day(last: str, low: str, start: int, end: int, after: int) -> str | None:
    """The first day of an event of which `low[start:end]` names the last and it or what follows up to `after` the length."""
    if not ENDED.search(low, start, end):
        return None
    long = LONG.search(low, start, end) or LONG.search(low, end, after)
    if not long:
        return None
    word = long["n"] or long["m"] or long["o"]
    days = COUNTS.get(word) or int(word)
    return str(date.fromisoformat(last) - timedelta(days=days - 1)) if 1 < days <= LONGEST else None
