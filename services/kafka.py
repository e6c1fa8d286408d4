"""The plumbing to the broker: settings for confluent-kafka, producers, topics made and checked."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from confluent_kafka import (
    Consumer,
    IsolationLevel,
    KafkaError,
    KafkaException,
    Message,
    Producer,
    TopicCollection,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, OffsetSpec, ResourceType

from services.errors import BrokerUnavailable
from services.kafka_link import base_config, made_with, refused, unavailable
from services.settings import Settings
from streams.codec import Headers
from streams.topics import DEAD_ROOM_BYTES, ROOM_BYTES, TopicSpec, max_record_bytes, specs

ANSWER_SECONDS: Final = 15.0
SERVE_SECONDS: Final = 0.005
NO_COORDINATOR_YET: Final = frozenset(
    {
        KafkaError.NOT_COORDINATOR,
        KafkaError.COORDINATOR_NOT_AVAILABLE,
        KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
    }
)
NO_LEADER_YET: Final = frozenset(  # of a topic that was made a moment ago
    {
        KafkaError.NOT_LEADER_FOR_PARTITION,
        KafkaError.LEADER_NOT_AVAILABLE,
        KafkaError.UNKNOWN_TOPIC_OR_PART,
    }
)


class Link(NamedTuple):
    """A client and what it said of its connections."""

    client: AdminClient
    heard: deque[KafkaError]


_links: Final[dict[str, Link]] = {}


def make_producer(settings: Settings, **more: Any) -> Producer:
    """Return an idempotent producer whose records count when all replicas have them."""
    limit = max_record_bytes(settings.max_release_bytes)
    return Producer(
        base_config(settings)
        | {
            "enable.idempotence": True,
            "acks": "all",
            "partitioner": "murmur2_random",
            "message.max.bytes": limit + DEAD_ROOM_BYTES,
            "linger.ms": 5,
            "queue.buffering.max.kbytes": 64 * 1024,
            "queue.buffering.max.messages": 10_000,
            "delivery.timeout.ms": 120_000,
        }
        | more
    )


def make_consumer(settings: Settings, group: str, **more: Any) -> Consumer:
    """Return a consumer that never commits by itself and buffers a bounded number of bytes."""
    limit = max_record_bytes(settings.max_release_bytes)
    return Consumer(
        base_config(settings)
        | {
            "group.id": group,
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "auto.offset.reset": "error",
            "isolation.level": "read_committed",
            "fetch.message.max.bytes": limit + ROOM_BYTES,
            "fetch.max.bytes": max(limit + DEAD_ROOM_BYTES, 16 * 1024 * 1024),
            "receive.message.max.bytes": max(limit + DEAD_ROOM_BYTES, 16 * 1024 * 1024) + 1024,
            "queued.max.messages.kbytes": 32 * 1024,
            "fetch.wait.max.ms": 100,
        }
        | more
    )


class Publisher:
    """A producer whose failures are not overlooked: `publish`, then `flush` before anything counts."""

    def __init__(self, settings: Settings, **more: Any) -> None:
        self._producer = make_producer(settings, **more)
        self._failed: list[KafkaError] = []

    def publish(
        self,
        topic: str,
        key: bytes | None,
        value: bytes,
        headers: Headers,
        done: Callable[[Message], None] | None = None,
    ) -> None:
        """Queue one record; `done` is called when the broker has it. Raises `BrokerUnavailable`."""

        def delivered(error: KafkaError | None, message: Message) -> None:
            if error is not None:
                self._failed.append(error)
            elif done is not None:
                done(message)

        while True:
            self._check()
            try:
                self._producer.produce(topic, value, key, on_delivery=delivered, headers=list(headers))
            except BufferError:
                self._producer.poll(0.5)
            else:
                self._producer.poll(0)
                return

    def poll(self, seconds: float = 0) -> None:
        """Serve delivery reports; raises `BrokerUnavailable` if a delivery failed."""
        self._producer.poll(seconds)
        self._check()

    def pause(self, seconds: float) -> None:
        """Let `seconds` go by, serving delivery reports: `poll` returns as soon as it has served one."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.poll(left)

    def flush(self, seconds: float = 130) -> None:
        """Wait until the broker has every record; raises `BrokerUnavailable` otherwise."""
        left = self._producer.flush(seconds)
        self._check()
        if left:
            raise BrokerUnavailable(
                f"the broker has not acknowledged {left} records within {seconds:g} s",
                remedy="Check the broker (`communique status`) and run the command again: what is there is skipped.",
            )

    def _check(self) -> None:
        if not self._failed:
            return
        error = self._failed[0]
        if error.code() == KafkaError._MSG_TIMED_OUT:  # noqa: SLF001 (the name that the library gives)
            raise BrokerUnavailable(
                "the broker has not taken a record in time",
                remedy="Look at `communique status`, then run the command again: what is there is skipped.",
            )
        raise BrokerUnavailable(
            f"the broker refused a record: {error.str()}",
            remedy="Check the broker's limits and permissions (`communique topics check`).",
        )


