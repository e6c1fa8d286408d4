"""The database goes away, or its connections are cut: the sink waits, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from services.database import tables as t
from services.database.engine import connect
from services.settings import Settings
from services.sink.store import lock_folds
from tests.chaos.proxy import Proxy
from tests.chaos.undisturbed import same, undisturbed, write_releases
from tests.pipeline import Running, count, wait_until
from tests.postgres import OwnPostgres, create_database

NUMBER = 60


def test_a_database_that_is_away_for_a_while_loses_nothing(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    with OwnPostgres() as server:
        settings = make_settings(create_database(server.url), sink={"batch_records": 3})
        with Running(settings) as running:
            running.backfill(folder, wait=False)
            wait_until(lambda: count(settings, t.releases) >= 9, what="records flowing")
            server.stop()
            wait_until(lambda: "sink.database_away" in running.sinks[0].said(), what="the sink noticing")
            server.start()
            wait_until(lambda: count(settings, t.releases) >= NUMBER, 90, "every release stored")
            running.settle()
            assert running.sinks[0].popen.poll() is None, "the same sink went on"
            assert count(settings, t.dead_letters) == 0
        same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def test_connections_cut_in_the_middle_lose_and_double_nothing(
    tmp_path: Path, postgres_server: str, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    direct = sa.make_url(create_database(postgres_server))
    with Proxy((str(direct.host), int(direct.port or 5432))) as proxy:
        through = direct.set(host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)
        settings = make_settings(through, sink={"batch_records": 2})
        watching = settings.model_copy(
            update={"database_url": make_settings(direct.render_as_string(hide_password=False)).database_url}
        )
        with Running(settings) as running:
            running.backfill(folder, wait=False)
            for target in (6, 20, 40):
                wait_until(
                    lambda n=target: count(watching, t.releases) >= n, what=f"{target} stored releases"
                )
                proxy.cut()
            wait_until(lambda: count(watching, t.releases) >= NUMBER, 90, "every release stored")
            running.settle()
            assert count(watching, t.dead_letters) == 0
        same(undisturbed(folder, tmp_path / "undisturbed"), watching)


def test_a_writer_suspended_inside_a_copy_does_not_hold_the_others_up(
    postgres_server: str, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings(create_database(postgres_server))
    with Running(settings) as running, standing_still(settings):
        running.backfill(wait=False)
        wait_until(lambda: "sink.lock_held" in running.sinks[0].said(), 90, "the sink waiting for the lock")
        wait_until(lambda: count(settings, t.releases) == 5, 60, "every release stored")
        assert '"ended": 1' in running.sinks[0].said()
        assert count(settings, t.dead_letters) == 0


@contextmanager
def standing_still(settings: Settings) -> Iterator[None]:
    """A sink's session with its lock, in the middle of a COPY whose process says nothing more."""
    engine = connect(settings)
    with suppress(psycopg.Error, sa.exc.DBAPIError), engine.connect() as connection:
        lock_folds(connection)
        connection.exec_driver_sql("CREATE TEMPORARY TABLE half (line text)")
        driver: Any = connection.connection.driver_connection
        with driver.cursor().copy("COPY half FROM STDIN") as copy:
            copy.write_row(("one",))
            yield
    engine.dispose()
