"""`communique diff`: what edits changed, which revision holds, and what the publisher took away."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from services.cli import explain
from services.errors import CommuniqueError
from services.settings import Settings

app = typer.Typer()
app.command()(explain.diff)


@pytest.fixture
def asked(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("COMMUNIQUE_HOME", str(filled.home))
    if filled.database_url is not None:
        monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", filled.database_url.get_secret_value())
    return filled


def test_an_edit_is_shown_line_by_line_with_the_revision_that_holds(asked: Settings) -> None:
    result = CliRunner().invoke(app, ["r2"])
    assert result.exit_code == 0
    assert "+The parties met." in result.output.splitlines()
    assert "2 revision(s) of r2; revision 2 is the current one" in " ".join(result.output.split())


def test_every_revision_is_there_as_json_with_its_whole_text(asked: Settings) -> None:
    found = json.loads(CliRunner().invoke(app, ["r2", "--json"]).stdout)
    assert [r["revision"] for r in found] == [1, 2]
    assert found[0]["text"] == "Ambassador in Astana"
    assert all({"content_hash", "first_fetched_at", "last_fetched_at"} <= r.keys() for r in found)


def test_a_release_that_is_not_there_is_an_error_with_a_remedy(asked: Settings) -> None:
    result = CliRunner().invoke(app, ["no-such-release"])
    assert isinstance(result.exception, CommuniqueError)
    assert result.exception.remedy
