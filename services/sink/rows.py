"""What was derived from one release, as rows of the fact tables: pure, in column order."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import sqlalchemy as sa

from services.database import tables as t
from streams.annotation import Report
from streams.records import AnnotatedRelease

Row = tuple[Any, ...]
Rows = dict[sa.Table, list[Row]]

# Facts of a release in the order in which they may be inserted; deleted in reverse.
FACT_TABLES: Final = (
    t.release_topics,
    t.release_entities,
    t.mentions,
    t.dates,
    t.figures,
    t.event_reports,
    t.report_participants,
    t.report_evidence,
    t.event_topics,
)


def fact_rows(record: AnnotatedRelease) -> Rows:
    """Return the rows of every fact table for one release."""
    found, rid = record.annotation, record.release.release_id
    rows: Rows = defaultdict(list)
    rows[t.release_topics] = [(rid, x.topic, x.score, x.rank, x.start_char, x.end_char) for x in found.topics]
    rows[t.release_entities] = [
        (rid, e.entity_id, name) for e in found.entities for name in dict.fromkeys((e.name, *e.names))
    ]
    rows[t.mentions] = [
        (rid, m.start_char, m.end_char, m.entity_id, m.surface, m.use, m.office, m.office_level)
        + (m.office_state, m.country)
        for m in found.mentions
    ]
    rows[t.dates] = [
        (rid, d.start_char, d.end_char, d.surface, d.start_on, d.end_on, d.granularity) for d in found.dates
    ]
    rows[t.figures] = [
        (rid, f.start_char, f.end_char, f.surface, f.kind, f.value, f.value_max, f.unit, f.qualifier)
        + (f.measure, f.stage, f.nature, f.purpose, f.period_start, f.period_end)
        + (f.subject_country, f.partner_country)
        for f in found.figures
    ]
    for report in found.reports:
        _add_report(rows, rid, report)
    return rows


def _add_report(rows: Rows, rid: str, r: Report) -> None:
    rows[t.event_reports].append(
        (r.event_id, rid, r.main, r.name, r.type, r.form, r.status, r.assertion, r.started_on, r.ended_on)
        + (r.date_basis, r.date_precision, r.place_entity_id, r.place_basis, r.quote, r.start_char)
        + (r.end_char, r.rule)
    )
    seen: set[tuple[str, str]] = set()
    for p in r.participants:
        if (p.entity_id, p.role) not in seen:
            seen.add((p.entity_id, p.role))
            rows[t.report_participants].append(
                (r.event_id, rid, p.entity_id, p.role, p.function, p.country, p.office)
            )
    evidence = dict.fromkeys((e.field, e.start_char, e.end_char) for e in r.evidence)
    rows[t.report_evidence] += [(r.event_id, rid, *e) for e in evidence]
    rows[t.event_topics] += [(r.event_id, rid, x.topic, x.score) for x in r.topics]


def release_row(record: AnnotatedRelease) -> dict[str, Any]:
    """Return the columns of `releases` that come from the record alone."""
    release, found = record.release, record.annotation
    return {
        "release_id": release.release_id,
        "source_id": release.source_id,
        "source_ref": release.source_ref,
        "url": release.url,
        "title": release.title,
        "text": release.text,
        "language": release.language,
        "kind": found.kind,
        "genre": found.genre,
        "issuer_entity_id": found.issuer_entity_id,
        "issuer_country": found.issuer_country,
        "published_at": release.published_at,
        "published_on": release.published_on,
        "published_precision": release.published_precision,
        "published_basis": release.published_basis,
        "content_hash": release.content_hash,
        "pipeline_version": record.pipeline_version,
        "annotated_by": found.annotated_by,
    }
