"""Record to bytes and headers, and back: JSON values, CloudEvents headers, origin and trace."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from streams.errors import TooLarge, Undecodable, WrongSchema
from streams.records import AnnotatedRelease, CleanRelease, Observation, RawRelease

Headers = list[tuple[str, bytes]]
R = TypeVar("R", RawRelease, CleanRelease, AnnotatedRelease, Observation)

TYPE_PREFIX: Final = "communique.v1.release."
TYPES: Final[dict[type, str]] = {
    RawRelease: TYPE_PREFIX + "fetched",
    CleanRelease: TYPE_PREFIX + "cleaned",
    AnnotatedRelease: TYPE_PREFIX + "annotated",
}
FAILED: Final = TYPE_PREFIX + "failed"
ORIGIN: Final = "communique_origin"
_ORIGIN: Final = re.compile(
    rb"([A-Za-z0-9._-]{1,249}):(\d{1,9}):(\d{1,18})"
)  # what Kafka and a table can hold
_encoder: Final = msgspec.json.Encoder(decimal_format="string")


class Origin(NamedTuple):
    """Where on `releases.raw` a record began: carried unchanged through every stage and replay."""

    topic: str
    partition: int
    offset: int

    def header(self) -> bytes:
        return f"{self.topic}:{self.partition}:{self.offset}".encode()


def encode(record: RawRelease | CleanRelease | AnnotatedRelease | Observation, limit: int) -> bytes:
    """Encode `record` as JSON; raises `TooLarge` if it exceeds `limit` bytes."""
    value = _encoder.encode(record)
    if len(value) > limit:
        raise TooLarge(f"the encoded record has {len(value)} bytes, the topic takes {limit}")
    return value


def decode(value: bytes | None, kind: type[R]) -> R:
    """Decode a value; raises `Undecodable` if it is not JSON, `WrongSchema` if not a `kind`."""
    if not value:
        raise Undecodable("the value is empty")
    try:
        return msgspec.json.decode(value, type=kind)
    except msgspec.ValidationError as error:
        raise WrongSchema(f"not a {kind.__name__} of schema version 1: {error}") from None
    except RecursionError:
        raise Undecodable("JSON nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Undecodable(f"not JSON in UTF-8: {error}") from None


def type_of(record: object) -> str:
    """Return `ce_type` of a record; an observation's ends in what was observed."""
    return TYPE_PREFIX + record.what if isinstance(record, Observation) else TYPES[type(record)]


def is_observation(headers: dict[str, bytes]) -> bool:
    """Tell a withdrawal or a return from a record with a body."""
    return headers.get("ce_type", b"").endswith((b".withdrawn", b".returned"))


def first_headers(record: RawRelease | Observation) -> Headers:
    """Return the headers of a record on its way to `releases.raw`."""
    ident = f"{record.release_id}:{record.content_hash}:{record.fetched_at}"
    trace = hashlib.blake2b(ident.encode(), digest_size=16).hexdigest()
    return [
        *_cloud_event(type_of(record), ident, f"communique/sources/{record.source_id}", record.fetched_at),
        ("traceparent", f"00-{trace}-{trace[:16]}-01".encode()),
    ]


def next_headers(record: object, before: dict[str, bytes], origin: Origin) -> Headers:
    """Return the headers of what a stage made of a record: same id, source, time and trace."""
    kind = type_of(record)
    trace = before.get("traceparent", b"").decode("ascii", "replace").split("-")
    span = hashlib.blake2b(f"{kind}{origin}".encode(), digest_size=8).hexdigest()
    headers: Headers = [
        *_cloud_event(
            kind, *(before.get(k, b"").decode("utf-8", "replace") for k in ("ce_id", "ce_source", "ce_time"))
        ),
        (ORIGIN, origin.header()),
    ]
    if len(trace) == 4:
        headers.append(("traceparent", f"00-{trace[1]}-{span}-01".encode()))
    return headers


def _cloud_event(kind: str, ident: str, source: str, time: str) -> Headers:
    return [
        ("ce_specversion", b"1.0"),
        ("ce_id", ident.encode()),
        ("ce_type", kind.encode()),
        ("ce_source", source.encode()),
        ("ce_time", time.encode()),
        ("content-type", b"application/json"),
    ]


def header_map(headers: Mapping[str, Any] | Iterable[tuple[str, Any]] | None) -> dict[str, bytes]:
    """Return headers by name; the last of a name counts, text is UTF-8."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
    return {k: (v.encode() if isinstance(v, str) else v or b"") for k, v in pairs}


def origin_of(headers: dict[str, bytes], topic: str, partition: int, offset: int) -> Origin:
    """Return the origin that the headers carry, else the record's own position."""
    if found := _ORIGIN.fullmatch(headers.get(ORIGIN, b"")):
        return Origin(found[1].decode(), int(found[2]), int(found[3]))
    return Origin(topic, partition, offset)
