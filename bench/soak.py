"""Let the fetcher run on hundreds of simulated sources, and count what it lost, doubled or asked too often.

    python -m bench.soak [--sources 500] [--hosts 400] [--days 1] [--seed 1]

Time and publishers are simulated (`bench/soak_world.py`); loop, schedule, politeness, robots, polls and
the memory (a real SQLite file) are the fetcher's own. Publishers release from once an hour to once in
ten days, edit a tenth of it, take some edits back, withdraw some, are away for minutes to hours, and
answer within 50 ms to 8 s; six in ten send validators. Reported are counts, and exit status 1 if a
release that was listed long enough is not on the log, if one is there twice, or if a host was asked
while a request was under way or before its pause was over.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
import structlog

from bench.soak_world import Publisher, SimulatedClient, SimulatedClock, SimulatedLoop, make_publisher
from services.database import tables as t
from services.fetcher.hosts import Hosts
from services.fetcher.loop import Fetcher
from services.fetcher.state import Memory
from services.fetcher.web import Web
from services.settings import FetchSettings, apart
from streams.clean.identity import release_id
from streams.records import Observation, RawRelease

PAUSE = 3.0  # the publishers' Crawl-delay, longer than our own pause


class Counted:
    """The log: every record, and none lost."""

    is_healthy = True

    def __init__(self) -> None:
        self.revisions: dict[str, list[str]] = defaultdict(list)
        self.late: dict[str, float] = {}
        self.seen: Counter[str] = Counter()

    async def publish(self, record: RawRelease | Observation) -> None:
        if isinstance(record, Observation):
            self.seen[record.what] += 1
            return
        self.revisions[record.release_id].append(record.content_hash)
        self.late.setdefault(record.release_id, asyncio.get_running_loop().time())

    async def refuse(self, record: RawRelease, reason: str, at: str) -> None:
        self.seen["refused"] += 1


async def run(publishers: list[Publisher], seconds: float, folder: Path) -> tuple[Counted, SimulatedClient]:
    engine = sa.create_engine(f"sqlite:///{folder / 'soak.db'}")
    sa.event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA journal_mode=WAL"))
    sa.event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))
    t.metadata.create_all(engine)
    rows = [
        {"source_id": f"s{n}", "name": f"s{n}", "kind": "ministry", "url": p.url, "enabled": True}
        for n, p in enumerate(publishers)
    ]
    with engine.begin() as connection:
        connection.execute(sa.insert(t.sources), rows)
    clock, client, log = SimulatedClock(), SimulatedClient(publishers), Counted()
    fetch = FetchSettings(longest_interval_seconds=3600, minimum_pause_seconds=2)
    settings = apart(home=folder, fetch=fetch)
    web = Web(
        cast("Any", client),
        Hosts(pause=fetch.minimum_pause_seconds, concurrency=fetch.concurrency, clock=clock),
        clock,
    )
    fetcher = Fetcher(settings, web, Memory(engine), log)
    asyncio.get_running_loop().call_later(seconds, fetcher.stop)
    await fetcher.forever()
    engine.dispose()
    return log, client


def judge(
    publishers: list[Publisher], seconds: float, log: Counted, client: SimulatedClient
) -> dict[str, float]:
    """What went wrong, and how it went otherwise."""
    wanted = lost = edits = edits_seen = withdrawn = 0
    delays = []
    for number, publisher in enumerate(publishers):
        base = publisher.url.rpartition("/")[0]
        first = {r.number for r in publisher.listed(0)}
        away = sum(b - a for a, b in publisher.outages)
        for release in publisher.releases:
            known = release_id(f"s{number}", f"{base}/{release.number}")
            if release.at < 0 and release.number not in first:
                continue  # never listed while we looked
            # Listed for longer than the longest interval, and than any outage with its back-off.
            listed_until = next_after(publisher, release.number, seconds)
            if min(listed_until, release.gone, seconds) - max(release.at, 0) < 2 * 3600 + 2 * away:
                continue
            wanted += 1
            revisions = log.revisions.get(known)
            if not revisions:
                lost += 1
                continue
            if release.at > 0:
                delays.append(log.late[known] - release.at)
            if (
                len(release.texts) > 1
                and release.texts[1][0] > log.late[known]
                and release.gone == float("inf")
            ):
                held_until = release.texts[2][0] if len(release.texts) > 2 else seconds
                if (
                    held_until - release.texts[1][0] > 4 * 3600 + 2 * away
                    and release.texts[1][0] < seconds / 2
                ):
                    edits += 1
                    edits_seen += len(revisions) > 1
            withdrawn += release.gone < seconds
    repeats = sum(a == b for hashes in log.revisions.values() for a, b in itertools.pairwise(hashes))
    too_soon = at_once = 0
    for visits in client.visits.values():
        spans = sorted(visits.spans)
        for (_, end), (start, _) in itertools.pairwise(spans):
            at_once += start < end - 1e-6
            too_soon += start - end < PAUSE - 1e-6
    delays.sort()
    asked = sum(len(v.spans) for v in client.visits.values())
    return {
        "releases that had to be on the log": wanted,
        "lost": lost,
        "published twice": repeats,
        "records": sum(map(len, log.revisions.values())),
        "edits shown for over four hours": edits,
        "of these seen": edits_seen,
        "withdrawn while watched": withdrawn,
        "withdrawals published": log.seen["withdrawn"],
        "requests": asked,
        "hosts": len(client.visits),
        "most requests to one host in an hour": busiest_hour(client),
        "requests while one was under way": at_once,
        "requests before the pause was over": too_soon,
        "seconds from release to log, median": round(delays[len(delays) // 2]) if delays else 0,
        "seconds from release to log, p95": round(delays[int(len(delays) * 0.95)]) if delays else 0,
    }


def next_after(publisher: Publisher, number: int, seconds: float) -> float:
    """When a release leaves the index: as the twentieth after it comes."""
    after = number + 20
    return publisher.releases[after].at if after < len(publisher.releases) else seconds


def busiest_hour(client: SimulatedClient) -> int:
    hours = (Counter(int(start // 3600) for start, _ in v.spans) for v in client.visits.values())
    return max(max(h.values(), default=0) for h in hours)


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sources", type=int, default=500)
    ap.add_argument("--hosts", type=int, default=400)
    ap.add_argument("--days", type=float, default=1.0)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    chance = random.Random(args.seed)
    seconds = args.days * 86_400
    publishers = [
        make_publisher(n, f"host{n % args.hosts}.example", seconds, chance) for n in range(args.sources)
    ]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        loop = SimulatedLoop()
        log, client = loop.run_until_complete(run(publishers, seconds, Path(folder)))
        loop.close()
    found = judge(publishers, seconds, log, client)
    for key, value in found.items():
        print(f"{key:44} {value:>12}")
    print(f"{'simulated days':44} {args.days:>12}")
    print(f"{'real seconds':44} {time.monotonic() - began:>12.0f}")
    print(
        f"{'memory of the process at most, MiB':44} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:>12}"
    )
    wrong = (
        "lost",
        "published twice",
        "requests while one was under way",
        "requests before the pause was over",
    )
    return int(any(found[key] for key in wrong))


if __name__ == "__main__":
    sys.exit(main())
