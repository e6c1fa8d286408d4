"""Bodies that stand alone ("the Ministry", "the Council"): pronouns of the organisation named before with that word."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from streams.extract.emit import Ledger
from streams.extract.folding import fold
from streams.extract.organizations import head_words
from streams.extract.units import Units

ALONE: Final = re.compile(r"(?<=t)[KM](?![KMCGULNQAo(-])|^[KM](?=x)")  # "the Council", "Commission disburses"


def add_bodies(ledger: Ledger, u: Units) -> None:
    """Enter "the HEAD" as a mention of the nearest organisation before it whose name begins or ends with that word; of a title the first after it."""
    heads = head_words("organization")
    alone = [m.start() for m in ALONE.finditer(u.classes) if u.lows[m.start()] in heads]
    if not alone:
        return
    entities, mentions = ledger.close()
    names = {
        e.entity_id: {w for n in e.names if (words := fold(n).split()) for w in (words[0], words[-1])}
        for e in entities
        if e.kind == "organization"
    }
    bodies = [m for m in mentions if m.entity_id in names]
    taken = {m.start_char for m in bodies}
    starts = [m.start_char for m in bodies]
    for i in alone:
        if u.starts[i] in taken:
            continue
        before = bodies[: bisect_left(starts, u.starts[i])]
        if any(m.end_char > u.starts[i] for m in before):
            continue
        nearest = [*reversed(before), *(bodies if i == 0 else ())]
        meant = next((m for m in nearest if u.lows[i] in names[m.entity_id]), None)
        if meant:
            ledger.mention(meant.entity_id, *u.span(i, i + 1), use="pronoun", rule="organization.alone")
