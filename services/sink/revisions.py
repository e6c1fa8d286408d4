"""The fold of observations to revisions: which one is current, and whose rows count. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from streams.codec import Origin
from streams.records import AnnotatedRelease

_encoder = msgspec.json.Encoder(decimal_format="string")


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a release's content; `record` is null until it is needed from the database."""

    content_hash: str
    first_fetched_at: str
    last_fetched_at: str
    pipeline_version: int
    raw_partition: int
    raw_offset: int
    revision: int = 0
    record: AnnotatedRelease | None = None


def observed(record: AnnotatedRelease, origin: Origin) -> Revision:
    """Return the revision that one record alone would make."""
    release = record.release
    return Revision(
        release.content_hash,
        release.fetched_at,
        release.fetched_at,
        record.pipeline_version,
        origin.partition,
        origin.offset,
        record=record,
    )


def merge(old: Revision | None, new: Revision) -> Revision:
    """Fold two views of one revision: rows of the highest version, then of the smallest origin offset."""
    if old is None:
        return new
    best = min(old, new, key=lambda r: (-r.pipeline_version, r.raw_offset, r.raw_partition))
    return replace(
        best,
        first_fetched_at=min(old.first_fetched_at, new.first_fetched_at),
        last_fetched_at=max(old.last_fetched_at, new.last_fetched_at),
        revision=old.revision,
    )


def ranked(revisions: Iterable[Revision]) -> list[Revision]:
    """Number the revisions of a release from 1 by (first_fetched_at, content_hash)."""
    ordered = sorted(revisions, key=lambda r: (r.first_fetched_at, r.content_hash))
    return [replace(r, revision=i) for i, r in enumerate(ordered, 1)]


def current(revisions: Iterable[Revision]) -> Revision:
    """Return the revision seen last, whatever the versions."""
    return max(revisions, key=lambda r: (r.last_fetched_at, r.content_hash))


def pack(record: AnnotatedRelease) -> bytes:
    """Compress a derived record for `release_revisions.record`."""
    return zlib.compress(_encoder.encode(record), 1)


def unpack(blob: bytes) -> AnnotatedRelease:
    """Return what `pack` was given."""
    return msgspec.json.decode(zlib.decompress(blob), type=AnnotatedRelease)
