"""The fold of observations to revisions: which one is current, and whose rows count. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import cramjam
import msgspec

from streams.codec import Origin
from streams.records import AnnotatedRelease

_encoder = msgspec.json.Encoder(decimal_format="string")
LEVEL: Final = 1  # of zstd: a third of the time of zlib, and smaller


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
    value: bytes = b""  # the record as it came, if it came from a message


def observed(record: AnnotatedRelease, origin: Origin, value: bytes = b"") -> Revision:
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
        value=value,
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


def numbers(revision: Revision) -> Revision:
    """Return `revision` without its record: what changes where only another observation came."""
    return replace(revision, record=None, value=b"")


def pack(revision: Revision) -> bytes:
    """Compress the derived record of a revision for `release_revisions.record`."""
    return bytes(cramjam.zstd.compress(revision.value or _encoder.encode(revision.record), LEVEL))


def unpack(blob: bytes) -> AnnotatedRelease:
    """Return the record that was packed."""
    return msgspec.json.decode(bytes(cramjam.zstd.decompress(blob)), type=AnnotatedRelease)
