"""A source's own past: its sitemaps or the pages of its list, walked back to a date, resumable.

A list that ends before the date, as feeds do, is followed by the site's sitemaps, of which the addresses
count that have the form of the source's releases.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

from services.errors import CommuniqueError, ConfigurationError
from services.fetcher import index, pages
from services.fetcher.claims import Claims, claims_for, of_source
from services.fetcher.claims import held as claim
from services.fetcher.entries import Entry, Index, IndexKind, stamp
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.forms import form_of
from services.fetcher.items import Items, Outcome
from services.fetcher.listing import same_site
from services.fetcher.log import KafkaLog, Log
from services.fetcher.sources import source_of
from services.fetcher.state import HISTORY, Item, Memory, Source
from services.fetcher.store import open_store
from services.fetcher.web import Web, open_web
from services.settings import Settings
from streams.clean import clean
from streams.errors import BadRecord
from streams.records import Observation, RawRelease

_LIMIT: Final = 50 * 1024 * 1024
_MOST_PAGES: Final = 2000
_USUAL_MAPS: Final = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
_COMPARED: Final = 500  # of the source's releases, whose addresses show what is one
_OLD_ENOUGH: Final = 2  # so many pages of a listing with nothing but older releases end the walk

Tell = Callable[[str, int, int], None]  # step, done, total (0: unknown)


@dataclass(slots=True)
class Walked:
    """What became of a walk, and the addresses that are still to be read."""

    pages: int = 0
    found: int = 0
    published: int = 0
    known: int = 0
    failed: list[str] = field(default_factory=list)
    to_read: list[str] = field(default_factory=list)
    quiet: int = 0  # pages in a row that held only older releases
    reached: bool = False  # whether the last page held an older release
    is_list: bool = False  # whether the source is a list or feed, which may end before the date
    in_maps: bool = False  # whether the walk has turned to the site's sitemaps


class _Sent:
    """A log that remembers what it was given last: its date tells how far into the past the walk is."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.record: RawRelease | None = None

    @property
    def is_healthy(self) -> bool:
        return self._log.is_healthy

    async def publish(self, record: RawRelease | Observation) -> None:
        await self._log.publish(record)
        self.record = record if isinstance(record, RawRelease) else None

    async def refuse(self, record: RawRelease, reason: str, at: str) -> None:
        await self._log.refuse(record, reason, at)


def _day_of(record: RawRelease | None) -> str | None:
    """The day on which a release says that it was published."""
    try:
        return clean(record).published_on if record else None
    except BadRecord:
        return None


