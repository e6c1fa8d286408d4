"""The record types on the topics: frozen structs, JSON on the wire, each with a schema version."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from streams.annotation import Annotation
from streams.closed_sets import PublishedBasis, PublishedPrecision

SCHEMA_VERSION: Final = 1


class RawRelease(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a fetcher or a backfill got, unparsed. `body` is base64 in JSON.

    `title`, `published_at` and `language` are what the surroundings said (a feed entry, a JSON
    object): hints, used where the body itself says nothing better.
    """

    schema_version: Literal[1]
    release_id: str
    source_id: str
    source_ref: str  # the feed entry's GUID or the file's name
    content_hash: str
    fetched_at: str  # YYYY-MM-DDTHH:MM:SS.ffffffZ, the time of the observation
    body: bytes
    media_type: str = "text/plain"
    charset: str | None = None
    url: str | None = None
    title: str | None = None
    published_at: str | None = None  # ISO date or date-time with zone, as stated
    language: str | None = None
    publisher: str | None = None
    publisher_country: str | None = None
    headers: dict[str, str] = {}  # of the HTTP answer, those that matter


class Observation(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A withdrawal (404 or 410 on two polls) or a return: an observation without a body."""

    schema_version: Literal[1]
    release_id: str
    source_id: str
    content_hash: str  # the last one seen
    fetched_at: str
    what: Literal["withdrawn", "returned"]


class CleanRelease(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Title, text, dates and language of one revision.

    `text` is NFC without NUL and begins with the title as its first paragraph where there is one;
    paragraphs are separated by one blank line. All spans count in it.
    """

    schema_version: Literal[1]
    release_id: str
    source_id: str
    source_ref: str
    content_hash: str
    fetched_at: str
    text: str
    title: str | None = None
    url: str | None = None
    language: str | None = None  # ISO 639-1, recognised from the text
    published_at: str | None = None  # YYYY-MM-DDTHH:MM:SS.ffffffZ, only where a time is known
    published_on: str | None = None  # YYYY-MM-DD, the publisher's calendar day
    published_precision: PublishedPrecision | None = None
    published_basis: PublishedBasis | None = None
    publisher: str | None = None
    publisher_country: str | None = None
    pipeline_version: int = 0


class AnnotatedRelease(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Everything derived from one revision: the value of topic `events`."""

    schema_version: Literal[1]
    release: CleanRelease
    annotation: Annotation
    pipeline_version: int
