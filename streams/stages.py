"""The stages as pure functions: a record's bytes and headers in, the next record's out.

A stage never knows what follows it. It raises `BadRecord` for a record that can never be processed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

import msgspec

from streams.annotate import PIPELINE_VERSION
from streams.annotation import Annotation
from streams.clean import clean
from streams.codec import Headers, Origin, decode, encode, is_observation, next_headers
from streams.engines import BUILT_IN, Annotator, load
from streams.errors import WrongSchema
from streams.records import AnnotatedRelease, CleanRelease, Observation, RawRelease
from streams.topics import Topic


class Output(NamedTuple):
    """What a stage sends on: the key is always the release_id."""

    key: bytes
    value: bytes
    headers: Headers


READ_CHARS: Final = 200_000  # facts are read from so much of a text: seconds, well within a group session
Stage = Callable[[bytes | None, dict[str, bytes], Origin, int], Output]


class Step(NamedTuple):
    """One stage with the topics it reads and the one it writes."""

    name: str
    inputs: tuple[Topic, ...]
    output: Topic
    run: Stage


def clean_stage(value: bytes | None, headers: dict[str, bytes], origin: Origin, limit: int) -> Output:
    """Turn a raw record into a clean one; an observation passes unchanged."""
    if is_observation(headers):
        return _pass_on(value, headers, origin, limit)
    release = clean(decode(value, RawRelease))
    release = msgspec.structs.replace(release, pipeline_version=PIPELINE_VERSION)
    return _output(release.release_id, release, headers, origin, limit)


def annotate_stage(
    value: bytes | None, headers: dict[str, bytes], origin: Origin, limit: int, *, annotate: Annotator
) -> Output:
    """Turn a clean record into everything that was derived from it; an observation passes unchanged."""
    if is_observation(headers):
        return _pass_on(value, headers, origin, limit)
    release = decode(value, CleanRelease)
    if not release.release_id:
        raise WrongSchema("the record has no release_id")
    record = AnnotatedRelease(
        schema_version=1,
        release=release,
        annotation=_read(release, annotate),
        pipeline_version=PIPELINE_VERSION,
    )
    return _output(release.release_id, record, headers, origin, limit)


def _read(release: CleanRelease, annotate: Annotator) -> Annotation:
    """Annotate a release; of a huge one only the beginning, which `annotated_by` then says.

    A record that takes longer than the group's session would be handed from worker to worker for ever.
    """
    if len(release.text) <= READ_CHARS:
        return annotate(release)
    beginning = release.text[:READ_CHARS].rsplit(maxsplit=1)[0]
    found = annotate(msgspec.structs.replace(release, text=beginning))
    said = f"{found.annotated_by}:first-{READ_CHARS}" if found.annotated_by else None
    return msgspec.structs.replace(found, annotated_by=said)


def _pass_on(value: bytes | None, headers: dict[str, bytes], origin: Origin, limit: int) -> Output:
    seen = decode(value, Observation)
    return _output(seen.release_id, seen, headers, origin, limit)


def _output(
    release_id: str,
    record: CleanRelease | AnnotatedRelease | Observation,
    headers: dict[str, bytes],
    origin: Origin,
    limit: int,
) -> Output:
    return Output(release_id.encode(), encode(record, limit), next_headers(record, headers, origin))


def steps(annotator: str = BUILT_IN) -> tuple[Step, ...]:
    """The stages of a worker whose texts are read by the engine of that name.

    Raises `ConfigurationError` if no such engine is installed.
    """
    annotated = partial(annotate_stage, annotate=load(annotator))
    return (
        Step("clean", (Topic.RAW, Topic.REPLAY), Topic.CLEAN, clean_stage),
        Step("annotate", (Topic.CLEAN,), Topic.EVENTS, annotated),
    )
