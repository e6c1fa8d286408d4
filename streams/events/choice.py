"""The main event of a release: what its title and lead say that it exists to report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from streams.events.triggers import STANCE, Reading
from streams.extract.sentences import Sentence

LONGEST_TITLE: Final = 260
STATEMENT: Final = re.compile(
    r"^(?:\W*(?:press|joint|media|news|official|media)?\s?(?:release|statement|remarks?|comments?|response|declaration|communiqu[ée]|message|note)\b|[\w.,’' -]{0,80}\b(?:statement|comments|response|reaction|remarks) (?:on|to|by|following|regarding|about|concerning)\b)"
)
# What a statement is about, not what its issuer does.
SUBJECT_MATTER: Final = frozenset(
    {
        "attack",
        "coerce",
        "ceasefire",
        "withdraw",
        "appoint",
        "cooperate",
        "launch",
        "mobilize",
        "protest",
        "cancel",
    }
)
ENCOUNTERS: Final = frozenset({"meet", "call", "negotiate", "summit", "conference", "sign", "credentials"})
RANK: Final = {
    "credentials": 0, "call": 1, "sign": 1, "meet": 1, "negotiate": 1, "condemn": 1, "sanction": 1, "congratulate": 2, "condole": 2,
    "welcome": 2, "summit": 2, "conference": 3, "visit": 4, "aid": 2, "pledge": 2, "request": 2, "reject": 2, "appoint": 3, "agree": 4,
}  # fmt: skip
LEAD: Final = 8  # sentences of the body in which a title's event is looked for


class Main(NamedTuple):
    """The act, the reading that states it best, and the readings of title and body that name it."""

    reading: Reading
    stated_in: tuple[int, ...]  # sentences
    rule: str


def title_length(sentences: tuple[Sentence, ...], title: str | None) -> int:
    """How many sentences the title has: 0 where the text begins with its lead."""
    if len(sentences) < 2:
        return 0
    count = sum(1 for s in sentences if s.paragraph == 0)
    last = sentences[count - 1]
    if count == len(sentences) or last.end_char - sentences[0].start_char > LONGEST_TITLE:
        return 0
    if title and sentences[0].text.startswith(title[:20]):
        return count
    return 0 if last.text.endswith((".", "”", '"')) and count > 1 else count * (not last.text.endswith("."))


def _usable(reading: Reading) -> bool:
    return reading.assertion in {"asserted", "alleged"} or reading.trigger.act in {"reject"}


def _title_reading(readings: Sequence[Reading], title: str) -> Reading | None:
    """The first act of a title that is its issuer's own."""
    statement = STATEMENT.match(title) is not None
    own = [r for r in readings if _usable(r) and r.trigger.act not in SUBJECT_MATTER]
    if statement:
        own = [r for r in own if r.trigger.act != "agree"]
    stances = [r for r in own if r.trigger.act in {"condemn", "welcome", "congratulate", "condole"}]
    if stances and (statement or stances[0] is own[0]):
        return stances[0]
    if not own:
        return None
    first = own[0]
    better = [r for r in own if r.trigger.act == "credentials"]
    return better[0] if better else first


def _body_match(act: str, readings: Sequence[Reading]) -> Reading | None:
    """The first reading of the body that tells more of the title's act."""
    same = [r for r in readings if r.trigger.act == act and _usable(r)]
    firm = [r for r in same if r.firm and not r.recalled]
    return (firm or [r for r in same if r.firm] or same or [None])[0]


def _from_body(readings: Sequence[Reading], first: int, *, statement: bool) -> Reading | None:
    """The first act of the lead; in a statement the first stance, a condemnation before all."""
    usable = [r for r in readings if _usable(r) and r.firm]
    lead = [r for r in usable if r.trigger.sentence < first + LEAD]
    if statement:
        stances = [r for r in lead if r.trigger.act in STANCE | {"condole", "sanction", "aid"}]
        accusing = [r for r in stances if r.trigger.act == "condemn" and r.trigger.sentence < first + 5]
        if accusing or stances:
            return (accusing or stances)[0]
    own = [r for r in lead if r.trigger.act not in SUBJECT_MATTER and not r.recalled] or [
        r for r in usable if r.trigger.act not in SUBJECT_MATTER
    ]
    if not own:
        return (usable or [None])[0]
    sentence = own[0].trigger.sentence
    return min(
        (r for r in own if r.trigger.sentence == sentence),
        key=lambda r: (RANK.get(r.trigger.act, 5), r.trigger.start),
    )


def choose(
    readings: Sequence[Reading], sentences: tuple[Sentence, ...], low: str, title: str | None
) -> Main | None:
    """The main event, or None for a text that states nothing."""
    count = title_length(sentences, title)
    head = low[sentences[0].start_char : sentences[count - 1].end_char] if count else ""
    of_title = [r for r in readings if r.trigger.sentence < count]
    body = [r for r in readings if r.trigger.sentence >= count]
    named = _title_reading(of_title, head)
    if named:
        told = _body_match(named.trigger.act, [r for r in body if r.trigger.sentence < count + LEAD])
        if told and (
            told.status == named.status
            or told.status in {"planned", "ongoing", "cancelled"}
            or named.trigger.part == "noun"
        ):
            best = told if told.firm else named
            return Main(best, (named.trigger.sentence, told.trigger.sentence), "main.title")
        return Main(named, (named.trigger.sentence,), "main.title")
    found = _from_body(body, count, statement=bool(count) and STATEMENT.match(head) is not None)
    return Main(found, (found.trigger.sentence,), "main.lead") if found else None
