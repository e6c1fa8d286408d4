"""Links between events that may be the same, or were planned and then held: pure functions of two events.

They are never merged: what the texts do not settle stays apart, and a view shows the linked ones together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from streams.closed_sets import LinkRelation

Event = Mapping[str, Any]

NEAR_DAYS: Final = 200  # a plan without a date is held within this time after it was published, or not at all
MOST_MONTHS: Final = 3
GROUPS: Final = {"meeting": "meet", "visit": "visit", "summit": "summit", "conference": "summit"} | {
    "call": "call",
    "negotiation": "negotiation",
    "signing": "signing",
}
SMALL: Final = frozenset({"the", "of", "and", "first", "meeting", "in", "on", "for"})
SYNONYMS: Final = {
    "eu": "european union",
    "un": "united nations",
    "us": "united states",
    "uk": "united kingdom",
}
ORDINAL: Final = re.compile(r"\b(\d+(st|nd|rd|th)?|first|second|third)\b")


def keys(event: Event, participants: Iterable[tuple[str, str | None]]) -> set[str]:
    """Return what an event must share with another to be compared: its name, or form and parties.

    `participants` are (entity_id, country). A summit is known by who holds it, whenever that is.
    """
    rows = list(participants)
    found = set()
    if event["name"]:
        text = ORDINAL.sub(" ", event["name"].casefold())
        words = re.findall(r"\w+", text)
        spelled = " ".join(SYNONYMS.get(w, w) for w in words).split()
        found.add("name:" + " ".join(sorted(set(spelled) - SMALL)))
    group = GROUPS.get(event["form"])
    parties = sorted({country for _, country in rows if country})
    holders = sorted({entity_id for entity_id, _ in rows})
    if group == "summit" and len(holders) > 1:
        found.add(f"{group}:{'+'.join(holders)}")
    if group and len(parties) > 1:
        found |= {f"{group}:{'+'.join(parties)}:{month}" for month in months(event)}
    return found


def months(event: Event) -> list[str]:
    """Return the months in which an event can meet another of the same parties, at most three.

    Without a bound every meeting of two states that meet often would be compared with all others.
    """
    if interval := _interval(event):
        first, last = interval
    elif said_on := event["first_published_on"]:
        first = last = said_on
        if event["status"] == "planned":
            last = _month_after(_month_after(first[:7])) + "-01"
    else:
        return []
    found = [first[:7]]
    while found[-1] < last[:7]:
        found.append(_month_after(found[-1]))
        if len(found) > MOST_MONTHS:
            return []
    return found


def _month_after(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def link(one: Event, other: Event, shared: Iterable[str]) -> tuple[LinkRelation, str] | None:
    """Return how `one` relates to `other`, if it does, with the basis in words.

    `fulfils` and `cancels` point from the later event to the plan; `possibly_same` from the smaller id.
    """
    basis = ", ".join(sorted(shared))
    if other["status"] == "planned" and one["status"] in {"occurred", "ongoing"}:
        return ("fulfils", basis) if _after(one, other) else None
    if other["status"] == "planned" and one["status"] == "cancelled":
        return ("cancels", basis) if _after(one, other) else None
    if one["status"] == other["status"] and one["event_id"] < other["event_id"]:
        named = any(s.startswith(("name:", "summit:")) for s in shared)
        if named and _overlap(one, other) and one["form"] == other["form"]:
            return "possibly_same", basis
        if (
            _overlap(one, other)
            and one["started_on"]
            and other["started_on"]
            and one["type"] == other["type"]
        ):
            return "possibly_same", basis
    return None


def _interval(event: Event) -> tuple[str, str] | None:
    """Return the days between which the text says that it happened; a stand-in day says nothing."""
    if not event["started_on"] or not event["date_settled"]:
        return None
    return event["started_on"], event["ended_on"] or event["started_on"]


def _overlap(one: Event, other: Event) -> bool:
    a, b = _interval(one), _interval(other)
    return a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]


def _after(held: Event, plan: Event) -> bool:
    """Tell whether a held event can be what `plan` announced."""
    if _interval(held) and _interval(plan):
        return _overlap(held, plan)
    held_on = held["started_on"] or held["first_published_on"]
    said_on = plan["first_published_on"]
    if _interval(plan) or not held_on or not said_on:
        return False
    gap = dt.date.fromisoformat(held_on) - dt.date.fromisoformat(said_on)
    return dt.timedelta(0) <= gap <= dt.timedelta(NEAR_DAYS)
