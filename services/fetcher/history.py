"""A source's own past: its sitemaps or the pages of its listing, walked back to a date, resumable."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from services.database import engine as database
from services.errors import ConfigurationError
from services.fetcher import index, pages
from services.fetcher.entries import Entry, Index, IndexKind, stamp
from services.fetcher.failures import FetchFailure
from services.fetcher.items import Items, Outcome
from services.fetcher.log import KafkaLog, Log
from services.fetcher.sources import source_of
from services.fetcher.state import HISTORY, Memory, Source
from services.fetcher.web import Web, open_web
from services.settings import Settings

_LIMIT: Final = 50 * 1024 * 1024
_MOST_PAGES: Final = 2000
_OLD_ENOUGH: Final = 2  # so many pages with nothing but older releases end the walk

Tell = Callable[[str, int, int], None]  # step, done, total (0: unknown)


@dataclass(slots=True)
class Walked:
    """What became of a walk; `done` is what a later one need not read again."""

    pages: int = 0
    found: int = 0
    published: int = 0
    known: int = 0
    failed: list[str] = field(default_factory=list)
    next_url: str | None = None


class Walk:
    """One source into the past. Its place is kept in a small file, so a stopped walk goes on where it was."""

    def __init__(self, web: Web, memory: Memory, sink: Log, place: Path) -> None:
        self._web, self._memory, self._place = web, memory, place
        self._items = Items(web, memory, sink)

    async def run(self, source: Source, since: date, tell: Tell) -> Walked:
        """Publish what the source still shows from `since` on; raises `FetchFailure` if it shows nothing."""
        walked = self._resumed(source, since)
        async for listed in self._indexes(source, walked):
            walked.pages += 1
            old = await self._take(source, listed, since, walked, tell)
            self._keep(source, since, walked)
            if old and listed.kind is not IndexKind.SITEMAP:
                break
        self._place.unlink(missing_ok=True)
        return walked

    async def _indexes(self, source: Source, walked: Walked) -> AsyncIterator[Index]:
        """The pages of a listing, or the maps of a sitemap, the newest first."""
        queue, seen, quiet = [walked.next_url or source.url], set[str](), 0
        while queue and walked.pages < _MOST_PAGES and quiet < _OLD_ENOUGH:
            url = queue.pop(0)
            if url in seen:
                continue
            seen.add(url)
            answer = await self._web.get(url, limit=_LIMIT)
            listed = await asyncio.to_thread(index.read, answer, _LIMIT)
            if listed.kind is IndexKind.SITEMAP_INDEX:
                queue = [*listed.more, *queue]
                continue
            queue += listed.more
            walked.next_url = queue[0] if queue else None
            before = walked.found
            yield listed
            quiet = quiet + 1 if walked.found == before else 0

    async def _take(self, source: Source, listed: Index, since: date, walked: Walked, tell: Tell) -> bool:
        """Take one page's releases; True if all that it dates are older than `since`."""
        start = datetime.combine(since, time(), UTC)
        dated = [(e, stamp(e.published) or stamp(e.updated)) for e in listed.entries]
        wanted = [e for e, at in dated if at is None or at >= start]
        walked.found += len(wanted)
        known = await self._memory.items(source.source_id, [r for e in wanted if (r := pages.ref_of(e))])
        for entry in wanted:
            held = known.get(pages.ref_of(entry) or "")
            if held is not None and held.content_hash not in {None, HISTORY}:
                walked.known += 1
            else:
                await self._one(source, entry, walked)
            tell(f"page {walked.pages}", walked.published + walked.known, 0)
        return bool(dated) and all(at is not None and at < start for _, at in dated)

    async def _one(self, source: Source, entry: Entry, walked: Walked) -> None:
        try:
            outcome = await self._items.take(source, entry, None)
        except FetchFailure as failure:
            walked.failed.append(f"{entry.url}: {failure}")
            return
        if outcome is Outcome.NEW:
            walked.published += 1
        else:
            walked.known += 1

    def _resumed(self, source: Source, since: date) -> Walked:
        try:
            kept = json.loads(self._place.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Walked()
        if kept.get("source_id") != source.source_id or kept.get("since") != since.isoformat():
            return Walked()
        return Walked(next_url=kept.get("next_url"))

    def _keep(self, source: Source, since: date, walked: Walked) -> None:
        place = {"source_id": source.source_id, "since": since.isoformat(), **asdict(walked)}
        self._place.parent.mkdir(parents=True, exist_ok=True)
        scratch = self._place.with_suffix(".new")
        scratch.write_text(json.dumps(place), encoding="utf-8")
        scratch.replace(self._place)


def backfill(settings: Settings, source_id: str, since: date, tell: Tell) -> Walked:
    """Walk a source of the database into the past; returns when the broker has everything."""
    if since > datetime.now(UTC).date():
        raise ConfigurationError(f"{since} is in the future", remedy="Give a past day with --since.")
    return asyncio.run(_backfill(settings, source_of(settings, source_id), since, tell))


async def _backfill(settings: Settings, source: Source, since: date, tell: Tell) -> Walked:
    engine = database.connect(settings)
    web, sink = open_web(settings, engine), KafkaLog(settings)
    place = settings.home / "run" / f"history-{source.source_id}.json"
    try:
        return await Walk(web, Memory(engine), sink, place).run(source, since, tell)
    finally:
        await web.aclose()
        await sink.aclose()
        engine.dispose()
