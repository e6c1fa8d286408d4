"""`communique verify`: every raw record is stored, dead-lettered or missing, and what is missing can be repaired."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from services import kafka
from services.database import tables as t
from services.database.engine import connect
from services.settings import Settings
from streams.topics import Topic
from tests.command import communique
from tests.pipeline import Running, all_tables

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def filled(station: Running) -> Running:
    """The seeds and one record that no stage can read."""
    publisher = kafka.Publisher(station.settings)
    publisher.publish(station.settings.topic_prefix + Topic.RAW, b"k", b"not json", [])
    publisher.flush()
    assert communique(station.settings, "backfill", "--wait", "--json").json()["stored"] == 5
    station.settle()
    return station


def lose(settings: Settings, release_id: str) -> None:
    """Take a release out of the tables, as a restored backup or a hand would."""
    engine = connect(settings)
    with engine.begin() as db:
        for table in reversed(t.metadata.sorted_tables):
            if "release_id" in table.c and table.name != "dead_letters":
                db.execute(sa.delete(table).where(table.c.release_id == release_id))
    engine.dispose()


def test_what_is_stored_and_dead_lettered_is_counted(filled: Running) -> None:
    found = communique(filled.settings, "verify", "--json").json()
    assert (found["records"], found["stored"], found["dead"], found["missing"]) == (6, 5, 1, [])
    said = communique(filled.settings, "verify")
    assert "6 records on the log: 5 stored, 1 dead-lettered" in said.err


def test_what_is_missing_is_named_and_repaired(filled: Running) -> None:
    settings = filled.settings
    before = all_tables(settings)
    asked = "SELECT release_id, raw_partition, raw_offset FROM release_revisions ORDER BY 1 LIMIT 1"
    (row,) = communique(settings, "sql", asked, "--json").json()
    lose(settings, row["release_id"])
    position = f"{settings.topic_prefix}releases.raw:{row['raw_partition']}:{row['raw_offset']}"

    found = communique(settings, "verify")
    assert found.status == 1
    assert found.out.split() == [position]
    assert "verify --repair" in found.err
    as_json = communique(settings, "verify", "--json")
    assert (as_json.status, json.loads(as_json.out)["missing"]) == (1, [position])

    repaired = communique(settings, "verify", "--repair", "--json").json()
    assert (repaired["repaired"], repaired["missing"]) == (1, [])
    after = all_tables(settings)
    for name, rows in before.items():
        assert after[name] == rows, name
    assert communique(settings, "verify").status == 0


def test_without_a_broker_it_says_so(tmp_path: Path) -> None:
    away = Settings(home=tmp_path, bootstrap_servers="127.0.0.1:1")
    done = communique(away, "verify")
    assert done.status == 1
    assert "COMMUNIQUE_BOOTSTRAP_SERVERS" in done.err