class Walk:
    """One source into the past. Its place is kept in a small file, so a stopped walk goes on where it was."""

    def __init__(self, web: Web, memory: Memory, sink: Log, place: Path, claims: Claims) -> None:
        self._web, self._memory, self._place, self._claims = web, memory, place, claims
        self._sent = _Sent(sink)
        self._items = Items(web, memory, self._sent)

    async def run(self, source: Source, since: date, tell: Tell) -> Walked:
        """Publish what the source still shows from `since` on.

        Raises `FetchFailure` if a page cannot be had, or the host wants its peace; a later run goes on there.
        """
        walked, seen = self._resumed(source, since), set[str]()
        while walked.pages < _MOST_PAGES and (walked.to_read or await self._turns_to_maps(source, walked)):
            url = walked.to_read[0]
            if url in seen:
                walked.to_read.pop(0)
                continue
            seen.add(url)
            answer = await self._web.get(url, limit=_LIMIT)
            listed = await asyncio.to_thread(index.read, answer, _LIMIT)
            walked.is_list = walked.is_list or listed.kind in {IndexKind.FEED, IndexKind.LISTING}
            if listed.kind is not IndexKind.SITEMAP_INDEX:
                await self._take(source, listed, since, walked, tell)
            self._go_on(listed, walked)
            self._keep(source, since, walked)
        self._place.unlink(missing_ok=True)
        return walked

    async def _turns_to_maps(self, source: Source, walked: Walked) -> bool:
        """Whether a list ended before the date, and the site has sitemaps that may tell more."""
        if walked.in_maps or walked.reached or not walked.is_list:
            return False
        walked.in_maps = True
        named = [u for u in (await self._web.rules(source.url)).sitemaps if _are_of_one_site(u, source.url)]
        walked.to_read = named or await self._usual_map(source)
        return bool(walked.to_read)

    async def _usual_map(self, source: Source) -> list[str]:
        """The first sitemap at a usual path."""
        for path in _USUAL_MAPS:
            url = urljoin(source.url, path)
            try:
                listed = await asyncio.to_thread(index.read, await self._web.get(url, limit=_LIMIT), _LIMIT)
            except FetchFailure as failure:
                if failure.is_lasting:
                    continue
                raise
            if listed.kind in {IndexKind.SITEMAP, IndexKind.SITEMAP_INDEX}:
                return [url]
        return []

    async def _own(self, source: Source, listed: Index, walked: Walked) -> list[Entry]:
        """The releases of a page: of a map of the whole site those whose addresses are formed like the source's."""
        if not walked.in_maps:
            return list(listed.entries)
        forms = {form_of(ref) for ref in await self._memory.latest_refs(source.source_id, _COMPARED)}
        return [e for e in listed.entries if e.url and form_of(pages.ref_of(e) or "") in forms]

    def _go_on(self, listed: Index, walked: Walked) -> None:
        """What is to be read after this page: the maps of an index before all else, older pages after it."""
        rest = walked.to_read[1:]
        if listed.kind is IndexKind.SITEMAP_INDEX:
            walked.to_read = [*listed.more, *rest]
        elif listed.kind in {IndexKind.FEED, IndexKind.LISTING} and walked.quiet >= _OLD_ENOUGH:
            walked.to_read = []
        else:
            walked.to_read = [*rest, *listed.more]

    async def _take(self, source: Source, listed: Index, since: date, walked: Walked, tell: Tell) -> None:
        """Take one page's releases, as far as they are not plainly older than `since`."""
        walked.pages += 1
        start = datetime.combine(since, time(), UTC)
        own = await self._own(source, listed, walked)
        dated = [(e, stamp(e.published) or stamp(e.updated)) for e in own]
        wanted = [e for e, at in dated if at is None or at >= start]
        walked.found += len(wanted)
        known = await self._memory.items(source.source_id, [r for e in wanted if (r := pages.ref_of(e))])
        older = len(dated) - len(wanted)
        for number, entry in enumerate(wanted, 1):
            held = known.get(pages.ref_of(entry) or "")
            if held is not None and held.content_hash not in {None, HISTORY}:
                walked.known += 1
            else:
                # Release by release, so that the source's usual polls are not held up.
                async with claim(self._claims, of_source(source.source_id)):
                    older += await self._one(source, entry, held, since, walked)
            tell(f"page {walked.pages}, {len(walked.to_read) - 1} more known", number, len(wanted))
        walked.quiet = walked.quiet + 1 if older == len(dated) else 0
        walked.reached = older > 0

    async def _one(
        self, source: Source, entry: Entry, held: Item | None, since: date, walked: Walked
    ) -> bool:
        """Publish one release; whether it turns out to be older than what is wanted."""
        self._sent.record = None
        try:
            outcome = await self._items.take(source, entry, None)
        except FetchFailure as failure:
            if failure.reason is Reason.WAIT:
                raise
            walked.failed.append(f"{entry.url}: {failure}")
            # The fetcher tries it again, so that it is not lost if this walk is the last.
            await self._items.postpone(source, pages.ref_of(entry) or "", held)
            return False
        if outcome is Outcome.NEW:
            walked.published += 1
        else:
            walked.known += 1
        day = await asyncio.to_thread(_day_of, self._sent.record)
        return day is not None and day < since.isoformat()

    def _resumed(self, source: Source, since: date) -> Walked:
        anew = Walked(to_read=[source.url])
        try:
            kept = json.loads(self._place.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return anew
        if kept.get("source_id") != source.source_id or kept.get("since") != since.isoformat():
            return anew
        return Walked(
            to_read=kept.get("to_read") or [source.url],
            quiet=int(kept.get("quiet") or 0),
            reached=bool(kept.get("reached")),
            is_list=bool(kept.get("is_list")),
            in_maps=bool(kept.get("in_maps")),
        )

    def _keep(self, source: Source, since: date, walked: Walked) -> None:
        """Note the place in one move, so that a kill leaves the old one or the new one."""
        place = {"source_id": source.source_id, "since": since.isoformat(), **asdict(walked)}
        self._place.parent.mkdir(parents=True, exist_ok=True)
        scratch = self._place.with_suffix(".new")
        scratch.write_text(json.dumps(place), encoding="utf-8")
        scratch.replace(self._place)


def _are_of_one_site(one: str, other: str) -> bool:
    return same_site(urlsplit(one).hostname, urlsplit(other).hostname)


def backfill(settings: Settings, source_id: str, since: date, tell: Tell) -> Walked:
    """Walk a source of the database into the past; returns when the broker has everything."""
    if since > datetime.now(UTC).date():
        raise ConfigurationError(f"{since} is in the future", remedy="Give a past day with --since.")
    try:
        return asyncio.run(_backfill(settings, source_of(settings, source_id), since, tell))
    except FetchFailure as failure:
        raise CommuniqueError(
            str(failure), remedy="Run the same command later: it goes on where it was."
        ) from None


async def _backfill(settings: Settings, source: Source, since: date, tell: Tell) -> Walked:
    engine = open_store(settings)
    web, sink = open_web(settings, engine), KafkaLog(settings)
    place = settings.home / "run" / f"history-{source.source_id}.json"
    try:
        claims = claims_for(engine, settings.home / "run" / "fetch")
        return await Walk(web, Memory(engine), sink, place, claims).run(source, since, tell)
    finally:
        await web.aclose()
        await sink.aclose()
        engine.dispose()
