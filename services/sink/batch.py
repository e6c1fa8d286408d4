"""What the sink takes from the log: one item for each message, decoded before any transaction begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streams.annotation import DateMention, Figure, Mention
from streams.codec import Origin, decode, header_map, is_observation, origin_of
from streams.dead_letters import Reason, split
from streams.errors import WrongSchema
from streams.records import AnnotatedRelease, Observation
from streams.topics import Topic


@dataclass(frozen=True, slots=True)
class Stored:
    """A derived record to store."""

    origin: Origin
    record: AnnotatedRelease


@dataclass(frozen=True, slots=True)
class Observed:
    """A withdrawal or a return to remember."""

    origin: Origin
    observation: Observation


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
) -> Item:
    """Decode one message of `events` or `dead-letters`; raises `BadRecord` if it is neither."""
    named = header_map(headers)
    origin = origin_of(named, *position)
    if topic is Topic.DEAD:
        reason, rest = split(named)
        return Dead(origin, reason, value or None, rest)
    if is_observation(named):
        return Observed(origin, decode(value, Observation))
    record = decode(value, AnnotatedRelease)
    if not record.release.release_id or not record.release.content_hash:
        raise WrongSchema("the record has no release_id or no content_hash")
    _check_spans(record)
    return Stored(origin, record)


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
