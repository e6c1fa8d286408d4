"""The tree of errors: each knows whether it is transient, bad data or a bug.

CommuniqueError
├── ConfigurationError    a setting is wrong: exit status 2, never retried
├── TransientError        the same call may work later: retried, never dead-lettered
│   ├── BrokerUnavailable
│   └── DatabaseUnavailable
├── BadRecord             the record can never be processed: dead-lettered, never retried
│   ├── Undecodable
│   ├── WrongSchema
│   ├── NoText
│   └── TooLarge
└── Refusal               going on would lose or double records: the process stops
├── Fenced
└── Diverged
"""

from __future__ import annotations

from typing import ClassVar


class CommuniqueError(Exception):
    """An error of ours: what happened, and in `remedy` what to do next."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class ConfigurationError(CommuniqueError):
    """A setting that cannot work; the message names it."""

    exit_code = 2


class TransientError(CommuniqueError):
    """The same call may work later."""


class BrokerUnavailable(TransientError):
    """The broker does not answer or does not take a record now."""


class DatabaseUnavailable(TransientError):
    """The database does not answer now."""


class BadRecord(CommuniqueError, ValueError):
    """A record that can never be processed."""


class Undecodable(BadRecord):
    """The bytes are not what their media type or charset says."""


class WrongSchema(BadRecord):
    """Valid JSON, but not a record of a schema version that we know."""


class NoText(BadRecord):
    """No text can be extracted from the bytes."""


class TooLarge(BadRecord):
    """Larger than `max_release_bytes`, or than the topic that it must go to takes."""


class Refusal(CommuniqueError):
    """Going on would lose or double records: a person must decide."""


class Fenced(Refusal):
    """Another sink owns the partition: leave the group and rejoin."""


class Diverged(Refusal):
    """The broker is not the one that the database remembers, or lacks the offsets it remembers."""
