"""Our annotations are well-formed: every name, surface and quote stands in its text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from bench.annotated_corpus import flat, put_together, read_annotations
from bench.score_engine import ROOT
from streams.closed_sets import EVENT_FORMS, EVENT_TYPES, TOPICS
from streams.extract.countries import countries
from streams.extract.folding import fold

FOLDER: Final = Path(__file__).parent / "own"
STATUS: Final = {"occurred", "planned", "cancelled", "ongoing"}
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def documents() -> list[Path]:
    return sorted((FOLDER / "gold").glob("*.json"))


def names(doc: dict[str, Any]) -> list[str]:
    found = [f for p in doc["people"] for f in (p["name"], *p["forms"])]
    found += [
        f for o in doc["organizations"] for f in (o["name"], *o["forms"], o.get("acronym") or o["name"])
    ]
    found += [p["name"] for p in doc["places"]]
    found += [a["name"] if isinstance(a, dict) else a for a in doc["agreements"]]
    found += [f["surface"] for f in (*doc["figures"], *doc["dates"])]
    for event in doc["events"]:
        found += [event["quote"], *([event["place"]] if event["place"] else [])]
    return found


def missing(doc: dict[str, Any], text: str) -> list[str]:
    return [n for n in names(doc) if flat(n) not in flat(text)]


def check_closed_sets_and_days(doc: dict[str, Any]) -> None:
    assert set(doc["topics"]) <= set(TOPICS)
    assert 0 < len(doc["topics"]) <= 4 if doc["relevant"] else doc["topics"] == []
    assert sum(e["main"] for e in doc["events"]) == int(doc["relevant"])
    for event in doc["events"]:
        assert event["type"] in EVENT_TYPES
        assert event["form"] in EVENT_FORMS
        assert event["status"] in STATUS
    days = [d for e in (*doc["dates"], *doc["events"]) for d in (e["start"], e["end"]) if d]
    assert all(DAY.fullmatch(d) for d in days)


NATIONAL: Final = re.compile(
    r"(?:the )?(?:(?:royal|federal) )?government of (?:the )?(?:(?:republic|kingdom) of (?:the )?)?(.+)|(.+?)(?:'s)? government",
    re.IGNORECASE,
)


def is_national_government(name: str) -> bool:
    found = NATIONAL.fullmatch(name)
    named = found and fold(found[1] or found[2]).lower()
    return named in {
        fold(surface).lower() for surface, known in countries() if known.kind in {"country", "adjective"}
    }


def test_a_national_government_is_the_country_and_no_organisation() -> None:
    annotations = [*(json.loads(p.read_text("utf-8")) for p in documents()), *read_annotations()]
    called = {o["name"] for doc in annotations for o in doc["organizations"]}
    assert {name for name in called if is_national_government(name)} == set()


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.stem)
def test_every_name_surface_and_quote_stands_in_the_text(path: Path) -> None:
    text = (FOLDER / "texts" / f"{path.stem}.txt").read_text("utf-8")
    assert missing(json.loads(path.read_text("utf-8")), text) == []


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.stem)
def test_the_closed_sets_and_days_are_kept(path: Path) -> None:
    doc = json.loads(path.read_text("utf-8"))
    assert doc["id"] == path.stem
    check_closed_sets_and_days(doc)


def test_every_text_has_an_annotation_and_the_reverse() -> None:
    texts = {p.stem for p in (FOLDER / "texts").glob("*.txt")}
    assert texts == {p.stem for p in documents()}


@pytest.mark.parametrize("doc", read_annotations(), ids=lambda d: d["id"])
def test_annotations_of_the_corpus_keep_the_closed_sets_and_hold_no_sentence(doc: dict[str, Any]) -> None:
    check_closed_sets_and_days(doc)
    assert all("quote" not in e for e in (*doc["events"], *doc["optional"]["events"]))


@pytest.mark.shared
def test_annotations_of_the_corpus_fit_its_texts(tmp_path: Path) -> None:
    (gold,), (texts,) = put_together(ROOT.parent / "shared/corpus", tmp_path / "corpus")
    wrong = {}
    for path in gold.glob("*.json"):
        if found := missing(
            json.loads(path.read_text("utf-8")), (texts / f"{path.stem}.txt").read_text("utf-8")
        ):
            wrong[path.stem] = found
    assert wrong == {}
