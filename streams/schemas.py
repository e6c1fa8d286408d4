"""JSON Schemas of the record types, generated for `docs/schemas/` and checked there."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec

from streams.records import AnnotatedRelease, CleanRelease, Observation, RawRelease

RECORDS: Final[dict[str, type]] = {
    "raw-release.v1": RawRelease,
    "observation.v1": Observation,
    "clean-release.v1": CleanRelease,
    "annotated-release.v1": AnnotatedRelease,
}


def schema_of(kind: type) -> dict[str, Any]:
    """Return the JSON Schema of a record type."""
    return msgspec.json.schema(kind)


def pages() -> dict[str, str]:
    """Return every schema file of `docs/schemas/` by name."""
    return {
        f"{name}.json": json.dumps(schema_of(kind), indent=1, sort_keys=True) + "\n"
        for name, kind in RECORDS.items()
    }
