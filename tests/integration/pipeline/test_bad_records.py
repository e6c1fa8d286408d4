"""One bad record blocks nothing: each is dead-lettered byte for byte, and its neighbours arrive."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import sqlalchemy as sa

from services import kafka
from services.database import tables as t
from services.database.engine import read_only
from services.settings import Settings
from streams.codec import encode, first_headers
from streams.topics import Topic, max_record_bytes
from tests.pipeline import Running, count, wait_until
from tests.releases import raw

GOOD = " date 2024-03-01 Minister of Foreign Affairs of Norway Ingrid Solberg met with Foreign Minister of Japan Kenji Morita in Oslo.\n"


def bad_values() -> dict[str, tuple[bytes, str]]:
    """Each kind of bad raw record with the class of error that it must make."""
    base = json.loads(encode(raw(900, GOOD), 1 << 24))
    return {
        "not JSON": (b"this is not json", "Undecodable"),
        "not UTF-8": (b'{"schema_version": 1, "title": "\xff\xfe"}', "Undecodable"),
        "empty": (b"", "Undecodable"),
        "wrong schema version": (json.dumps({**base, "schema_version": 7}).encode(), "WrongSchema"),
        "a field missing": (b'{"schema_version": 1, "release_id": "x"}', "WrongSchema"),
        "a lone surrogate": (b'{"schema_version": 1, "release_id": "\\ud800"}', "Undecodable"),
        "HTML without text": (
            json.dumps(
                {**base, "release_id": "html", "media_type": "text/html", "body": "PGh0bWw+PC9odG1sPg=="}
            ).encode(),
            "NoText",
        ),
        "text that is not text": (
            json.dumps({**base, "release_id": "bytes", "body": "/////v7+/w=="}).encode(),
            "Undecodable",
        ),
    }


def test_every_bad_record_is_kept_with_its_reason_and_its_neighbours_arrive(
    new_database: Callable[[str], str], make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings(new_database("postgresql"))
    topic, limit = settings.topic_prefix + Topic.RAW, max_record_bytes(settings.max_release_bytes)
    bad = bad_values()
    with Running(settings) as running:
        publisher = kafka.Publisher(settings)
        for number, (value, _) in enumerate(bad.values()):
            good = raw(number, f"{GOOD}\nThey met {number + 2} times.\n")
            publisher.publish(topic, b"one partition", encode(good, limit), first_headers(good))
            publisher.publish(topic, b"one partition", value, [])
        odd = raw(700, GOOD.replace("Oslo", "O\x00slo") + "x" * 7_000_000)
        publisher.publish(topic, b"one partition", encode(odd, limit), first_headers(odd))
        year_0 = msgspec.structs.replace(raw(701, GOOD[18:]), published_at="0000-01-01")
        publisher.publish(topic, b"one partition", encode(year_0, limit), first_headers(year_0))
        publisher.flush()
        running.settle()
        wait_until(lambda: count(settings, t.dead_letters) >= len(bad), what="every dead letter in its table")
    engine = read_only(settings)
    with engine.connect() as db:
        rows = db.execute(sa.select(t.dead_letters).order_by(t.dead_letters.c.offset)).mappings().all()
        texts = {k: v for k, v in db.execute(sa.select(t.releases.c.source_ref, t.releases.c.text))}
        dates = {k: v for k, v in db.execute(sa.select(t.releases.c.source_ref, t.releases.c.published_on))}
    engine.dispose()
    assert [(bytes(r["payload"] or b""), r["error"], r["stage"]) for r in rows] == [
        (value, error, "clean") for value, error in bad.values()
    ]
    assert all(r["message"] for r in rows)
    assert {f"r{n}.txt" for n in range(len(bad))} <= set(texts)
    assert "\x00" not in texts["r700.txt"]
    assert dates["r701.txt"] is None


def test_what_is_too_large_is_refused_at_the_door_once_and_with_a_reason(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings(max_release_bytes=200_000)
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "large.txt").write_text("x" * 200_001, encoding="utf-8")
    with Running(settings) as running:
        counts = running.backfill(folder)
        assert (counts["stored"], counts["refused"]) == (1, 1)
        wait_until(lambda: count(settings, t.dead_letters) == 1, what="the refusal in its table")
        again = running.backfill(folder)
        assert (again["published"], again["refused"], again["skipped"]) == (0, 0, 2)
    engine = read_only(settings)
    with engine.connect() as db:
        row = db.execute(sa.select(t.dead_letters)).mappings().one()
    engine.dispose()
    assert (row["error"], row["stage"], row["payload"]) == ("TooLarge", "backfill", None)
    assert row["topic"] == settings.topic_prefix + Topic.DEAD
    assert "200001 bytes" in row["message"]


def test_an_output_that_the_broker_refuses_stops_the_worker_with_its_input_uncommitted(
    make_settings: Callable[..., Settings],
) -> None:
    settings = make_settings()
    topic = settings.topic_prefix + Topic.CLEAN
    limit = max_record_bytes(settings.max_release_bytes)
    with Running(settings) as running:
        set_config(settings, topic, "max.message.bytes", "1000")
        good = raw(1, GOOD + random.Random(1).randbytes(2000).hex())  # nothing that compresses
        publisher = kafka.Publisher(settings)
        publisher.publish(settings.topic_prefix + Topic.RAW, b"k", encode(good, limit), first_headers(good))
        publisher.flush()
        assert running.workers[0].popen.wait(90) != 0
        raw_topic = settings.topic_prefix + Topic.RAW
        ends = kafka.end_offsets(settings, [raw_topic])
        with closing(kafka.GroupOffsets(settings, f"{settings.topic_prefix}work")) as offsets:
            committed = offsets.of(p for p, e in ends.items() if e)
        assert sum(committed.values()) == 0
        set_config(settings, topic, "max.message.bytes", str(limit + (1 << 20)))
        running.revive()
        wait_until(lambda: count(settings, t.releases) == 1, 90, "the release once the broker takes it")
        assert count(settings, t.dead_letters) == 0


def set_config(settings: Settings, topic: str, name: str, value: str) -> None:
    from confluent_kafka.admin import AlterConfigOpType, ConfigEntry, ConfigResource, ResourceType

    entry = ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
    for future in kafka.admin(settings).incremental_alter_configs([resource]).values():
        future.result()