class Outbox:
    """An idempotent producer for an event loop: each record's delivery is a future of that loop."""

    def __init__(self, settings: Settings, **more: Any) -> None:
        self._producer = make_producer(settings, **more)
        self._serving: asyncio.Task[None] | None = None

    def send(self, topic: str, key: bytes | None, value: bytes, headers: Headers) -> asyncio.Future[None]:
        """Queue one record; the future fails with `KafkaException` if the broker does not take it."""
        future = asyncio.get_running_loop().create_future()

        def delivered(error: KafkaError | None, _message: Message) -> None:
            if future.cancelled():
                return
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(KafkaException(error))

        self._producer.produce(topic, value, key, on_delivery=delivered, headers=list(headers))
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        return future

    async def _serve(self) -> None:
        """Hand out delivery reports while there are records on their way."""
        while len(self._producer):
            self._producer.poll(0)
            await asyncio.sleep(SERVE_SECONDS)


class Pace:
    """At most so many steps a second, also after a delay: what was missed is not caught up in a burst."""

    def __init__(self, publisher: Publisher, rate: float | None) -> None:
        self._publisher = publisher
        self._step = 1 / rate if rate else 0.0
        self._next = 0.0
        self._number = 0

    def wait(self) -> None:
        """Wait until the next step may be taken, serving delivery reports."""
        if not self._step:
            return
        if self._number == 1:  # an idempotent producer holds its first records back until it has an id
            self._publisher.flush()
        self._number += 1
        self._publisher.pause(self._next - time.monotonic())
        self._next = time.monotonic() + self._step


def admin(settings: Settings) -> AdminClient:
    """Return the admin client of this process for these settings.

    It is made once: a client for each question cost a connection and threads every time, and its
    destruction while answers were still on their way ended the process (signal 11, seen twice).
    """
    return _link(settings).client


def _link(settings: Settings) -> Link:
    config = base_config(settings)
    key = repr(sorted((name, str(value)) for name, value in config.items()))
    if key not in _links:
        heard: deque[KafkaError] = deque(maxlen=10)
        with made_with(settings):
            _links[key] = Link(AdminClient(config | {"error_cb": heard.append}), heard)
    return _links[key]


def topic_specs(settings: Settings) -> tuple[TopicSpec, ...]:
    """Describe the topics of this installation."""
    kafka = settings.kafka
    return specs(
        settings.topic_prefix,
        settings.partitions,
        settings.max_release_bytes,
        kafka.replication_factor,
        kafka.min_insync_replicas,
    )


def wait_for_broker(settings: Settings, seconds: float = ANSWER_SECONDS) -> str:
    """Return the cluster id once the broker answers.

    Raises `BrokerUnavailable` after `seconds`, and `ConfigurationError` at once if it refuses us.
    """
    end = time.monotonic() + seconds
    link = _link(settings)
    while True:
        answer = link.client.describe_cluster(request_timeout=min(5.0, seconds))
        while not answer.done():
            link.client.poll(0.05)
            if refusal := refused(settings, link.heard):
                raise refusal
        try:
            cluster_id = str(answer.result().cluster_id)
        except KafkaException as error:
            if time.monotonic() > end:
                raise unavailable(settings, error, link.heard) from None
            time.sleep(0.1)
        else:
            link.heard.clear()
            return cluster_id


@contextmanager
def answered(settings: Settings) -> Iterator[None]:
    """Turn a broker's error into one of ours that says what to do."""
    try:
        yield
    except KafkaException as error:
        raise unavailable(settings, error, _link(settings).heard) from None


