"""The plumbing to the broker: settings for confluent-kafka, producers, topics made and checked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

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

from services.errors import BrokerUnavailable, CommuniqueError, ConfigurationError
from services.settings import Settings
from streams.codec import Headers
from streams.topics import DEAD_ROOM_BYTES, ROOM_BYTES, TopicSpec, max_record_bytes, specs

ANSWER_SECONDS: Final = 15.0
NO_COORDINATOR_YET: Final = frozenset(
    {
        KafkaError.NOT_COORDINATOR,
        KafkaError.COORDINATOR_NOT_AVAILABLE,
        KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
    }
)
_admins: Final[dict[str, AdminClient]] = {}


def base_config(settings: Settings) -> dict[str, Any]:
    """Return what every confluent-kafka client needs: servers, transport, credentials."""
    kafka = settings.kafka
    config: dict[str, Any] = {
        "bootstrap.servers": settings.brokers(),
        "client.id": "communique",
        "security.protocol": kafka.security_protocol.lower(),
        "log_level": 0,  # what fails is reported by the call that failed, once
        "socket.keepalive.enable": True,
        "reconnect.backoff.max.ms": 2000,
        "allow.auto.create.topics": False,
    }
    if kafka.security_protocol.startswith("SASL"):
        password = kafka.sasl_password.get_secret_value() if kafka.sasl_password else ""
        config |= {
            "sasl.mechanism": kafka.sasl_mechanism,
            "sasl.username": kafka.sasl_username or "",
            "sasl.password": password,
        }
    if kafka.security_protocol.endswith("SSL"):
        files = {
            "ssl.ca.location": kafka.ssl_ca_location,
            "ssl.certificate.location": kafka.ssl_certificate_location,
            "ssl.key.location": kafka.ssl_key_location,
        }
        config |= {name: str(path) for name, path in files.items() if path}
        if kafka.ssl_key_password:
            config["ssl.key.password"] = kafka.ssl_key_password.get_secret_value()
    return config


def faust_credentials(settings: Settings) -> Any:
    """Return the same transport and credentials for Faust (`faust.auth`), or None for plaintext."""
    import ssl  # noqa: PLC0415 (only the worker needs Faust)

    import faust  # noqa: PLC0415
    from faust.types.auth import SASLMechanism  # noqa: PLC0415

    kafka, context = settings.kafka, None
    if kafka.security_protocol.endswith("SSL"):
        context = ssl.create_default_context(cafile=kafka.ssl_ca_location)
        if kafka.ssl_certificate_location:
            password = kafka.ssl_key_password.get_secret_value() if kafka.ssl_key_password else None
            context.load_cert_chain(kafka.ssl_certificate_location, kafka.ssl_key_location, password)
    if kafka.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=kafka.sasl_username or "",
            password=kafka.sasl_password.get_secret_value() if kafka.sasl_password else "",
            mechanism=SASLMechanism(kafka.sasl_mechanism),
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context else None


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
        if self._failed:
            raise BrokerUnavailable(
                f"the broker refused a record: {self._failed[0].str()}",
                remedy="Check the broker's limits and permissions (`communique topics check`).",
            )


def admin(settings: Settings) -> AdminClient:
    """Return the admin client of this process for these settings.

    It is made once: a client for each question cost a connection and threads every time, and its
    destruction while answers were still on their way ended the process (signal 11, seen twice).
    """
    config = base_config(settings)
    key = repr(sorted((name, str(value)) for name, value in config.items()))
    if key not in _admins:
        _admins[key] = AdminClient(config)
    return _admins[key]


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
    """Return the cluster id once the broker answers; raises `BrokerUnavailable` after `seconds`."""
    end = time.monotonic() + seconds
    client = admin(settings)
    while True:
        try:
            return str(client.describe_cluster(request_timeout=min(5.0, seconds)).result().cluster_id)
        except KafkaException as error:
            if time.monotonic() > end:
                raise unavailable(settings, error) from None
            time.sleep(0.1)


def unavailable(settings: Settings, error: KafkaException) -> CommuniqueError:
    """Say what a broker's error means and what to do, without secrets."""
    said: KafkaError = error.args[0]
    where = settings.brokers()
    if said.code() in {KafkaError._AUTHENTICATION, KafkaError.SASL_AUTHENTICATION_FAILED}:  # noqa: SLF001
        return ConfigurationError(
            f"the broker at {where} refuses our credentials",
            remedy="Check COMMUNIQUE_KAFKA__SASL_USERNAME, COMMUNIQUE_KAFKA__SASL_PASSWORD and the mechanism.",
        )
    remedy = (
        "Start it with `communique up`."
        if settings.has_own_broker()
        else "Check COMMUNIQUE_BOOTSTRAP_SERVERS."
    )
    return BrokerUnavailable(f"the broker at {where} does not answer ({said.str()})", remedy=remedy)


@contextmanager
def answered(settings: Settings) -> Iterator[None]:
    """Turn a broker's error into one of ours that says what to do."""
    try:
        yield
    except KafkaException as error:
        raise unavailable(settings, error) from None


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
    answer = client.list_offsets(
        wanted, isolation_level=IsolationLevel.READ_UNCOMMITTED, request_timeout=ANSWER_SECONDS
    )
    with answered(settings):
        return {(tp.topic, tp.partition): future.result().offset for tp, future in answer.items()}


def committed_offsets(
    settings: Settings, group: str, partitions: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    """Return what `group` has committed of `partitions`; those without a commit are left out.

    A consumer asks, not the admin client: that one's answer while a new broker has no coordinator yet
    ends the process with a segmentation fault (confluent-kafka 2.16).
    """
    wanted = [TopicPartition(topic, partition) for topic, partition in partitions]
    if not wanted:
        return {}
    consumer = make_consumer(settings, group)
    try:
        with answered(settings):
            found = _asked(consumer, wanted)
    finally:
        consumer.close()
    return {(tp.topic, tp.partition): tp.offset for tp in found if tp.offset >= 0}


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
