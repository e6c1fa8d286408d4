"""TLS and HTTP/2 on real sockets: spoken with the address that was checked, and bounded like everything else."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from pathlib import Path

import h2.errors
import pytest

from services.fetcher.client import Answer, Client, Validators
from services.fetcher.failures import FetchFailure, Reason
from tests.integration.fetcher.tls import (
    CERTIFICATES,
    PUBLIC,
    Detour,
    Publisher,
    Script,
    Stream,
    client_on,
    serve,
)

NAME = "https://ministry.example"


@pytest.fixture(autouse=True)
def _trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    trust(monkeypatch, "ministry")


def trust(monkeypatch: pytest.MonkeyPatch, certificate: str) -> None:
    """Let the system's certificate authorities be one of ours, as an operator may."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / f"{certificate}.pem"))


def play(publisher: Publisher, scene: Callable[[Client, Detour], Awaitable[None]], **served: object) -> None:
    async def run() -> None:
        async with serve(publisher, **served) as port:  # type: ignore[arg-type]
            network = Detour(port)
            client = client_on(network, {"ministry.example": [PUBLIC]})
            try:
                await scene(client, network)
            finally:
                await client.aclose()

    asyncio.run(run())


def page(body: bytes, status: int = 200, **headers: str) -> Script:
    return lambda stream: stream.reply(status, body, **headers)


def test_http_2_is_spoken_with_the_address_that_was_checked() -> None:
    publisher = Publisher(
        {"/a": page(b"first"), "/b": page(gzip.compress(b"second"), content_encoding="gzip")}
    )

    async def scene(client: Client, network: Detour) -> None:
        assert (await client.get(NAME + "/a")).body == b"first"
        assert (await client.get(NAME + "/b")).body == b"second"
        assert publisher.versions == ["HTTP/2", "HTTP/2"]
        assert network.connected == [PUBLIC]  # one connection for both

    play(publisher, scene)


def test_a_server_without_http_2_is_spoken_to_as_it_can() -> None:
    publisher = Publisher()

    async def scene(client: Client, _network: Detour) -> None:
        assert (await client.get(NAME + "/")).body == b"hello"
        assert publisher.versions == ["HTTP/1.1"]

    play(publisher, scene, spoken=("http/1.1",))


def test_conditions_redirects_and_headers_that_matter_pass_through_http_2() -> None:
    async def old(stream: Stream) -> None:
        await stream.reply(301, location="/new")

    async def new(stream: Stream) -> None:
        if stream.headers.get("if-none-match") == '"v1"':
            await stream.reply(304, etag='"v1"')
        else:
            await stream.reply(200, b"text", etag='"v1"', content_type="text/plain", set_cookie="a=b")

    async def scene(client: Client, _network: Detour) -> None:
        answer: Answer = await client.get(NAME + "/old")
        assert (answer.body, answer.moved_to) == (b"text", NAME + "/new")
        assert answer.headers == {"etag": '"v1"', "content-type": "text/plain"}
        assert (await client.get(NAME + "/new", Validators('"v1"', None))).is_unchanged

    play(Publisher({"/old": old, "/new": new}), scene)


def test_a_connection_that_the_server_gave_up_between_two_requests_is_made_anew() -> None:
    async def last(stream: Stream) -> None:
        await stream.reply(200, b"bye")
        stream.connection.close_connection()
        await stream.send()
        stream.writer.close()

    publisher = Publisher({"/": last})

    async def scene(client: Client, network: Detour) -> None:
        for _ in range(3):
            assert (await client.get(NAME + "/")).body == b"bye"
        assert len(network.connected) == publisher.connections == 3

    play(publisher, scene)


async def endless(stream: Stream) -> None:
    stream.connection.send_headers(stream.number, [(":status", "200")])
    while True:
        room = stream.connection.local_flow_control_window(stream.number)
        stream.connection.send_data(stream.number, b"." * min(room, 16_384))
        await stream.send()
        if room == 0:
            return


async def drip(stream: Stream) -> None:
    stream.connection.send_headers(stream.number, [(":status", "200")])
    while True:
        stream.connection.send_data(stream.number, b".")
        await stream.send()
        await asyncio.sleep(0.05)


async def silence(_stream: Stream) -> None:
    await asyncio.Event().wait()


async def reset(stream: Stream) -> None:
    stream.connection.reset_stream(stream.number, h2.errors.ErrorCodes.INTERNAL_ERROR)
    await stream.send()


async def go_away(stream: Stream) -> None:
    stream.connection.close_connection(h2.errors.ErrorCodes.ENHANCE_YOUR_CALM)
    await stream.send()


async def hang_up(stream: Stream) -> None:
    stream.writer.close()


async def header_bomb(stream: Stream) -> None:
    """Headers that a small frame unfolds into megabytes, by repeating an entry of the table of the compression."""
    fields = [(":status", "200"), *(("x-bomb", "y" * 3000) for _ in range(5000))]
    stream.connection.send_headers(stream.number, fields)
    await stream.send()


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (endless, Reason.TOO_LARGE), (drip, Reason.TIMEOUT), (silence, Reason.TIMEOUT), (reset, Reason.PROTOCOL),
        (go_away, Reason.PROTOCOL), (hang_up, Reason.PROTOCOL), (header_bomb, Reason.PROTOCOL),
    ],
    ids=lambda v: getattr(v, "__name__", str(v)),
)  # fmt: skip
def test_hostile_speakers_of_http_2_are_bounded_and_have_a_reason(script: Script, reason: Reason) -> None:
    async def scene(client: Client, _network: Detour) -> None:
        with pytest.raises(FetchFailure) as caught:
            await client.get(NAME + "/")
        assert caught.value.reason is reason

    play(Publisher({"/": script}), scene)


@pytest.mark.parametrize(
    ("certificate", "trusted", "said"),
    [
        ("ministry", None, "self-signed"),
        ("expired", "expired", "expired"),
        ("other-name", "other-name", "ministry.example"),
    ],
)
def test_a_certificate_that_does_not_verify_is_refused_and_the_reason_says_why(
    monkeypatch: pytest.MonkeyPatch, certificate: str, trusted: str | None, said: str
) -> None:
    if trusted:
        trust(monkeypatch, trusted)
    else:
        monkeypatch.delenv("SSL_CERT_FILE")
    publisher = Publisher({"/": page(b"secret")})

    async def scene(client: Client, _network: Detour) -> None:
        with pytest.raises(FetchFailure) as caught:
            await client.get(NAME + "/")
        assert caught.value.reason is Reason.TLS
        assert said in str(caught.value).replace("self signed", "self-signed")
        assert publisher.versions == []

    play(publisher, scene, certificate=certificate)


def test_a_redirect_from_https_to_plain_http_is_refused() -> None:
    publisher = Publisher({"/": page(b"", 302, location="http://ministry.example/")})

    async def scene(client: Client, network: Detour) -> None:
        with pytest.raises(FetchFailure) as caught:
            await client.get(NAME + "/")
        assert caught.value.reason is Reason.REDIRECT
        assert len(network.connected) == 1

    play(publisher, scene)


def test_certificates_of_the_tests_are_where_they_are_looked_for() -> None:
    assert {p.stem for p in Path(CERTIFICATES).glob("*.pem")} == {"ministry", "other-name", "expired"}
