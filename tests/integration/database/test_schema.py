"""The schema history on real databases: up, down, twice at once, and what `check` finds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from services.database import engine, schema
from services.database.tables import metadata
from services.database.views import VIEWS
from services.errors import ConfigurationError, DatabaseUnavailable
from services.settings import Settings

ROOT = Path(__file__).parents[3]
REVISIONS = ["0001", "0002", "0003", "0004", "0005", "0006", "0007"]


def run(settings: Settings, sql: str) -> list[tuple]:
    database = engine.connect(settings)
    with database.begin() as connection:
        result = connection.exec_driver_sql(sql)
        rows = [tuple(row) for row in result] if result.returns_rows else []
    database.dispose()
    return rows


def names(settings: Settings) -> set[str]:
    database = engine.connect(settings)
    inspector = sa.inspect(database)
    found = {*inspector.get_table_names(), *inspector.get_view_names()}
    database.dispose()
    return found


def test_upgrade_from_empty_makes_what_the_models_say(empty):
    schema.upgrade(empty)
    assert schema.check(empty) == []
    assert schema.is_at_head(empty)
    assert {*metadata.tables, *VIEWS} <= names(empty)


def test_upgrade_twice_changes_nothing(empty):
    schema.upgrade(empty)
    before = run(empty, "SELECT value FROM meta WHERE key = 'created_at'")
    schema.upgrade(empty)
    assert run(empty, "SELECT value FROM meta WHERE key = 'created_at'") == before


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_revision_goes_up_to_head_and_down_to_nothing(empty, revision):
    schema.upgrade(empty, revision)
    assert schema.current(empty) == revision
    assert run(empty, "SELECT value FROM meta WHERE key = 'schema'") == [(revision,)]
    schema.upgrade(empty)
    assert schema.check(empty) == []
    schema.downgrade(empty, revision)
    assert run(empty, "SELECT value FROM meta WHERE key = 'schema'") == [(revision,)]
    schema.downgrade(empty, "base")
    assert names(empty) <= {"alembic_version"}
    assert schema.current(empty) is None


def test_the_newest_revision_by_name_is_the_head_of_the_history():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.head()]


UPGRADE = (
    "from services import settings; from services.database import schema; schema.upgrade(settings.load())"
)


def test_upgrades_at_once_by_several_processes_make_one_schema(empty):
    environment = os.environ | {"COMMUNIQUE_HOME": str(empty.home)}
    if empty.database_url is not None:
        environment["COMMUNIQUE_DATABASE_URL"] = empty.database_url.get_secret_value()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * 3
    assert schema.check(empty) == []


def test_a_failed_upgrade_leaves_nothing_behind(empty):
    schema.upgrade(empty, "0003")
    run(empty, "CREATE TABLE v_meetings (a integer)")
    with pytest.raises(sa.exc.DatabaseError if "postgresql" in str(empty.url()) else DatabaseUnavailable):
        schema.upgrade(empty)
    assert schema.current(empty) == "0003"
    assert "v_events" not in names(empty)


def test_reference_data_stands_in_every_new_database(empty):
    schema.upgrade(empty)
    assert run(empty, "SELECT name, kind, cow FROM countries WHERE code = 'KAZ'") == [
        ("Kazakhstan", "state", 705)
    ]
    assert run(empty, "SELECT kind FROM countries WHERE code = 'EU'") == [("organization",)]
    assert run(empty, "SELECT count(*) FROM topics") == [(31,)]
    assert run(empty, "SELECT count(*) FROM event_types") == [(17,)]
    assert run(empty, "SELECT source_id FROM sources ORDER BY 1") == [("files",), ("seeds",)]


def test_check_without_a_schema_names_the_remedy(empty):
    assert schema.check(empty) == ["the database has no schema: run `communique db upgrade`"]
    with pytest.raises(ConfigurationError, match="revision none"):
        schema.require_head(empty)


def test_check_behind_head_names_both_revisions(empty):
    schema.upgrade(empty, "0002")
    assert schema.check(empty) == ["the schema is at revision 0002, not at 0007: run `communique db upgrade`"]
    assert not schema.is_at_head(empty)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("DROP VIEW v_citation", "view v_citation is missing"),
        ("DROP INDEX ix_events_started_on", "index ix_events_started_on is missing"),
        ("ALTER TABLE figures DROP COLUMN purpose", "column figures.purpose is missing"),
        ("ALTER TABLE dates ADD COLUMN extra text", "column dates.extra should not be there"),
    ],
)
def test_check_finds_what_was_changed_by_hand(empty, change, found):
    schema.upgrade(empty)
    run(empty, change)
    assert any(found in problem for problem in schema.check(empty)), schema.check(empty)


def test_check_finds_a_check_constraint_that_is_gone(postgresql):
    schema.upgrade(postgresql)
    run(postgresql, "ALTER TABLE releases DROP CONSTRAINT ck_releases_genre_known")
    assert schema.check(postgresql) == ["releases: check ck_releases_genre_known is missing"]


def test_a_revision_that_nobody_knows_is_wrong_usage(empty):
    with pytest.raises(ConfigurationError, match="9999"):
        schema.upgrade(empty, "9999")


def test_a_database_from_a_newer_version_says_so(empty):
    schema.upgrade(empty)
    run(empty, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ConfigurationError) as caught:
        schema.upgrade(empty)
    assert "newer" in caught.value.remedy


def test_a_user_without_rights_gets_the_remedy(postgresql, server):
    run(postgresql, "CREATE ROLE poor LOGIN PASSWORD 'poor'")
    try:
        url = postgresql.url().set(username="poor", password="poor")
        poor = postgresql.model_copy(update={"database_url": None})
        poor = Settings(home=postgresql.home, database_url=url.render_as_string(hide_password=False))
        with pytest.raises(ConfigurationError, match="may not change the schema"):
            schema.upgrade(poor)
    finally:
        run(postgresql, "DROP ROLE poor")
