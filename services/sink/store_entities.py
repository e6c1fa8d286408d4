"""The fold of facts to entities in the database: names, deletion of unused ones, whom we take them to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import sqlalchemy as sa

from services.database import bulk
from services.database import tables as t
from services.database.identity import Known, canonical, match_key
from services.sink.rows import Row
from streams.annotation import Entity
from streams.extract.folding import normal
from streams.records import AnnotatedRelease

COUNTRY: Final = "country"
Use = tuple[str, str, str]  # release_id, entity_id, name
Stored = dict[str, dict[str, tuple[str, str | None]]]  # entity_id -> name -> match key, language


class Changes(NamedTuple):
    """What new facts change about entities."""

    doubtful: set[str]  # entities that may have lost a name: what they are called is read from all facts
    gained: dict[str, dict[str, str | None]]  # entity -> name -> language, of the new facts


class Touched(NamedTuple):
    """The entities of a transaction, as they stood before it changes their names."""

    made: Changes
    rows: dict[str, tuple[str, str]]  # entity_id -> kind, name
    stored: Stored


def uses_of(connection: sa.Connection, release_ids: list[str]) -> set[Use]:
    """Return by which names the stored facts of some releases use which entities."""
    if not release_ids:
        return set()
    table = t.release_entities
    query = sa.select(table).where(bulk.among(table.c.release_id, release_ids))
    return {(release_id, entity_id, name) for release_id, entity_id, name in connection.execute(query)}


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


def prepare(connection: sa.Connection, made: Changes, records: Iterable[AnnotatedRelease]) -> Touched:
    """Read the entities that are touched, and insert those without a row, so that facts can refer to them."""
    entities, names = t.entities, t.entity_names
    rows: dict[str, tuple[str, str]] = {}
    stored: Stored = defaultdict(dict)
    query = (
        sa.select(entities.c.entity_id, entities.c.kind, entities.c.name)
        .add_columns(names.c.name, names.c.match_key, names.c.language)
        .outerjoin(names, names.c.entity_id == entities.c.entity_id)
        .where(bulk.among(entities.c.entity_id, made.doubtful | set(made.gained)))
    )
    for entity_id, kind, name, surface, key, language in connection.execute(query):
        rows[entity_id] = kind, name
        if surface is not None:
            stored[entity_id][surface] = key, language
    new = {
        e.entity_id: _new_row(e, made.gained[e.entity_id])
        for record in records
        for e in record.annotation.entities
        if e.entity_id not in rows
    }
    bulk.insert(connection, entities, [row for _, row in sorted(new.items())])
    rows |= {entity_id: (row[2], row[3]) for entity_id, row in new.items()}
    return Touched(made, rows, stored)


def _new_row(e: Entity, names: Iterable[str]) -> Row:
    """Return the row of a new entity, which is its own canonical one for now."""
    name = e.name if e.kind == COUNTRY else longest(names)
    return (
        e.entity_id,
        e.entity_id,
        e.kind,
        name,
        e.country,
        e.wikidata_id,
        e.geonames_id,
        e.latitude,
        e.longitude,
    )


def longest(names: Iterable[str]) -> str:
    """Return the longest of some names, then the greatest, so that diacritics win."""
    return max(names, key=lambda name: (len(name), name))


def refold(connection: sa.Connection, touched: Touched) -> None:
    """Bring names of the changed entities up to date, delete unused ones, and settle whom we take them to be.

    What was only added to is not read again from all facts: a country stands in every other release.
    """
    made, stored = touched.made, touched.stored
    wanted = _names_in_facts(connection, made.doubtful)
    for entity_id in set(made.gained) - made.doubtful:
        names = {name: language for name, (_, language) in stored.get(entity_id, {}).items()}
        for name, language in made.gained[entity_id].items():
            names[name] = _first(names.get(name), language)
        wanted[entity_id] = names
    unused = sorted(e for e in touched.rows if not wanted.get(e))
    changed = sorted(e for e in touched.rows if wanted.get(e, {}).keys() != stored.get(e, {}).keys())
    keys = _write_names(connection, wanted, touched)
    _write_longest(connection, {e: wanted[e] for e in changed if wanted.get(e)}, touched.rows)
    bulk.delete(connection, t.entity_names.c.entity_id, unused)
    bulk.delete(connection, t.entities.c.entity_id, unused)
    keys |= {key for e in changed for key, _ in stored.get(e, {}).values()}
    if changed:
        _settle(connection, keys)


def _names_in_facts(connection: sa.Connection, entity_ids: set[str]) -> dict[str, dict[str, str | None]]:
    """Return name -> language of each entity, by all facts."""
    uses, releases = t.release_entities, t.releases
    wanted: dict[str, dict[str, str | None]] = defaultdict(dict)
    if not entity_ids:
        return wanted
    query = (
        sa.select(uses.c.entity_id, uses.c.name, sa.func.min(releases.c.language))
        .join(releases, releases.c.release_id == uses.c.release_id)
        .where(bulk.among(uses.c.entity_id, entity_ids))
        .group_by(uses.c.entity_id, uses.c.name)
    )
    for entity_id, name, language in connection.execute(query):
        wanted[entity_id][name] = language
    return wanted


def _write_names(
    connection: sa.Connection, wanted: dict[str, dict[str, str | None]], touched: Touched
) -> set[str]:
    """Bring `entity_names` up to date and return the match keys of the names of changed entities."""
    table, keys = t.entity_names, set[str]()
    gone, new, relabelled = [], [], []
    for entity_id in sorted(wanted):
        there, names = touched.stored.get(entity_id, {}), wanted[entity_id]
        kind = touched.rows[entity_id][0]
        if names.keys() != there.keys():
            keys |= {match_key(kind, name) for name in names}
        for name, language in sorted(names.items()):
            if name not in there:
                new.append((entity_id, name, language, match_key(kind, name)))
            elif there[name][1] != language:
                relabelled.append({"entity_id": entity_id, "name": name, "language": language})
        gone += [{"of": entity_id, "called": name} for name in sorted(there) if name not in names]
    if gone:
        where = (table.c.entity_id == sa.bindparam("of")) & (table.c.name == sa.bindparam("called"))
        connection.execute(sa.delete(table).where(where), gone)
    bulk.update(connection, table, relabelled)
    bulk.insert(connection, table, new)
    return keys


def _write_longest(
    connection: sa.Connection,
    wanted: dict[str, dict[str, str | None]],
    rows: dict[str, tuple[str, str]],
) -> None:
    """Set `name` to the longest form where it changes; a country's is that of the reference data."""
    best = {e: longest(names) for e, names in wanted.items() if rows[e][0] != COUNTRY}
    bulk.update(
        connection,
        t.entities,
        [{"entity_id": e, "name": name} for e, name in best.items() if rows[e][1] != name],
    )


