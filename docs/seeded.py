"""A database that holds the seed releases, stored by the same pure stages as a running pipeline, without a broker."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import msgspec

from services.backfill import inputs
from services.backfill.plan import hash_of, raw_of
from services.database import schema
from services.database.engine import connect
from services.settings import Settings
from services.sink.batch import Item, Stored
from services.sink.store import put
from services.sink.writer import run
from streams.annotate import PIPELINE_VERSION, annotate
from streams.clean import clean
from streams.codec import Origin
from streams.records import AnnotatedRelease


def store_seeds(settings: Settings) -> Settings:
    """Make the database of `settings` and store the seeds in it."""
    schema.upgrade(settings)
    items: list[Item] = []
    with resources.as_file(resources.files("seeds")) as folder:
        files = sorted(folder.glob("*.txt"))
        for number, (path, ref) in enumerate(inputs.expand([str(file) for file in files])):
            record = _read(path, ref, settings.max_release_bytes)
            items.append(Stored(Origin("releases.raw", 0, number), record))
    engine = connect(settings)
    run(engine, settings, lambda connection: put(connection, items))
    engine.dispose()
    return settings


def _read(path: Path, ref: str, largest: int) -> AnnotatedRelease:
    given = next(iter(inputs.read(path, ref, largest)))
    raw = raw_of(given, "seeds")
    release = clean(msgspec.structs.replace(raw, content_hash=hash_of(raw)))
    return AnnotatedRelease(
        schema_version=1, release=release, annotation=annotate(release), pipeline_version=PIPELINE_VERSION
    )
