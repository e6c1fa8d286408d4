"""Throughput and latency of the whole pipeline on real releases: from the raw topic to committed rows.

    python -m bench.pipeline [--database URL] [--releases N] [--workers N] [--rate R] [--corpus FILE]

A broker, workers and a sink of their own are started in a scratch folder. First a backlog of N
releases is put on the raw topic while nothing runs, then the processes are started and timed from
the first stored row to the last. Then releases come in at R a second, and each one's time from
the broker's acknowledgement to the committed row is taken.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa

from services import kafka
from services.backfill.inputs import read
from services.backfill.plan import hash_of, raw_of
from services.database import schema
from services.database import tables as t
from services.database.engine import read_only
from services.settings import Settings
from streams.codec import encode, first_headers
from streams.records import RawRelease
from streams.topics import Topic, max_message_bytes, max_record_bytes

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "releases.jsonl.gz"


def releases(path: Path, number: int, salt: str) -> list[RawRelease]:
    """The first `number` releases, again from the start if there are fewer, each with an id of its own."""
    import msgspec

    found: list[RawRelease] = []
    while len(found) < number:
        for given in read(path, path.name, 1 << 23):
            if len(found) == number:
                break
            raw = raw_of(given, "bench")
            ident = f"{salt}-{len(found)}"
            found.append(msgspec.structs.replace(raw, release_id=ident, content_hash=hash_of(raw)))
    return found


def publish(settings: Settings, raws: list[RawRelease]) -> None:
    publisher = kafka.Publisher(settings)
    for raw in raws:
        value = encode(raw, max_record_bytes(settings.max_release_bytes))
        publisher.publish(
            settings.topic_prefix + Topic.RAW, raw.release_id.encode(), value, first_headers(raw)
        )
    publisher.flush()


def start(settings: Settings, *arguments: str, module: str = "services.cli.main") -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "COMMUNIQUE_HOME": str(settings.home),
        "COMMUNIQUE_TOPIC_PREFIX": settings.topic_prefix,
        "PYTHONPATH": str(ROOT),
    }
    if settings.database_url:
        environment["COMMUNIQUE_DATABASE_URL"] = settings.database_url.get_secret_value()
    with (settings.home / f"{arguments[0].strip('/').replace('/', '_')}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments], env=environment, cwd=ROOT, stdout=log, stderr=log
        )


def stored(engine: sa.Engine, salt: str) -> int:
    query = (
        sa.select(sa.func.count()).select_from(t.releases).where(t.releases.c.release_id.like(f"{salt}-%"))
    )
    with engine.connect() as db:
        return int(db.scalar(query) or 0)


def throughput(engine: sa.Engine, number: int) -> float:
    """Releases a second from the first stored row to the last, over a backlog."""
    first, first_count = 0.0, 0
    while True:
        now, count = time.monotonic(), stored(engine, "load")
        if count and not first:
            first, first_count = now, count
        if count >= number:
            return (number - first_count) / (now - first)
        time.sleep(0.1)


def latency(settings: Settings, engine: sa.Engine, rate: float, seconds: float, corpus: Path) -> list[float]:
    """Seconds from acknowledgement to committed row, for releases that come in at `rate` a second."""
    raws = releases(corpus, int(rate * seconds), "live")
    publisher = kafka.Publisher(settings, **{"linger.ms": 0})
    acknowledged: dict[str, float] = {}
    began = time.time()
    for number, raw in enumerate(raws):
        while time.time() < began + number / rate:
            publisher.poll(0.002)
        publisher.publish(
            settings.topic_prefix + Topic.RAW,
            raw.release_id.encode(),
            encode(raw, max_record_bytes(settings.max_release_bytes)),
            first_headers(raw),
            done=lambda m: acknowledged.setdefault((m.key() or b"").decode(), time.time()),
        )
    publisher.flush()
    while stored(engine, "live") < len(raws):
        time.sleep(0.1)
    query = sa.select(t.releases.c.release_id, t.releases.c.persisted_at).where(
        t.releases.c.release_id.like("live-%")
    )
    import datetime as dt

    with engine.connect() as db:
        times = {i: dt.datetime.fromisoformat(at).timestamp() for i, at in db.execute(query)}
    return sorted(times[i] - acknowledged[i] for i in acknowledged)


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--database", help="SQLAlchemy URL; without it SQLite in the scratch folder")
    ap.add_argument("--releases", type=int, default=5000)
    ap.add_argument("--workers", type=int, default=1)
    ap.add_argument("--rate", type=float, default=20.0)
    ap.add_argument("--seconds", type=float, default=30.0)
    ap.add_argument("--corpus", type=Path, default=CORPUS)
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), database_url=args.database, topic_prefix="bench.")
        size = max_message_bytes(Topic.DEAD, settings.max_release_bytes)
        processes = [start(settings, str(size), module="services.local.broker")]
        result: dict[str, Any] = {"database": settings.url().get_backend_name(), "workers": args.workers}
        try:
            end = time.monotonic() + 120
            while not (settings.home / "broker" / "ports.json").exists() and time.monotonic() < end:
                time.sleep(0.1)
            kafka.wait_for_broker(settings, 60)
            schema.upgrade(settings)
            kafka.create_topics(settings)
            publish(settings, releases(args.corpus, args.releases, "load"))
            processes += [start(settings, "work") for _ in range(args.workers)]
            processes.append(start(settings, "sink"))
            engine = read_only(settings)
            result["releases_per_second"] = round(throughput(engine, args.releases), 1)
            took = latency(settings, engine, args.rate, args.seconds, args.corpus)
            result["latency_p50_ms"] = round(statistics.median(took) * 1000)
            result["latency_p99_ms"] = round(took[int(len(took) * 0.99)] * 1000)
            names = ["broker", *["work"] * args.workers, "sink"]
            result["memory_mib"] = {
                f"{name}-{p.pid}": psutil.Process(p.pid).memory_info().rss >> 20
                for name, p in zip(names, processes, strict=True)
            }
        finally:
            for process in reversed(processes):
                process.terminate()
                process.wait(60)
    print(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
