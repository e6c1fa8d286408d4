"""The sink's consumer: polls, keeps its place in the database, and survives whatever is away.

For each batch: decode (bad records to `dead-letters`, awaited), then one transaction with rows and
offsets, then Kafka's own offsets, for display only. While the database is away the sink goes on
polling with everything paused, so that it stays in its group. Now and then it looks whether records wait that do not come.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from confluent_kafka import OFFSET_END, Consumer, KafkaError, KafkaException, Message, TopicPartition

from services import kafka, logs
from services.alive import Alive
from services.database.columns import now
from services.database.engine import connect
from services.errors import (
    BadRecord,
    BrokerUnavailable,
    CommuniqueError,
    DatabaseUnavailable,
    Diverged,
    Fenced,
)
from services.settings import Settings
from services.sink.batch import Dead, Item, read
from services.sink.offsets import Bounds, Claim, claim
from services.sink.writer import Batch, Partition, culprits, is_of_record, run, write
from streams.codec import Origin, header_map, origin_of
from streams.dead_letters import Reason, headers_of, identity
from streams.standstill import Standstill
from streams.topics import Topic

BAD_AMONG: Final = 200
BAD_LIMIT: Final = 50
PAUSE_SECONDS: Final = 1.0
IDLE_SECONDS: Final = 0.5
log = logs.get("sink")


@dataclass
class Place:
    """What this sink owns now; `generation` tells batches of another assignment apart."""

    generation: int = 0
    assigned: list[Partition] = field(default_factory=list)
    claims: dict[Partition, Claim] = field(default_factory=dict)
    rejoin: bool = False


class Sink:
    """One sink process; `run` returns when `stop` was called and the batch in hand is committed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.group = settings.topic_prefix + settings.sink.consumer_group
        self.topics = {settings.topic_prefix + x: x for x in (Topic.EVENTS, Topic.DEAD)}
        self.engine: sa.Engine = connect(settings, repeatable=True)
        self.place = Place()
        self.stopping = False
        self._bad: list[bool] = []
        self._standing, self._next_look = Standstill(settings.sink.stall_seconds), 0.0
        self._publisher = kafka.Publisher(settings)
        self._cluster_id = kafka.wait_for_broker(settings, 60)
        self._consumer: Consumer = kafka.make_consumer(
            settings,
            self.group,
            **{
                "session.timeout.ms": 20_000,
                "partition.assignment.strategy": "roundrobin",
                # A fetch waits a little for more: one for each record took as long as the broker's other work.
                "fetch.min.bytes": 128 * 1024,
                "fetch.wait.max.ms": 50,
                "fetch.queue.backoff.ms": 50,  # a second by default, in which the buffer may run dry
            },
        )

    def stop(self) -> None:
        """Finish the batch in hand, commit, and leave the group."""
        self.stopping = True

    def run(self) -> None:
        """Consume until stopped. Raises `Diverged` (with the remedy) rather than lose or double a record."""
        self._subscribe()
        alive = Alive(self.settings, "sink")
        try:
            while not self.stopping:
                alive.beat()
                if self._ready():
                    self._step()
                    self._look()
        finally:
            self._consumer.close()
            self.engine.dispose()

    def _subscribe(self) -> None:
        self._consumer.subscribe(
            list(self.topics), on_assign=self._assigned, on_revoke=self._revoked, on_lost=self._revoked
        )

    def _assigned(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        """Take the partitions paused: where to go on is read from the database, once it answers."""
        self.place = Place(self.place.generation + 1, [(p.topic, p.partition) for p in partitions])
        parked = [TopicPartition(p.topic, p.partition, OFFSET_END) for p in partitions]
        consumer.assign(parked)
        if parked:
            consumer.pause(parked)
        log.info("sink.assigned", partitions=len(partitions))

    def _revoked(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self.place = Place(self.place.generation + 1)
        log.info("sink.revoked", partitions=len(partitions))

    def _ready(self) -> bool:
        """Claim what was assigned; False while there is nothing to consume."""
        if self.place.rejoin:
            self._consumer.unsubscribe()
            self.place = Place(self.place.generation + 1)
            self._subscribe()
        if self.place.assigned and not self.place.claims:
            self._claim()
        if self.place.claims:
            return True
        self._discard(self._consumer.poll(0.2))
        return False

    def _claim(self) -> None:
        try:
            wanted = self._bounds()
        except (KafkaException, BrokerUnavailable) as error:
            log.warning("sink.broker_away", error=str(error))
            self._keep_polling(PAUSE_SECONDS)
            return
        claims: dict[Partition, Claim] = {}

        def work(connection: sa.Connection) -> None:
            claims.update(claim(connection, self.group, wanted))

        try:
            run(self.engine, self.settings, work)
        except DatabaseUnavailable as error:
            log.warning("sink.database_away", error=str(error))
            self._keep_polling(PAUSE_SECONDS)
            return
        self._consumer.assign([TopicPartition(c.topic, c.partition, c.next_offset) for c in claims.values()])
        self._consumer.resume([TopicPartition(c.topic, c.partition) for c in claims.values()])
        self.place.claims = claims

    def _bounds(self) -> dict[Partition, Bounds]:
        ids = kafka.topic_ids(self.settings, list(self.topics))
        wanted = {}
        for topic, partition in self.place.assigned:
            low, high = self._consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=15)
            wanted[topic, partition] = Bounds(self._cluster_id, ids[topic], low, high)
        return wanted

    def _step(self) -> None:
        """Take one batch and store it, however long the database is away."""
        generation = self.place.generation
        messages = self._take()
        batch = self._decode([m for m in messages if self._is_good(m)])
        while batch is not None and batch.ends and generation == self.place.generation:
            try:
                self._store(batch)
            except Fenced as error:
                log.warning("sink.fenced", error=str(error))
                self.place.rejoin = True
                return
            except DatabaseUnavailable as error:
                log.warning("sink.database_away", error=str(error), remedy=error.remedy)
                self._standing.forget()
                if self.stopping:
                    return
                self._keep_polling(PAUSE_SECONDS)
                continue
            self._advance(batch)
            return

    def _look(self) -> None:
        """Join the group anew if records wait and none of them comes: what was read is in the database."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + self._standing.look_seconds
        try:
            ends = kafka.end_offsets(self.settings, list(self.topics))
        except BrokerUnavailable:
            self._standing.forget()
            return
        done = {partition: owned.next_offset for partition, owned in self.place.claims.items()}
        if stuck := self._standing.stuck(done, ends, time.monotonic()):
            log.warning("sink.stuck", partitions=[f"{t}[{p}]" for t, p in stuck])
            self.place.rejoin = True
            self._standing.forget()

    def _take(self) -> list[Message]:
        """Wait for a message, then for more as long as a batch may take to fill."""
        first = self._consumer.poll(IDLE_SECONDS)
        if first is None:
            return []
        more = self._consumer.consume(self.settings.sink.batch_records - 1, self.settings.sink.batch_seconds)
        return [first, *more]

    def _store(self, batch: Batch) -> None:
        try:
            write(self.engine, self.settings, self.group, batch, self.place.claims)
        except CommuniqueError:
            raise
        except Exception as error:
            if not is_of_record(error):
                raise
            bad = culprits(self.engine, self.settings, batch.items)
            if not bad:
                raise
            for one in bad:
                self._refuse(one.item, one.error)
            self._publisher.flush()
            self._count_bad([True] * len(bad))
            guilty = {id(one.item) for one in bad}
            good = tuple(i for i in batch.items if id(i) not in guilty)
            self._store(Batch(good, batch.ends))

    def _advance(self, batch: Batch) -> None:
        for partition, end in batch.ends.items():
            old = self.place.claims[partition]
            self.place.claims[partition] = Claim(old.topic, old.partition, old.epoch, end)
        try:
            self._consumer.commit(
                offsets=[TopicPartition(t, p, end) for (t, p), end in batch.ends.items()], asynchronous=True
            )
        except KafkaException as error:
            log.warning("sink.offsets_not_shown", error=str(error))
        log.debug("sink.batch_committed", records=len(batch.items))

    def _decode(self, messages: list[Message]) -> Batch | None:
        """Decode messages; bad ones are on `dead-letters`, acknowledged, before this returns."""
        items: list[Item] = []
        ends: dict[Partition, int] = {}
        outcomes = []
        for message in messages:
            topic, partition, offset = (
                str(message.topic()),
                int(message.partition() or 0),
                int(message.offset() or 0),
            )
            if (topic, partition) not in self.place.claims:
                continue
            ends[topic, partition] = offset + 1
            try:
                items.append(
                    read(
                        self.topics[topic],
                        Origin(topic, partition, offset),
                        message.value(),
                        message.headers(),
                        message.key(),
                    )
                )
                outcomes.append(False)
            except (BadRecord, ValueError, TypeError) as error:
                self._bury(message, error)
                outcomes.append(True)
        if any(outcomes):
            self._publisher.flush()
        self._count_bad(outcomes)
        return Batch(tuple(items), ends)

    def _bury(self, message: Message, error: Exception) -> None:
        headers = header_map(message.headers())
        origin = origin_of(
            headers, str(message.topic()), int(message.partition() or 0), int(message.offset() or 0)
        )
        reason = self._reason(error, *identity(message.value()))
        self._publisher.publish(
            self.settings.topic_prefix + Topic.DEAD,
            message.key(),
            message.value() or b"",
            headers_of(headers, reason, origin),
        )

    def _refuse(self, item: Item, error: Exception) -> None:
        """Dead-letter an item that the database refuses, byte for byte."""
        if isinstance(item, Dead):
            raise Diverged(
                f"the database refuses a dead letter: {type(error).__name__}", remedy="Report this as a bug."
            ) from error
        key, value, headers = item.message
        reason = self._reason(error, *identity(value))
        self._publisher.publish(
            self.settings.topic_prefix + Topic.DEAD,
            key,
            value,
            headers_of(dict(headers), reason, item.origin),
        )

    def _reason(self, error: Exception, release_id: str | None, content_hash: str | None) -> Reason:
        from streams.annotate import PIPELINE_VERSION  # noqa: PLC0415 (brings vocabularies, seldom needed)

        said = str(getattr(error, "orig", error)).strip().splitlines()
        log.warning("sink.dead_letter", error=type(error).__name__, message=said[:1])
        return Reason(
            "sink",
            type(error).__name__,
            said[0] if said else "",
            PIPELINE_VERSION,
            release_id,
            content_hash,
            now(),
        )

    def _count_bad(self, outcomes: list[bool]) -> None:
        self._bad = (self._bad + outcomes)[-BAD_AMONG:]
        if sum(self._bad) > BAD_LIMIT:
            raise CommuniqueError(
                f"more than {BAD_LIMIT} of the last {BAD_AMONG} records were bad",
                remedy="Look at `communique dead-letters list`; the cause is likely not in the records.",
            )

    def _is_good(self, message: Message) -> bool:
        error = message.error()
        if error is None:
            return True
        if error.code() == KafkaError._AUTO_OFFSET_RESET:  # noqa: SLF001
            raise Diverged(
                f"the stored offset of {message.topic()}[{message.partition()}] is not on the broker",
                remedy="Run `communique sink --start-over`, then `communique verify`.",
            )
        if error.fatal():
            raise KafkaException(error)
        log.warning("sink.broker", error=error.str())
        return False

    def _keep_polling(self, seconds: float) -> None:
        """Stay in the group with everything paused."""
        held = self._consumer.assignment()
        if held:
            self._consumer.pause(held)
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.stopping:
            self._discard(self._consumer.poll(0.2))
        held = self._consumer.assignment()
        if held and self.place.claims:
            self._consumer.resume(held)

    def _discard(self, message: Message | None) -> None:
        """A message that slipped through while paused is read again after the next claim."""
        if message is not None and message.error() is None and self.place.claims:
            self.place.rejoin = True
