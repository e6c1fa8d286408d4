"""Many keys and many rows at once, on SQLite; PostgreSQL's way is shown by the integration tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.database import bulk, schema
from services.database import tables as t
from services.database.engine import connect
from services.settings import Settings


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    settings = Settings(home=tmp_path)
    schema.upgrade(settings)
    engine = connect(settings)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def observed(number: int) -> tuple[str, str, str]:
    return f"release-{number:05d}", "2024-03-10T00:00:00.000000Z", "withdrawn"


@pytest.mark.parametrize("number", [0, 1, 3, 64, 87, 5000])
def test_any_number_of_rows_is_inserted_and_found_by_their_keys(
    connection: sa.Connection, number: int
) -> None:
    table = t.release_observations
    bulk.insert(connection, table, [observed(i) for i in range(number)])
    keys = [observed(i)[0] for i in range(0, number, 2)]
    found = connection.scalars(sa.select(table.c.release_id).where(bulk.among(table.c.release_id, keys)))
    assert sorted(found) == keys
    bulk.delete(connection, table.c.release_id, keys)
    assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == number // 2


def test_keys_are_looked_up_in_the_index(connection: sa.Connection) -> None:
    query = sa.select(t.releases).where(bulk.among(t.releases.c.release_id, ["a", "b"]))
    compiled = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
    plan = "\n".join(str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}"))
    assert "SEARCH releases USING INDEX" in plan
    assert "SCAN releases" not in plan


def test_only_the_named_columns_of_the_row_with_that_key_are_set(connection: sa.Connection) -> None:
    rows = [(f"e{i}", f"e{i}", "person", f"name {i}", None, None, None, None, None) for i in range(3)]
    bulk.insert(connection, t.entities, rows)
    bulk.update(connection, t.entities, [{"entity_id": "e1", "name": "other"}])
    columns = (t.entities.c.entity_id, t.entities.c.name, t.entities.c.kind)
    assert sorted(tuple(row) for row in connection.execute(sa.select(*columns))) == [
        ("e0", "name 0", "person"),
        ("e1", "other", "person"),
        ("e2", "name 2", "person"),
    ]
