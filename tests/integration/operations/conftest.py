"""One installation at work for the tests of a module: a worker and a sink on a prefix and a database of their own."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import TopicPartition

from services import kafka
from services.settings import Settings
from streams.topics import Topic
from tests.conftest import OwnBroker
from tests.pipeline import Running, wait_until
from tests.postgres import create_database


@pytest.fixture(scope="module", params=["sqlite"])
def station(
    request: pytest.FixtureRequest, own_broker: OwnBroker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """A running installation on either database."""
    home: Path = tmp_path_factory.mktemp("station")
    url = None
    if request.param == "postgresql":
        url = create_database(request.getfixturevalue("postgres_server"))
    settings = Settings(
        home=home,
        database_url=url,
        bootstrap_servers=own_broker.address,
        topic_prefix=f"t{uuid.uuid4().hex[:10]}.",
        partitions=4,
    )
    with Running(settings) as running:
        yield running


def ends(settings: Settings, *topics: Topic) -> dict[str, int]:
    """How many records each topic has taken, over all partitions."""
    wanted = topics or tuple(Topic)
    found = kafka.end_offsets(settings, [settings.topic_prefix + topic for topic in wanted])
    return {
        topic: sum(end for (name, _), end in found.items() if name == settings.topic_prefix + topic)
        for topic in wanted
    }


def times(settings: Settings, topic: Topic) -> list[float]:
    """When the broker took each record of a topic, in seconds."""
    name = settings.topic_prefix + topic
    found = {place: end for place, end in kafka.end_offsets(settings, [name]).items() if end}
    consumer = kafka.make_consumer(settings, f"{settings.topic_prefix}times")
    consumer.assign([TopicPartition(name, partition, 0) for _, partition in found])
    taken: list[float] = []

    def all_taken() -> bool:
        taken.extend(m.timestamp()[1] / 1000 for m in consumer.consume(500, 0.1) if m.error() is None)
        return len(taken) >= sum(found.values())

    wait_until(all_taken, 60, f"every record of {name}")
    consumer.close()
    return sorted(taken)
