"""From an address to what can be polled: feeds, news sitemaps, or a listing whose releases are recognised."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html

from services.fetcher import index, pages
from services.fetcher.client import Answer
from services.fetcher.entries import Entry, Index, IndexKind, stamp
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.listing import same_site
from services.fetcher.state import Source
from services.fetcher.web import Web
from streams.clean import clean
from streams.errors import BadRecord
from streams.records import CleanRelease

_FEED_PATHS: Final = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "?feed=rss2")
_SITEMAP_PATHS: Final = (
    "/news-sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap_news.xml",
    "/sitemap.xml",
    "/sitemap_index.xml",
)
_NEWS_MAP: Final = re.compile(r"news|press|post|article|release|media|statement", re.IGNORECASE)
_PRESS_LINK: Final = re.compile(
    r"\b(?:press|news(?:room)?|media|releases?|statements?|communiqu[eé]s?|actualit[ée]s|noticias|prensa|comunicados|imprensa"
    r"|notícias|aktuelles|presse|новости|пресс\w*|заявления|أخبار|البيانات)\b|新闻|ニュース",
    re.IGNORECASE,
)
_FRONT: Final = re.compile(
    r"/(?:(?:[a-z]{2}(?:[-_][a-z]{2})?|eng|english|index|default|home)(?:\.\w{2,5})?/?){0,2}\Z", re.IGNORECASE
)
_MOST_TRIES: Final = 18
_ENOUGH: Final = 3
_SAMPLE: Final = 3
_LIMIT: Final = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """One release as it would be published."""

    url: str | None
    title: str | None = None
    published_on: str | None = None
    published_basis: str | None = None
    language: str | None = None
    characters: int = 0
    error: str | None = None


@dataclass(slots=True)
class Candidate:
    """An address that can be polled, and what it lists."""

    url: str
    kind: IndexKind
    entries: tuple[Entry, ...]
    samples: list[Sample] = field(default_factory=list)

    @property
    def newest(self) -> str | None:
        """The latest day that the index itself states."""
        days = [d for e in self.entries if (d := stamp(e.published) or stamp(e.updated))]
        return max(days).date().isoformat() if days else None

    def worth(self) -> tuple[int, bool, int]:
        """What orders candidates: the kind, then whether most releases are dated, then how many there are."""
        rank = {IndexKind.FEED: 3, IndexKind.LISTING: 2, IndexKind.SITEMAP: 1}.get(self.kind, 0)
        enough = len(self.entries) >= _ENOUGH
        dated = sum(1 for e in self.entries if e.published or e.updated)
        return (rank if enough else 0, dated * 2 > len(self.entries), min(len(self.entries), 100))


async def discover(web: Web, url: str) -> list[Candidate]:
    """What can be polled at or near `url`, the best first; raises `FetchFailure` if `url` itself fails."""
    return await _Search(web, url).run()


class _Search:
    """One search: bounded in requests, each of them polite."""

    def __init__(self, web: Web, url: str) -> None:
        self._web, self._url = web, url
        self._tried: set[str] = set()
        self._found: list[Candidate] = []

    async def run(self) -> list[Candidate]:
        answer = await self._web.get(self._url, limit=_LIMIT)
        self._tried.add(self._url)
        first = await asyncio.to_thread(index.read, answer, _LIMIT)
        self._keep(answer.url, first)
        if first.kind is IndexKind.SITEMAP_INDEX:
            await self._try(u for u in first.more if _NEWS_MAP.search(u))
        if first.kind is not IndexKind.LISTING:
            return self._sorted()
        await self._try(first.feeds)
        # A front page lists many things; its press page lists releases, and knows their feed.
        front = bool(_FRONT.match(urlsplit(answer.url).path))
        if front and not self._has_feed():
            await self._try(await asyncio.to_thread(_press_pages, answer))
        if not self._has_feed():
            await self._try(_usual_feeds(answer.url))
        if not front and not self._has_list():
            await self._try(await asyncio.to_thread(_press_pages, answer))
        if not self._has_list():
            await self._try(await self._sitemaps(answer.url))
        if not self._found and first.is_scripted:
            raise FetchFailure(Reason.EMPTY, first.why_nothing)
        return self._sorted()

    def _has_feed(self) -> bool:
        return any(c.kind is IndexKind.FEED for c in self._found)

    def _has_list(self) -> bool:
        return any(len(c.entries) >= _ENOUGH for c in self._found)

    def _sorted(self) -> list[Candidate]:
        return sorted(self._found, key=Candidate.worth, reverse=True)

    async def _sitemaps(self, here: str) -> list[str]:
        named = (await self._web.rules(here)).sitemaps
        usual = [urljoin(here, path) for path in _SITEMAP_PATHS]
        return [u for u in [*named, *usual] if same_site(urlsplit(u).hostname, urlsplit(here).hostname)]

    async def _try(self, urls: Iterable[str]) -> None:
        """Fetch addresses that may be an index; those that are none are passed over."""
        for url in urls:
            if url in self._tried or len(self._tried) >= _MOST_TRIES:
                continue
            self._tried.add(url)
            try:
                answer = await self._web.get(url, limit=_LIMIT)
                found = await asyncio.to_thread(index.read, answer, _LIMIT)
            except FetchFailure:
                continue
            self._keep(answer.url, found)
            if found.kind is IndexKind.SITEMAP_INDEX:
                await self._try([u for u in found.more if _NEWS_MAP.search(u)][:2])
            if found.kind is IndexKind.LISTING:
                await self._try(found.feeds[:2])
            if self._has_feed() and self._has_list():
                return

    def _keep(self, url: str, found: Index) -> None:
        pages_of_all_kinds = found.kind is IndexKind.SITEMAP and not _NEWS_MAP.search(urlsplit(url).path)
        if found.entries and not pages_of_all_kinds and all(c.url != url for c in self._found):
            self._found.append(Candidate(url, found.kind, found.entries))


def _usual_feeds(here: str) -> list[str]:
    folder = here if here.endswith("/") else here + "/"
    root = urljoin(here, "/")
    return list(dict.fromkeys([urljoin(folder, _FEED_PATHS[0]), *(urljoin(root, p) for p in _FEED_PATHS)]))


def _press_pages(answer: Answer) -> list[str]:
    """The pages of a front page that its own words call news or press."""
    tree = lxml_html.document_fromstring(answer.body)
    found: dict[str, int] = {}
    for anchor in tree.iter("a"):
        words = " ".join(anchor.text_content().split())
        url = urljoin(answer.url, (anchor.get("href") or "").strip()).partition("#")[0]
        inside = same_site(urlsplit(url).hostname, urlsplit(answer.url).hostname)
        if (
            inside
            and len(words) <= 40
            and (_PRESS_LINK.search(words) or _PRESS_LINK.search(urlsplit(url).path))
        ):
            found.setdefault(url, len(words))
    return sorted(found, key=lambda u: found[u])[:4]


async def sample(web: Web, source: Source, entries: tuple[Entry, ...], count: int = _SAMPLE) -> list[Sample]:
    """The first releases as they would be published; nothing is."""
    return [await _sampled(web, source, entry) for entry in entries[:count]]


async def _sampled(web: Web, source: Source, entry: Entry) -> Sample:
    try:
        now = web.clock.now()
        if entry.url is None:
            got = await asyncio.to_thread(pages.from_content, source, entry, now, None)
        else:
            answer = await web.get(entry.url)
            got = await asyncio.to_thread(pages.from_answer, source, entry, answer, now, None)
        release: CleanRelease = await asyncio.to_thread(clean, got.record)
    except (FetchFailure, BadRecord) as error:
        return Sample(entry.url, entry.title, error=str(error))
    return Sample(
        release.url,
        release.title,
        release.published_on,
        release.published_basis,
        release.language,
        len(release.text),
    )
