"""The fold of reports to events in the database, and the links between events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from services.database import bulk
from services.database import tables as t
from services.sink.events import fold_event, fold_participants
from services.sink.links import keys, link
from services.sink.rows import Row


def of_releases(connection: sa.Connection, release_ids: Iterable[str]) -> set[str]:
    """Return the events that some releases report."""
    table, found = t.event_reports, set[str]()
    for some in bulk.chunks(release_ids):
        found |= set(connection.scalars(sa.select(table.c.event_id).where(table.c.release_id.in_(some))))
    return found


def insert_missing(connection: sa.Connection, reports: dict[str, Row]) -> None:
    """Insert events that have no row yet, so that reports can refer to them; `refold` fills them."""
    table, there = t.events, set[str]()
    for some in bulk.chunks(reports):
        there |= set(connection.scalars(sa.select(table.c.event_id).where(table.c.event_id.in_(some))))
    names = [c.name for c in t.event_reports.columns]
    rows = []
    for event_id in sorted(set(reports) - there):
        report = dict(zip(names, reports[event_id], strict=True))
        known = {"date_settled": False, "report_count": 0, "publisher_count": 0}
        rows.append({"event_id": event_id, "type": report["type"], "form": report["form"], **known})
    bulk.upsert(connection, table, rows, keep=True)


def refold(connection: sa.Connection, touched: set[str]) -> None:
    """Recompute every touched event from its reports; delete those without."""
    reports = _load_reports(connection, touched)
    participants = _load_participants(connection, touched)
    gone = sorted(touched - set(reports))
    for table in (t.event_links.c.event_id, t.event_links.c.other_event_id, t.event_keys.c.event_id):
        bulk.delete(connection, table, gone)
    before = _load(connection, t.events, touched)
    rows = [fold_event(e, r) for e, r in sorted(reports.items())]
    bulk.upsert(connection, t.events, [row for row in rows if before.get(row["event_id"], [None])[0] != row])
    _write_participants(connection, touched, reports, participants)
    bulk.delete(connection, t.events.c.event_id, gone)


def _write_participants(
    connection: sa.Connection,
    touched: set[str],
    reports: dict[str, list[dict[str, Any]]],
    participants: dict[str, dict[str, list[dict[str, Any]]]],
) -> None:
    """Replace the participants of those events in which they changed."""
    before = {
        event_id: sorted(tuple(row.values()) for row in rows)
        for event_id, rows in _load(connection, t.event_participants, touched).items()
    }
    changed, new = [], []
    for event_id in sorted(touched):
        rows = fold_participants(event_id, reports.get(event_id, ()), participants.get(event_id, {}))
        if sorted(rows, key=repr) != sorted(before.get(event_id, []), key=repr):
            changed.append(event_id)
            new += rows
    bulk.delete(connection, t.event_participants.c.event_id, changed)
    bulk.insert(connection, t.event_participants, new)


def _load(
    connection: sa.Connection, table: sa.Table, event_ids: Iterable[str]
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for some in bulk.chunks(event_ids):
        for row in connection.execute(sa.select(table).where(table.c.event_id.in_(some))).mappings():
            found[row["event_id"]].append(dict(row))
    return found


def _load_reports(connection: sa.Connection, event_ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    reports, releases = t.event_reports, t.releases
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for some in bulk.chunks(event_ids):
        query = (
            sa.select(reports, releases.c.published_on, releases.c.source_id, releases.c.issuer_entity_id)
            .join(releases, releases.c.release_id == reports.c.release_id)
            .where(reports.c.event_id.in_(some))
        )
        for row in connection.execute(query).mappings():
            found[row["event_id"]].append(dict(row))
    return found


def _load_participants(
    connection: sa.Connection, event_ids: Iterable[str]
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return the participants of each report, by event_id and release_id, in a fixed order."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for event_id, rows in _load(connection, t.report_participants, event_ids).items():
        for row in sorted(rows, key=lambda r: (r["release_id"], r["entity_id"], r["role"])):
            found[event_id][row["release_id"]].append(row)
    return found


def relink(connection: sa.Connection, touched: set[str]) -> None:
    """Recompute the links of the touched events with all that share a key with them."""
    alive = {e: rows[0] for e, rows in _load(connection, t.events, touched).items()}
    parties = _load(connection, t.event_participants, alive)
    wanted = {
        event_id: keys(event, ((p["entity_id"], p["country"]) for p in parties.get(event_id, ())))
        for event_id, event in alive.items()
    }
    _write_keys(connection, wanted)
    for column in (t.event_links.c.event_id, t.event_links.c.other_event_id):
        bulk.delete(connection, column, sorted(alive))
    bulk.upsert(connection, t.event_links, _links(connection, alive, wanted), keep=True)


def _write_keys(connection: sa.Connection, wanted: dict[str, set[str]]) -> None:
    before = {
        event_id: {row["key"] for row in rows}
        for event_id, rows in _load(connection, t.event_keys, wanted).items()
    }
    changed = sorted(e for e, some in wanted.items() if some != before.get(e, set()))
    bulk.delete(connection, t.event_keys.c.event_id, changed)
    bulk.insert(connection, t.event_keys, [(e, key) for e in changed for key in sorted(wanted[e])])


def _links(
    connection: sa.Connection, alive: dict[str, dict[str, Any]], wanted: dict[str, set[str]]
) -> list[dict[str, Any]]:
    bearers: dict[str, set[str]] = defaultdict(set)
    for some in bulk.chunks(sorted(set().union(*wanted.values()) if wanted else ())):
        query = sa.select(t.event_keys).where(t.event_keys.c.key.in_(some))
        for event_id, key in connection.execute(query):
            bearers[key].add(event_id)
    others = set().union(*bearers.values()) - set(alive) if bearers else set()
    every = alive | {e: rows[0] for e, rows in _load(connection, t.events, others).items()}
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, some_events in bearers.items():
        for one in some_events & set(alive):
            for other in some_events - {one}:
                shared[one, other].add(key)
                shared[other, one].add(key)
    rows = []
    for (one, other), common in sorted(shared.items()):
        if one in every and other in every and (found := link(every[one], every[other], common)):
            rows.append({"event_id": one, "other_event_id": other, "relation": found[0], "basis": found[1]})
    return rows
