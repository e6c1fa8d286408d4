"""Dead letters: a record that a stage could not process, byte for byte, with the reason in its headers."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

import msgspec

from streams.codec import FAILED, ORIGIN, Headers, Origin

PREFIX: Final = "dead_"
MESSAGE_CHARS: Final = 2000
IDENT_CHARS: Final = 500
TIME: Final = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class Reason(msgspec.Struct, frozen=True):
    """Why and where a record failed; `error` is the class of the error."""

    stage: str
    error: str
    message: str
    pipeline_version: int
    release_id: str | None = None
    content_hash: str | None = None
    failed_at: str = ""


def identity(value: bytes | None) -> tuple[str | None, str | None]:
    """Return release_id and content_hash as far as `value` shows them, whatever else is wrong with it.

    One that is no identity (too long for a header, with a NUL) is not shown: the payload still has it.
    """
    try:
        found = msgspec.json.decode(value or b"")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None, None
    if not isinstance(found, dict):
        return None, None
    release = found.get("release")
    inner = release if isinstance(release, dict) else found
    return _ident(inner.get("release_id")), _ident(inner.get("content_hash"))


def _ident(value: object) -> str | None:
    fits = isinstance(value, str) and 0 < len(value) <= IDENT_CHARS and "\x00" not in value
    return str(value) if fits else None


def headers_of(original: dict[str, bytes], reason: Reason, origin: Origin | None) -> Headers:
    """Return the original headers, with ours in front: the reason, and the origin if there is one.

    A record refused at the door has none: its origin is its own position on `dead-letters`.
    """
    said = msgspec.structs.asdict(reason)
    said["message"] = reason.message[:MESSAGE_CHARS].encode("utf-8", "replace").decode()
    ours: Headers = [
        (PREFIX + k, str(v).encode("utf-8", "replace")) for k, v in said.items() if v is not None
    ]
    ours.append((PREFIX + "type", FAILED.encode()))
    if origin is not None:
        ours.append((ORIGIN, origin.header()))
    return ours + [(k, v) for k, v in original.items() if k != ORIGIN and not k.startswith(PREFIX)]


def split(headers: dict[str, bytes]) -> tuple[Reason, dict[str, str]]:
    """Return the reason and the original headers of a dead letter.

    Whatever wrote it, the result can be stored: what is no version or time counts as none.
    """
    said = {
        k.removeprefix(PREFIX): v.decode("utf-8", "replace").replace("\x00", "\ufffd")
        for k, v in headers.items()
        if k.startswith(PREFIX)
    }
    version = said.get("pipeline_version", "0")
    reason = Reason(
        stage=said.get("stage", "unknown"),
        error=said.get("error", "Unknown"),
        message=said.get("message", ""),
        pipeline_version=int(version) if re.fullmatch(r"[0-9]{1,9}", version) else 0,
        release_id=said.get("release_id"),
        content_hash=said.get("content_hash"),
        failed_at=said["failed_at"] if is_time(said.get("failed_at", "")) else "",
    )
    rest = {k: v.decode("utf-8", "backslashreplace") for k, v in headers.items() if not k.startswith(PREFIX)}
    return reason, rest


def is_time(said: str) -> bool:
    """Tell a time as our records write it."""
    try:
        dt.datetime.fromisoformat(said)
    except ValueError:
        return False
    return TIME.fullmatch(said) is not None
