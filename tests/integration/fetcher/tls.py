"""A publisher over TLS that speaks HTTP/2 where it is let, by the library `h2`; what it answers is scripted."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings
import httpcore

from services.fetcher.addresses import GuardedBackend
from services.fetcher.client import Client

CERTIFICATES = Path(__file__).with_name("certificates")
PUBLIC = "93.184.216.34"


@dataclass
class Stream:
    """One request on an HTTP/2 connection, as a script gets it."""

    connection: h2.connection.H2Connection
    number: int
    headers: dict[str, str]
    writer: asyncio.StreamWriter

    async def send(self) -> None:
        self.writer.write(self.connection.data_to_send())
        await self.writer.drain()

    async def reply(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        fields = [(":status", str(status)), *((k.replace("_", "-"), v) for k, v in headers.items())]
        self.connection.send_headers(self.number, fields)
        await self.send()
        self.connection.send_data(self.number, body, end_stream=True)
        await self.send()


Script = Callable[[Stream], Awaitable[None]]


@dataclass
class Publisher:
    """What the server saw, and what it answers at each path."""

    pages: dict[str, Script] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)  # of each request
    connections: int = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        spoken = writer.get_extra_info("ssl_object").selected_alpn_protocol()
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, h2.exceptions.ProtocolError):
            await (self._second if spoken == "h2" else self._first)(reader, writer)
        writer.close()

    async def _first(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.versions.append("HTTP/1.1")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        await writer.drain()

    async def _second(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        connection = h2.connection.H2Connection(config)
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65_535):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    self.versions.append("HTTP/2")
                    headers = {str(k): str(v) for k, v in event.headers or ()}
                    stream = Stream(connection, event.stream_id or 0, headers, writer)
                    await self.pages[headers[":path"]](stream)
            writer.write(connection.data_to_send())
            await writer.drain()


@asynccontextmanager
async def serve(
    publisher: Publisher, certificate: str = "ministry", spoken: tuple[str, ...] = ("h2", "http/1.1")
) -> AsyncIterator[int]:
    """Listen on loopback; yields the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
    context.set_alpn_protocols(list(spoken))
    server = await asyncio.start_server(publisher.talk, "127.0.0.1", 0, ssl=context)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()


class Detour(httpcore.AnyIOBackend):
    """A network on which one public address leads to `port`, so that public hosts can be played."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connected: list[str] = []

    async def connect_tcp(  # type: ignore[override]
        self, host: str, port: int, *args: object, **more: object
    ) -> httpcore.AsyncNetworkStream:
        self.connected.append(host)
        assert host == PUBLIC, f"connected to {host}"
        return await super().connect_tcp("127.0.0.1", self.port, *args, **more)  # type: ignore[arg-type]


def client_on(
    network: Detour, names: dict[str, list[str]], *, seconds: float = 1.5, limit: int = 100_000
) -> Client:
    """A client in which nothing is private, on a network of ours: names answer one after the other."""

    async def resolver(host: str, _port: int) -> list[str]:
        return [names[host].pop(0) if len(names[host]) > 1 else names[host][0]]

    backend = GuardedBackend(private=False, resolver=resolver, inner=network)
    return Client(seconds=seconds, limit=limit, backend=backend)
