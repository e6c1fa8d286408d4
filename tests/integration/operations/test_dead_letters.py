"""`communique dead-letters`: what could not be processed is listed, shown byte for byte, and retried once mended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from services import kafka
from services.database.engine import connect
from services.settings import Settings
from streams.codec import encode, first_headers
from streams.topics import Topic
from tests.command import communique
from tests.integration.operations.conftest import ends
from tests.pipeline import Running, wait_until
from tests.releases import raw

pytestmark = pytest.mark.timeout(900)
BYTES = b'{"schema_version": 1, "title": "\xff\x00 <b>"}'


@contextmanager
def refusing(settings: Settings, word: str) -> Iterator[None]:
    """A database that refuses releases whose title holds `word`, until the end of the block."""
    sqlite = settings.url().get_backend_name() == "sqlite"
    make = (
        f"CREATE TRIGGER no_word BEFORE INSERT ON releases WHEN NEW.title LIKE '%{word}%'"
        " BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: no_word'); END"
        if sqlite
        else f"ALTER TABLE releases ADD CONSTRAINT no_word CHECK (title NOT LIKE '%{word}%') NOT VALID"
    )
    end = "DROP TRIGGER no_word" if sqlite else "ALTER TABLE releases DROP CONSTRAINT no_word"
    _execute(settings, make)
    try:
        yield
    finally:
        _execute(settings, end)


def _execute(settings: Settings, statement: str) -> None:
    engine = connect(settings)
    with engine.begin() as db:
        db.execute(sa.text(statement.replace(":", "\\:")))
    engine.dispose()


@pytest.fixture(scope="module")
def filled(station: Running, tmp_path_factory: pytest.TempPathFactory) -> Running:
    """A record of bytes, one refused at the door, and one that the database refused for a while."""
    settings = station.settings
    publisher = kafka.Publisher(settings)
    publisher.publish(settings.topic_prefix + Topic.RAW, b"odd", BYTES, [("note", b"kept")])
    good = raw(1, "Zanzibar talks end.\n\nMinisters of Norway and Japan met in Oslo on 3 March 2024.")
    with refusing(settings, "Zanzibar"):
        publisher.publish(settings.topic_prefix + Topic.RAW, b"z", encode(good, 1 << 20), first_headers(good))
        publisher.flush()
        wait_until(lambda: len(listed(settings)) == 2, 120, "two dead letters in the table")
    large = Path(tmp_path_factory.mktemp("large")) / "large.txt"
    large.write_text("x" * (settings.max_release_bytes + 1), encoding="utf-8")
    assert communique(settings, "backfill", str(large), "--json").json()["refused"] == 1
    wait_until(lambda: len(listed(settings)) == 3, 120, "the refusal in the table")
    return station


def listed(settings: Settings, *options: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = communique(settings, "dead-letters", "list", "--json", *options).json()
    return found


def test_they_are_listed_by_stage_error_and_release(filled: Running) -> None:
    settings = filled.settings
    assert {str(r["stage"]) for r in listed(settings)} == {"clean", "sink", "backfill"}
    (clean,) = listed(settings, "--stage", "clean")
    assert (clean["error"], clean["payload_bytes"]) == ("Undecodable", len(BYTES))
    (sink,) = listed(settings, "--error", "IntegrityError")
    assert listed(settings, "--release", str(sink["release_id"])) == [sink]
    assert len(listed(settings, "--limit", "2")) == 2
    table = communique(settings, "dead-letters", "list", "--stage", "backfill")
    assert "TooLarge" in table.out
    assert communique(settings, "dead-letters", "list", "--stage", "nonsense").status == 2


def test_one_is_shown_byte_for_byte_with_its_headers(filled: Running) -> None:
    (clean,) = listed(filled.settings, "--stage", "clean")
    origin = f"{clean['topic']}:{clean['partition']}:{clean['offset']}"
    shown = communique(filled.settings, "dead-letters", "show", origin, "--json").json()
    assert shown["payload"] == BYTES.decode("utf-8", "backslashreplace")
    assert shown["headers"]["note"] == "kept"
    plain = communique(filled.settings, "dead-letters", "show", origin)
    assert f"payload ({len(BYTES)} bytes):" in plain.out
    assert "\\xff" in plain.out


@pytest.mark.parametrize(
    ("origin", "status", "told"),
    [("x", 2, "is not topic:partition:offset"), ("a.topic:1:2", 1, "there is no dead letter")],
)
def test_one_that_is_not_there_is_told(origin: str, status: int, told: str, filled: Running) -> None:
    done = communique(filled.settings, "dead-letters", "show", origin)
    assert (done.status, told in done.err, "what to do:" in done.err) == (status, True, True)


def test_a_retry_resolves_what_was_mended_and_keeps_its_history(filled: Running) -> None:
    settings = filled.settings
    before = ends(settings)
    dry = communique(settings, "dead-letters", "retry", "--dry-run", "--json").json()
    assert dry == {"retried": 2, "without_original": 1, "resolved": 0}
    assert ends(settings) == before

    done = communique(settings, "dead-letters", "retry", "--json").json()
    assert done == {"retried": 2, "without_original": 1, "resolved": 1}
    assert ends(settings, Topic.RAW)[Topic.RAW] == before[Topic.RAW]
    left = {str(r["stage"]): r for r in listed(settings)}
    assert set(left) == {"clean", "backfill"}
    assert left["clean"]["attempts"] == 2
    (mended,) = listed(settings, "--resolved", "--stage", "sink")
    assert mended["resolved_at"]
    (count,) = communique(
        settings, "sql", "SELECT count(*) AS n FROM releases WHERE title LIKE 'Zanzibar%'", "--json"
    ).json()
    assert count["n"] == 1
    verified = communique(settings, "verify", "--json").json()
    assert (verified["stored"], verified["dead"], verified["missing"]) == (1, 1, [])


def test_a_retry_says_what_has_no_original(filled: Running) -> None:
    done = communique(filled.settings, "dead-letters", "retry", "--stage", "backfill")
    assert "1 have no original on the log" in done.err
    assert json.dumps(listed(filled.settings, "--stage", "backfill"))
