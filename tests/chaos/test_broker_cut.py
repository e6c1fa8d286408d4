"""Connections to the broker are cut, or it stands still: nothing is lost, nothing is doubled."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from services import kafka
from services.database import tables as t
from services.settings import Settings
from streams.topics import Topic
from tests.chaos.proxied_broker import ProxiedBroker
from tests.chaos.undisturbed import same, undisturbed, write_releases
from tests.pipeline import Process, Running, count, wait_until

NUMBER = 120
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProxiedBroker]:
    with ProxiedBroker(tmp_path_factory.mktemp("proxied")) as running:
        yield running


def settings_on(broker: ProxiedBroker, make_settings: Callable[..., Settings]) -> Settings:
    settings = make_settings(bootstrap_servers=broker.address, sink={"batch_records": 5})
    kafka.wait_for_broker(settings, 120)
    return settings


def test_connections_to_the_broker_cut_in_the_middle_lose_and_double_nothing(
    broker: ProxiedBroker, tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = settings_on(broker, make_settings)
    with Running(settings) as running:
        flow = Process(settings, "backfill", "--wait", "--rate", "40", str(folder))
        for target in (10, 40, 80):
            wait_until(lambda n=target: count(settings, t.releases) >= n, 120, f"{target} stored releases")
            broker.proxy.cut()
            running.revive()
        assert running.wait_for(flow) == 0, flow.said()
        running.settle()
        assert count(settings, t.dead_letters) == 0
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


@pytest.mark.long
def test_a_worker_whose_output_is_not_taken_in_time_stops_with_its_input_uncommitted(
    broker: ProxiedBroker, tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = settings_on(broker, make_settings)
    with Running(settings) as running:
        flow = Process(settings, "backfill", "--wait", "--rate", "40", str(folder))
        wait_until(lambda: count(settings, t.releases) >= 10, 120, "records flowing")
        broker.process.send_signal(signal.SIGSTOP)
        try:
            assert running.workers[0].popen.wait(240) != 0, "delivery timed out after two minutes"
        finally:
            broker.process.send_signal(signal.SIGCONT)
        flow.popen.wait(240)
        running.revive()
        assert running.backfill(folder, seconds=240)["dead"] == 0
        raw = settings.topic_prefix + Topic.RAW
        ends = kafka.end_offsets(settings, [raw])
        with closing(kafka.GroupOffsets(settings, f"{settings.topic_prefix}work")) as offsets:
            wait_until(
                lambda: sum(offsets.of(ends).values()) == sum(ends.values()), 60, "everything committed"
            )
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)
