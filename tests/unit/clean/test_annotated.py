"""Cleaning keeps what people annotated: their quotes, names and figures, and the publication dates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from streams.clean import clean
from tests.conftest import ROOT, SHARED
from tests.unit.clean.raws import raw

SEEDS = (ROOT / "tests" / "quality" / "gold" / "seeds", ROOT / "seeds")
OTHERS = (SHARED / "gold" / "dev", SHARED / "gold" / "texts")


def annotated(gold: Path, texts: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    for file in sorted(gold.glob("*.json")):
        said = json.loads(file.read_text(encoding="utf-8"))
        yield said, (texts / f"{said['id']}.txt").read_bytes()


def words(text: str) -> str:
    return " ".join(text.split())


def surfaces(said: dict[str, Any]) -> Iterator[str]:
    """Everything that the annotators found in the text, word for word."""
    for event in said.get("events", ()):
        yield event.get("quote") or ""
    for kind in ("figures", "dates"):
        yield from (one["surface"] for one in said.get(kind, ()))
    for kind in ("people", "organizations", "places"):
        for one in said.get(kind, ()):
            yield from (one["name"], *one.get("forms", ()))


def lost(gold: Path, texts: Path) -> tuple[list[str], int]:
    """What stood in the raw texts and is not in the cleaned ones, and how much there was."""
    gone, count = [], 0
    for said, body in annotated(gold, texts):
        before, after = words(body.decode()), words(clean(raw(body)).text)
        found = [words(s) for s in surfaces(said) if s and words(s) in before]
        gone += [f"{said['id']}: {s}" for s in found if s not in after]
        count += len(found)
    return gone, count


def test_nothing_annotated_in_the_seeds_is_taken_for_furniture() -> None:
    gone, count = lost(*SEEDS)
    assert count > 50
    # The advertisement at the foot of the agency's report names the agency in full.
    assert [g for g in gone if not g.endswith("Trend News Agency")] == []


def test_the_seeds_have_their_publication_dates() -> None:
    for said, body in annotated(*SEEDS):
        assert clean(raw(body)).published_on == said["published_on"]


@pytest.mark.shared
def test_nothing_annotated_elsewhere_is_taken_for_furniture() -> None:
    gone, count = lost(*OTHERS)
    assert count > 1500
    assert gone == []


@pytest.mark.shared
def test_releases_elsewhere_have_their_publication_dates() -> None:
    dated = [(s, b) for s, b in annotated(*OTHERS) if "published_on" in s]
    right = sum(clean(raw(body)).published_on == said["published_on"] for said, body in dated)
    assert right == len(dated) > 100
