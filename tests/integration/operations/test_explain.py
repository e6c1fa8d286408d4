"""`communique explain` and `diff`: the facts of a release in its text, and what an edit changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.settings import Settings
from tests.command import communique
from tests.conftest import ROOT
from tests.pipeline import Running

pytestmark = pytest.mark.timeout(900)
TEXT = "Norway and Japan hold talks\n\nMinister of Foreign Affairs of Norway Ingrid Solberg met with Foreign Minister of Japan Kenji Morita in Oslo on 3 March 2024. {}\n"


@pytest.fixture(scope="module")
def edited(station: Running, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, str]:
    """A release that its publisher edited, and its id."""
    settings, file = station.settings, Path(tmp_path_factory.mktemp("edited")) / "talks.txt"
    for words in ("They discussed fisheries.", "They discussed trade worth 40 million euros."):
        file.write_text(TEXT.format(words), encoding="utf-8")
        done = communique(settings, "backfill", str(file), "--source", "norland", "--wait", "--json").json()
        assert (done["published"], done["stored"]) == (1, 1)
    (row,) = communique(
        settings, "sql", "SELECT release_id, revision FROM releases WHERE source_id = 'norland'", "--json"
    ).json()
    assert row["revision"] == 2
    return settings, row["release_id"]


def test_a_stored_release_is_explained_with_words_and_rules(edited: tuple[Settings, str]) -> None:
    settings, release_id = edited
    shown = communique(settings, "explain", release_id)
    assert shown.status == 0
    for said in ("Ingrid Solberg", "Events", "Mentions", "Figures", "rule"):
        assert said in shown.out
    record = communique(settings, "explain", release_id, "--json").json()
    text = record["release"]["text"]
    for mention in record["annotation"]["mentions"]:
        assert text[mention["start_char"] : mention["end_char"]] == mention["surface"]
        assert mention["rule"]


def test_a_diff_shows_what_the_edit_changed(edited: tuple[Settings, str]) -> None:
    settings, release_id = edited
    shown = communique(settings, "diff", release_id)
    assert shown.status == 0
    lines = shown.out.splitlines()
    assert any(x.startswith("-") and "fisheries" in x for x in lines)
    assert any(x.startswith("+") and "40 million euros" in x for x in lines)
    assert [r["revision"] for r in communique(settings, "diff", release_id, "--json").json()] == [1, 2]


def test_the_saved_query_finds_the_edited_release(edited: tuple[Settings, str]) -> None:
    settings, release_id = edited
    rows = communique(settings, "sql", "--saved", "edited", "--json").json()
    assert release_id in {row["release_id"] for row in rows}


def test_a_file_is_explained_without_a_database(tmp_path: Path) -> None:
    nowhere = Settings(home=tmp_path / "none", bootstrap_servers="127.0.0.1:1")
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><body><article><p>{TEXT.format('')}</p></article></body></html>", encoding="utf-8"
    )
    for file in (next((ROOT / "seeds").glob("*.txt")), page):
        shown = communique(nowhere, "explain", str(file), "--json").json()
        assert shown["annotation"]["mentions"], file


@pytest.mark.parametrize("command", ["explain", "diff"])
def test_a_release_that_is_not_there_is_told(command: str, edited: tuple[Settings, str]) -> None:
    done = communique(edited[0], command, "nothing")
    assert (done.status, "there is no release 'nothing'" in done.err, "SELECT release_id" in done.err) == (
        1,
        True,
        True,
    )


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "picture.txt"
    file.write_bytes(b"\xff\xff\xff\xfe\xfe\xfe\xff")
    done = communique(Settings(home=tmp_path, bootstrap_servers="127.0.0.1:1"), "explain", str(file))
    assert (done.status, "cannot be read as a release" in done.err, "what to do:" in done.err) == (
        1,
        True,
        True,
    )
