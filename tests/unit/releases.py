"""A release made of a text of our own, as the unit tests of reading need it."""

from __future__ import annotations

from typing import Any

from streams.annotate import annotate
from streams.annotation import Annotation, Report
from streams.records import CleanRelease


def release_of(text: str, title: str | None = None, **fields: Any) -> CleanRelease:
    """`title` above `text`, in English, without a publisher or a day unless `fields` say so."""
    known = {"schema_version": 1, "release_id": "r", "source_id": "s", "source_ref": "r", "language": "en"}
    known |= {"content_hash": "h1:0", "fetched_at": "2025-01-01T00:00:00.000000Z"}
    return CleanRelease(
        **(known | {"text": f"{title}\n\n{text}" if title else text, "title": title} | fields)
    )


def read(text: str, title: str | None = None, day: str | None = "2024-03-05", **fields: Any) -> Annotation:
    """What is read out of a text that was published on `day`."""
    if day:
        fields = {"published_on": day, "published_precision": "day", "published_basis": "header"} | fields
    return annotate(release_of(text, title, **fields))


def main_of(found: Annotation) -> Report:
    return next(r for r in found.reports if r.main)


def further(found: Annotation, kind: str, form: str) -> Report:
    """The first report beside the main one of a type and a form."""
    return next(r for r in found.reports if not r.main and (r.type, r.form) == (kind, form))


def names_of(found: Annotation, report: Report) -> dict[str, str]:
    """The participants of a report: name to role."""
    known = {e.entity_id: e.name for e in found.entities}
    return {known.get(p.entity_id, p.entity_id): p.role for p in report.participants}
