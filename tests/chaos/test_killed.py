"""Processes are killed, suspended and restarted while records flow: nothing is lost, nothing is doubled."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.database import tables as t
from services.database.engine import read_only
from services.settings import Settings
from tests.chaos.undisturbed import same, undisturbed, write_on_both_partitions, write_releases
from tests.conftest import OwnBroker
from tests.pipeline import Process, Running, count, wait_until

NUMBER = 120


def flow(running: Running, folder: Path) -> None:
    """Put every release on the log without waiting for the tables."""
    counts = running.backfill(folder, wait=False)
    assert counts["published"] == NUMBER


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_workers_and_sinks_killed_at_any_moment_lose_and_double_nothing(
    kind: str, tmp_path: Path, new_database: Callable[[str], str], make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = make_settings(new_database(kind), sink={"batch_records": 5}, work={"in_flight_records": 3})
    rng = random.Random(7)
    with Running(settings) as running:
        flow(running, folder)
        for target in (20, 50, 80):
            wait_until(lambda n=target: count(settings, t.releases) >= n, what=f"{target} stored releases")
            victims = [running.sinks[0], running.workers[0]]
            rng.shuffle(victims)
            victims[0].kill()
            if rng.random() < 0.5:
                victims[1].kill()
            running.revive()
        wait_until(lambda: count(settings, t.releases) >= NUMBER, 90, "every release stored")
        running.settle()
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def test_a_backfill_killed_on_its_way_is_completed_by_the_next_one(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = make_settings()
    with Running(settings) as running:
        first = Process(settings, "backfill", "--wait", "--rate", "40", str(folder))
        wait_until(lambda: count(settings, t.releases) >= 20, what="records flowing")
        first.kill()
        second = running.backfill(folder)
        assert second["skipped"] >= 20
        assert second["published"] == second["stored"] == NUMBER - second["skipped"] > 0
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def test_workers_and_sinks_that_come_and_go_share_the_partitions_anew_and_change_nothing(
    tmp_path: Path, new_database: Callable[[str], str], make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = make_settings(new_database("postgresql"), sink={"batch_records": 5})
    with Running(settings) as running:
        flow = Process(settings, "backfill", "--wait", "--rate", "12", str(folder))
        wait_until(lambda: count(settings, t.releases) >= 10, what="records flowing")
        leaving = [running.workers[0], running.sinks[0]]
        running.workers.append(Process(settings, "work"))
        running.sinks.append(Process(settings, "sink"))
        wait_until(lambda: "sink.assigned" in running.sinks[1].said(), what="the second sink having its part")
        for process in leaving:
            assert process.stop() == 0
        del running.workers[0], running.sinks[0]  # they are not wanted back
        assert running.wait_for(flow) == 0, flow.said()
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def test_a_terminated_worker_and_sink_finish_their_batch_and_leave_with_status_0(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = make_settings(sink={"batch_records": 5}, work={"in_flight_records": 3})
    with Running(settings) as running:
        flow(running, folder)
        wait_until(lambda: count(settings, t.releases) >= 20, what="records flowing")
        for process in (*running.workers, *running.sinks):
            process.signal(signal.SIGTERM)
        assert [p.popen.wait(60) for p in (*running.workers, *running.sinks)] == [0, 0]
        running.revive()
        wait_until(lambda: count(settings, t.releases) >= NUMBER, 90, "every release stored")
        running.settle()
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def test_two_workers_and_two_sinks_give_the_tables_of_one(
    tmp_path: Path, new_database: Callable[[str], str], make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = make_settings(new_database("postgresql"), sink={"batch_records": 7})
    with Running(settings, workers=2, sinks=2) as running:
        flow(running, folder)
        wait_until(lambda: count(settings, t.releases) >= NUMBER, 120, "every release stored")
        running.settle()
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def test_two_sinks_that_share_every_main_event_give_the_tables_of_one(
    tmp_path: Path, new_database: Callable[[str], str], make_settings: Callable[..., Settings]
) -> None:
    folder = write_on_both_partitions(tmp_path / "releases", NUMBER // 2)
    settings = make_settings(new_database("postgresql"), partitions=2, sink={"batch_records": 7})
    with Running(settings, sinks=2) as running:
        wait_until(
            lambda: all("sink.assigned" in sink.said() for sink in running.sinks), 60, "both sinks at work"
        )
        flow(running, folder)
        wait_until(lambda: count(settings, t.releases) >= NUMBER, 120, "every release stored")
        running.settle()
    assert fewest_partitions_of_a_main_event(settings) == 2
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def fewest_partitions_of_a_main_event(settings: Settings) -> int:
    reports, revisions = t.event_reports.c, t.release_revisions.c
    places = (
        sa.select(sa.func.count(revisions.raw_partition.distinct()).label("places"))
        .join_from(t.event_reports, t.release_revisions, reports.release_id == revisions.release_id)
        .where(reports.main)
        .group_by(reports.event_id)
        .subquery()
    )
    engine = read_only(settings)
    with engine.connect() as connection:
        fewest = connection.scalar(sa.select(sa.func.min(places.c.places)))
    engine.dispose()
    return int(fewest or 0)


def test_a_sink_suspended_past_its_session_is_fenced_when_it_wakes(
    tmp_path: Path, new_database: Callable[[str], str], make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = make_settings(new_database("postgresql"), sink={"batch_records": 2})
    with Running(settings) as running:
        flow(running, folder)
        wait_until(lambda: count(settings, t.releases) >= 10, what="a sink at work")
        sleeper = running.sinks[0]
        sleeper.signal(signal.SIGSTOP)
        running.sinks.append(Process(settings, "sink"))
        wait_until(lambda: count(settings, t.releases) >= NUMBER, 120, "the second sink taking over")
        sleeper.signal(signal.SIGCONT)
        running.settle()
        assert sleeper.popen.poll() is None, "a fenced sink rejoins, it does not die"
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def test_a_broker_killed_and_restarted_loses_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    broker = OwnBroker(tmp_path_factory.mktemp("own"))
    broker.start()
    try:
        settings = make_settings(bootstrap_servers=broker.address, sink={"batch_records": 5})
        with Running(settings) as running:
            flow(running, folder)
            wait_until(lambda: count(settings, t.releases) >= 20, what="records flowing")
            broker.stop(kill=True)
            broker.start()

            def all_stored() -> bool:
                running.revive()
                return count(settings, t.releases) >= NUMBER

            wait_until(all_stored, 150, "every release stored")
            running.settle()
        same(undisturbed(folder, tmp_path / "undisturbed"), settings)
    finally:
        broker.stop(kill=True)


def test_a_wiped_broker_stops_the_sink_with_the_remedy_and_starting_over_heals(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings, brokers = make_settings(), [OwnBroker(tmp_path_factory.mktemp("own")) for _ in range(2)]
    try:
        brokers[0].start()
        first = settings.model_copy(update={"bootstrap_servers": brokers[0].address})
        with Running(first) as running:
            running.backfill(folder)
        brokers[0].stop()
        brokers[1].start()
        second = settings.model_copy(update={"bootstrap_servers": brokers[1].address})
        with Running(second) as running:
            assert running.sinks[0].popen.wait(60) == 1
            said = running.sinks[0].said()
            assert "--start-over" in said
            assert "Traceback" not in said
            assert Process(second, "sink", "--start-over").popen.wait(60) == 0
            running.revive()
            again = write_releases(tmp_path / "later", 10, seed=99)
            assert running.backfill(again, seconds=120)["published"] > 0
        assert count(settings, t.release_revisions) > NUMBER
    finally:
        for broker in brokers:
            broker.stop(kill=True)
