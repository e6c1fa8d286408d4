"""A backfill from paths to acknowledged records, with at most a window of them before the sink."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
import sqlalchemy as sa

from services import kafka
from services.backfill import inputs
from services.backfill.inputs import Input
from services.backfill.plan import UNKNOWN_TIME, Collisions, Planned, hash_of, raw_of, stated_time
from services.database import bulk
from services.database import tables as t
from services.database.columns import now
from services.database.engine import read_only
from services.database.progress import Pending, Pipeline
from services.database.publishers import Publishers
from services.database.throttle import Throttle
from services.errors import CommuniqueError
from services.settings import Settings
from services.stored import StoredReleases, is_of_other_rules
from streams.annotate import PIPELINE_VERSION
from streams.clean.hashing import BYTES_PREFIX
from streams.codec import encode, first_headers
from streams.dead_letters import Reason, headers_of
from streams.records import RawRelease
from streams.topics import Topic, max_record_bytes

SETTLE_SECONDS: Final = 300.0


@dataclass
class Counts:
    """What became of the inputs of one run."""

    found: int = 0
    skipped: int = 0
    refused: int = 0
    published: int = 0
    stored: int = 0
    dead: int = 0
    names: list[str] = field(default_factory=list)  # of a dry run


Tell = Callable[[str, int, int], None]  # step, done, total


@dataclass(frozen=True, slots=True)
class Options:
    """How a backfill is to go."""

    source_id: str = "files"
    rate: float | None = None
    wait: bool = False
    dry_run: bool = False


def run(settings: Settings, paths: list[str], options: Options, tell: Tell) -> Counts:
    """Bring `paths` in. Raises before anything is published if two inputs collide or a path is wrong."""
    files = inputs.expand(paths)
    with one_at_a_time(settings.home / "run" / "backfill.lock"):
        return _Run(settings, files, options, tell).go()


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Hold the lock of backfills; raises `CommuniqueError` if one is running."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommuniqueError(
                "another backfill is running for this data folder", remedy="Wait until it is done."
            ) from None
        yield


class _Run:
    def __init__(
        self, settings: Settings, files: list[tuple[Path, str]], options: Options, tell: Tell
    ) -> None:
        self.settings, self.files, self.options, self.tell = settings, files, options, tell
        self.counts = Counts()
        self.started = now()
        self.engine = read_only(settings)
        has_stdin = any(path == inputs.STDIN for path, _ in files)
        self.stdin = list(inputs.read_stdin(settings.max_release_bytes)) if has_stdin else []

    def go(self) -> Counts:
        if not self.options.dry_run:
            with Pipeline(self.settings, self.engine) as pipeline:
                pipeline.wait_until_passed(SETTLE_SECONDS, lambda d, n: self.tell("settling", d, n))
        wanted = self._plan()
        if self.options.dry_run:
            return self.counts
        self._publish(wanted)
        return self.counts

    def _inputs(self) -> Iterator[Input]:
        for path, ref in self.files:
            if path == inputs.STDIN:
                yield from self.stdin
            else:
                yield from inputs.read(path, ref, self.settings.max_release_bytes)

    def _plan(self) -> dict[int, Planned]:
        """Compute every identity first, then drop what the database holds; by the input's number."""
        collisions, planned = Collisions(), {}
        for number, given in enumerate(self._inputs()):
            self.counts.found += 1
            self.tell("reading", number + 1, 0)
            raw = raw_of(given, self.options.source_id)
            too_large = given.size > self.settings.max_release_bytes
            digest = f"{BYTES_PREFIX}size-{given.size}" if too_large else hash_of(raw)
            one = Planned(given.name, raw.release_id, digest, stated_time(given), given.size)
            if collisions.is_repeat(one):
                self.counts.skipped += 1
            else:
                planned[number] = one
        held = _Held(self.settings, self.engine, planned.values())
        wanted = {n: p for n, p in planned.items() if not held.holds(p)}
        self.counts.skipped += len(planned) - len(wanted)
        self.times = {n: held.fetched_at(p, self.started) for n, p in wanted.items()}
        if self.options.dry_run:
            self.counts.names = [p.name for p in wanted.values()]
        return wanted

    def _publish(self, wanted: dict[int, Planned]) -> None:
        publisher = kafka.Publisher(self.settings)
        pending, throttle = Pending(self.engine), Throttle(self.settings.replay_window)
        pace = kafka.Pace(publisher, self.options.rate)
        for number, given in enumerate(self._inputs()):
            if number not in wanted:
                continue
            pace.wait()
            self._send(publisher, pending, given, wanted[number], self.times[number])
            while len(pending) >= throttle.allowed:
                publisher.poll(0.05)
                self._settle(pending)
                throttle.note(time.monotonic(), len(pending), self.counts.stored + self.counts.dead)
            self.tell("publishing", self.counts.published + self.counts.refused, len(wanted))
        publisher.flush()
        while self.options.wait and len(pending):
            self._settle(pending)
            self.tell("storing", self.counts.stored + self.counts.dead, self.counts.published)
            Pipeline.pause(0.1)
        self._settle(pending)

    def _settle(self, pending: Pending) -> None:
        stored, dead = pending.settle()
        self.counts.stored += stored
        self.counts.dead += dead

    def _send(
        self, publisher: kafka.Publisher, pending: Pending, given: Input, one: Planned, fetched_at: str
    ) -> None:
        raw = msgspec.structs.replace(
            raw_of(given, self.options.source_id), content_hash=one.content_hash, fetched_at=fetched_at
        )
        raw = self._with_publisher(raw)
        prefix = self.settings.topic_prefix
        if one.size > self.settings.max_release_bytes:
            reason = Reason(
                "backfill",
                "TooLarge",
                f"{one.name} has {one.size} bytes, max_release_bytes is {self.settings.max_release_bytes}",
                PIPELINE_VERSION,
                raw.release_id,
                raw.content_hash,
                self.started,
            )
            publisher.publish(prefix + Topic.DEAD, raw.release_id.encode(), b"", headers_of({}, reason, None))
            self.counts.refused += 1
            return
        value = encode(raw, max_record_bytes(self.settings.max_release_bytes))
        key = raw.release_id, raw.content_hash
        pending.add(key, raw.fetched_at)
        publisher.publish(
            prefix + Topic.RAW,
            raw.release_id.encode(),
            value,
            first_headers(raw),
            done=lambda m: pending.placed(
                key, (str(m.topic()), int(m.partition() or 0), int(m.offset() or 0))
            ),
        )
        self.counts.published += 1

    def _with_publisher(self, raw: RawRelease) -> RawRelease:
        """Add who publishes, as far as the source or the address is known."""
        if not hasattr(self, "_publishers"):
            with self.engine.connect() as connection:
                self._publishers = Publishers(connection)
        name, country = self._publishers.of(raw.source_id, raw.url)
        return msgspec.structs.replace(raw, publisher=name, publisher_country=country)


