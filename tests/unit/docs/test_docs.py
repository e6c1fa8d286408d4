"""The documentation is checked: generated pages are fresh, commands have examples, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

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
