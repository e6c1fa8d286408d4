"""The day on which a report was filed, as its dateline says: "MANILA, Philippines (14 November 2024) — ..."."""

from __future__ import annotations

import re
from typing import Final

HEAD: Final = re.compile(r"[\W_]*(?:(?:[^\W\d_][\w.’'-]*|&)[ ,;/(.–—-]*){1,9}")
TAIL: Final = re.compile(
    r"(?:,? \d{4})?[)\]]?(?:,? (?:at )?\d{1,2}[:.]\d\d[^–—:(]{0,12})?,?(?: ?[(/\[][^)/\]]{2,40}[)/\]])?(?:,? [A-Z]{2,9})?"
    r"\s*(?:[–—:|]|-{1,4}(?= |$)|\.(?=[ -]|$)|\s/|$)"
)
# All in brackets; an agency in brackets ("Malé, Apr 15 (PTI) The"); the place behind the day, before a colon.
BRACKETS: Final = re.compile(r"(?:,? \d{4})?\)[ .-]")
AGENCY: Final = re.compile(r" \([A-Z][\w. -]{1,20}\) (?=[A-Z“\"])")
PLACE: Final = re.compile(r", [A-Z][\w .’'-]{1,30}(?: \([\w ]{2,40}\))?: ")
CALENDAR: Final = re.compile(
    r"\d{1,2} [A-Z][\w’'-]+ \d{4} ?(?:A?H)? ?/ $"
)  # "JEDDAH, 26 Safar 1447H / 20 Aug. 2025"
SMALL: Final = frozenset({"of", "de", "la", "and", "the", "da", "do", "del", "al"})
LONGEST: Final = 90  # characters of a sentence in which its dateline stands
WORD: Final = re.compile(r"[^\W\d_][\w.’'-]*")


def is_filed(text: str, start: int, first: int, last: int) -> bool:
    """Whether the date at first..last dates the sentence that begins at `start`: it stands between a place and a dash."""
    if first - start > LONGEST or not _is_set_apart(text, start, first, last):
        return False
    head = CALENDAR.sub("", text[start:first])
    if not all(w[0].isupper() or w in SMALL for w in WORD.findall(head)):
        return False
    return not head or HEAD.fullmatch(head) is not None


def _is_set_apart(text: str, start: int, first: int, last: int) -> bool:
    """Whether what follows the date at first..last sets it apart from the sentence."""
    if TAIL.match(text, last):
        return True
    if first > start:
        return bool(BRACKETS.match(text, last) if text[start] == "(" else AGENCY.match(text, last))
    return PLACE.match(text, last) is not None