def create_topics(settings: Settings) -> list[str]:
    """Create the topics that are missing, and return their names."""
    client = admin(settings)
    wanted = {
        spec.name: NewTopic(spec.name, spec.partitions, spec.replication_factor, config=spec.config)
        for spec in topic_specs(settings)
    }
    there = client.list_topics(timeout=ANSWER_SECONDS).topics
    missing = [new for name, new in wanted.items() if name not in there]
    if not missing:
        return []
    made = []
    for name, future in client.create_topics(missing, operation_timeout=ANSWER_SECONDS).items():
        try:
            future.result()
            made.append(name)
        except KafkaException as error:
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise BrokerUnavailable(
                    f"topic {name} cannot be created: {error.args[0].str()}",
                    remedy="Check the broker's permissions and its number of nodes (replication factor).",
                ) from None
    return sorted(made)


def check_topics(settings: Settings) -> list[str]:
    """Return what differs between the topics on the broker and what they must be; empty if all is well."""
    client, found = admin(settings), []
    there = client.list_topics(timeout=ANSWER_SECONDS).topics
    for spec in topic_specs(settings):
        if spec.name not in there:
            found.append(f"{spec.name}: missing; run `communique topics create`")
            continue
        partitions = len(there[spec.name].partitions)
        if partitions != spec.partitions:
            found.append(
                f"{spec.name}: {partitions} partitions, should be {spec.partitions} (never changed in place)"
            )
        resource = ConfigResource(ResourceType.TOPIC, spec.name)
        actual = client.describe_configs([resource])[resource].result()
        for key, value in spec.config.items():
            if actual[key].value != value:
                found.append(f"{spec.name}: {key} is {actual[key].value}, should be {value}")
    return found


def topic_ids(settings: Settings, names: list[str]) -> dict[str, str]:
    """Return the broker's id of each topic: another id means that the topic was made anew."""
    client = admin(settings)
    described = client.describe_topics(TopicCollection(names), request_timeout=ANSWER_SECONDS)
    return {name: str(future.result().topic_id) for name, future in described.items()}


def end_offsets(
    settings: Settings, topics: list[str], *, earliest: bool = False
) -> dict[tuple[str, int], int]:
    """Return the end (or earliest) offset of every partition of `topics` that exist."""
    client = admin(settings)
    with answered(settings):
        there = client.list_topics(timeout=ANSWER_SECONDS).topics
    spec = OffsetSpec.earliest() if earliest else OffsetSpec.latest()
    wanted = {TopicPartition(t, p): spec for t in topics if t in there for p in there[t].partitions}
    if not wanted:
        return {}
    end = time.monotonic() + ANSWER_SECONDS
    while True:
        answer = client.list_offsets(
            wanted, isolation_level=IsolationLevel.READ_UNCOMMITTED, request_timeout=ANSWER_SECONDS
        )
        try:
            return {(tp.topic, tp.partition): future.result().offset for tp, future in answer.items()}
        except KafkaException as error:
            if error.args[0].code() not in NO_LEADER_YET or time.monotonic() > end:
                raise unavailable(settings, error, _link(settings).heard) from None
            time.sleep(0.1)


class GroupOffsets:
    """What a consumer group has committed.

    A consumer asks, which never joins the group, not the admin client: that one's answer while a new broker has no
    coordinator yet ends the process with a segmentation fault (confluent-kafka 2.16).
    """

    def __init__(self, settings: Settings, group: str) -> None:
        self._settings, self._consumer = settings, make_consumer(settings, group)

    def of(self, partitions: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
        """Return what is committed of `partitions`; those without a commit are left out."""
        wanted = [TopicPartition(topic, partition) for topic, partition in partitions]
        if not wanted:
            return {}
        with answered(self._settings):
            found = _asked(self._consumer, wanted)
        return {(tp.topic, tp.partition): tp.offset for tp in found if tp.offset >= 0}

    def close(self) -> None:
        self._consumer.close()


def _asked(consumer: Consumer, wanted: list[TopicPartition]) -> list[TopicPartition]:
    """Ask for committed offsets, again while the group's coordinator is only about to be there."""
    end = time.monotonic() + ANSWER_SECONDS
    while True:
        try:
            return consumer.committed(wanted, timeout=ANSWER_SECONDS)
        except KafkaException as error:
            if error.args[0].code() not in NO_COORDINATOR_YET or time.monotonic() > end:
                raise
            time.sleep(0.1)
