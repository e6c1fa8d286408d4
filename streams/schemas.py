"""JSON Schemas of the record types, generated for `docs/schemas/` and checked there."""

from __future__ import annotations

import inspect
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
    """Return the JSON Schema of a record type, the same on every Python (3.13 cuts the indent of docstrings)."""
    described: dict[str, Any] = _clean(msgspec.json.schema(kind))
    return described


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: inspect.cleandoc(inner) if name == "description" and isinstance(inner, str) else _clean(inner)
        for name, inner in value.items()
    }


def pages() -> dict[str, str]:
    """Return every schema file of `docs/schemas/` by name."""
    return {
        f"{name}.json": json.dumps(schema_of(kind), indent=1, sort_keys=True) + "\n"
        for name, kind in RECORDS.items()
    }
