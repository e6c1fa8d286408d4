"""`communique replay`: what is on the log goes through the processors again, chosen, paced, and changing nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from streams.topics import Topic
from tests.command import communique
from tests.integration.operations.conftest import ends, times
from tests.pipeline import Running, all_tables

pytestmark = pytest.mark.timeout(900)
DAYS = ("2024-03-01", "2024-03-02", "2024-03-03")


@pytest.fixture(scope="module")
def filled(station: Running, tmp_path_factory: pytest.TempPathFactory) -> Running:
    """Five seeds without a time, and a release of each of three days."""
    file = Path(tmp_path_factory.mktemp("days")) / "days.jsonl"
    lines = [
        {"text": f"Ministers of Norway and Japan met on {day} in Oslo.", "fetched_at": f"{day}T12:00:00Z"}
        for day in DAYS
    ]
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    communique(station.settings, "backfill", "--json").json()
    done = communique(station.settings, "backfill", str(file), "--source", "days", "--wait", "--json").json()
    assert done["stored"] == 3
    return station


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        ([], 8),
        (["--source", "seeds"], 5),
        (["--from", "2024-03-02"], 2),
        (["--to", "2024-03-02"], 6),
        (["--from", "2024-03-01T12:00:00Z", "--to", "2024-03-02T12:00:00+00:00"], 1),
        (["--source", "seeds", "--from", "2024-01-01"], 0),
        (["--release", "nothing"], 0),
    ],
)
def test_a_dry_run_counts_what_is_meant_and_sends_nothing(
    options: list[str], chosen: int, filled: Running
) -> None:
    before = ends(filled.settings)
    counts = communique(filled.settings, "replay", "--dry-run", "--json", *options).json()
    assert counts == {"seen": 8, "copied": chosen}
    assert ends(filled.settings) == before


def test_a_replay_changes_neither_the_raw_topic_nor_a_table(filled: Running) -> None:
    before, tables = ends(filled.settings), all_tables(filled.settings)
    assert communique(filled.settings, "replay", "--source", "days", "--json").json()["copied"] == 3
    after = ends(filled.settings)
    assert {topic: after[topic] - before[topic] for topic in Topic} == {
        Topic.RAW: 0,
        Topic.REPLAY: 3,
        Topic.CLEAN: 3,
        Topic.EVENTS: 3,
        Topic.DEAD: 0,
    }
    assert all_tables(filled.settings) == tables


def test_one_release_is_replayed_by_its_id(filled: Running) -> None:
    asked = "SELECT release_id FROM releases WHERE source_id = 'seeds' ORDER BY 1 LIMIT 1"
    (row,) = communique(filled.settings, "sql", asked, "--json").json()
    before = ends(filled.settings, Topic.REPLAY)
    done = communique(filled.settings, "replay", "--release", row["release_id"])
    assert (done.status, "1 of 8 records replayed" in done.err) == (0, True)
    assert ends(filled.settings, Topic.REPLAY)[Topic.REPLAY] == before[Topic.REPLAY] + 1


def test_a_rate_is_kept(filled: Running) -> None:
    assert communique(filled.settings, "replay", "--rate", "8", "--json").json()["copied"] == 8
    taken = times(filled.settings, Topic.REPLAY)[-8:]
    assert taken[-1] - taken[0] > 0.7, "eight records at eight a second take a second"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--from", "yesterday"], "--from 'yesterday' is not a time"),
        (["--from", "2024-03-02", "--to", "2024-03-02"], "--to is not after --from"),
        (["--rate", "0"], "Invalid value"),
    ],
)
def test_wrong_usage_is_told(options: list[str], told: str, filled: Running) -> None:
    done = communique(filled.settings, "replay", *options)
    assert (done.status, told in done.err) == (2, True), done.err
