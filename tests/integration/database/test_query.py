"""Queries on real databases: they cannot write, they end in time, and their errors say what to do."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from services.database import engine, query
from services.database.query_text import WrongQuery
from services.errors import CommuniqueError, ConfigurationError, DatabaseUnavailable
from services.settings import Settings

FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def ask(settings: Settings, sql: str, **values) -> list[tuple]:
    with query.ask(settings, sql, values) as answer:
        return list(answer.rows)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM releases",
        "INSERT INTO meta VALUES ('a', 'b')",
        "DROP TABLE releases",
        "ATTACH DATABASE '/tmp/other.db' AS other",
        "VACUUM INTO '/tmp/copy.db'",
        "PRAGMA query_only = OFF",
        "COPY meta TO PROGRAM 'cat'",
        "SET default_transaction_read_only = off",
        "DO $$ BEGIN DELETE FROM meta; END $$",
        "-- SELECT\nDELETE FROM meta",
    ],
)
def test_what_does_not_read_is_refused_before_it_runs(filled, sql):
    with pytest.raises(WrongQuery, match="only queries that read"):
        ask(filled, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "WITH gone AS (DELETE FROM meta RETURNING key) SELECT * FROM gone",
        "WITH x AS (SELECT 1) INSERT INTO meta SELECT 'a', 'b' FROM x",
        "EXPLAIN ANALYZE DELETE FROM meta",
        "SELECT * INTO copy FROM meta",
    ],
)
def test_what_writes_in_disguise_is_refused_by_the_database(filled, sql):
    with pytest.raises(query.QueryFailed):
        ask(filled, sql)
    assert ask(filled, "SELECT count(*) FROM meta") == [(2,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT set_config('transaction_read_only', 'off', true)",
        "WITH a AS (SELECT set_config('transaction_read_only', 'off', true)) SELECT * FROM a",
        "SELECT query_to_xml($$COPY (SELECT 1) TO PROGRAM 'cat'$$, true, true, '')",
        "SELECT query_to_xml('DELETE FROM meta', true, true, '')",
        "SELECT lo_create(0)",
        "SELECT lo_import('/etc/hostname')",
        "SELECT lo_export(1, '/tmp/never')",
        "SELECT pg_read_file('/etc/hostname')",
        "SELECT pg_reload_conf()",
        "SELECT nextval('none')",
        "SELECT * FROM meta FOR UPDATE",
    ],
)
def test_functions_that_write_or_reach_the_server_are_refused_by_postgresql(both, sql):
    with pytest.raises(query.QueryFailed):
        ask(both["postgresql"], sql)
    assert ask(both["postgresql"], "SELECT count(*) FROM meta") == [(2,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT load_extension('/tmp/never')",
        "SELECT writefile('/tmp/never', 'x')",
        "SELECT * FROM pragma_writable_schema",
        "SELECT * FROM pragma_journal_mode('DELETE')",
        "SELECT * FROM pragma_user_version",
        "WITH x AS (SELECT 1) INSERT INTO releases_fts(releases_fts) VALUES ('rebuild')",
        "WITH x AS (SELECT 1) UPDATE sqlite_master SET sql = ''",
        "EXPLAIN SELECT 1; PRAGMA writable_schema = 1",
    ],
)
def test_functions_and_pragmas_that_write_are_refused_by_sqlite(both, sql):
    with pytest.raises(CommuniqueError):
        ask(both["sqlite"], sql)
    assert ask(both["sqlite"], "SELECT count(*) FROM meta") == [(2,)]


def test_a_query_cannot_lift_its_own_time_limit(both):
    hasty = both["postgresql"].model_copy(update={"sql_timeout_seconds": 0.5})
    sql = (
        "SELECT set_config('statement_timeout', '0', false) FROM generate_series(1, 600)"
        " UNION ALL SELECT pg_sleep(20)::text"
    )
    with pytest.raises(query.QueryFailed, match=r"longer than 0.5 s"):
        ask(hasty, sql)


def test_sqlite_is_read_only_even_without_the_check_of_the_text(both):
    database = engine.read_only(both["sqlite"])
    with database.connect() as connection, pytest.raises(sa.exc.OperationalError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM meta")
    database.dispose()


@pytest.mark.parametrize("sql", ["SELECT 1; SELECT 2", "SELECT 1; DROP TABLE meta", "SELECT 1;; SELECT 2"])
def test_two_statements_are_refused(filled, sql):
    with pytest.raises(WrongQuery, match="more than one statement"):
        ask(filled, sql)


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        ("SELECT 1;", (1,)),
        ("SELECT 'a;b'; -- done; really", ("a;b",)),
        ("SELECT ':name' AS x, '12:30'", (":name", "12:30")),
        ("SELECT 'it''s 50%'", ("it's 50%",)),
        ("/* first; */ SELECT count(*) FROM countries WHERE name LIKE '%stan'", (7,)),
        ("VALUES (1, NULL)", (1, None)),
        ("SELECT 'naïve — “quoted”'", ("naïve — “quoted”",)),
    ],
)
def test_one_statement_runs_as_it_is_written(filled, sql, row):
    assert ask(filled, sql) == [row]


def test_parameters_are_bound_never_pasted(filled):
    assert ask(filled, "SELECT name FROM countries WHERE code = :code", code="KAZ") == [("Kazakhstan",)]
    assert ask(filled, "SELECT name FROM countries WHERE code = :code", code="' OR '1'='1") == []
    assert ask(filled, "SELECT count(*) FROM v_events WHERE date >= :since", since="2025-05-22") == [(1,)]
    assert ask(filled, "SELECT count(*) FROM releases WHERE revision = :n", n=2) == [(1,)]


def test_parameters_that_lack_or_have_no_place_are_named(filled):
    with pytest.raises(WrongQuery, match="needs a value for: code"):
        ask(filled, "SELECT :code")
    with pytest.raises(WrongQuery, match="no parameter named: other"):
        ask(filled, "SELECT 1", other="x")


@pytest.mark.parametrize("sql", [FOREVER, FOREVER.replace("count(*)", "*")])
def test_a_query_that_never_ends_is_stopped(both, sql):
    for settings in both.values():
        hasty = settings.model_copy(update={"sql_timeout_seconds": 0.5})
        with pytest.raises(query.QueryFailed, match=r"longer than 0.5 s") as caught:
            for _ in ask(hasty, sql + " WHERE i < 0"):
                pass
        assert "COMMUNIQUE_SQL_TIMEOUT_SECONDS" in caught.value.remedy


def test_rows_come_while_they_are_asked_for(filled):
    with query.ask(filled, FOREVER.replace("count(*)", "i")) as answer:
        assert [next(answer.rows)[0] for _ in range(1200)] == list(range(1, 1201))


@pytest.mark.parametrize(
    "sql", ["SELECT nothing FROM releases", "SELECT FROM WHERE", "SELECT * FROM nowhere"]
)
def test_what_the_database_does_not_understand_is_told_in_one_line(filled, sql):
    with pytest.raises(query.QueryFailed) as caught:
        ask(filled, sql)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_values_are_the_same_from_both(both):
    sql = """
        SELECT value, date_settled, started_on, persisted_at, score, payload
        FROM figures, events, releases, release_topics, dead_letters
        WHERE figures.release_id = 'r5' AND event_id = 'e-meet' AND releases.release_id = 'r1'
            AND topic = 'trade' OR 1 = 0
    """.replace("topic = 'trade' OR 1 = 0", "release_topics.topic = 'trade' AND \"offset\" = 0")
    expected = [(12.5, True, "2025-05-05", "2025-05-06T08:00:00.000000Z", 2, "\\xff\x00")]
    assert {kind: ask(settings, sql) for kind, settings in both.items()} == dict.fromkeys(both, expected)


def test_a_database_without_a_schema_names_the_remedy(empty):
    if empty.database_url is None:
        engine.connect(empty).connect().close()
    with pytest.raises(ConfigurationError) as caught:
        ask(empty, "SELECT * FROM v_events")
    assert "communique db upgrade" in caught.value.remedy


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigurationError, match="there is no database yet"):
        ask(Settings(home=tmp_path / "nowhere"), "SELECT 1")


def test_a_server_that_is_away_is_told_without_the_password(tmp_path):
    away = Settings(home=tmp_path, database_url="postgresql://who:s3cret@127.0.0.1:9/none")
    with pytest.raises(DatabaseUnavailable, match=r"127.0.0.1:9 does not answer") as caught:
        ask(away, "SELECT 1")
    assert "s3cret" not in f"{caught.value} {caught.value.remedy}"


def test_every_error_of_a_query_is_one_of_ours():
    assert issubclass(query.QueryFailed, CommuniqueError)
    assert (query.QueryFailed.exit_code, WrongQuery.exit_code) == (1, 2)
