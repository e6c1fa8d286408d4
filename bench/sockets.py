"""Let one fetcher process poll hundreds of real HTTP servers at once, and measure memory, fairness and politeness.

    python -m bench.sockets [--sources 500] [--hosts 250] [--seconds 180] [--pause 1] [--interval 5]

The publishers listen on loopback addresses of their own (127.1.x.y, one for each host), in a process of their
own: a tenth is slow (2 s), a twentieth answers 503 or hangs, the rest is quick; all bring a new release every
half minute. The fetcher is the one that `communique fetch` runs, with a SQLite database, its sockets, its
schedule and its politeness; in the broker's place stands a log in memory (the tests have a real one).
Exit status 1 if a host was asked twice at once or before its pause was over, if a healthy source was left
behind, or if memory kept growing.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import sqlalchemy as sa
import structlog
from aiohttp import web

from services.database import engine as database
from services.database import tables as t
from services.fetcher.loop import Fetcher
from services.fetcher.state import Memory
from services.fetcher.store import open_store
from services.fetcher.web import open_web
from services.settings import FetchSettings, Settings
from streams.records import Observation, RawRelease

PORT = 8080
EVERY = 30.0  # seconds between two releases of a source
SLOW, BROKEN, STUCK = 10, 20, 25  # every tenth host is slow, every twentieth answers 503, some never


def address(host: int) -> str:
    return f"127.1.{host // 200}.{1 + host % 200}"


class Publishers:
    """Every host of the bench, in one process: what they were asked, and when."""

    def __init__(self, hosts: int) -> None:
        self.hosts, self.began = hosts, time.monotonic()
        self.spans: dict[int, list[tuple[float, float]]] = {h: [] for h in range(hosts)}
        self.polls: Counter[str] = Counter()

    async def run(self, control: Connection) -> None:
        runners = []
        for host in range(self.hosts):
            app = web.Application()
            app.router.add_get("/{tail:.*}", self._answering(host))
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            await web.TCPSite(runner, address(host), PORT).start()
            runners.append(runner)
        control.send("ready")
        await asyncio.to_thread(control.recv)
        control.send((self.spans, dict(self.polls)))
        for runner in runners:
            await runner.cleanup()

    def _answering(self, host: int) -> object:
        async def answer(request: web.Request) -> web.Response:
            began = time.monotonic()
            try:
                return await self._answer(host, request.path)
            finally:
                self.spans[host].append((began, time.monotonic()))

        return answer

    async def _answer(self, host: int, path: str) -> web.Response:
        if path == "/robots.txt":
            return web.Response(status=404)
        if host % SLOW == 1:
            await asyncio.sleep(2)
        if host % BROKEN == 2:
            return web.Response(status=503, headers={"Retry-After": "20"})
        if host % STUCK == 3:
            await asyncio.sleep(3600)
        _, source, name = path.split("/")
        if name != "feed":
            words = (
                f"Minister {source} opens bridge {name}. The bridge over the river Sel is {name} metres long."
            )
            return web.Response(text=words)
        self.polls[source] += 1
        newest = int((time.monotonic() - self.began) / EVERY)
        links = "".join(
            f"<item><link>http://{address(host)}:{PORT}/{source}/{n}</link></item>"
            for n in range(newest, max(-1, newest - 5), -1)
        )
        return web.Response(text=f"<rss><channel>{links}</channel></rss>", content_type="application/rss+xml")


def serve(hosts: int, control: Connection) -> None:
    asyncio.run(Publishers(hosts).run(control))


class Counted:
    """The log: how often each release was taken, and nothing of what it said."""

    is_healthy = True

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def publish(self, record: RawRelease | Observation) -> None:
        self.taken[record.release_id] += isinstance(record, RawRelease)

    async def refuse(self, record: RawRelease, reason: str, at: str) -> None:
        """Nothing here is too large."""


def watch(samples: list[tuple[float, float]], stop: threading.Event) -> None:
    """Note the memory of this process, once a second."""
    here, began = psutil.Process(os.getpid()), time.monotonic()
    while not stop.wait(1):
        samples.append((time.monotonic() - began, here.memory_info().rss / 2**20))


async def fetch(settings: Settings, seconds: float) -> Counted:
    engine, log = open_store(settings), Counted()
    opened = open_web(settings, engine)
    fetcher = Fetcher(settings, opened, Memory(engine), log)
    asyncio.get_running_loop().call_later(seconds, fetcher.stop)
    await fetcher.forever()
    await opened.aclose()
    engine.dispose()
    return log


def prepare(folder: Path, args: argparse.Namespace) -> Settings:
    settings = Settings(
        home=folder,
        fetch=FetchSettings(
            allow_private_hosts=True,
            minimum_pause_seconds=args.pause,
            shortest_interval_seconds=args.interval,
            longest_interval_seconds=args.interval,
            timeout_seconds=5,
        ),
    )
    engine = database.connect(settings)
    t.metadata.create_all(engine)
    rows = [
        {
            "source_id": f"s{n}",
            "name": f"s{n}",
            "kind": "ministry",
            "url": f"http://{address(n % args.hosts)}:{PORT}/s{n}/feed",
            "enabled": True,
        }
        for n in range(args.sources)
    ]
    with engine.begin() as connection:
        connection.execute(sa.insert(t.sources), rows)
    engine.dispose()
    return settings


def is_healthy(host: int) -> bool:
    return host % BROKEN != 2 and host % STUCK != 3


def judge(
    args: argparse.Namespace, spans: dict[int, list[tuple[float, float]]], polls: dict[str, int]
) -> dict[str, float]:
    """What the hosts say of us."""
    at_once = too_soon = 0
    for one in spans.values():
        for (_, end), (begin, _) in itertools.pairwise(sorted(one)):
            at_once += begin < end
            too_soon += begin - end < args.pause * 0.99
    healthy = [polls.get(f"s{n}", 0) for n in range(args.sources) if is_healthy(n % args.hosts)]
    asked = sum(map(len, spans.values()))
    return {
        "requests": asked,
        "requests a second": round(asked / args.seconds, 1),
        "requests while another was under way at the host": at_once,
        "requests before the pause was over": too_soon,
        "polls of a healthy source, least": min(healthy),
        "polls of a healthy source, median": statistics.median(healthy),
        "polls of a healthy source, most": max(healthy),
    }


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sources", type=int, default=500)
    ap.add_argument("--hosts", type=int, default=250)
    ap.add_argument("--seconds", type=float, default=180)
    ap.add_argument("--pause", type=float, default=1.0)
    ap.add_argument("--interval", type=float, default=5.0)
    args = ap.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    control, theirs = multiprocessing.Pipe()
    publishers = multiprocessing.get_context("spawn").Process(target=serve, args=(args.hosts, theirs))
    publishers.start()
    control.recv()
    samples: list[tuple[float, float]] = []
    stop = threading.Event()
    threading.Thread(target=watch, args=(samples, stop), daemon=True).start()
    used = time.process_time()
    with tempfile.TemporaryDirectory(prefix="communique-sockets-") as folder:
        log = asyncio.run(fetch(prepare(Path(folder), args), args.seconds))
    used = time.process_time() - used
    stop.set()
    control.send("stop")
    found = judge(args, *control.recv())
    publishers.join(30)
    half = [mib for at, mib in samples if args.seconds / 4 < at < args.seconds * 5 / 8]
    rest = [mib for at, mib in samples if args.seconds * 5 / 8 < at < args.seconds]
    growth = statistics.median(rest) - statistics.median(half) if half and rest else 0.0
    found |= {
        "releases taken": len(log.taken),
        "taken twice": sum(n - 1 for n in log.taken.values()),
        "seconds of one core": round(used, 1),
        "memory at most, MiB": round(max(mib for _, mib in samples)),
        "memory between the second and the last third, MiB more": round(growth, 1),
    }
    print(json.dumps(found, indent=2))
    return int(
        found["requests while another was under way at the host"] > 0
        or found["requests before the pause was over"] > 0
        or found["taken twice"] > 0
        or found["polls of a healthy source, least"] * 3 < found["polls of a healthy source, median"]
        or growth > 15
    )


if __name__ == "__main__":
    sys.exit(main())
