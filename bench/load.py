"""Real releases for the benchmarks, on the raw topic at once or at a rate, and how long each takes to the tables."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import sqlalchemy as sa

from services import kafka
from services.backfill.inputs import read
from services.backfill.plan import hash_of, raw_of
from services.database import bulk
from services.database import tables as t
from services.database.engine import read_only
from services.settings import Settings
from streams.clean.identity import release_id
from streams.codec import encode, first_headers
from streams.records import RawRelease
from streams.topics import Topic, max_record_bytes

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
LOOK_SECONDS = 0.01


def releases(corpus: Path, number: int, source: str) -> list[RawRelease]:
    """Draw `number` releases from all files of the corpus, each under an id of its own, always the same ones."""
    files = sorted(corpus.glob("*.jsonl.gz")) if corpus.is_dir() else [corpus]
    given = [one for file in files for one in read(file, file.name, 1 << 23)]
    random.Random(1).shuffle(given)
    drawn = itertools.islice(itertools.cycle(given), number)
    return [_numbered(raw_of(one, source), source, i) for i, one in enumerate(drawn)]


def _numbered(raw: RawRelease, source: str, number: int) -> RawRelease:
    ident = release_id(source, str(number))
    return msgspec.structs.replace(raw, release_id=ident, source_id=source, content_hash=hash_of(raw))


def publish(settings: Settings, raws: list[RawRelease]) -> None:
    """Put releases on the raw topic as fast as the broker takes them."""
    publisher = kafka.Publisher(settings)
    for raw in raws:
        _send(publisher, settings, raw)
    publisher.flush()


def _send(
    publisher: kafka.Publisher, settings: Settings, raw: RawRelease, done: Callable[[], None] | None = None
) -> None:
    publisher.publish(
        settings.topic_prefix + Topic.RAW,
        raw.release_id.encode(),
        encode(raw, max_record_bytes(settings.max_release_bytes)),
        first_headers(raw),
        done=(lambda _: done()) if done else None,
    )


def stored(engine: sa.Engine, source: str) -> int:
    """Return how many releases of a source stand in the tables."""
    query = sa.select(sa.func.count()).select_from(t.releases).where(t.releases.c.source_id == source)
    with engine.connect() as db:
        return int(db.scalar(query) or 0)


def dead_letters(engine: sa.Engine) -> list[str]:
    """Return why records ended as dead letters: what waits for those would wait for ever."""
    query = sa.select(t.dead_letters.c.error, t.dead_letters.c.release_id)
    with engine.connect() as db:
        return [f"{release}: {error}" for error, release in db.execute(query)]


class Live:
    """Releases that come in at `rate` a second; each one's time from the broker's acknowledgement until
    another connection sees its row."""

    def __init__(self, settings: Settings, raws: list[RawRelease], rate: float) -> None:
        self._settings, self._raws, self._rate = settings, raws, rate
        self._acknowledged: dict[str, float] = {}
        self._took: list[float] = []
        self._stopped = threading.Event()

    def run(self, until: Callable[[], bool] = lambda: False) -> list[float]:
        """Send the releases, or as many as come before `until`, and return the sorted times."""
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        publisher = kafka.Publisher(self._settings, **{"linger.ms": 0})
        began, sent = time.monotonic(), 0
        for sent, raw in enumerate(self._raws, 1):
            while time.monotonic() < began + sent / self._rate:
                publisher.poll(0.002)
            _send(publisher, self._settings, raw, lambda i=raw.release_id: self._note(i))
            if until():
                break
        publisher.flush()
        while len(self._took) < sent:
            time.sleep(LOOK_SECONDS)
        self._stopped.set()
        watcher.join()
        return sorted(self._took)

    def _note(self, ident: str) -> None:
        self._acknowledged[ident] = time.monotonic()

    def _watch(self) -> None:
        engine = read_only(self._settings)
        ids = t.releases.c.release_id
        with engine.connect() as db:
            while not self._stopped.is_set():
                pending = list(self._acknowledged)
                seen = list(db.scalars(sa.select(ids).where(bulk.among(ids, pending)))) if pending else []
                db.rollback()
                now = time.monotonic()
                self._took += [now - self._acknowledged.pop(ident) for ident in seen]
                time.sleep(LOOK_SECONDS)
        engine.dispose()
