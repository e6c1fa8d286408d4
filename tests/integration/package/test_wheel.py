"""Communiqué works from a built wheel in an empty environment, from any working directory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel; the dependencies are those of this run."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    wheel = next(folder.glob("*.whl"))
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--no-deps", wheel], check=True, capture_output=True
    )
    here = subprocess.run(
        [sys.executable, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    site = next((folder / "env" / "lib").glob("python*/site-packages"))
    # Dependencies only: the editable install of this repository is left out of the path.
    links = site / "deps"
    links.mkdir()
    for entry in Path(here).iterdir():
        if not entry.name.startswith(
            ("__editable__", "communique", "_virtualenv", "distutils-precedence", "pip")
        ):
            (links / entry.name).symlink_to(entry)
    (site / "deps.pth").write_text(str(links), encoding="utf-8")
    return folder / "env" / "bin" / "communique"


def run(installed: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"COMMUNIQUE_HOME": str(home)}
    return subprocess.run(
        [installed, *arguments],
        capture_output=True,
        text=True,
        cwd=home,
        env=environment,
        check=False,
        timeout=180,
    )


def test_migrations_seeds_and_data_files_travel_with_the_wheel(installed: Path, tmp_path: Path) -> None:
    upgraded = run(installed, tmp_path, "db", "upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    asked = run(installed, tmp_path, "sql", "SELECT count(*) AS n FROM countries", "--format", "csv")
    assert asked.returncode == 0, asked.stderr
    assert int(asked.stdout.splitlines()[1]) > 200
    seed = next((ROOT / "seeds").glob("*.txt"))
    explained = run(installed, tmp_path, "explain", str(seed), "--json")
    assert explained.returncode == 0, explained.stderr
    assert '"kind": "diplomatic"' in explained.stdout


def test_the_wheel_holds_the_seeds_byte_for_byte(installed: Path) -> None:
    site = next((installed.parent.parent / "lib").glob("python*/site-packages"))
    for seed in (ROOT / "seeds").glob("*.txt"):
        assert (site / "seeds" / seed.name).read_bytes() == seed.read_bytes()


def test_everything_runs_from_the_wheel_in_any_folder(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "some where"
    home.mkdir()
    try:
        up = run(installed, home, "up", "--detach", "--wait")
        assert up.returncode == 0, up.stderr
        brought = run(installed, home, "backfill", "--wait", "--json")
        assert json.loads(brought.stdout)["stored"] == 5, brought.stderr
        asked = run(installed, home, "sql", "--saved", "first-look", "--format", "csv")
        assert "Kaja Kallas" in asked.stdout
    finally:
        assert run(installed, home, "down").returncode == 0
