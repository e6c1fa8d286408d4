"""The quality gate: no figure falls below its floor, and no floor is lowered in silence."""

from __future__ import annotations

import itertools
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from bench.annotated_corpus import put_together
from bench.score_engine import ROOT, default_folders, measure, own_folders

FLOORS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))[
    "floor"
]


def latest(part: str) -> dict[str, float]:
    """The floor of each figure: the last entry counts."""
    return {f["figure"]: f["value"] for f in FLOORS if f["part"] == part}


def below(part: str, found: dict[str, float]) -> list[str]:
    floors = latest(part)
    print(f"\n{part:>8} {'figure':32} {'floor':>8} {'found':>8}")
    for figure, floor in floors.items():
        print(f"{part:>8} {figure:32} {floor:8.3f} {found[figure]:8.3f}")
    return [
        f"{figure} is {found[figure]:.3f}, must be {floor}"
        for figure, floor in floors.items()
        if found[figure] < floor
    ]


def test_seeds_reach_their_floors() -> None:
    found, errors = measure([ROOT / "tests/quality/gold/seeds"], [ROOT / "seeds"])
    assert errors["spans"] == []
    assert below("seeds", found) == []


@pytest.mark.parametrize("part", ["work", "held"])
def test_releases_of_our_own_reach_their_floors(part: str) -> None:
    found, errors = measure(*own_folders(), part)
    assert errors["spans"] == []
    assert errors.get("missing", []) == []
    assert below(f"own {part}", found) == []


@pytest.mark.shared
@pytest.mark.parametrize("part", ["work", "held"])
def test_annotated_releases_reach_their_floors(part: str) -> None:
    found, errors = measure(*default_folders(), part)
    assert errors["spans"] == []
    assert errors.get("missing", []) == []
    assert below(part, found) == []


@pytest.mark.shared
@pytest.mark.parametrize("part", ["work", "held"])
def test_releases_of_the_corpus_reach_their_floors(part: str, tmp_path: Path) -> None:
    found, errors = measure(*put_together(ROOT.parent / "shared/corpus", tmp_path / "corpus"), part)
    assert errors["spans"] == []
    assert errors.get("missing", []) == []
    assert below(f"corpus {part}", found) == []


def test_a_floor_is_lowered_only_by_a_later_entry_that_says_why() -> None:
    history: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for entry in FLOORS:
        history[entry["part"], entry["figure"]].append(entry)
    for entries in history.values():
        for before, after in itertools.pairwise(entries):
            assert after["date"] >= before["date"]
            if after["value"] < before["value"]:
                assert len(after.get("lowered_because", "")) >= 30, (
                    f"{after['figure']} was lowered without a reason"
                )
