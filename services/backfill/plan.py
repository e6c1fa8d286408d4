"""From inputs to records: identity and content hash, computed once, before anything is published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.backfill.inputs import Input
from services.database.columns import iso_time
from services.errors import ConfigurationError
from streams.clean import clean
from streams.clean.hashing import bytes_hash, content_hash
from streams.clean.identity import canonical_url, release_id
from streams.records import RawRelease

UNKNOWN_TIME = "1970-01-01T00:00:00.000000Z"


@dataclass(frozen=True, slots=True)
class Planned:
    """One input with its identity; `fetched_at` is null where nothing states it."""

    name: str
    release_id: str
    content_hash: str
    fetched_at: str | None
    size: int


def raw_of(
    given: Input, source_id: str, publisher: tuple[str | None, str | None] = (None, None)
) -> RawRelease:
    """Make the raw record of an input; `content_hash` and `fetched_at` are still provisional."""
    source = given.hints.get("source_id", source_id)
    url = given.hints.get("url")
    if url:
        try:
            url = canonical_url(url)
        except ValueError:
            url = None
    return RawRelease(
        schema_version=1,
        release_id=release_id(source, url or given.ref),
        source_id=source,
        source_ref=given.ref,
        content_hash="",
        fetched_at=stated_time(given) or UNKNOWN_TIME,
        body=given.body,
        media_type=given.media_type,
        charset=given.charset,
        url=url,
        title=given.hints.get("title"),
        published_at=given.hints.get("published_at"),
        language=given.hints.get("language"),
        publisher=publisher[0],
        publisher_country=publisher[1],
    )


def hash_of(raw: RawRelease) -> str:
    """Return the content hash over title and main text, or over the bytes where there is no text."""
    try:
        release = clean(raw)
    except ValueError:  # every bad record is one: it goes on the log all the same
        return bytes_hash(raw.body)
    return content_hash(release.title, release.text)


def stated_time(given: Input) -> str | None:
    """Return the fetch time that the input states, as the records write it; never its publication date."""
    said = given.hints.get("fetched_at")
    if not said:
        return None
    try:
        moment = dt.datetime.fromisoformat(said)
    except ValueError:
        return None
    return iso_time(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))


class Collisions:
    """Two inputs of one run with the same id and different content stop the run, with both names."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str | None, tuple[str, str]]] = {}

    def is_repeat(self, one: Planned) -> bool:
        """Tell whether the same content was there already. Raises `ConfigurationError` on a collision.

        Inputs that state different fetch times are observations of one release, not a collision.
        """
        times = self._seen.setdefault(one.release_id, {})
        if one.fetched_at not in times:
            times[one.fetched_at] = one.content_hash, one.name
            return False
        other_hash, other_name = times[one.fetched_at]
        if other_hash == one.content_hash:
            return True
        raise ConfigurationError(
            f"{other_name} and {one.name} are one release (same address or path) with different content",
            remedy="Give each its own `url`, state `fetched_at`, or backfill them in two runs.",
        )