def _settle(connection: sa.Connection, keys: set[str]) -> None:
    """Recompute `canonical_id` of all entities that share a match key, directly or through others."""
    known, before = _component(connection, keys)
    settled = sorted(canonical(known.values()).items())
    bulk.update(
        connection,
        t.entities,
        [{"entity_id": e, "canonical_id": ident} for e, ident in settled if before[e] != ident],
    )


def _component(connection: sa.Connection, keys: set[str]) -> tuple[dict[str, Known], dict[str, str]]:
    """Load the entities that share one of `keys`, and whatever shares a key with these; and their canonical ids."""
    names, entities = t.entity_names, t.entities
    bearers = sa.select(names.c.entity_id).distinct()
    query = (
        sa.select(names.c.entity_id, names.c.name, names.c.match_key)
        .add_columns(entities.c.kind, entities.c.name, entities.c.country, entities.c.canonical_id)
        .add_columns(t.countries.c.kind)
        .join(entities, entities.c.entity_id == names.c.entity_id)
        .outerjoin(t.countries, t.countries.c.code == entities.c.country)
    )
    found: dict[str, Row] = {}
    folded: dict[str, set[str]] = defaultdict(set)
    done: set[str] = set()
    while todo := keys - done:
        done |= todo
        ids = set(connection.scalars(bearers.where(bulk.among(names.c.match_key, todo)))) - set(found)
        if not ids:
            break
        for entity_id, surface, key, *rest in connection.execute(
            query.where(bulk.among(names.c.entity_id, ids))
        ):
            found[entity_id] = tuple(rest)
            folded[entity_id].add(normal(surface))
            keys.add(key)
    known = {e: _known(e, row, folded[e]) for e, row in found.items()}
    return known, {e: row[3] for e, row in found.items()}


def _known(entity_id: str, row: Row, names: set[str]) -> Known:
    kind, name, country, _, country_kind = row
    agreed = kind == "agreement"
    return Known(
        entity_id=entity_id,
        kind=kind,
        name=name,
        country=entity_id.rsplit(":", 1)[-1] or None if agreed else country,
        names=frozenset(n for n in names if n),
        country_is_state=country_kind == "state",
    )
