"""What must hold of the repository itself."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.conftest import ROOT, SHARED


def tracked() -> list[str]:
    try:
        made = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return [str(p.relative_to(ROOT)) for p in ROOT.rglob("*.py") if ".venv" not in p.parts]
    return made.stdout.splitlines()


def test_no_python_file_has_more_than_400_lines() -> None:
    long = {
        name: lines
        for name in tracked()
        if name.endswith(".py")
        and (ROOT / name).is_file()
        and name != "tests/quality/score.py"
        and (lines := (ROOT / name).read_text(encoding="utf-8").count("\n")) > 400
    }
    assert long == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pinned_requirements_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==", text, re.MULTILINE)
    assert len(pins) > 50
    assert "://" not in text
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)


def test_every_dependency_is_pinned() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {
        m.lower().replace("_", "-")
        for m in re.findall(
            r"^([\w.-]+)(?:\[[\w,-]+\])?==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
        )
    }
    named = {re.split(r"[\[><=]", d)[0].lower().replace("_", "-") for d in project["dependencies"]}
    assert named - pinned == set()


@pytest.mark.shared
def test_seeds_are_byte_for_byte_the_given_ones() -> None:
    given = {p.name: p.read_bytes() for p in (SHARED / "seeds").glob("*.txt")}
    assert given == {p.name: p.read_bytes() for p in (ROOT / "seeds").glob("*.txt")}
    assert len(given) == 5
