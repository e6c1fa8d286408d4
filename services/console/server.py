"""The console's HTTP server on loopback, read-only: health, metrics, and one plain status page."""

from __future__ import annotations

import asyncio
import json
import time

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from services import alive, logs
from services.alive import BEAT_SECONDS, Alive
from services.console.metrics import StatusCollector
from services.console.page import render
from services.settings import Settings
from services.status import Status, look, with_rates

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
                found, at = await asyncio.to_thread(look, self.settings), time.monotonic()
                if self._seen is not None:
                    found = with_rates(found, self._seen[1], at - self._seen[0])
                self._seen = at, found
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
        shown = render(await self.look(), alive.signs(self.settings))
        return web.Response(text=shown, content_type="text/html")


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; the address is written to `run/console.json`."""
    runner = web.AppRunner(Console(settings).application(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, settings.console.host, settings.console.port)
    await site.start()
    server = site._server  # noqa: SLF001 (the only way to learn a port that was chosen)
    port = server.sockets[0].getsockname()[1] if server else settings.console.port  # type: ignore[attr-defined]
    address = f"http://{settings.console.host}:{port}/"
    _tell(settings, address)
    log.info("console.listening", url=address)
    sign = Alive(settings, "console")
    try:
        while not stop.is_set():
            sign.beat()
            try:
                await asyncio.wait_for(stop.wait(), BEAT_SECONDS)
            except TimeoutError:
                continue
    finally:
        await runner.cleanup()


def _tell(settings: Settings, address: str) -> None:
    """Write the address down, whole or not at all: others wait for the file."""
    file = settings.home / "run" / "console.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_suffix(".new")
    scratch.write_text(json.dumps({"url": address}), encoding="utf-8")
    scratch.replace(file)
