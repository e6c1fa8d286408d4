"""TLS and credentials reach confluent-kafka and Faust alike; what the broker refuses is told by its setting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    ResourcePatternType,
    ResourceType,
)

from services import kafka
from services.database import tables as t
from services.errors import BrokerUnavailable, ConfigurationError
from services.settings import Settings
from streams.topics import Topic
from tests.pipeline import Running, count, wait_until
from tests.secure_broker import KEY_PASSWORD, PASSWORD, USER, SecureBroker


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureBroker]:
    with SecureBroker(tmp_path_factory.mktemp("secure")) as running:
        first = Settings(home=running.home, **running.sasl("PLAIN"))
        wait_until(lambda: _answers(first), 120, "the broker answering")
        yield running


def _answers(settings: Settings) -> bool:
    try:
        return bool(kafka.wait_for_broker(settings, 1))
    except (BrokerUnavailable, ConfigurationError):
        return False


@pytest.mark.parametrize(
    "secured",
    [
        pytest.param(lambda broker: broker.sasl("SCRAM-SHA-512"), id="SASL_SSL with SCRAM-SHA-512"),
        pytest.param(lambda broker: broker.sasl("PLAIN"), id="SASL_SSL with PLAIN"),
        pytest.param(lambda broker: broker.certified(), id="SSL with a certificate and a sealed key"),
    ],
)
def test_releases_go_the_whole_way_through_a_broker_that_wants(
    secured: Callable[[SecureBroker], dict[str, Any]],
    broker: SecureBroker,
    make_settings: Callable[..., Settings],
) -> None:
    settings = make_settings(**secured(broker))
    with Running(settings) as running:
        counts = running.backfill()
        assert (counts["published"], counts["stored"]) == (5, 5)
        assert kafka.check_topics(settings) == []
    assert count(settings, t.releases) == 5


def test_a_worker_that_may_not_write_its_output_stops_with_its_input_uncommitted(
    broker: SecureBroker, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings(**broker.sasl("PLAIN"))
    with Running(settings) as running:
        with refused(settings, settings.topic_prefix + Topic.CLEAN):
            assert running.backfill(wait=False)["published"] == 5
            assert running.workers[0].popen.wait(120) != 0
            assert "Topic authorization failed" in running.workers[0].said()
            ends = kafka.end_offsets(settings, [settings.topic_prefix + Topic.RAW])
            with closing(kafka.GroupOffsets(settings, f"{settings.topic_prefix}work")) as offsets:
                assert sum(offsets.of(p for p, e in ends.items() if e).values()) == 0
        running.revive()
        wait_until(lambda: count(settings, t.releases) == 5, 120, "the releases once it may")
        assert count(settings, t.dead_letters) == 0


@contextmanager
def refused(settings: Settings, topic: str) -> Iterator[None]:
    """Let our user do everything with `topic` but write to it."""
    admin = kafka.admin(settings)

    def rule(operation: AclOperation, permission: AclPermissionType) -> AclBinding:
        return AclBinding(
            ResourceType.TOPIC,
            topic,
            ResourcePatternType.LITERAL,
            f"User:{USER}",
            "*",
            operation,
            permission,
        )

    rules = [
        rule(AclOperation.ALL, AclPermissionType.ALLOW),
        rule(AclOperation.WRITE, AclPermissionType.DENY),
    ]
    for done in admin.create_acls(rules).values():
        done.result()
    yield
    every = AclBindingFilter(
        ResourceType.TOPIC,
        topic,
        ResourcePatternType.LITERAL,
        None,
        None,
        AclOperation.ANY,
        AclPermissionType.ANY,
    )
    for done in admin.delete_acls([every]).values():
        done.result()


@pytest.mark.parametrize(
    ("secured", "told", "setting"),
    [
        (lambda b: b.sasl("SCRAM-SHA-512", sasl_password="wr0ng"), "invalid credentials", "SASL_PASSWORD"),
        (lambda b: b.sasl("SCRAM-SHA-256"), "supported mechanisms: SCRAM-SHA-512", "SASL_MECHANISM"),
        (lambda b: b.sasl("PLAIN", ssl_ca_location=None), "could not be verified", "SSL_CA_LOCATION"),
        (lambda b: b.certified(ssl_key_password="wr0ng"), "ssl.key.location failed", "key and its password"),
        (lambda b: b.certified(ssl_ca_location=b.key), "ssl.ca.location failed", "COMMUNIQUE_KAFKA__"),
    ],
)
def test_what_the_broker_refuses_is_told_by_its_setting_and_without_a_secret(
    secured: Callable[[SecureBroker], dict[str, Any]], told: str, setting: str, broker: SecureBroker
) -> None:
    with pytest.raises(ConfigurationError, match=told) as caught:
        kafka.wait_for_broker(Settings(home=broker.home, **secured(broker)), 60)
    assert setting in caught.value.remedy
    for secret in (PASSWORD, KEY_PASSWORD, "wr0ng"):
        assert secret not in f"{caught.value} {caught.value.remedy}"


def test_a_broker_that_expects_tls_is_told_from_one_that_is_away(broker: SecureBroker) -> None:
    bare = Settings(home=broker.home, bootstrap_servers=broker.certified()["bootstrap_servers"])
    with pytest.raises(BrokerUnavailable, match="does not answer") as caught:
        kafka.wait_for_broker(bare, 2)
    assert "COMMUNIQUE_KAFKA__SECURITY_PROTOCOL" in caught.value.remedy
