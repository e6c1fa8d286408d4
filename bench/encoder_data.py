"""What the encoder of openings learns from: annotated releases, labelled openings of the corpus, labelled leads.

`bench/openings_corpus.tsv` names releases of the corpus by their address, with type, form, status, topics and who
takes part in the main event; labels are our own, words of the releases are not in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.events_data import release_of, rows
from bench.score_engine import is_held_out, raw_of
from bench.taking_part_labels import labels, names_in
from bench.training import labelled, labelled_openings, opened, own_texts, topics_of_texts
from streams.clean import clean
from streams.events.cast import ACTORS, gather
from streams.events.title import heading_length
from streams.extract.dates import find_dates
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences
from streams.opening.parts import Span, spans
from streams.records import CleanRelease

# What an opening counts: of a release that two people annotated, of one that we labelled, of a lead.
DOUBLY, SINGLY, LEAD = 3.0, 1.0, 0.5


class Known(NamedTuple):
    """What is known of an opening; None where nobody said."""

    diplomatic: bool
    trust: float
    main: Mapping[str, Any] | None = None  # the main event, as the annotations have it
    topics: frozenset[str] | None = None
    optional: frozenset[str] = frozenset()
    annotation: Mapping[str, Any] = {}


class Example(NamedTuple):
    """An opening with what is known of it and of its words."""

    ident: str
    folder: str
    held: bool
    text: str
    spans: tuple[Span, ...]
    known: Known
    roles: list[tuple[int, int, str]]  # where actors are named, and what each is
    days: list[tuple[int, int, bool]]  # where days are named, and whether it is that of the main event


def example(ident: str, folder: str, release: CleanRelease, known: Known, *, held: bool = False) -> Example:
    sentences = split_sentences(release.text)
    where = spans(sentences, heading_length(sentences, release.title)) if sentences else ((0, 0),) * 3
    roles, days = [], []
    if known.main and sentences:
        names, dates = find_entities(release, sentences), find_dates(release, sentences)
        if known.main.get("participants") or known.main.get("targets"):
            cast = gather(names, sentences, release.text, release.publisher_country)
            named = [m for a, b in where for m in cast.within(a, b)]
            named = [m for m in named if cast.kind(m) in ACTORS and m.entity_id in cast.entities]
            keys = list(dict.fromkeys(m.entity_id for m in named))
            told = {"relevant": True, **known.annotation, "events": [known.main]}
            what = dict(zip(keys, labels(cast, keys, told), strict=True))
            roles = [(m.start_char, m.end_char, what[m.entity_id]) for m in named]
        if "start" in known.main:
            days = [
                (d.start_char, d.end_char, d.start_on == known.main["start"])
                for d in dates
                if d.start_on and any(a <= d.start_char < b for a, b in where)
            ]
    roles = [r for r in roles if r[2] != "optional"]
    return Example(ident, folder, held, release.text, where, known, roles, days)


def of_annotations(golds: Sequence[Path], texts: Sequence[Path]) -> Iterator[Example]:
    """The annotated releases, those held out marked."""
    paths = {p.stem: p for folder in texts for p in folder.glob("*.txt")}
    for gold in golds:
        folder = gold.parent.name
        for file in sorted(gold.glob("*.json")):
            doc = json.loads(file.read_text("utf-8"))
            main = next((e for e in doc.get("events", []) if e["main"]), None)
            known = Known(
                doc["relevant"],
                SINGLY if folder in {"own", "corpus"} else DOUBLY,
                main,
                frozenset(doc.get("topics", [])) if doc["relevant"] else None,
                frozenset(doc.get("optional", {}).get("topics", [])),
                {k: v for k, v in doc.items() if k != "events"},
            )
            held = is_held_out(doc["id"])
            yield example(doc["id"], folder, clean(raw_of(paths[doc["id"]])), known, held=held)


def event(row: Mapping[str, str]) -> dict[str, Any] | None:
    """The main event of a labelled lead or opening, as an annotation has it."""
    if row["type"] == "NONE":
        return None
    found: dict[str, Any] = {k: row[k] for k in ("type", "form", "status")} | {"main": True}
    if row.get("actors"):
        found |= {"participants": names_in(row["actors"]), "targets": names_in(row["recipients"] or "")}
    return found


def slugs(cell: str | None) -> frozenset[str] | None:
    return frozenset(filter(None, cell.split(","))) if cell else None


def of_leads() -> Iterator[Example]:
    """The labelled leads of our own writing, as short releases."""
    by_title = topics_of_texts()
    for i, row in enumerate(rows()):
        topics, optional = by_title.get(row["headline"], (slugs(row.get("topics")), frozenset()))
        main = event(row)
        known = Known(main is not None, LEAD, main, topics if main else None, optional)
        yield example(f"lead {i}", "lead", release_of(f"lead {i}", row["headline"], row["lead"]), known)


def of_corpus(corpus: Path) -> Iterator[Example]:
    """The labelled openings of the corpus, and those of which only relevance and topics are labelled."""
    for row, release in opened(corpus):
        main = event(row)
        known = Known(main is not None, SINGLY, main, slugs(row["topics"]))
        yield example(row["url"], "opening", release, known)
    done = labelled_openings()
    for found in labelled(corpus):
        if found.release.release_id not in done:
            topics = found.topics if found.is_diplomatic else None
            known = Known(found.is_diplomatic, SINGLY, None, topics, found.optional)
            yield example(found.release.release_id, "label", found.release, known)


def of_texts() -> Iterator[Example]:
    """Short texts of our own writing that are diplomatic or look so."""
    by_title = topics_of_texts()
    for i, (diplomatic, title, text) in enumerate(own_texts()):
        topics, optional = by_title.get(title, (None, frozenset()))
        known = Known(diplomatic, LEAD, None, topics if diplomatic else None, optional)
        yield example(f"text {i}", "text", release_of(f"text {i}", title, text), known)


def examples(golds: Sequence[Path], texts: Sequence[Path], corpus: Path) -> Iterable[Example]:
    """All of them, those held out marked."""
    yield from of_annotations(golds, texts)
    yield from of_leads()
    yield from of_corpus(corpus)
    yield from of_texts()
