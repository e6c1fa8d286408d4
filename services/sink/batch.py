"""What the sink takes from the log: one item for each message, decoded before any transaction begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Struct

from streams.annotation import DateMention, Figure, Mention
from streams.codec import Origin, decode, header_map, is_observation, origin_of
from streams.dead_letters import Reason, is_time, split
from streams.errors import WrongSchema
from streams.records import AnnotatedRelease, Observation
from streams.topics import Topic


class Original(NamedTuple):
    """A message as it came, in case the database refuses what it says."""

    key: bytes | None = None
    value: bytes = b""
    headers: Mapping[str, bytes] = {}


NOWHERE: Final = Original()  # of an item that came from no message


@dataclass(frozen=True, slots=True)
class Stored:
    """A derived record to store."""

    origin: Origin
    record: AnnotatedRelease
    message: Original = NOWHERE


@dataclass(frozen=True, slots=True)
class Observed:
    """A withdrawal or a return to remember."""

    origin: Origin
    observation: Observation
    message: Original = NOWHERE


@dataclass(frozen=True, slots=True)
class Dead:
    """A dead letter to keep, whole."""

    origin: Origin
    reason: Reason
    payload: bytes | None
    headers: dict[str, str]


Item = Stored | Observed | Dead


def read(
    topic: Topic,
    position: Origin,
    value: bytes | None,
    headers: Any,
    key: bytes | None = None,
) -> Item:
    """Decode one message of `events` or `dead-letters`; raises `BadRecord` if it is neither."""
    named = header_map(headers)
    origin = origin_of(named, *position)
    if topic is Topic.DEAD:
        reason, rest = split(named)
        return Dead(origin, reason, value or None, rest)
    original = Original(key, value or b"", named)
    if is_observation(named):
        seen = decode(value, Observation)
        _check_storable(seen, value)
        _check_time(seen.fetched_at)
        return Observed(origin, seen, original)
    record = decode(value, AnnotatedRelease)
    if not record.release.release_id or not record.release.content_hash:
        raise WrongSchema("the record has no release_id or no content_hash")
    _check_storable(record, value)
    _check_times(record)
    _check_spans(record)
    _check_references(record)
    return Stored(origin, record, original)


def _check_storable(record: Struct, value: bytes | None) -> None:
    """Refuse NUL, which PostgreSQL cannot hold and SQLite would."""
    if b"\\u0000" in (value or b"") and _has_nul(msgspec.to_builtins(record)):
        raise WrongSchema("a text holds the character NUL")


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(v) for v in value.values())
    return isinstance(value, list | tuple) and any(_has_nul(v) for v in value)


def _check_times(record: AnnotatedRelease) -> None:
    """Refuse what is no time or day: SQLite would hold it as text, PostgreSQL not at all."""
    release, found = record.release, record.annotation
    _check_time(release.fetched_at)
    if release.published_at is not None:
        _check_time(release.published_at)
    days = [release.published_on]
    for date in found.dates:
        days += [date.start_on, date.end_on]
    for report in found.reports:
        days += [report.started_on, report.ended_on]
    for figure in found.figures:
        days += [figure.period_start, figure.period_end]
    for day in {d for d in days if d is not None}:
        try:
            is_day = len(day) == 10 and dt.date.fromisoformat(day) is not None
        except ValueError:
            is_day = False
        if not is_day:
            raise WrongSchema(f"{day!r} is not a day (YYYY-MM-DD)")


def _check_time(said: str) -> None:
    if not is_time(said):
        raise WrongSchema(f"{said!r} is not a time (YYYY-MM-DDTHH:MM:SS.ffffffZ)")


def _check_references(record: AnnotatedRelease) -> None:
    """Refuse facts about an entity that the record does not bring: another's row must not stand in for it."""
    found = record.annotation
    used = {m.entity_id for m in found.mentions}
    for report in found.reports:
        used |= {p.entity_id for p in report.participants} | {report.place_entity_id or ""}
    if missing := used - {e.entity_id for e in found.entities} - {""}:
        raise WrongSchema(f"the record speaks of {min(missing)!r} without bringing it")


def _check_spans(record: AnnotatedRelease) -> None:
    """Refuse a record whose spans do not match its text: a bug upstream must not reach the tables."""
    text, found = record.release.text, record.annotation
    spans: tuple[Mention | DateMention | Figure, ...] = (*found.mentions, *found.dates, *found.figures)
    for span in spans:
        if text[span.start_char : span.end_char] != span.surface:
            raise WrongSchema(f"span {span.start_char}-{span.end_char} is not {span.surface!r}")
    for report in found.reports:
        if text[report.start_char : report.end_char] != report.quote:
            raise WrongSchema(f"quote {report.start_char}-{report.end_char} is not {report.quote!r}")
