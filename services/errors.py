"""The tree of errors (`streams.errors`), under the name by which services import it."""

from __future__ import annotations

from streams.errors import (
    BadRecord,
    BrokerUnavailable,
    CommuniqueError,
    ConfigurationError,
    DatabaseUnavailable,
    Diverged,
    Fenced,
    NoText,
    Refusal,
    TooLarge,
    TransientError,
    Undecodable,
    WrongSchema,
)

__all__ = [
    "BadRecord",
    "BrokerUnavailable",
    "CommuniqueError",
    "ConfigurationError",
    "DatabaseUnavailable",
    "Diverged",
    "Fenced",
    "NoText",
    "Refusal",
    "TooLarge",
    "TransientError",
    "Undecodable",
    "WrongSchema",
]
