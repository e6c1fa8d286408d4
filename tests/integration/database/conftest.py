"""Databases for these tests: a SQLite file, and a PostgreSQL database of its own on a real server."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.settings import Settings
from tests.integration.database import facts


@pytest.fixture(scope="session")
def server(postgres_server: str) -> sa.URL:
    """The PostgreSQL server of this run."""
    return sa.make_url(postgres_server).set(drivername="postgresql+psycopg")


@pytest.fixture
def postgresql(server: sa.URL, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an empty PostgreSQL database."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = server.set(database=name).render_as_string(hide_password=False)
    yield Settings(home=tmp_path, database_url=url)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Settings:
    """Settings of a SQLite database that is not there yet."""
    return Settings(home=tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest) -> Settings:
    """Settings of an empty database of either kind."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def both(server: sa.URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Settings]]:
    """The same facts in a SQLite file and in a PostgreSQL database, for tests that only read."""
    home = tmp_path_factory.mktemp("both")
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    name = f"both_{uuid.uuid4().hex[:12]}"
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = server.set(database=name).render_as_string(hide_password=False)
    yield {
        "sqlite": facts.fill(Settings(home=home)),
        "postgresql": facts.fill(Settings(home=home, database_url=url)),
    }
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, both: dict[str, Settings]) -> Settings:
    """Settings of a database of either kind that holds the facts; for reading only."""
    return both[request.param]
