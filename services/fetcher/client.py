"""One HTTP client for all sources: checked addresses, bounded answers, redirects followed by hand."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from services.fetcher import bodies
from services.fetcher.addresses import GuardedBackend, check_url
from services.fetcher.clock import utc_now
from services.fetcher.failures import FetchFailure, Reason

USER_AGENT: Final = "Communique/0.1 (news archive of diplomatic releases{contact})"
MOST_REDIRECTS: Final = 5
_PERMANENT: Final = frozenset({301, 308})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_KEPT_HEADERS: Final = ("content-type", "content-language", "last-modified", "etag", "date")
_LONGEST_WAIT: Final = 7 * 86400.0
_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer: 200, or 304 with an empty body."""

    url: str  # where the body came from
    status: int
    body: bytes
    headers: dict[str, str]  # lower-case names, only those that matter
    moved_to: str | None = None  # the end of a chain of permanent redirects, if there was one

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it whether a page has changed."""

    etag: str | None = None
    last_modified: str | None = None


Before = Callable[[str], Awaitable[None]]
Turn = Callable[[str], AbstractAsyncContextManager[None]]


class _Transport(httpx.AsyncBaseTransport):
    """httpcore with our network backend, under httpx's interface."""

    def __init__(self, backend: GuardedBackend, connections: int, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=connections,
            max_keepalive_connections=connections // 2,
            keepalive_expiry=15,
            http2=True,
            network_backend=backend,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


class Client:
    """Fetches one address at a time within bounds of time and size; keeps no cookies."""

    def __init__(
        self,
        *,
        contact: str = "",
        seconds: float = 30.0,
        limit: int = 8 * 1024 * 1024,
        connections: int = 64,
        private: bool = False,
        backend: GuardedBackend | None = None,
    ) -> None:
        self.user_agent = USER_AGENT.format(contact=f"; +{_one_line(contact)}" if contact else "")
        self._seconds, self._limit, self._private = seconds, limit, private
        backend = backend or GuardedBackend(private=private)
        self._http = httpx.AsyncClient(
            transport=_Transport(backend, connections, httpx.create_ssl_context()),
            follow_redirects=False,
            timeout=httpx.Timeout(seconds, connect=min(10.0, seconds), pool=None),
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={
                "user-agent": self.user_agent,
                "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,*/*;q=0.5",
                "accept-encoding": bodies.ACCEPTED,
            },
        )

    async def aclose(self) -> None:
        await self._http.aclose()

    async def get(
        self,
        url: str,
        validators: Validators | None = None,
        *,
        limit: int | None = None,
        before: Before | None = None,
        turn: Turn | None = None,
        cut: bool = False,
    ) -> Answer:
        """Fetch `url`; raises `FetchFailure`.

        `before` is awaited ahead of each request of a chain of redirects, and each is made inside
        `turn`. With `cut` a body that is too large is cut short, not refused.
        """
        seen, permanent, here = {url}, True, url
        moved: str | None = None
        for _ in range(MOST_REDIRECTS + 1):
            check_url(here, private=self._private)
            if before is not None:
                await before(here)
            async with turn(here) if turn else nullcontext():
                answer, target = await self._once(here, validators, limit or self._limit, cut)
            if answer is not None:
                return Answer(answer.url, answer.status, answer.body, answer.headers, moved)
            here, permanent = self._next(here, target or ("", False), permanent, seen)
            seen.add(here)
            moved = here if permanent else moved
        raise FetchFailure(Reason.REDIRECT, f"more than {MOST_REDIRECTS} redirects")

    def _next(self, here: str, target: tuple[str, bool], permanent: bool, seen: set[str]) -> tuple[str, bool]:
        """Where a redirect leads, and whether all of the chain so far was permanent."""
        location, lasting = target
        there = urljoin(here, location).partition("#")[0]
        if there in seen:
            raise FetchFailure(Reason.REDIRECT, f"redirects in a circle at {there[:200]}")
        if urlsplit(there).scheme not in {"http", "https"}:
            raise FetchFailure(Reason.REDIRECT, f"redirects to {there[:200]!r}, which is no web address")
        if urlsplit(here).scheme == "https" and urlsplit(there).scheme == "http" and not self._private:
            raise FetchFailure(Reason.REDIRECT, "redirects from https to http")
        return there, permanent and lasting

    async def _once(
        self, url: str, validators: Validators | None, limit: int, cut: bool
    ) -> tuple[Answer | None, tuple[str, bool] | None]:
        headers, seconds = {}, self._seconds
        if validators and validators.etag:
            headers["if-none-match"] = _one_line(validators.etag)
        if validators and validators.last_modified:
            headers["if-modified-since"] = _one_line(validators.last_modified)
        try:
            # The deadline bounds the whole exchange: a slow drip never trips a timeout between bytes.
            async with asyncio.timeout(seconds), self._http.stream("GET", url, headers=headers) as response:
                return await self._taken(response, url, limit, cut)
        except TimeoutError:
            raise FetchFailure(Reason.TIMEOUT, f"no complete answer within {seconds:g} s") from None
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise FetchFailure(Reason.TIMEOUT, f"no answer within {seconds:g} s") from None
        except httpcore.ConnectError as error:
            raise _connect_failure(error) from None
        except httpx.RemoteProtocolError as error:  # raised by httpx for one thing only: a bad Location
            raise FetchFailure(Reason.REDIRECT, str(error)) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError) as error:
            raise FetchFailure(Reason.PROTOCOL, str(error) or type(error).__name__) from None
        except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
            raise FetchFailure(Reason.ADDRESS, f"{url[:200]!r}: {error}") from None

    async def _taken(
        self, response: httpx.Response, url: str, limit: int, cut: bool
    ) -> tuple[Answer | None, tuple[str, bool] | None]:
        status, headers = response.status_code, response.headers
        if status in _REDIRECTS and headers.get("location"):
            return None, (headers["location"], status in _PERMANENT)
        kept = {k: headers[k][:1000] for k in _KEPT_HEADERS if k in headers}
        if status == 304:
            return Answer(url, 304, b"", kept), None
        if status != 200:
            raise FetchFailure(
                Reason.STATUS,
                f"HTTP {status}",
                status=status,
                retry_after=retry_after(headers.get("retry-after")),
            )
        stated = headers.get("content-length", "")
        if not cut and _NUMBER.fullmatch(stated) and float(stated) > limit:
            raise FetchFailure(Reason.TOO_LARGE, f"{stated} bytes, the limit is {limit}")
        body = await bodies.read_body(
            response.aiter_raw(), headers.get("content-encoding", ""), limit, cut=cut
        )
        return Answer(url, 200, body, kept), None


def retry_after(value: str | None) -> float | None:
    """Seconds until the server wants to be asked again: a number of seconds, or a date."""
    value = (value or "").strip()
    if _NUMBER.fullmatch(value):
        return min(float(value), _LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max(0.0, (when - utc_now()).total_seconds()), _LONGEST_WAIT)


def _connect_failure(error: httpcore.ConnectError) -> FetchFailure:
    said = str(error)
    if isinstance(error.__cause__, ssl.SSLError) or "SSL" in said.upper() or "CERTIFICATE" in said.upper():
        return FetchFailure(Reason.TLS, said)
    return FetchFailure(Reason.CONNECT, said or "the connection is refused")


def _one_line(value: str) -> str:
    """A header's value without anything that could begin another header."""
    return "".join(c for c in value if c.isprintable()).encode("ascii", "ignore").decode()[:300]
