"""The console's HTTP server on loopback, read-only: health, metrics, and one plain status page."""

from __future__ import annotations

import asyncio
import datetime as dt
import html
import json
import time

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from services import logs
from services.alive import BEAT_SECONDS, Alive
from services.console.metrics import StatusCollector
from services.settings import Settings
from services.status import Status, look

CACHED_SECONDS = 2.0
log = logs.get("console")


class Console:
    """The pages; each look at broker and database is shared by requests within two seconds."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._seen: tuple[float, Status] | None = None
        self._lock = asyncio.Lock()

    def application(self) -> web.Application:
        """Return the routes; every one is a GET."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/", self.page),
                web.get("/health/live", self.live),
                web.get("/health/ready", self.ready),
                web.get("/metrics", self.metrics),
                web.get("/status.json", self.as_json),
            ]
        )
        return app

    async def look(self) -> Status:
        """Look at broker and database, at most every two seconds."""
        async with self._lock:
            if self._seen is None or time.monotonic() - self._seen[0] > CACHED_SECONDS:
                found = await asyncio.to_thread(look, self.settings)
                self._seen = time.monotonic(), found
            return self._seen[1]

    async def live(self, _request: web.Request) -> web.Response:
        """Say that the process answers."""
        return web.json_response({"status": "live"})

    async def ready(self, _request: web.Request) -> web.Response:
        """Say whether broker and database answer: 200, or 503 with the problems."""
        problems = (await self.look()).problems
        body = {"status": "unready" if problems else "ready", "problems": problems}
        return web.json_response(body, status=503 if problems else 200)

    async def metrics(self, _request: web.Request) -> web.Response:
        """Return the metrics in the Prometheus text format."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(StatusCollector(await self.look()))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def as_json(self, _request: web.Request) -> web.Response:
        """Return what the status page shows, as data."""
        import msgspec  # noqa: PLC0415

        return web.json_response(msgspec.to_builtins(await self.look()))

    async def page(self, _request: web.Request) -> web.Response:
        """Return the status page."""
        return web.Response(text=render(await self.look()), content_type="text/html")


def render(found: Status) -> str:
    """Return the status page for what was found."""
    stages = [[s.stage, s.topic, f"{s.end:,}", f"{s.committed:,}", f"{s.lag:,}"] for s in found.stages]
    counts = [[name, f"{number:,}"] for name, number in found.counts.items()]
    letters = [[error, f"{number:,}"] for error, number in sorted(found.dead_by_error.items())]
    wrong = [*found.problems, *found.stalls]
    problems = "".join(f"<p class=problem>{html.escape(said)}</p>" for said in wrong)
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Communiqué</title>"
        "<meta name=viewport content='width=device-width'><meta http-equiv=refresh content=5>"
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222}"
        "table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{padding:.25rem 1rem .25rem 0;text-align:left;"
        "border-bottom:1px solid #ddd}.n{text-align:right;font-variant-numeric:tabular-nums}"
        ".problem{color:#a00;font-weight:600}h1{font-size:1.4rem}h2{font-size:1.05rem}</style>"
        f"<h1>Communiqué</h1><p>Last stored: {html.escape(found.freshest or 'never')}. As of {now}.</p>{problems}"
        f"<h2>Stages</h2>{_table(['stage', 'reads', 'end', 'committed', 'lag'], stages, 2)}"
        f"<h2>Stored</h2>{_table(['table', 'rows'], counts, 1)}"
        f"<h2>Dead letters</h2>{_table(['error', 'records'], letters, 1) if letters else '<p>None.</p>'}"
        "<p><a href=/metrics>metrics</a> · <a href=/health/ready>ready</a> · <a href=/status.json>JSON</a></p></html>"
    )


def _table(headings: list[str], rows: list[list[str]], numbers_from: int) -> str:
    def cells(tag: str, row: list[str]) -> str:
        return "".join(
            f"<{tag}{' class=n' if i >= numbers_from else ''}>{html.escape(cell)}</{tag}>"
            for i, cell in enumerate(row)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><tr>{cells('th', headings)}</tr>{body}</table>"


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; the address is written to `run/console.json`."""
    runner = web.AppRunner(Console(settings).application(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, settings.console.host, settings.console.port)
    await site.start()
    server = site._server  # noqa: SLF001 (the only way to learn a port that was chosen)
    port = server.sockets[0].getsockname()[1] if server else settings.console.port  # type: ignore[attr-defined]
    address = f"http://{settings.console.host}:{port}/"
    (settings.home / "run").mkdir(parents=True, exist_ok=True)
    (settings.home / "run" / "console.json").write_text(json.dumps({"url": address}), encoding="utf-8")
    log.info("console.listening", url=address)
    alive = Alive(settings, "console")
    try:
        while not stop.is_set():
            alive.beat()
            try:
                await asyncio.wait_for(stop.wait(), BEAT_SECONDS)
            except TimeoutError:
                continue
    finally:
        await runner.cleanup()
