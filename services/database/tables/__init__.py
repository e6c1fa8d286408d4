"""The tables of the data contract, as SQLAlchemy Core tables; the migrations' models."""

from services.database.tables.base import metadata
from services.database.tables.entities import (
    dates,
    entities,
    entity_names,
    figures,
    mentions,
    release_entities,
)
from services.database.tables.events import (
    event_keys,
    event_links,
    event_participants,
    event_reports,
    event_topics,
    events,
    report_evidence,
    report_participants,
)
from services.database.tables.operations import dead_letters, stream_offsets
from services.database.tables.reference import countries, event_types, meta, topics
from services.database.tables.releases import (
    release_observations,
    release_revisions,
    release_topics,
    releases,
)
from services.database.tables.sources import (
    fetch_hosts,
    release_aliases,
    robots_files,
    source_items,
    source_state,
    sources,
)

__all__ = [
    "countries",
    "dates",
    "dead_letters",
    "entities",
    "entity_names",
    "event_keys",
    "event_links",
    "event_participants",
    "event_reports",
    "event_topics",
    "event_types",
    "events",
    "fetch_hosts",
    "figures",
    "mentions",
    "meta",
    "metadata",
    "release_aliases",
    "release_entities",
    "release_observations",
    "release_revisions",
    "release_topics",
    "releases",
    "report_evidence",
    "report_participants",
    "robots_files",
    "source_items",
    "source_state",
    "sources",
    "stream_offsets",
    "topics",
]
