"""Asks a source for what it lists: conditionally, through the newest maps of a sitemap index, and doubting what comes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from services.fetcher import index, pages
from services.fetcher.client import Answer, Validators
from services.fetcher.entries import Entry, Index, IndexKind
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.forms import form_of
from services.fetcher.state import LIES, Memory, Source, SourceState, moment
from services.fetcher.web import Web

MOST_MAPS: Final = 3  # sitemaps of an index, the newest, in one poll
MOST_PAGES: Final = 5  # of a list or feed in pages, where the first holds nothing that is known
_FULL_AFTER: Final = timedelta(hours=6)  # a conditional request is doubted after this time
_USUAL_BYTES: Final = 4 * 1024 * 1024
_MOST_BYTES: Final = 50 * 1024 * 1024  # the sitemap protocol's own limit; of these one at a time
_MOST_REMEMBERED: Final = 2000
_ENOUGH_TO_COMPARE: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a source answered; `listed` is null if it says that nothing has changed."""

    answer: Answer
    listed: Index | None
    validators: Validators | None = None  # to ask with next time, if the answer is one of its own


class Asker:
    """Fetches and reads indexes; what is large is had one at a time, so that memory stays bounded."""

    def __init__(self, web: Web, memory: Memory) -> None:
        self._web, self._memory = web, memory
        self._alone = asyncio.Semaphore(1)
        self._large: set[str] = set()
        self._maps: OrderedDict[str, Validators] = OrderedDict()

    async def ask(self, source: Source, state: SourceState, now: datetime) -> Asked:
        """Ask once; raises `FetchFailure` if there is no answer, or one that lists nothing of the source."""
        full = state.full_at is not None and now - moment(state.full_at) < _FULL_AFTER
        conditional = full and state.etag != LIES
        validators = Validators(state.etag, state.last_modified) if conditional else None
        answer, found = await self._read(state.moved_to or source.url, validators)
        if found is None:
            return Asked(answer, None, validators)
        own = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))
        if found.kind is IndexKind.SITEMAP_INDEX:
            inner = await self._newest(found, answer.url, conditional=conditional)
            return Asked(answer, inner)
        if not found.entries and found.feeds:
            _, feed = await self._read(found.feeds[0], None)
            found, own = feed or found, Validators()
        await self._refuse_emptiness(source, found)
        await self._refuse_another_page(source, state, found)
        if state.last_success_at is not None:
            found = await self._with_older(source, found)
        return Asked(answer, found, own if own.etag or own.last_modified else None)

    async def _read(self, url: str, validators: Validators | None) -> tuple[Answer, Index | None]:
        if url not in self._large:
            try:
                answer = await self._web.get(url, validators, limit=_USUAL_BYTES)
                return answer, await self._parsed(answer, _USUAL_BYTES)
            except FetchFailure as failure:
                if failure.reason is not Reason.TOO_LARGE:
                    raise
            self._large.add(url)
        async with self._alone:
            answer = await self._web.get(url, validators, limit=_MOST_BYTES)
            return answer, await self._parsed(answer, _MOST_BYTES)

    async def _parsed(self, answer: Answer, limit: int) -> Index | None:
        return None if answer.is_unchanged else await asyncio.to_thread(index.read, answer, limit)

    async def _newest(self, found: Index, here: str, *, conditional: bool) -> Index | None:
        """The newest maps of a sitemap index; null if none of them has changed."""
        entries: list[Entry] = []
        wanted = [u for u in dict.fromkeys(found.more) if u != here][:MOST_MAPS]
        unchanged = 0
        for url in wanted:
            answer, inner = await self._read(url, self._maps.get(url) if conditional else None)
            if inner is None:
                unchanged += 1
                continue
            self._remember(url, answer)
            entries += inner.entries  # an index inside an index is not followed
        if not entries:
            if unchanged:
                return None
            raise FetchFailure(Reason.EMPTY, Index(IndexKind.SITEMAP).why_nothing)
        return Index(IndexKind.SITEMAP, tuple(entries))

    def _remember(self, url: str, answer: Answer) -> None:
        self._maps[url] = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))
        self._maps.move_to_end(url)
        if len(self._maps) > _MOST_REMEMBERED:
            self._maps.popitem(last=False)

    async def _with_older(self, source: Source, found: Index) -> Index:
        """`found` with the pages behind it, up to one that holds what is known: more came than one page lists.

        A page that cannot be had now fails the poll, so that the next one begins where this one did.
        """
        entries, page = list(found.entries), found
        for _ in range(MOST_PAGES - 1):
            if not page.more or await self._is_known(source, page):
                break
            try:
                _, older = await self._read(page.more[0], None)
            except FetchFailure as failure:
                if failure.is_lasting:
                    break
                raise
            if older is None or older.kind is not found.kind or not older.entries:
                break
            entries += older.entries
            page = older
        return replace(found, entries=tuple(entries))

    async def _is_known(self, source: Source, page: Index) -> bool:
        refs = [ref for e in page.entries if (ref := pages.ref_of(e))]
        return bool(await self._memory.items(source.source_id, refs))

    async def _refuse_emptiness(self, source: Source, found: Index) -> None:
        if found.entries:
            return
        if found.kind is not IndexKind.FEED or await self._memory.has_items(source.source_id):
            raise FetchFailure(Reason.EMPTY, found.why_nothing)

    async def _refuse_another_page(self, source: Source, state: SourceState, found: Index) -> None:
        """Raise `FetchFailure` if a page lists what the source never did: a wall, or a new site.

        A feed that becomes a page says it by itself; a page that lists links is told by their addresses,
        none of which is known, nor of the form of those that are.
        """
        if found.kind is not IndexKind.LISTING or state.index_kind is None:
            return
        if state.index_kind != IndexKind.LISTING:
            raise FetchFailure(Reason.CHANGED, f"a page in place of the {state.index_kind}")
        refs = [ref for e in found.entries if (ref := pages.ref_of(e))]
        if await self._memory.items(source.source_id, refs):
            return
        before = await self._memory.latest_refs(source.source_id, 200)
        if len(before) >= _ENOUGH_TO_COMPARE and not {*map(form_of, refs)} & {*map(form_of, before)}:
            raise FetchFailure(
                Reason.CHANGED,
                "the page lists other addresses than ever before: a wall or a new site (then remove and add the source)",
            )
