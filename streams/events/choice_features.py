"""What speaks for and against a reading as the main event: the evidence that the trained choice weighs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from streams.events.page import JOINT, STATEMENT, Page
from streams.events.triggers import STANCE, Reading, type_and_form
from streams.events.wording import NONE

LOOKS_AHEAD: Final = re.compile(
    r"\b(?:to (?:visit|attend|host|hold|meet|travel|sign|receive)|will|upcoming|agenda|advisory|schedule|week ahead)\b"
)
SUBORDINATE: Final = re.compile(
    r"\b(?:that|which|who|whose|where|when|while|if|because|since|as well as|including|such as)\b"
)
OPENERS: Final = '“"«'
CLOSERS: Final = '”"»'
SUBJECT_KINDS: Final = ("person", "organization", "country")
STEPS: Final = 6  # into which likelihood is cut
FAR: Final = (30, 80, 160)


def _where(page: Page, reading: Reading) -> str:
    index = reading.trigger.sentence - page.titles
    if index < 0:
        return "title"
    return ("lead", "second", "third")[index] if index < 3 else ("early" if index < 8 else "late")


def _in_quotes(low: str, start: int, at: int) -> bool:
    opened = max(low.rfind(c, start, at) for c in OPENERS)
    return opened >= 0 and not any(c in low[opened + 1 : at] for c in CLOSERS)


def features(page: Page, reading: Reading) -> Iterator[str]:
    """The names of all evidence that holds for `reading`; each counts once."""
    t = reading.trigger
    act, where = t.act, _where(page, reading)
    start = page.sentences[t.sentence].start_char
    yield f"act {act}"
    yield f"act {act} {'title' if where == 'title' else 'body'}"
    yield f"act {act} {reading.status}"
    yield f"where {where}"
    yield f"part {t.part} {'title' if where == 'title' else 'body'}"
    yield f"status {reading.status} {'title' if where == 'title' else 'body'}"
    if reading.assertion != "asserted":
        yield f"assertion {reading.assertion}"
    if reading.recalled:
        yield "recalled"
    if not reading.firm:
        yield "not firm"
    if framed := page.frame(reading):
        yield f"frame {where if where == 'title' else 'body'}"
        yield f"framed by {framed}"
    if not page.is_own(reading):
        yield "of others"
    yield f"subject {page.subject_of(reading)}"
    if SUBORDINATE.search(page.low, start, t.start):
        yield "subordinate"
    if _in_quotes(page.low, start, t.start):
        yield "quoted"
    yield f"far {bisect_right(FAR, t.start - start)}"
    yield from _among(page, reading)
    yield from _by_title(page, reading)


def _among(page: Page, reading: Reading) -> Iterator[str]:
    """How the reading stands among the others."""
    t = reading.trigger
    same = [r.trigger for r in page.readings if r.trigger.act == t.act]
    if t not in same:
        yield "by wording alone"
        return
    if same[0] == t:
        yield "first of its act"
    others = [r.trigger for r in page.readings if r.trigger.sentence == t.sentence]
    yield f"nth {min(others.index(t), 3)}"
    if t.sentence == page.titles and page.titles == 0:
        yield "lead of no title"
    yield f"often {min(len(same), 5)}"


def _by_title(page: Page, reading: Reading) -> Iterator[str]:
    """How the reading fits what the title says."""
    t = reading.trigger
    in_title = t.sentence < page.titles
    named = {r.trigger.act for r in page.readings if r.trigger.sentence < page.titles}
    stance = t.act in STANCE
    if page.titles and not in_title:
        yield "act of the title" if t.act in named else ("other than the title" if named else "silent title")
    if STATEMENT.match(page.head):
        yield f"statement {'stance' if stance else t.act}"
    if JOINT.search(page.head):
        yield f"joint {t.act}"
    if LOOKS_AHEAD.search(page.head):
        yield f"ahead {reading.status}"


def by_wording(page: Page, reading: Reading) -> Iterator[str]:
    """How far the wording of its sentence suggests the type and form of `reading`."""
    kind, form = type_and_form(reading)
    found = page.suggested(reading.trigger.sentence)
    where = "title" if reading.trigger.sentence < page.titles else "body"
    yield f"wording {where} {int(STEPS * found.of(kind, form))}"
    yield f"wording of the type {int(STEPS * found.types.get(kind, 0.0))}"
    yield f"wording of nothing {int(STEPS * found.types.get(NONE, 0.0))}"
