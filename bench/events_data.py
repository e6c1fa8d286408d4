"""What the readers of events learn from: annotated releases and labelled leads."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bench.annotated_corpus import flat
from bench.score_engine import is_held_out, raw_of
from bench.training import opened
from streams.clean import clean
from streams.events import outline, wording
from streams.events.page import Page
from streams.events.reports import page_of
from streams.events.text import readings_of, text_of
from streams.extract.dates import find_dates, lowered
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences
from streams.records import CleanRelease

LEADS = Path(__file__).parent / "data"
SINGLY = {"corpus", "own"}  # parents of folders whose releases one person annotated
SHORTEST = 4  # words of a sentence that is learned from
OF_RELEASE, OF_OPENING, OF_LEAD = 1.0, 1.0, 0.5  # how much each counts


class Statement(NamedTuple):
    """A sentence or lead: its words, and the type and form of what it reports, or `none`."""

    ident: str
    words: list[str]
    type: str
    form: str
    main: bool
    trust: float = 1.0  # how much it counts


class Opening(NamedTuple):
    """How a release begins: the words of title, lead and second sentence; type and form of its main event."""

    ident: str
    parts: tuple[list[str], ...]
    type: str
    form: str
    trust: float  # how much it counts


class Document(NamedTuple):
    folder: int
    doubly: bool  # whether two people annotated it
    annotation: dict[str, Any]
    release: CleanRelease


def parser(description: str | None) -> argparse.ArgumentParser:
    """The options of all programs that learn from annotated releases."""
    ap = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument(
        "--gold", type=Path, action="append", required=True, help="annotations; may be given again"
    )
    ap.add_argument(
        "--texts", type=Path, action="append", required=True, help="their texts; may be given again"
    )
    ap.add_argument("--corpus", type=Path, required=True, help="the folder of the corpus")
    return ap


def arguments(description: str | None) -> tuple[list[Path], list[Path], argparse.Namespace]:
    ap = parser(description)
    ap.add_argument("--errors", action="store_true", help="print what cross-validation gets wrong")
    args = ap.parse_args()
    return args.gold, args.texts, args


def documents(golds: list[Path], texts: list[Path], *, held: bool = False) -> Iterator[Document]:
    """The diplomatic releases of the part that is worked with, or of the one that is held out."""
    paths = {p.stem: p for folder in texts for p in folder.glob("*.txt")}
    for folder, gold in enumerate(golds):
        for file in sorted(gold.glob("*.json")):
            doc = json.loads(file.read_text("utf-8"))
            if doc["relevant"] and is_held_out(doc["id"]) == held:
                yield Document(folder, gold.parent.name not in SINGLY, doc, clean(raw_of(paths[doc["id"]])))


def release_of(ident: str, headline: str, lead: str) -> CleanRelease:
    text = "\n\n".join(part for part in (headline, lead) if part)
    return CleanRelease(
        schema_version=1, release_id=ident, source_id="", source_ref="", content_hash="", fetched_at="",
        text=text, title=headline or None,
    )  # fmt: skip


def page(release: CleanRelease) -> Page:
    sentences = split_sentences(release.text)
    text = text_of(release, sentences, find_entities(release, sentences), find_dates(release, sentences))
    return page_of(text, readings_of(text))


@cache
def rows() -> list[dict[str, str]]:
    """The labelled leads: type, form, status, headline (may be empty), lead; some with topics, actors, recipients."""
    found: list[dict[str, str]] = []
    for file in sorted(LEADS.glob("leads_*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return found


def words_of(headline: str, text: str) -> list[list[str]]:
    """The words of each sentence of a text, names masked."""
    release = release_of("", headline, text)
    sentences = split_sentences(release.text)
    masks = wording.masks_of(find_entities(release, sentences), find_dates(release, sentences))
    low = lowered(release.text)
    return [wording.masked(low, s.start_char, s.end_char, masks) for s in sentences]


def of_leads() -> Iterator[Statement]:
    """Headline and first sentences of each labelled lead, as statements of their own."""
    for i, row in enumerate(rows()):
        none = row["type"] == "NONE"
        kind, form = (wording.NONE, wording.NONE) if none else (row["type"], row["form"])
        for part in ("headline", "lead"):
            if row[part]:
                words = [w for sentence in words_of("", row[part]) for w in sentence]
                yield Statement(f"lead {i}", words[: wording.LONGEST], kind, form, main=True, trust=OF_LEAD)


def of_document(doc: Document) -> Iterator[Statement]:
    """The sentences of a release; those of optional events are left out."""
    events, optional = doc.annotation["events"], doc.annotation.get("optional", {}).get("events", [])
    release, sentences = doc.release, split_sentences(doc.release.text)
    masks = wording.masks_of(find_entities(release, sentences), find_dates(release, sentences))
    low = lowered(release.text)
    for s in sentences:
        here = flat(s.text)
        told = sorted((e for e in events if flat(e["quote"])[:50] in here), key=lambda e: not e["main"])
        words = wording.masked(low, s.start_char, s.end_char, masks)
        if len(words) < SHORTEST or (not told and any(flat(e["quote"])[:50] in here for e in optional)):
            continue
        kind, form, main = (
            (told[0]["type"], told[0]["form"], told[0]["main"])
            if told
            else (wording.NONE, wording.NONE, False)
        )
        yield Statement(doc.annotation["id"], words, kind, form, main=main)


def statements(golds: list[Path], texts: list[Path]) -> list[Statement]:
    """All that wording is learned from: leads, and the sentences of the releases worked with."""
    return [*of_leads(), *(s for d in documents(golds, texts) for s in of_document(d))]


def opening_of(release: CleanRelease) -> tuple[list[str], ...]:
    """The words of title, lead and second sentence of a release, names masked."""
    sentences = split_sentences(release.text)
    if not sentences:
        return ([], [], [])
    text = text_of(release, sentences, find_entities(release, sentences), find_dates(release, sentences))
    return outline.opening(text.low, sentences, text.titles, text.masks)


def of_releases(golds: list[Path], texts: list[Path], *, held: bool = False) -> Iterator[Opening]:
    """The openings of the releases worked with, or of those held out."""
    for doc in documents(golds, texts, held=held):
        for main in (e for e in doc.annotation["events"] if e["main"]):
            yield Opening(
                doc.annotation["id"], opening_of(doc.release), main["type"], main["form"], OF_RELEASE
            )


def openings(golds: list[Path], texts: list[Path], corpus: Path) -> list[Opening]:
    """The openings of the releases worked with, of the labelled ones of the corpus and of the labelled leads."""
    found = [*of_releases(golds, texts)]
    for row, release in opened(corpus):
        if row["type"] != "NONE":
            found.append(Opening(row["url"], opening_of(release), row["type"], row["form"], OF_OPENING))
    for i, row in enumerate(rows()):
        if row["type"] != "NONE":
            parts = opening_of(release_of("", row["headline"], row["lead"]))
            found.append(Opening(f"lead {i}", parts, row["type"], row["form"], OF_LEAD))
    return found
