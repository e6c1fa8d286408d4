"""One poll of one source: what it lists, what of it is new, changed, gone or back, onto the log."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from services.database.columns import iso_time
from services.fetcher import pages, schedule
from services.fetcher.asking import Asked, Asker
from services.fetcher.client import Validators
from services.fetcher.entries import Entry, Index, stamp
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.items import Items, Outcome
from services.fetcher.log import Log
from services.fetcher.schedule import Bounds
from services.fetcher.state import HISTORY, LIES, MISSED_ONCE, Item, Memory, Source, SourceState, moment
from services.fetcher.stored import ReadStored, nothing
from services.fetcher.web import Web

MOST_NEW: Final = 200  # releases in one poll; the rest is taken by the next
MOST_TOUCHED: Final = 20  # a generator that stamps every page with the current time is not believed for more
MOST_LOOKED_AT: Final = 20  # releases in a thorough poll
_RETRIED_EACH_POLL: Final = timedelta(hours=1)
_WATCHED: Final = timedelta(days=40)
_MOST_COMPARED: Final = 2000  # entries of a dated index, the newest, that a poll compares with its memory
log = structlog.stdlib.get_logger(__name__)


@dataclass(slots=True)
class Report:
    """What one poll did."""

    source_id: str
    kind: str | None = None
    listed: int = 0
    new: int = 0
    edited: int = 0
    withdrawn: int = 0
    returned: int = 0
    refused: int = 0
    failed: list[str] = field(default_factory=list)
    error: str | None = None
    retry_after: float | None = None
    dated: list[datetime] = field(default_factory=list)  # when the index says that its releases appeared
    is_partial: bool = False  # something listed is not on the log yet

    def count(self, outcome: Outcome) -> None:
        if outcome in {Outcome.NEW, Outcome.EDITED, Outcome.WITHDRAWN, Outcome.RETURNED, Outcome.REFUSED}:
            setattr(self, outcome.value, getattr(self, outcome.value) + 1)


class Poller:
    """Polls sources; one at a time for each source, any number of sources at once."""

    def __init__(
        self,
        web: Web,
        memory: Memory,
        sink: Log,
        *,
        bounds: Bounds,
        first_poll: int,
        stopping: Callable[[], bool] = lambda: False,
        stored: ReadStored = nothing,
    ) -> None:
        self._web, self._memory = web, memory
        self._ages = schedule.checkpoints(bounds)
        self._first_poll = first_poll
        self._asker = Asker(web, memory)
        self._items = Items(web, memory, sink, stored)
        self._stopping = stopping

    async def poll(
        self, source: Source, state: SourceState, *, thorough: bool = False
    ) -> tuple[Report, SourceState]:
        """Poll once. The state returned counts only after the broker has all that it led to.

        A `thorough` poll looks again at the newest releases whatever their age, as a person expects who asks for it.
        """
        report, now = Report(source.source_id), self._web.clock.now()
        try:
            asked = await self._asker.ask(source, state, now)
            await self._take(source, state, asked.listed, now, report, thorough=thorough)
        except FetchFailure as failure:
            report.error, report.retry_after = str(failure), failure.retry_after
            return report, _failed(state, failure, now)
        return report, self._succeeded(source, state, asked, report, now)

    async def _take(
        self,
        source: Source,
        state: SourceState,
        listed: Index | None,
        now: datetime,
        report: Report,
        *,
        thorough: bool,
    ) -> None:
        entries: dict[str, Entry] = {}
        for entry in _compared(listed, state) if listed else ():
            if (ref := pages.ref_of(entry)) is not None:
                entries.setdefault(ref, entry)
        report.dated = [d for e in entries.values() if (d := stamp(e.published)) is not None and d <= now][
            :50
        ]
        report.kind, report.listed = (listed.kind.value if listed else "unchanged"), len(entries)
        known = await self._memory.items(source.source_id, entries)
        before = moment(state.last_success_at) if state.last_success_at else None
        fresh = [r for r in entries if r not in known or self._is_to_be_retried(known[r], before, now)]
        if state.last_success_at is None:
            fresh = await self._note_history(source, entries, fresh, now)
        await self._new(source, [entries[r] for r in fresh], known, report)
        await self._again(source, state, entries, known, now, report, thorough=thorough)
        await self._memory.touch(source.source_id, [i.ref for i in known.values()], now)

    async def _note_history(
        self, source: Source, entries: dict[str, Entry], fresh: list[str], now: datetime
    ) -> list[str]:
        """At the first poll only the newest releases are taken; the others are known from now on."""
        stamps = {r: stamp(entries[r].published) or stamp(entries[r].updated) for r in fresh}
        if all(stamps.values()):
            fresh = sorted(fresh, key=lambda r: stamps[r] or now, reverse=True)
        taken, rest = fresh[: self._first_poll], fresh[self._first_poll :]
        at = iso_time(now)
        items = [Item(source.source_id, r, "", HISTORY, at, at) for r in rest]
        await self._memory.save_items(items)
        return taken

    async def _new(
        self, source: Source, entries: list[Entry], known: dict[str, Item], report: Report
    ) -> None:
        # Oldest first, so that a stop in the middle leaves the newest to the next poll, which lists them.
        for entry in reversed(entries[:MOST_NEW]):
            if self._stopping():
                report.is_partial = True
                return
            ref = pages.ref_of(entry) or ""
            if not await self._one(report, ref, self._items.take(source, entry, known.get(ref))):
                await self._items.postpone(source, ref, known.get(ref))
        report.is_partial = report.is_partial or len(entries) > MOST_NEW

    async def _again(
        self,
        source: Source,
        state: SourceState,
        entries: dict[str, Entry],
        known: dict[str, Item],
        now: datetime,
        report: Report,
        *,
        thorough: bool,
    ) -> None:
        """Look again at what may have been edited, withdrawn or put back."""
        before = moment(state.last_success_at) if state.last_success_at else None
        watched = {i.ref: i for i in await self._memory.recent(source.source_id, now - _WATCHED)}
        watched |= {i.ref: i for i in known.values()}
        touched = 0
        newest = _newest(watched.values(), now) if thorough else frozenset()
        for item in watched.values():
            entry = entries.get(item.ref)
            if item.content_hash == HISTORY or self._stopping():
                continue
            if item.content_hash is None:
                if entry is None and self._is_to_be_retried(item, before, now):
                    await self._one(report, item.ref, self._items.take(source, Entry(url=item.ref), item))
                continue
            due = item.ref in newest or self._is_due(item, entry, before, now)
            if not due and touched < MOST_TOUCHED and _was_touched(entry, before):
                due, touched = True, touched + 1
            if due:
                await self._one(report, item.ref, self._items.look_again(source, item, entry))

    async def _one(self, report: Report, name: str, work: Coroutine[Any, Any, Outcome]) -> bool:
        """Do one release; what fails with it does not fail the source."""
        try:
            report.count(await work)
        except FetchFailure as failure:
            if failure.reason is Reason.WAIT:
                raise
            report.failed.append(f"{name}: {failure}")
            return False
        return True

    def _is_to_be_retried(self, item: Item, before: datetime | None, now: datetime) -> bool:
        """Whether a listed release that could not be had is to be asked for again: often at first, then seldom."""
        if item.content_hash is not None:
            return False
        since = moment(item.first_seen_at)
        return now - since < _RETRIED_EACH_POLL or schedule.is_checkpoint(since, before, now, self._ages)

    def _is_due(self, item: Item, entry: Entry | None, before: datetime | None, now: datetime) -> bool:
        """Whether a release is to be looked at again in this poll."""
        if item.etag == MISSED_ONCE or (
            entry is not None and (entry.url is None or item.gone_at is not None)
        ):
            return True
        return schedule.is_checkpoint(moment(item.gone_at or item.first_seen_at), before, now, self._ages)

    def _succeeded(
        self, source: Source, state: SourceState, asked: Asked, report: Report, now: datetime
    ) -> SourceState:
        at, full = iso_time(now), asked.listed is not None
        given = asked.validators or Validators()
        etag, modified = given.etag, given.last_modified
        same = (etag, modified) == (state.etag, state.last_modified) and (etag or modified)
        if state.etag == LIES or (report.new and same and state.last_success_at and full):
            log.info("fetch.validators_lie", source_id=source.source_id)
            etag, modified = LIES, None
        elif report.is_partial:
            etag = modified = None  # an unchanged index would hide what is still to be taken
        return replace(
            state,
            etag=etag,
            last_modified=modified,
            last_polled_at=at,
            last_success_at=at,
            last_new_at=at if report.new else state.last_new_at,
            consecutive_failures=0,
            last_error="; ".join(report.failed[:3])[:1000] or None,
            # What a user wrote into `sources` stays; the fetcher remembers where that leads.
            moved_to=asked.answer.moved_to or state.moved_to,
            full_at=at if full else state.full_at,
            index_kind=report.kind if full else state.index_kind,
        )


def _compared(listed: Index, state: SourceState) -> tuple[Entry, ...]:
    """What of an index is looked at: the first time all of it, later of a huge one what it dates last."""
    if state.last_success_at is None or len(listed.entries) <= _MOST_COMPARED:
        return listed.entries
    dated = [(at, e) for e in listed.entries if (at := stamp(e.updated) or stamp(e.published))]
    if len(dated) < len(listed.entries):
        return listed.entries
    return tuple(e for _, e in sorted(dated, key=lambda d: d[0], reverse=True)[:_MOST_COMPARED])


def _failed(state: SourceState, failure: FetchFailure, now: datetime) -> SourceState:
    return replace(
        state,
        last_polled_at=iso_time(now),
        consecutive_failures=state.consecutive_failures + 1,
        last_error=str(failure)[:1000],
        moved_to=None,  # the next poll begins where the source was
    )


def _newest(items: Iterable[Item], now: datetime) -> frozenset[str]:
    """The references of the releases that were taken last, before this poll."""
    held = [i for i in items if i.content_hash not in {None, HISTORY} and i.first_seen_at < iso_time(now)]
    held.sort(key=lambda i: i.first_seen_at, reverse=True)
    return frozenset(i.ref for i in held[:MOST_LOOKED_AT])


def _was_touched(entry: Entry | None, before: datetime | None) -> bool:
    """Whether the index says that a release changed since the last poll."""
    changed = stamp(entry.updated) if entry else None
    return changed is not None and before is not None and changed > before
