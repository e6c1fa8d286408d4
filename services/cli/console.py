"""`communique console`: health, metrics and a status page on loopback."""

from __future__ import annotations

import asyncio
import signal

from services import logs, settings
from services.errors import ConfigurationError


def console() -> None:
    """Serve /health/live, /health/ready, /metrics and a status page, read-only.

    The address is printed and written to run/console.json in the data folder.

    [bold]Example:[/] COMMUNIQUE_CONSOLE__PORT=8080 communique console
    """
    from services.console.server import serve  # noqa: PLC0415

    loaded = settings.load()
    logs.set_up(loaded, "console")

    async def main() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await serve(loaded, stop)

    try:
        asyncio.run(main())
    except OSError as error:
        raise ConfigurationError(
            f"the console cannot listen on {loaded.console.host}:{loaded.console.port}: {error.strerror}",
            remedy="Set COMMUNIQUE_CONSOLE__PORT to a free port, or 0.",
        ) from None
