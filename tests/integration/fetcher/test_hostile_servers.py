"""Servers that are broken or hostile: bounded time and memory, a clear reason, nothing else disturbed."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from services.fetcher.client import Client, Validators
from services.fetcher.failures import FetchFailure, Reason
from tests.integration.fetcher.lab import Site, serve
from tests.integration.fetcher.tls import PUBLIC, Detour, client_on

LIMIT = 100_000


def failure_of(work: Callable[[Client, str, Site], Awaitable[object]], **options: object) -> FetchFailure:
    """Run `work` against a fresh site; it must fail as a fetch."""

    async def run() -> FetchFailure:
        site = Site()
        async with serve(site) as url:
            client = Client(**{"seconds": 1.0, "limit": LIMIT, "private": True, **options})  # type: ignore[arg-type]
            try:
                with pytest.raises(FetchFailure) as caught:
                    await work(client, url, site)
                return caught.value
            finally:
                await client.aclose()

    return asyncio.run(run())


def get(path: str = "/") -> Callable[[Client, str, Site], Awaitable[object]]:
    async def work(client: Client, url: str, _site: Site) -> object:
        return await client.get(url + path)

    return work


def scripted(
    script: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> Callable[..., Awaitable[object]]:
    async def work(client: Client, url: str, site: Site) -> object:
        site.pages["/"] = script
        return await client.get(url + "/")

    return work


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"peace " * 2000)


async def drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b".")
        await asyncio.sleep(0.05)


async def silence(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    raise AssertionError


def test_an_endless_body_is_cut_off() -> None:
    assert failure_of(scripted(endless)).reason is Reason.TOO_LARGE


def test_a_slow_drip_and_silence_end_at_the_deadline() -> None:
    for script in (drip, silence):
        began = time.monotonic()
        assert failure_of(scripted(script)).reason is Reason.TIMEOUT
        assert time.monotonic() - began < 5


def test_a_gzip_bomb_goes_off_in_bounded_memory() -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)

    async def script(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

    tracemalloc.start()
    try:
        assert failure_of(scripted(script), limit=1_000_000).reason is Reason.TOO_LARGE
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_stated_length_beyond_the_limit_is_refused_before_the_body() -> None:
    async def script(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"x" * (LIMIT + 1))

    failure = failure_of(scripted(script))
    assert failure.reason is Reason.TOO_LARGE
    assert str(LIMIT + 1) in str(failure)


REDIRECTS = {
    "to itself": "/",
    "to a file": "file:///etc/passwd",
    "to ftp": "ftp://ministry.example/",
    "to nothing": "http://",
    "to a script": "javascript:alert(1)",
}


@pytest.mark.parametrize("target", REDIRECTS.values(), ids=REDIRECTS.keys())
def test_redirects_to_where_we_do_not_go_are_refused(target: str) -> None:
    async def script(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": target})

    assert failure_of(scripted(script)).reason in {Reason.REDIRECT, Reason.ADDRESS}


def test_a_chain_of_a_hundred_redirects_is_left_early() -> None:
    async def work(client: Client, url: str, site: Site) -> object:
        async def script(request: web.Request) -> web.StreamResponse:
            step = int(request.query.get("n", 0))
            return web.Response(status=302, headers={"Location": f"/?n={step + 1}"})

        site.pages["/"] = script
        try:
            return await client.get(url + "/")
        finally:
            assert site.counts["/"] < 10

    assert failure_of(work).reason is Reason.REDIRECT


INSIDE = [
    "http://127.0.0.1:{port}/secret", "http://localhost:{port}/secret", "http://2130706433:{port}/secret",
    "http://0x7f000001:{port}/secret", "http://0177.0.0.1:{port}/secret", "http://127.1:{port}/secret",
    "http://[::1]:{port}/secret", "http://[::ffff:127.0.0.1]:{port}/secret", "http://0.0.0.0:{port}/secret",
    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[fe80::1]/", "http://[fd00::1]/",
]  # fmt: skip


@pytest.mark.parametrize("target", INSIDE)
def test_private_addresses_are_refused_by_default_in_every_notation(target: str) -> None:
    async def work(client: Client, url: str, site: Site) -> object:
        try:
            return await client.get(target.format(port=8080))
        finally:
            assert not site.counts

    assert failure_of(work, private=False).reason in {Reason.ADDRESS, Reason.DNS}


def with_names(
    names: dict[str, list[str]], pages: dict[str, object], path: str = "/"
) -> tuple[FetchFailure | bytes, list[str]]:
    """What fetching from a public name brings, when the name server answers one after the other."""

    async def run() -> tuple[FetchFailure | bytes, list[str]]:
        site = Site()
        site.pages |= pages  # type: ignore[arg-type]
        async with serve(site) as url:
            network = Detour(int(url.rpartition(":")[2]))
            client = client_on(network, names)
            try:
                return (await client.get(f"http://ministry.example{path}")).body, network.connected
            except FetchFailure as failure:
                return failure, network.connected
            finally:
                await client.aclose()

    return asyncio.run(run())


def moved(target: str) -> Callable[[web.Request], web.StreamResponse]:
    return lambda _: web.Response(status=302, headers={"Location": target, "Connection": "close"})


def test_a_public_name_is_connected_to_at_the_checked_address() -> None:
    assert with_names({"ministry.example": [PUBLIC]}, {"/": "hello"}) == (b"hello", [PUBLIC])


def test_an_answer_that_changes_between_check_and_connect_changes_nothing() -> None:
    """The name is looked up once: a second look, by whatever connects, would find the loopback."""
    names = {"ministry.example": [PUBLIC, "127.0.0.1"]}
    assert with_names(names, {"/": "hello"}) == (b"hello", [PUBLIC])
    assert names == {"ministry.example": ["127.0.0.1"]}


def test_a_name_that_turns_private_between_two_requests_is_refused() -> None:
    pages = {"/": moved("http://ministry.example/next"), "/next": "secret"}
    got, connected = with_names({"ministry.example": [PUBLIC, "127.0.0.1"]}, pages)
    assert isinstance(got, FetchFailure)
    assert got.reason is Reason.ADDRESS
    assert connected == [PUBLIC]


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1"])
def test_a_redirect_to_a_name_inside_is_refused(address: str) -> None:
    names = {"ministry.example": [PUBLIC], "inside.example": [address]}
    got, connected = with_names(names, {"/": moved("http://inside.example/secret")})
    assert isinstance(got, FetchFailure)
    assert got.reason is Reason.ADDRESS
    assert connected == [PUBLIC]


@pytest.mark.parametrize("target", [t.format(port=8080) for t in INSIDE])
def test_a_redirect_to_an_address_inside_is_refused(target: str) -> None:
    names = {"ministry.example": [PUBLIC], urlsplit(target).hostname or "": ["127.0.0.1"]}
    got, connected = with_names(names, {"/": moved(target)})
    assert isinstance(got, FetchFailure)
    assert got.reason in {Reason.ADDRESS, Reason.REDIRECT}
    assert connected == [PUBLIC]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 429, 451, 500, 502, 503, 504, 204, 206])
def test_statuses_other_than_200_are_failures_with_their_number(status: int) -> None:
    async def script(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Retry-After": "120"})

    failure = failure_of(scripted(script))
    assert (failure.reason, failure.status) == (Reason.STATUS, status)
    assert failure.is_gone == (status in {404, 410})
    assert failure.retry_after == 120


def raw_server(reply: bytes) -> FetchFailure:
    """The failure of a fetch from a server that sends `reply` and hangs up."""

    async def run() -> FetchFailure:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(reply)
            await writer.drain()
            writer.close()
            await writer.wait_closed()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        client = Client(seconds=2, limit=LIMIT, private=True)
        async with server:
            with pytest.raises(FetchFailure) as caught:
                await client.get(f"http://127.0.0.1:{port}/")
            await client.aclose()
        return caught.value

    return asyncio.run(run())


BROKEN = [
    b"", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 999999 What\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000 + b"\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 500_000 + b"\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
]  # fmt: skip


@pytest.mark.parametrize("reply", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_http_is_a_clear_failure(reply: bytes) -> None:
    assert raw_server(reply).reason is Reason.PROTOCOL


def test_a_refused_connection_and_an_unknown_name_are_clear() -> None:
    async def refused(client: Client, _url: str, _site: Site) -> object:
        return await client.get("http://127.0.0.1:9/")

    async def unknown(client: Client, _url: str, _site: Site) -> object:
        return await client.get("http://no-such-ministry.invalid/")

    assert failure_of(refused).reason is Reason.CONNECT
    assert failure_of(unknown).reason is Reason.DNS


def test_cookies_are_not_kept_and_headers_cannot_be_injected() -> None:
    async def run() -> None:
        site = Site()

        async def script(_request: web.Request) -> web.StreamResponse:
            response = web.Response(text="x")
            response.set_cookie("session", "1")
            return response

        site.pages["/"] = script
        async with serve(site) as url:
            client = Client(private=True, contact="press@x.example\r\nX-Evil: 1")
            await client.get(url + "/")
            await client.get(url + "/", Validators('"a"\r\nX-Evil: 2', "Fri\nX-Evil: 3"))
            await client.aclose()
        for headers in site.headers:
            assert "cookie" not in headers
            assert "x-evil" not in headers
        assert "Communique" in site.headers[0]["user-agent"]
        assert "press@x.example" in site.headers[0]["user-agent"]

    asyncio.run(run())


def test_permanent_redirects_are_remembered_others_not() -> None:
    async def run() -> None:
        site = Site()
        site.pages["/new"] = "hello"
        site.pages["/temporary"] = lambda _: web.Response(status=302, headers={"Location": "/new"})
        site.pages["/old"] = lambda _: web.Response(status=301, headers={"Location": "/new"})
        site.pages["/older"] = lambda _: web.Response(status=308, headers={"Location": "/old"})
        site.pages["/mixed"] = lambda _: web.Response(status=301, headers={"Location": "/temporary"})
        async with serve(site) as url:
            client = Client(private=True)
            assert (await client.get(url + "/older")).moved_to == url + "/new"
            assert (await client.get(url + "/temporary")).moved_to is None
            assert (await client.get(url + "/mixed")).moved_to == url + "/temporary"
            await client.aclose()

    asyncio.run(run())
