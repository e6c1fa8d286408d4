"""The fold of reports to events in the database, and the links between events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from services.database import bulk
from services.database import tables as t
from services.sink.events import fold_event, fold_participants
from services.sink.links import keys, link
from services.sink.rows import Row, Rows
from streams.records import AnnotatedRelease

Event = dict[str, Any]
EVENT_COLUMNS: Final = tuple(c.name for c in t.events.columns)
REPORT_COLUMNS: Final = tuple(c.name for c in t.event_reports.columns)
OF_RELEASE: Final = ("published_on", "source_id", "issuer_entity_id")
PARTICIPANT_COLUMNS: Final = tuple(c.name for c in t.report_participants.columns)


class Touched(NamedTuple):
    """The events of a transaction: those that stood there before, and as they are now (gone if missing)."""

    before: dict[str, Event]
    now: dict[str, Event]
    participants: dict[str, list[Row]]


class _Reports(NamedTuple):
    """Reports by event, and the participants of each by event and release."""

    reports: dict[str, list[dict[str, Any]]]
    participants: dict[str, dict[str, list[dict[str, Any]]]]

    def fold(self, event_id: str) -> tuple[Event, list[Row]]:
        """Return the row of an event and those of its participants."""
        some = self.reports[event_id]
        return fold_event(event_id, some), fold_participants(event_id, some, self.participants[event_id])


def of_releases(connection: sa.Connection, release_ids: list[str]) -> set[str]:
    """Return the events that some releases report."""
    if not release_ids:
        return set()
    table = t.event_reports
    query = sa.select(table.c.event_id).where(bulk.among(table.c.release_id, release_ids))
    return set(connection.scalars(query))


def prepare(
    connection: sa.Connection, touched_before: set[str], rows: Rows, records: Iterable[AnnotatedRelease]
) -> Touched:
    """Read the events that are touched, and insert the new ones: all their reports are in `rows`."""
    reported = {row[0] for row in rows[t.event_reports]}
    before = _load(connection, touched_before | reported)
    made = _reports_of(rows, records, reported - set(before))
    folded = {event_id: made.fold(event_id) for event_id in sorted(made.reports)}
    events = {event_id: event for event_id, (event, _) in folded.items()}
    participants = {event_id: some for event_id, (_, some) in folded.items()}
    bulk.insert(connection, t.events, [tuple(e[name] for name in EVENT_COLUMNS) for e in events.values()])
    bulk.insert(connection, t.event_participants, [row for some in participants.values() for row in some])
    return Touched(before, events, participants)


def _reports_of(rows: Rows, records: Iterable[AnnotatedRelease], wanted: set[str]) -> _Reports:
    """Return the reports of new events from what is about to be inserted."""
    releases = {
        r.release.release_id: (r.release.published_on, r.release.source_id, r.annotation.issuer_entity_id)
        for r in records
    }
    found = _Reports(defaultdict(list), defaultdict(lambda: defaultdict(list)))
    for row in rows[t.event_reports]:
        if row[0] in wanted:
            report = dict(zip(REPORT_COLUMNS, row, strict=True))
            found.reports[row[0]].append(report | dict(zip(OF_RELEASE, releases[row[1]], strict=True)))
    for row in sorted(rows[t.report_participants], key=lambda r: r[:4]):
        if row[0] in wanted:
            found.participants[row[0]][row[1]].append(dict(zip(PARTICIPANT_COLUMNS, row, strict=True)))
    return found


def refold(connection: sa.Connection, touched: Touched) -> None:
    """Recompute every event that stood there before from its reports; delete those without."""
    loaded = _load_reports(connection, touched.before)
    gone = sorted(set(touched.before) - set(loaded.reports))
    for column in (t.event_links.c.event_id, t.event_links.c.other_event_id, t.event_keys.c.event_id):
        bulk.delete(connection, column, gone)
    folded = {event_id: loaded.fold(event_id) for event_id in sorted(loaded.reports)}
    changed = [event for event_id, (event, _) in folded.items() if event != touched.before[event_id]]
    bulk.update(connection, t.events, changed)
    participants = {event_id: list[Row]() for event_id in gone} | {e: some for e, (_, some) in folded.items()}
    _write_participants(connection, participants)
    bulk.delete(connection, t.events.c.event_id, gone)
    touched.now.update({event_id: event for event_id, (event, _) in folded.items()})
    touched.participants.update({event_id: some for event_id, (_, some) in folded.items()})


def _write_participants(connection: sa.Connection, wanted: Mapping[str, list[Row]]) -> None:
    """Replace the participants of those events in which they changed."""
    table = t.event_participants
    before = _rows_of(connection, table, wanted)
    changed = [e for e, rows in wanted.items() if sorted(rows, key=repr) != sorted(before[e], key=repr)]
    bulk.delete(connection, table.c.event_id, changed)
    bulk.insert(connection, table, [row for event_id in changed for row in wanted[event_id]])


def _rows_of(connection: sa.Connection, table: sa.Table, event_ids: Iterable[str]) -> dict[str, list[Row]]:
    """Load the rows of a table whose first column is `event_id`, by event."""
    found: dict[str, list[Row]] = defaultdict(list)
    if some := list(event_ids):
        for row in connection.execute(sa.select(table).where(bulk.among(table.c.event_id, some))):
            found[row[0]].append(tuple(row))
    return found


def _load(connection: sa.Connection, event_ids: Iterable[str]) -> dict[str, Event]:
    rows = _rows_of(connection, t.events, event_ids)
    return {event_id: dict(zip(EVENT_COLUMNS, row, strict=True)) for event_id, (row,) in rows.items()}


def _load_reports(connection: sa.Connection, event_ids: Iterable[str]) -> _Reports:
    """Load all reports of some events, with their participants in a fixed order."""
    reports, releases = t.event_reports, t.releases
    found = _Reports(defaultdict(list), defaultdict(lambda: defaultdict(list)))
    if not (some := list(event_ids)):
        return found
    query = (
        sa.select(reports, *(releases.c[name] for name in OF_RELEASE))
        .join(releases, releases.c.release_id == reports.c.release_id)
        .where(bulk.among(reports.c.event_id, some))
    )
    names = REPORT_COLUMNS + OF_RELEASE
    for report in connection.execute(query):
        found.reports[report[0]].append(dict(zip(names, report, strict=True)))
    for event_id, rows in _rows_of(connection, t.report_participants, some).items():
        for row in sorted(rows, key=lambda r: r[:4]):
            found.participants[event_id][row[1]].append(dict(zip(PARTICIPANT_COLUMNS, row, strict=True)))
    return found


def relink(connection: sa.Connection, touched: Touched) -> None:
    """Recompute the links of the touched events with all that share a key with them."""
    alive = touched.now
    wanted = {
        event_id: keys(event, ((row[1], row[4]) for row in touched.participants[event_id]))
        for event_id, event in alive.items()
    }
    known = sorted(set(touched.before) & set(alive))
    _write_keys(connection, wanted, known)
    for column in (t.event_links.c.event_id, t.event_links.c.other_event_id):
        bulk.delete(connection, column, known)
    bulk.insert(connection, t.event_links, _links(connection, alive, wanted))


def _write_keys(connection: sa.Connection, wanted: Mapping[str, set[str]], known: Sequence[str]) -> None:
    """Replace the keys of events in which they changed; only those of `known` stood there before."""
    before = {e: {key for _, key in rows} for e, rows in _rows_of(connection, t.event_keys, known).items()}
    changed = sorted(e for e, some in wanted.items() if some != before.get(e, set()))
    bulk.delete(connection, t.event_keys.c.event_id, [e for e in changed if e in before])
    bulk.insert(connection, t.event_keys, [(e, key) for e in changed for key in sorted(wanted[e])])


def _links(
    connection: sa.Connection, alive: Mapping[str, Event], wanted: Mapping[str, set[str]]
) -> list[Row]:
    bearers: dict[str, set[str]] = defaultdict(set)
    every_key = sorted(set().union(*wanted.values()))
    if not every_key:
        return []
    query = sa.select(t.event_keys).where(bulk.among(t.event_keys.c.key, every_key))
    for event_id, key in connection.execute(query):
        bearers[key].add(event_id)
    others = set().union(*bearers.values()) - set(alive)
    every = {**alive, **_load(connection, others)}
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, some_events in bearers.items():
        for one in some_events & set(alive):
            for other in some_events - {one}:
                shared[one, other].add(key)
                shared[other, one].add(key)
    rows: list[Row] = []
    for (one, other), common in sorted(shared.items()):
        if one in every and other in every and (found := link(every[one], every[other], common)):
            rows.append((one, other, *found))
    return rows
