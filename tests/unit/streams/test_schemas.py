"""Records of every schema version stay readable: golden files that are added to, never changed."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from streams.schemas import RECORDS, schema_of

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_a_golden_record_is_read_and_written_unchanged(name: str) -> None:
    golden = (GOLDEN / f"{name}.json").read_bytes()
    record = msgspec.json.decode(golden, type=RECORDS[name])
    written = msgspec.json.Encoder(decimal_format="string").encode(record)
    assert json.loads(golden) == json.loads(written)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_a_golden_record_fits_its_json_schema(name: str) -> None:
    jsonschema.validate(json.loads((GOLDEN / f"{name}.json").read_bytes()), schema_of(RECORDS[name]))


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_a_record_with_an_unknown_field_is_still_read(name: str) -> None:
    golden = json.loads((GOLDEN / f"{name}.json").read_bytes())
    msgspec.json.decode(json.dumps({**golden, "added_later": 1}), type=RECORDS[name])


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_another_schema_version_is_refused(name: str) -> None:
    golden = json.loads((GOLDEN / f"{name}.json").read_bytes())
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps({**golden, "schema_version": 2}), type=RECORDS[name])
