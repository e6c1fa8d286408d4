"""`communique sql` and `communique db`, as a user types them, on both databases."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import typer
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console
from typer.testing import CliRunner

from services.cli import db, sql, sql_prompt
from services.database import queries, schema
from services.database.query import QueryFailed
from services.database.query_text import WrongQuery
from services.errors import CommuniqueError, ConfigurationError
from services.settings import Settings

app = typer.Typer()
app.command()(sql.sql)
app.add_typer(db.app, name="db")


def at(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_HOME", str(settings.home))
    if settings.database_url is not None:
        monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", settings.database_url.get_secret_value())


@pytest.fixture
def asked(filled, monkeypatch) -> Settings:
    at(filled, monkeypatch)
    return filled


def run(*arguments: str, typed: str | None = None) -> str:
    result = CliRunner().invoke(app, list(arguments), input=typed, catch_exceptions=True)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_a_query_gives_a_table(asked):
    out = run("sql", "SELECT date, date_settled, actors FROM v_events WHERE event_id = 'e-sanction'")
    assert "2025-05-20" in out
    assert "no" in out.split()
    assert "1 row" in out


def test_a_query_gives_json(asked):
    out = run("sql", "SELECT code, name FROM countries WHERE code = 'KAZ'", "--json")
    assert json.loads(out) == [{"code": "KAZ", "name": "Kazakhstan"}]


def test_a_query_takes_parameters(asked):
    question = "SELECT name FROM countries WHERE code = :c"
    assert run("sql", question, "--param", "c=EU", "--format", "csv") == "name\nEuropean Union\n"


def test_a_query_may_come_from_standard_input(asked):
    assert run("sql", "--format", "ndjson", typed="SELECT 1 AS a;\n") == '{"a": 1}\n'


def test_a_saved_query_runs_by_name(asked):
    (row,) = json.loads(run("sql", "--saved", "trade", "--json"))
    assert row["words"] == "$48.5 billion"


def test_the_list_shows_every_saved_query_without_a_database(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMMUNIQUE_HOME", raising=False)
    listed = json.loads(run("sql", "--list", "--json"))
    assert [row["name"] for row in listed] == list(queries.saved())
    assert "trade" in run("sql", "--list")


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        (["sql", "SELECT 1", "--saved", "met"], WrongQuery, "exclude one another"),
        (["sql", "SELECT 1", "--param", "x"], WrongQuery, "not NAME=VALUE"),
        (["sql", "SELECT x"], QueryFailed, "refuses the query"),
        (["sql", "--saved", "nothing"], WrongQuery, "no saved query"),
        (["sql", "SELECT 1; SELECT 2"], WrongQuery, "more than one"),
    ],
)
def test_errors_reach_the_command_line_as_ours(asked, arguments, error, told):
    with pytest.raises(error, match=told) as caught:
        run(*arguments)
    assert caught.value.remedy


def test_help_shows_examples():
    assert "--saved trade" in run("sql", "--help")
    assert "communique db upgrade" in run("db", "upgrade", "--help")


def test_the_prompt_answers_remembers_and_survives_errors(asked, capsys):
    typed = (
        "SELECT nothing\nFROM meta;\n.tables\n.run person name=tokayev\nSELECT 40 +\n2 AS answer;\n.quit\n"
    )
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(typed)
        sql_prompt.run(asked, "csv")
    out = capsys.readouterr().out
    assert "refuses the query" in out
    assert "v_country_pairs" in out
    assert "Kassym-Jomart Tokayev" in out
    assert "answer\n42" in out
    history = (asked.home / "sql_history").read_text(encoding="utf-8")
    assert "2 AS answer;" in history


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (".columns v_citation", "content_hash"),
        (".columns x", "there is no x"),
        (".saved", "trade"),
        (".what", ".quit"),
    ],
)
def test_the_commands_of_the_prompt(asked, text, shown):
    out = Console(file=io.StringIO())
    assert sql_prompt.obey(asked, text, "csv", out)
    assert shown in out.file.getvalue()


def test_db_upgrade_check_and_downgrade(empty, monkeypatch):
    at(empty, monkeypatch)
    with pytest.raises(CommuniqueError, match="no schema") as caught:
        run("db", "check")
    assert "communique db upgrade" in caught.value.remedy
    assert "went from revision none to" in run("db", "upgrade")
    assert "already" in run("db", "upgrade")
    assert "as it should be" in run("db", "check")
    assert json.loads(run("db", "check", "--json"))["problems"] == []
    assert json.loads(run("db", "downgrade", "0003", "--yes", "--json")) == {
        "before": schema.head(),
        "after": "0003",
    }
    result = CliRunner().invoke(app, ["db", "check", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.output)["problems"]


def test_db_downgrade_asks_first_and_hides_the_password(empty, monkeypatch):
    at(empty, monkeypatch)
    schema.upgrade(empty)
    result = CliRunner().invoke(app, ["db", "downgrade", "base"], input="n\n")
    assert result.exit_code == 1
    assert schema.is_at_head(empty)


def test_db_upgrade_makes_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COMMUNIQUE_HOME", str(tmp_path / "new home"))
    run("db", "upgrade")
    assert (tmp_path / "new home" / "communique.db").is_file()


def test_sql_without_a_data_folder_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(Path(tmp_path))
    monkeypatch.delenv("COMMUNIQUE_HOME", raising=False)
    with pytest.raises(ConfigurationError, match="no data folder"):
        run("sql", "SELECT 1")
