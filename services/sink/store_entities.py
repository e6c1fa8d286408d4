"""The fold of facts to entities in the database: names, deletion of unused ones, whom we take them to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from services.database import bulk
from services.database import tables as t
from services.database.identity import Known, canonical, match_key
from services.sink.rows import Row
from streams.extract.folding import normal

Use = tuple[str, str, str]  # release_id, entity_id, name


class Changes(NamedTuple):
    """What new facts change about entities."""

    doubtful: set[str]  # entities that may have lost a name: what they are called is read from all facts
    gained: dict[str, dict[str, str | None]]  # entity -> name -> language, of the new facts


def uses_of(connection: sa.Connection, release_ids: Iterable[str]) -> set[Use]:
    """Return by which names the stored facts of some releases use which entities."""
    table, found = t.release_entities, set[Use]()
    for some in bulk.chunks(release_ids):
        found |= {
            tuple(row) for row in connection.execute(sa.select(table).where(table.c.release_id.in_(some)))
        }
    return found


def changes(
    before: set[Use], after: Iterable[Use], languages: Mapping[str, str | None], relabelled: set[str]
) -> Changes:
    """Return what replacing the uses `before` by those `after` changes.

    `languages` are those of the releases now, `relabelled` the releases whose language is another one.
    """
    new = set(after)
    doubtful = {entity_id for _, entity_id, _ in before - new}
    doubtful |= {entity_id for release_id, entity_id, _ in before if release_id in relabelled}
    gained: dict[str, dict[str, str | None]] = defaultdict(dict)
    for release_id, entity_id, name in new:
        names = gained[entity_id]
        names[name] = _first(names.get(name), languages[release_id])
    return Changes(doubtful, gained)


def _first(*languages: str | None) -> str | None:
    """The first language by name; what is not known comes after all."""
    return min((x for x in languages if x is not None), default=None)


def existing(connection: sa.Connection, entity_ids: Iterable[str]) -> set[str]:
    """Return those of `entity_ids` that have a row."""
    found = set[str]()
    for some in bulk.chunks(entity_ids):
        found |= set(
            connection.scalars(sa.select(t.entities.c.entity_id).where(t.entities.c.entity_id.in_(some)))
        )
    return found


def insert_missing(connection: sa.Connection, rows: dict[str, Row]) -> None:
    """Insert the entities that have no row yet."""
    there = existing(connection, rows)
    bulk.insert(connection, t.entities, [row for key, row in sorted(rows.items()) if key not in there])


def refold(connection: sa.Connection, made: Changes) -> None:
    """Bring names of the changed entities up to date, delete unused ones, and settle whom we take them to be.

    What was only added to is not read again from all facts: a country stands in every other release.
    """
    touched = made.doubtful | set(made.gained)
    wanted = _names_in_facts(connection, made.doubtful)
    stored = _names_stored(connection, touched)
    for entity_id in set(made.gained) - made.doubtful:
        names = {name: language for name, (_, language) in stored.get(entity_id, {}).items()}
        for name, language in made.gained[entity_id].items():
            names[name] = _first(names.get(name), language)
        wanted[entity_id] = names
    kinds = _kinds(connection, touched)
    unused = {e for e in touched if not wanted.get(e)}
    changed = {e for e in touched if set(wanted.get(e, ())) != set(stored.get(e, ()))}
    _write_names(connection, wanted, stored, kinds)
    _write_longest(connection, {e: wanted[e] for e in changed - unused})
    if unused:
        bulk.delete(connection, t.entity_names.c.entity_id, sorted(unused))
        bulk.delete(connection, t.entities.c.entity_id, sorted(unused))
    keys = {match_key(kinds[e], name) for e in changed if e in kinds for name in wanted.get(e, ())}
    keys |= {key for e in changed for key, _ in stored.get(e, {}).values()}
    if changed:
        _settle(connection, keys)


def _names_in_facts(connection: sa.Connection, entity_ids: Iterable[str]) -> dict[str, dict[str, str | None]]:
    """Return name -> language of each entity, by all facts."""
    uses, releases = t.release_entities, t.releases
    wanted: dict[str, dict[str, str | None]] = defaultdict(dict)
    for some in bulk.chunks(entity_ids):
        query = (
            sa.select(uses.c.entity_id, uses.c.name, sa.func.min(releases.c.language))
            .join(releases, releases.c.release_id == uses.c.release_id)
            .where(uses.c.entity_id.in_(some))
            .group_by(uses.c.entity_id, uses.c.name)
        )
        for entity_id, name, language in connection.execute(query):
            wanted[entity_id][name] = language
    return wanted


def _kinds(connection: sa.Connection, entity_ids: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in bulk.chunks(entity_ids):
        rows = sa.select(t.entities.c.entity_id, t.entities.c.kind).where(t.entities.c.entity_id.in_(some))
        found |= {entity_id: kind for entity_id, kind in connection.execute(rows)}
    return found


Stored = dict[str, dict[str, tuple[str, str | None]]]  # entity_id -> name -> match key, language


def _names_stored(connection: sa.Connection, touched: Iterable[str]) -> Stored:
    table = t.entity_names
    found: Stored = defaultdict(dict)
    for some in bulk.chunks(touched):
        query = sa.select(table.c.entity_id, table.c.name, table.c.match_key, table.c.language)
        for entity_id, name, *rest in connection.execute(query.where(table.c.entity_id.in_(some))):
            found[entity_id][name] = rest[0], rest[1]
    return found


def _write_names(
    connection: sa.Connection,
    wanted: dict[str, dict[str, str | None]],
    stored: Stored,
    kinds: dict[str, str],
) -> None:
    table, gone, new = t.entity_names, [], []
    for entity_id in sorted(wanted):
        there = stored.get(entity_id, {})
        new += [
            (entity_id, name, language, match_key(kinds[entity_id], name))
            for name, language in sorted(wanted[entity_id].items())
            if name not in there or there[name][1] != language
        ]
        names = wanted[entity_id]
        gone += [(entity_id, n) for n, (_, was) in sorted(there.items()) if n not in names or names[n] != was]
    for entity_id, name in gone:
        connection.execute(sa.delete(table).where((table.c.entity_id == entity_id) & (table.c.name == name)))
    bulk.insert(connection, table, new)


def _write_longest(connection: sa.Connection, wanted: dict[str, dict[str, str | None]]) -> None:
    """Set `name` to the longest form, then the greatest (so diacritics win), where it changes."""
    table = t.entities
    longest = {e: max(names, key=lambda n: (len(n), n)) for e, names in wanted.items() if names}
    for some in bulk.chunks(sorted(longest)):
        query = sa.select(table.c.entity_id, table.c.name, table.c.kind).where(table.c.entity_id.in_(some))
        for entity_id, name, kind in connection.execute(query).all():
            if kind != "country" and name != longest[entity_id]:
                connection.execute(
                    sa.update(table).where(table.c.entity_id == entity_id).values(name=longest[entity_id])
                )


def _settle(connection: sa.Connection, keys: set[str]) -> None:
    """Recompute `canonical_id` of all entities that share a match key, directly or through others."""
    known = _component(connection, keys)
    table = t.entities
    before: dict[str, str] = {}
    for some in bulk.chunks(sorted(known)):
        query = sa.select(table.c.entity_id, table.c.canonical_id).where(table.c.entity_id.in_(some))
        before |= {entity_id: was for entity_id, was in connection.execute(query)}
    for entity_id, ident in sorted(canonical(known.values()).items()):
        if before[entity_id] != ident:
            connection.execute(
                sa.update(table).where(table.c.entity_id == entity_id).values(canonical_id=ident)
            )


def _component(connection: sa.Connection, keys: set[str]) -> dict[str, Known]:
    """Load the entities that share one of `keys`, and whatever shares a key with these."""
    names, entities = t.entity_names, t.entities
    known: dict[str, Known] = {}
    done: set[str] = set()
    while todo := keys - done:
        done |= todo
        ids = set[str]()
        for some in bulk.chunks(sorted(todo)):
            query = sa.select(names.c.entity_id).distinct().where(names.c.match_key.in_(some))
            ids |= set(connection.scalars(query))
        rows: dict[str, dict[str, Any]] = {}
        for some in bulk.chunks(sorted(ids - set(known))):
            query_rows = (
                sa.select(
                    names.c.entity_id,
                    names.c.name.label("surface"),
                    names.c.match_key,
                    entities.c.kind,
                    entities.c.name,
                    entities.c.country,
                    t.countries.c.kind.label("country_kind"),
                )
                .join(entities, entities.c.entity_id == names.c.entity_id)
                .outerjoin(t.countries, t.countries.c.code == entities.c.country)
                .where(names.c.entity_id.in_(some))
            )
            for row in connection.execute(query_rows).mappings():
                one = rows.setdefault(row["entity_id"], dict(row) | {"names": set()})
                one["names"].add(normal(row["surface"]))
                keys.add(row["match_key"])
        known |= {entity_id: _known(row) for entity_id, row in rows.items()}
    return known


def _known(row: dict[str, Any]) -> Known:
    agreed = row["kind"] == "agreement"
    return Known(
        entity_id=row["entity_id"],
        kind=row["kind"],
        name=row["name"],
        country=row["entity_id"].rsplit(":", 1)[-1] or None if agreed else row["country"],
        names=frozenset(n for n in row["names"] if n),
        country_is_state=row["country_kind"] == "state",
    )
