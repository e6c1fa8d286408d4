"""One release at a time: fetched, compared with what is remembered, published, and only then remembered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from enum import StrEnum
from typing import Final, Literal

import msgspec
import structlog

from services.database.columns import iso_time
from services.fetcher import pages
from services.fetcher.client import Validators
from services.fetcher.entries import Entry
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.log import Log, Refused
from services.fetcher.pages import Fetched
from services.fetcher.state import HISTORY, MISSED_ONCE, Item, Memory, Source
from services.fetcher.stored import ReadStored, nothing
from services.fetcher.web import Web
from services.stored import is_of_other_rules
from streams.records import Observation, RawRelease

_SAME_TEXT: Final = 3  # so many releases of one source with one text are a page in their place
log = structlog.stdlib.get_logger(__name__)


class Outcome(StrEnum):
    NEW = "new"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    REFUSED = "refused"
    SAME = "same"
    GONE = "gone"


class Items:
    """The order is always: alias, log, acknowledgement, memory. A kill in between repeats, and loses nothing."""

    def __init__(self, web: Web, memory: Memory, sink: Log, stored: ReadStored = nothing) -> None:
        self._web, self._memory, self._log, self._stored = web, memory, sink, stored

    async def take(self, source: Source, entry: Entry, known: Item | None) -> Outcome:
        """Publish a release that is listed and not on the log; raises `FetchFailure`."""
        try:
            got = await self._get(
                source, entry, None, known.release_id if known and known.release_id else None
            )
        except FetchFailure as failure:
            if failure.reason is Reason.TOO_LARGE:
                return await self._refuse(source, entry, str(failure))
            raise
        if got is None:
            return Outcome.SAME
        got = await self._under_known_name(source, got)
        record = got.record
        if (held := await self._held(source, record)) is not None:
            return (
                await self._edit(source, held, got)
                if held.content_hash != record.content_hash
                else await self._alias(source, got, held)
            )
        await self._doubt_the_same_text(source, record)
        await self._memory.add_aliases(source.source_id, got.refs[1:], record.release_id)
        if not await self._publish(record):
            return Outcome.REFUSED
        await self._remember(source, got, entry)
        return Outcome.NEW

    async def postpone(self, source: Source, ref: str, known: Item | None) -> None:
        """Remember a release that is listed and could not be had, even if it is listed no more."""
        if known is None and ref.startswith(("http://", "https://")):
            at = iso_time(self._web.clock.now())
            await self._memory.save_items([Item(source.source_id, ref, "", None, at, at)])

    async def look_again(self, source: Source, item: Item, entry: Entry | None) -> Outcome:
        """See whether a release that is on the log was edited, withdrawn or put back."""
        entry = entry or Entry(url=item.ref)
        validators = (
            None if item.gone_at or item.etag == MISSED_ONCE else Validators(item.etag, item.last_modified)
        )
        try:
            got = await self._get(source, entry, validators, item.release_id)
        except FetchFailure as failure:
            if failure.is_gone:
                return await self._missed(item)
            if failure.reason is Reason.TOO_LARGE:
                return Outcome.SAME
            raise
        if got is None:
            return Outcome.SAME
        returned = item.gone_at is not None
        if returned:
            await self._observe(item, "returned")
            item = replace(item, gone_at=None)
            await self._memory.save_items([replace(item, etag=None)])
        if got.record.content_hash != item.content_hash:
            return await self._edit(source, item, got)
        await self._alias(source, got, item)
        await self._memory.save_items([replace(item, etag=got.etag, last_modified=got.last_modified)])
        return Outcome.RETURNED if returned else Outcome.SAME

    async def _get(
        self, source: Source, entry: Entry, validators: Validators | None, known_id: str | None
    ) -> Fetched | None:
        """The release as it is now; None if the server says that it is unchanged."""
        now = self._web.clock.now()
        if entry.url is None:
            return await asyncio.to_thread(pages.from_content, source, entry, now, known_id)
        answer = await self._web.get(entry.url, validators)
        if answer.is_unchanged:
            return None
        return await asyncio.to_thread(
            pages.from_answer, source, entry, answer, self._web.clock.now(), known_id
        )

    async def _under_known_name(self, source: Source, got: Fetched) -> Fetched:
        """The record under the id by which one of its references is known already."""
        held = await self._memory.items(source.source_id, got.refs)
        known = next(
            (i.release_id for i in held.values() if i.release_id and i.content_hash != HISTORY), None
        )
        return replace(got, record=_renamed(got.record, known)) if known else got

    async def _held(self, source: Source, record: RawRelease) -> Item | None:
        refs = await self._memory.of_release(source.source_id, record.release_id)
        return next((i for i in refs if i.content_hash not in {None, HISTORY}), None)

    async def _alias(self, source: Source, got: Fetched, held: Item) -> Outcome:
        """A release that we have came under another address: remember that, publish nothing."""
        refs = [r for r in got.refs if r != held.ref]
        await self._memory.add_aliases(source.source_id, refs, held.release_id)
        return Outcome.SAME

    async def _edit(self, source: Source, item: Item, got: Fetched) -> Outcome:
        record = _renamed(got.record, item.release_id)
        if await self._differs_by_rules_only(item, got):
            await self._memory.save_items([replace(item, content_hash=record.content_hash)])
            return Outcome.SAME
        await self._doubt_the_same_text(source, record)
        await self._memory.add_aliases(
            source.source_id, [r for r in got.refs if r != item.ref], item.release_id
        )
        if not await self._publish(record):
            return Outcome.REFUSED
        await self._memory.save_items(
            [replace(item, content_hash=record.content_hash, etag=got.etag, last_modified=got.last_modified)]
        )
        return Outcome.EDITED

    async def _differs_by_rules_only(self, item: Item, got: Fetched) -> bool:
        """Whether a hash differs because its rules changed: what is stored has the new hash as well."""
        if item.content_hash is None or not is_of_other_rules(item.content_hash):
            return False
        old = await self._stored(item.release_id, item.content_hash)
        own_title = item.ref.startswith(("http://", "https://"))
        return (
            old is not None and pages.hashed(old, own_title=own_title).content_hash == got.record.content_hash
        )

    async def _missed(self, item: Item) -> Outcome:
        """404 or 410: on the first poll noted, on the second the release is withdrawn."""
        if item.gone_at is not None:
            return Outcome.GONE
        if item.etag != MISSED_ONCE:
            await self._memory.save_items([replace(item, etag=MISSED_ONCE, last_modified=None)])
            return Outcome.GONE
        await self._observe(item, "withdrawn")
        gone = iso_time(self._web.clock.now())
        await self._memory.save_items([replace(item, etag=None, last_modified=None, gone_at=gone)])
        return Outcome.WITHDRAWN

    async def _observe(self, item: Item, what: Literal["withdrawn", "returned"]) -> None:
        await self._log.publish(
            Observation(
                schema_version=1,
                release_id=item.release_id,
                source_id=item.source_id,
                content_hash=item.content_hash or "",
                fetched_at=iso_time(self._web.clock.now()),
                what=what,
            )
        )

    async def _publish(self, record: RawRelease) -> bool:
        try:
            await self._log.publish(record)
        except Refused as refusal:
            await self._log.refuse(record, str(refusal), record.fetched_at)
            return False
        return True

    async def _refuse(self, source: Source, entry: Entry, why: str) -> Outcome:
        """A release larger than we take: a dead letter once, then known."""
        now = self._web.clock.now()
        got = await asyncio.to_thread(pages.from_content, source, replace(entry, content=""), now, None)
        record = msgspec.structs.replace(got.record, content_hash="b1:too-large")
        await self._log.refuse(record, f"{entry.url}: {why}", record.fetched_at)
        await self._remember(source, replace(got, record=record), entry)
        return Outcome.REFUSED

    async def _remember(self, source: Source, got: Fetched, entry: Entry) -> None:
        at = iso_time(self._web.clock.now())
        ref = pages.ref_of(entry) or got.refs[0]
        await self._memory.save_items(
            [
                Item(
                    source.source_id,
                    ref,
                    got.record.release_id,
                    got.record.content_hash,
                    at,
                    at,
                    got.etag,
                    got.last_modified,
                )
            ]
        )

    async def _doubt_the_same_text(self, source: Source, record: RawRelease) -> None:
        """Raise `FetchFailure` if several releases of the source have this very text: a wall, not a release."""
        if await self._memory.with_hash(source.source_id, record.content_hash) >= _SAME_TEXT:
            raise FetchFailure(
                Reason.BLOCKED,
                f"the text of {_SAME_TEXT} other releases in place of its own: a consent or block page",
            )


def _renamed(record: RawRelease, ident: str) -> RawRelease:
    return msgspec.structs.replace(record, release_id=ident)
