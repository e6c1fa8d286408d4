"""The documentation is checked: generated pages are fresh, commands have examples, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from docs.generate import FOLDER, _walk, pages
from services.cli.main import make_app

ROOT = FOLDER.parent
PAGES = [ROOT / "README.md", *sorted(FOLDER.rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_page_is_up_to_date(name: str) -> None:
    assert pages()[name] == (FOLDER / name).read_text(encoding="utf-8"), "run `make docs`"


def test_every_command_has_help_with_an_example() -> None:
    for path, command in _walk(typer.main.get_command(make_app()), ()):
        assert "Example" in (command.help or ""), f"`communique {' '.join(path)}` has no example in its help"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_paths_that_a_page_names_exist(page: Path) -> None:
    for path in re.findall(
        r"`((?:streams|services|tests|docs|bench|migrations)/[\w./-]+)`", page.read_text("utf-8")
    ):
        assert (ROOT / path).exists(), f"{page.name} names {path}"


def _commands_shown() -> list[tuple[str, str]]:
    """Every `communique ...` line of the pages' code, with its page."""
    shown = re.compile(r"^(?:    |\$ )(?:\.venv/bin/)?communique (.+?)(?:\s{2,}#.*)?$", re.MULTILINE)
    return [(page.name, line) for page in PAGES for line in shown.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("page", "line"), _commands_shown())
def test_a_command_that_a_page_shows_is_one_that_there_is(page: str, line: str) -> None:
    words = shlex.split(line)
    command: Any = typer.main.get_command(make_app())
    while subcommands := getattr(command, "commands", None):
        name = words.pop(0)
        assert name in subcommands, f"{page}: communique {line}"
        command = subcommands[name]
    command.make_context("communique", words)  # raises for an option or argument that there is not


def test_the_pages_show_commands() -> None:
    assert len(_commands_shown()) > 20


def test_making_the_pages_touches_no_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", f"sqlite:///{tmp_path / 'real.db'}")
    assert pages().keys() >= {"database.md", "../README.md"}
    assert list(tmp_path.iterdir()) == []