class _Held:
    """What the database already holds of some releases."""

    def __init__(self, settings: Settings, engine: sa.Engine, planned: Iterable[Planned]) -> None:
        wanted = {(p.release_id, p.content_hash) for p in planned}
        release_ids = {release_id for release_id, _ in wanted}
        stored, revisions, dead = t.releases.c, t.release_revisions.c, t.dead_letters.c
        current = sa.select(stored.release_id, stored.content_hash)
        rows = sa.select(revisions.release_id, revisions.content_hash, revisions.last_fetched_at)
        failed = sa.select(dead.release_id, dead.content_hash).where(
            dead.resolved_at.is_(None) & (dead.pipeline_version >= PIPELINE_VERSION)
        )
        with engine.connect() as connection:
            found = connection.execute(current.where(bulk.among(stored.release_id, release_ids)))
            self.current = {release_id: digest for release_id, digest in found}
            seen = connection.execute(rows.where(bulk.among(revisions.release_id, release_ids)))
            self.seen = {(release_id, digest): last for release_id, digest, last in seen}
            found = connection.execute(failed.where(bulk.among(dead.release_id, release_ids)))
            self.dead = {(release_id, digest) for release_id, digest in found}
        self._hash_anew(StoredReleases(settings, engine), wanted)

    def _hash_anew(self, stored: StoredReleases, wanted: set[tuple[str, str]]) -> None:
        """Hash by today's rules what is stored under a hash of earlier ones, where that may matter."""
        asked = {release_id for release_id, digest in wanted if (release_id, digest) not in self.seen}
        old = [k for k in self.seen if k[0] in asked and is_of_other_rules(k[1])]
        for release_id, digest in old:
            if (record := stored.read(release_id, digest)) is None:
                continue
            new = hash_of(record)
            self.seen.setdefault((release_id, new), self.seen[release_id, digest])
            if self.current.get(release_id) == digest:
                self.current[release_id] = new
        stored.close()

    def holds(self, one: Planned) -> bool:
        """Tell whether nothing new would come of publishing `one`."""
        key = one.release_id, one.content_hash
        if key in self.dead:
            return True
        if one.fetched_at is not None:
            return key in self.seen and one.fetched_at <= self.seen[key]
        return self.current.get(one.release_id) == one.content_hash

    def fetched_at(self, one: Planned, started: str) -> str:
        """Return the time of the observation: stated, else unknown, else this run's for an edit."""
        if one.fetched_at is not None:
            return one.fetched_at
        return started if one.release_id in self.current else UNKNOWN_TIME
