"""Which addresses are public, however they are written."""

import asyncio

import httpcore
import pytest

from services.fetcher.addresses import GuardedBackend, check_url, is_public, resolve
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.hosts import name_of

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
    "2002:7f00:1::1", "2001:db8::1", "::127.0.0.1", "not an address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_told(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_public_addresses_are_told(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "file:///etc/passwd", "gopher://a.example", "http://", "//a.example/", "http://a.example:22/",
     "http://a.example:99999/", "http://a.example/\r\nX: y", "http://[::1", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchFailure) as caught:
        check_url(url, private=False)
    assert caught.value.reason is Reason.ADDRESS


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_numbers_in_any_notation_end_as_the_address_that_they_mean(host: str) -> None:
    addresses = asyncio.run(resolve(host, 80))
    assert addresses
    assert not any(is_public(a) for a in addresses)


def connect(answers: list[str], *, private: bool = False) -> Exception | None:
    async def resolver(_host: str, _port: int) -> list[str]:
        return answers

    async def run() -> None:
        backend = GuardedBackend(private=private, resolver=resolver)
        stream = await backend.connect_tcp("ministry.example", 9, timeout=2)
        await stream.aclose()

    try:
        asyncio.run(run())
    except (FetchFailure, httpcore.ConnectError) as error:
        return error
    return None


def test_a_name_that_resolves_to_a_private_address_is_refused_before_connecting() -> None:
    for answers in (["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:192.168.0.1"]):
        error = connect(answers)
        assert isinstance(error, FetchFailure)
        assert error.reason is Reason.ADDRESS


def test_private_addresses_are_open_only_where_the_setting_says_so() -> None:
    # Nothing listens on the discard port: the refusal comes from the network, not from us.
    assert isinstance(connect(["127.0.0.1"], private=True), httpcore.ConnectError)


def test_both_families_of_a_name_are_tried_in_turns() -> None:
    tried: list[str] = []

    class Refusing(httpcore.AnyIOBackend):
        async def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:  # type: ignore[override]
            tried.append(host)
            raise httpcore.ConnectError("no route")

    async def resolver(_host: str, _port: int) -> list[str]:
        return ["2606:2800::1", "2606:2800::2", "2606:2800::3", "2606:2800::4", "8.8.8.8", "8.8.4.4"]

    async def run() -> None:
        backend = GuardedBackend(private=False, resolver=resolver, inner=Refusing())
        with pytest.raises(httpcore.ConnectError):
            await backend.connect_tcp("ministry.example", 443, timeout=2)

    asyncio.run(run())
    assert tried == ["2606:2800::1", "8.8.8.8", "2606:2800::2", "8.8.4.4"]


def test_a_host_is_one_whatever_the_scheme_and_another_at_another_port() -> None:
    same = [
        "https://Ministry.example/a",
        "http://ministry.example/b",
        "https://ministry.example.:443/",
        "http://ministry.example:80/",
    ]
    assert {name_of(u) for u in same} == {"ministry.example"}
    assert name_of("http://ministry.example:8080/") == "ministry.example:8080"
