"""What speaks for and against a reading as the main event: the evidence that the trained choice weighs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from math import log
from typing import Final

from streams.events.page import JOINT, STATEMENT, Page
from streams.events.triggers import STANCE, Reading, type_and_form
from streams.events.wording import NONE, Suggestion
from streams.opening.parts import SHORTEST

LOOKS_AHEAD: Final = re.compile(
    r"\b(?:to (?:visit|attend|host|hold|meet|travel|sign|receive)|will|upcoming|agenda|advisory|schedule|week ahead)\b"
)
SUBORDINATE: Final = re.compile(
    r"\b(?:that|which|who|whose|where|when|while|if|because|since|as well as|including|such as)\b"
)
OPENERS: Final = '“"«'
CLOSERS: Final = '”"»'
SUBJECT_KINDS: Final = ("person", "organization", "country")
LEAST: Final = 0.02  # a likelihood that says no more than none
FAR: Final = (30, 80, 160)


def _where(page: Page, reading: Reading) -> str:
    index = reading.trigger.sentence - page.titles
    if index < 0:
        return "title"
    return ("lead", "second", "third")[index] if index < 3 else ("early" if index < 8 else "late")


def _in_quotes(low: str, start: int, at: int) -> bool:
    opened = max(low.rfind(c, start, at) for c in OPENERS)
    return opened >= 0 and not any(c in low[opened + 1 : at] for c in CLOSERS)


def features(page: Page, reading: Reading) -> Sequence[str]:
    """The names of all evidence that holds for `reading`; each counts once."""
    found = page.known.get(reading)
    if found is None:
        found = page.known[reading] = [
            *_own(page, reading),
            *_among(page, reading),
            *_by_title(page, reading),
        ]
    return found


def _own(page: Page, reading: Reading) -> list[str]:
    t = reading.trigger
    act, where = t.act, _where(page, reading)
    start = page.sentences[t.sentence].start_char
    part = "title" if where == "title" else "body"
    found = [
        f"act {act}",
        f"act {act} {part}",
        f"act {act} {reading.status}",
        f"where {where}",
        f"part {t.part} {part}",
        f"status {reading.status} {part}",
    ]
    if reading.assertion != "asserted":
        found.append(f"assertion {reading.assertion}")
    if reading.recalled:
        found.append("recalled")
    if not reading.firm:
        found.append("not firm")
    if framed := page.frame(reading):
        found += [f"frame {part}", f"framed by {framed}"]
    if not page.is_own(reading):
        found.append("of others")
    found.append(f"subject {page.subject_of(reading)}")
    if SUBORDINATE.search(page.low, start, t.start):
        found.append("subordinate")
    if _in_quotes(page.low, start, t.start):
        found.append("quoted")
    found.append(f"far {bisect_right(FAR, t.start - start)}")
    return found


def _among(page: Page, reading: Reading) -> Iterator[str]:
    """How the reading stands among the others."""
    t = reading.trigger
    if t not in page.order.nth:
        yield "by wording alone"
        return
    if page.order.first[t.act] == t:
        yield "first of its act"
    yield f"nth {min(page.order.nth[t], 3)}"
    if t.sentence == page.titles and page.titles == 0:
        yield "lead of no title"
    yield f"often {min(page.order.often[t.act], 5)}"


@lru_cache(maxsize=8)
def _kinds_of(head: str) -> tuple[bool, bool, bool]:
    """Whether a title, in lower case, heads a statement, a joint one, or looks ahead."""
    return (
        STATEMENT.match(head) is not None,
        JOINT.search(head) is not None,
        LOOKS_AHEAD.search(head) is not None,
    )


def _by_title(page: Page, reading: Reading) -> Iterator[str]:
    """How the reading fits what the title says."""
    t, named = reading.trigger, page.order.named
    if page.titles and t.sentence >= page.titles:
        yield "act of the title" if t.act in named else ("other than the title" if named else "silent title")
    statement, joint, ahead = _kinds_of(page.head)
    if statement:
        yield f"statement {'stance' if t.act in STANCE else t.act}"
    if joint:
        yield f"joint {t.act}"
    if ahead:
        yield f"ahead {reading.status}"


def measure(likelihood: float) -> float:
    """How much a likelihood says, -1 for none to 1 for certain."""
    return log(likelihood + LEAST) / 2 + 1


def contexts(page: Page) -> list[tuple[str, list[Suggestion]]]:
    """What the wording of title, lead and second sentence suggests, whichever of them states a reading."""
    body = range(page.titles, len(page.sentences))
    told = list(islice((i for i in body if len(page.sentences[i].text) >= SHORTEST), 2))
    parts = (("title", range(page.titles)), ("lead", told[:1]), ("second", told[1:]))
    return [(name, [page.suggested(i) for i in at]) for name, at in parts]


def measures(page: Page, reading: Reading) -> Iterator[tuple[str, float]]:
    """How far the wording of its sentence suggests the type and form of `reading`."""
    kind, form = type_and_form(reading)
    own = page.suggested(reading.trigger.sentence)
    where = "title" if reading.trigger.sentence < page.titles else "body"
    yield f"{where} words the type", measure(own.types.get(kind, 0.0))
    yield f"{where} words the form", measure(own.forms.get(form, 0.0))
    yield f"{where} words nothing", measure(own.types.get(NONE, 0.0))


def surroundings(
    kind: str, form: str, whole: Suggestion, around: Sequence[tuple[str, Sequence[Suggestion]]]
) -> Iterator[tuple[str, float]]:
    """How far the wording of title and lead suggests a type and a form, whoever reads them there."""
    yield "whole suggests the type", measure(whole.types.get(kind, 0.0))
    yield "whole suggests the form", measure(whole.forms.get(form, 0.0))
    for name, found in around:
        if found:
            yield f"{name} suggests the type", measure(max(s.types.get(kind, 0.0) for s in found))
            yield f"{name} suggests the form", measure(max(s.forms.get(form, 0.0) for s in found))
        else:
            yield f"no {name}", 1.0
