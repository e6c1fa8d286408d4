"""The fold of reports to events: pure, the same for every order of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

Report = Mapping[str, Any]

SETTLED: Final = frozenset({"stated", "resolved"})
DATE_FIELDS: Final = ("started_on", "ended_on", "date_basis", "date_precision")
PLACE_FIELDS: Final = ("place_entity_id", "place_basis")


def is_settled(basis: str | None) -> bool:
    """Tell a date that a text states from a day that stands in for it."""
    return basis in SETTLED


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Sort: settled dates first, asserted, occurred before planned, latest publication, release_id."""
    by_release = sorted(reports, key=lambda r: r["release_id"])
    by_day = sorted(by_release, key=lambda r: r["published_on"] or "", reverse=True)  # stable, null last
    return sorted(
        by_day,
        key=lambda r: (
            not (is_settled(r["date_basis"]) and r["started_on"]),
            r["assertion"] != "asserted",
            r["status"] != "occurred",
        ),
    )


def fold_event(event_id: str, reports: Iterable[Report]) -> dict[str, Any]:
    """Return the row of `events` for the reports of one event.

    Each column takes the first value that is not null; a date and its basis go together, and so do
    a place and its basis. Only an asserted report makes an event occurred.
    """
    ordered = in_order(reports)
    first = ordered[0]
    dated = next((r for r in ordered if r["started_on"]), first)
    placed = next((r for r in ordered if r["place_entity_id"]), first)
    days = [r["published_on"] for r in ordered if r["published_on"]]
    statuses = [r["status"] for r in ordered if r["assertion"] == "asserted" or r["status"] != "occurred"]
    return {
        "event_id": event_id,
        "name": next((r["name"] for r in ordered if r["name"]), None),
        "type": first["type"],
        "form": first["form"],
        "status": statuses[0] if statuses else None,
        **{field: dated[field] for field in DATE_FIELDS},
        "date_settled": is_settled(dated["date_basis"]),
        **{field: placed[field] for field in PLACE_FIELDS},
        "report_count": len(ordered),
        "publisher_count": len({r["issuer_entity_id"] or f"source:{r['source_id']}" for r in ordered}),
        "first_published_on": min(days) if days else None,
    }


def fold_participants(
    event_id: str, reports: Iterable[Report], participants: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[tuple[Any, ...]]:
    """Return the rows of `event_participants`: the union; each column takes the first value not null.

    `participants` are those of each report by release_id.
    """
    union: dict[tuple[str, str], list[str | None]] = {}
    for report in in_order(reports):
        for p in participants.get(report["release_id"], ()):
            values = union.setdefault((p["entity_id"], p["role"]), [None, None, None])
            for i, field in enumerate(("function", "country", "office")):
                if values[i] is None:
                    values[i] = p[field]
    return [(event_id, *key, *values) for key, values in sorted(union.items())]
