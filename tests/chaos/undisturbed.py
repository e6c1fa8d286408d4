"""What the tables must hold after any disturbance: the same files, stored in one go by the same pure stages."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import msgspec
from aiokafka.partitioner import murmur2

from services.backfill import inputs
from services.backfill.plan import hash_of, raw_of
from services.database import schema
from services.database.engine import connect
from services.settings import Settings
from services.sink.batch import Stored
from services.sink.store import put
from services.sink.writer import run
from streams.clean.identity import release_id
from streams.codec import Origin
from tests.pipeline import all_tables, without_origins
from tests.releases import derived, text_of


def write_releases(folder: Path, number: int, seed: int = 1) -> Path:
    """Write `number` releases that share people, states and events."""
    folder.mkdir()
    rng = random.Random(seed)
    for i in range(number):
        (folder / f"release-{i:04d}.txt").write_text(text_of(rng), encoding="utf-8")
    return folder


def write_on_both_partitions(folder: Path, number: int, seed: int = 1) -> Path:
    """Write `number` texts twice each, under names whose releases lie on the first and the second of two partitions."""
    folder.mkdir()
    rng = random.Random(seed)
    for i in range(number):
        text, wanted = text_of(rng), {0, 1}
        for name in (f"release-{i:04d}-{n}.txt" for n in range(100)):
            place = (murmur2(release_id("files", name).encode()) & 0x7FFFFFFF) % 2
            if place in wanted:
                wanted.remove(place)
                (folder / name).write_text(text, encoding="utf-8")
        assert not wanted
    return folder


def undisturbed(folder: Path, home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The tables of an undisturbed run over the files of `folder`."""
    home.mkdir()
    settings = Settings(home=home)
    schema.upgrade(settings)
    items = []
    for number, (path, ref) in enumerate(inputs.expand([str(folder)])):
        given = next(iter(inputs.read(path, ref, settings.max_release_bytes)))
        raw = raw_of(given, "files", ("Files given to backfill", None))
        raw = msgspec.structs.replace(raw, content_hash=hash_of(raw))
        items.append(Stored(Origin("raw", 0, number), derived(raw)))
    engine = connect(settings)
    run(engine, settings, lambda connection: put(connection, items))
    engine.dispose()
    return without_origins(all_tables(settings))


def same(expected: dict[str, list[tuple[Any, ...]]], settings: Settings) -> None:
    """Assert that the tables are those of an undisturbed run."""
    found = without_origins(all_tables(settings))
    for name, rows in expected.items():
        if name != "release_revisions":
            assert found[name] == rows, name
    assert len(found["release_revisions"]) == len(expected["release_revisions"])
