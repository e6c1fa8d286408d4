"""Wrong configuration: one clear message that names the setting and the remedy, and no secret in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, an_ordinary_user
from tests.postgres import OwnPostgres, free_port

SECRET = "s3cret-word"


def run(
    home: Path, *arguments: str, before: list[str] | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNIQUE_")}
    return subprocess.run(
        [*(before or []), sys.executable, "-m", "services.cli.main", *arguments],
        cwd=home,
        env=kept | {"PYTHONPATH": str(ROOT), "COMMUNIQUE_HOME": str(home)} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "variables", "status", "named"),
    [
        (
            ["sql", "SELECT 1"],
            {"COMMUNIQUE_DATABASE_URL": f"nonsense {SECRET}"},
            2,
            "COMMUNIQUE_DATABASE_URL",
        ),
        (
            ["sql", "SELECT 1"],
            {"COMMUNIQUE_DATABASE_URL": f"mysql://u:{SECRET}@h/d"},
            2,
            "COMMUNIQUE_DATABASE_URL",
        ),
        (
            ["topics", "check"],
            {"COMMUNIQUE_BOOTSTRAP_SERVERS": "127.0.0.1:1"},
            1,
            "COMMUNIQUE_BOOTSTRAP_SERVERS",
        ),
        (["topics", "check"], {}, 2, "communique up"),
        (["status"], {"COMMUNIQUE_PARTITIONS": "many"}, 2, "COMMUNIQUE_PARTITIONS"),
        (["status"], {"COMMUNIQUE_HOME": "/nowhere/at/all"}, 2, "COMMUNIQUE_HOME"),
        (
            ["status"],
            {"COMMUNIQUE_DATABSE_URL": f"postgresql://u:{SECRET}@h/d"},
            2,
            "COMMUNIQUE_DATABASE_URL is",
        ),
        (["status"], {"COMMUNIQUE_SINK__BATCH_RECORDSS": "3"}, 2, "COMMUNIQUE_SINK__BATCH_RECORDSS"),
        (["replay", "--from", "2025-01-01"], {"COMMUNIQUE_BOOTSTRAP_SERVERS": "127.0.0.1:1"}, 1, "BOOTSTRAP"),
        (["replay", "--from", "yesterday"], {}, 2, "2025-01-31"),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(
    tmp_path: Path, arguments: list[str], variables: dict[str, str], status: int, named: str
) -> None:
    made = run(tmp_path, *arguments, **variables)
    assert made.returncode == status, made.stderr
    assert named in made.stderr
    assert "what to do:" in made.stderr
    assert "Traceback" not in made.stderr
    assert SECRET not in made.stderr + made.stdout


def test_an_unknown_setting_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "communique.toml").write_text("topic_prefixx = 'a.'\n", encoding="utf-8")
    made = run(tmp_path, "status")
    assert made.returncode == 2
    assert "topic_prefixx" in made.stderr
    assert "is not a setting" in made.stderr
    assert "Traceback" not in made.stderr


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    made = run(tmp_path, "up", "--detach", COMMUNIQUE_HOME=str(tmp_path / "file" / "home"))
    assert made.returncode == 2
    assert "cannot be written" in made.stderr
    assert "COMMUNIQUE_HOME" in made.stderr
    assert "Traceback" not in made.stderr


@pytest.mark.parametrize("arguments", [["up", "--detach"], ["status"], ["sql", "SELECT 1"]])
def test_a_data_folder_that_may_not_be_looked_at_is_told(tmp_path: Path, arguments: list[str]) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    made = run(tmp_path, *arguments, before=an_ordinary_user(), COMMUNIQUE_HOME=str(locked / "home"))
    locked.chmod(0o700)
    assert made.returncode == 2, made.stderr
    assert "COMMUNIQUE_HOME" in made.stderr
    assert "Traceback" not in made.stderr


def test_a_wrong_password_is_said_without_saying_it(tmp_path: Path) -> None:
    with OwnPostgres() as server:
        hba = server.folder / "data" / "pg_hba.conf"
        hba.write_text("host all all 127.0.0.1/32 scram-sha-256\n", encoding="utf-8")
        server.stop()
        url = f"postgresql://postgres:{SECRET}@127.0.0.1:{server.port}/postgres"
        away = run(tmp_path, "db", "upgrade", COMMUNIQUE_DATABASE_URL=url)
        assert away.returncode == 1
        assert "does not answer" in away.stderr
        server.start()
        made = run(tmp_path, "db", "upgrade", COMMUNIQUE_DATABASE_URL=url)
        assert made.returncode == 2, made.stderr
        assert "refuses user 'postgres'" in made.stderr
        for said in (away, made):
            assert SECRET not in said.stderr + said.stdout
            assert "Traceback" not in said.stderr


def test_a_port_of_the_console_that_is_taken_is_named(tmp_path: Path) -> None:
    import socket

    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        made = run(tmp_path, "console", COMMUNIQUE_CONSOLE__PORT=str(port))
    assert made.returncode == 2
    assert "COMMUNIQUE_CONSOLE__PORT" in made.stderr
    assert "Traceback" not in made.stderr
