"""Outputs change only together with `PIPELINE_VERSION`, and in plain sight."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from streams.annotate import PIPELINE_VERSION
from tests.quality.golden import GOLDEN, reading, texts


@pytest.mark.parametrize("path", texts(), ids=lambda p: p.stem)
def test_what_is_read_is_what_is_committed_for_this_version(path: Path) -> None:
    committed = json.loads((GOLDEN / f"{path.stem}.json").read_text(encoding="utf-8"))
    assert reading(path) == committed, "raise PIPELINE_VERSION and run `python -m tests.quality.golden`"


def test_golden_outputs_are_those_of_this_version() -> None:
    assert int((GOLDEN / "VERSION").read_text(encoding="utf-8")) == PIPELINE_VERSION


@pytest.mark.parametrize("path", texts(), ids=lambda p: p.stem)
def test_reading_twice_gives_the_same(path: Path) -> None:
    assert json.dumps(reading(path)) == json.dumps(reading(path))


@pytest.mark.parametrize("path", texts(), ids=lambda p: p.stem)
def test_every_span_is_its_text(path: Path) -> None:
    found = reading(path)
    text = found["release"]["text"]
    for kind in ("mentions", "dates", "figures"):
        for fact in found["annotation"].get(kind, ()):
            assert text[fact["start_char"] : fact["end_char"]] == fact["surface"]
    for report in found["annotation"].get("reports", ()):
        assert text[report["start_char"] : report["end_char"]] == report["quote"]


@pytest.mark.parametrize("path", texts(), ids=lambda p: p.stem)
def test_every_entity_that_a_fact_names_is_listed(path: Path) -> None:
    found = reading(path)["annotation"]
    listed = {e["entity_id"] for e in found.get("entities", ())}
    used = {m["entity_id"] for m in found.get("mentions", ())}
    for report in found.get("reports", ()):
        used |= {p["entity_id"] for p in report.get("participants", ())}
        used |= {report["place_entity_id"]} if report.get("place_entity_id") else set()
    if found.get("issuer_entity_id"):
        used.add(found["issuer_entity_id"])
    assert used - listed == set()
