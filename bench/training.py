"""What the trainers of the classifiers read: annotated releases, short texts and labels of our own.

`bench/classify_texts.tsv` holds short texts of our own writing, diplomatic or hard to tell from diplomacy,
`bench/classify_topics.tsv` the topics of such texts and of leads (`bench/data`), by their titles.
`bench/classify_corpus.tsv` names releases of the corpus by their address: diplomatic or not, the topics, and
those topics that may be given or not; `bench/openings_corpus.tsv` main event, topics and who takes part, as far as
title and first sentences say. None of them repeats a release that is held out. The third of the annotated releases that is held out is never looked at,
and of a release of the corpus that is annotated in full only the annotation counts.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.annotated_corpus import ARCHIVES, addresses
from bench.score_engine import is_held_out, own_folders, raw_of
from streams.clean import clean
from streams.records import CleanRelease, RawRelease

LABELS = Path(__file__).with_name("classify_corpus.tsv")
TEXTS = Path(__file__).with_name("classify_texts.tsv")
OPENINGS = Path(__file__).with_name("openings_corpus.tsv")
TOPICS_OF_TEXTS = Path(__file__).with_name("classify_topics.tsv")
UNKNOWN = "?"


class Example(NamedTuple):
    """A release with what is known of it; `topics` is None where nobody labelled them."""

    release: CleanRelease
    is_diplomatic: bool
    topics: frozenset[str] | None
    optional: frozenset[str]


def annotated(golds: list[Path], texts: list[Path]) -> Iterator[Example]:
    """The worked part of the annotated releases, given and of our own writing."""
    own = own_folders()
    paths = {p.stem: p for folder in [*texts, *own[1]] for p in folder.glob("*.txt")}
    for file in sorted(f for g in [*golds, *own[0]] for f in g.glob("*.json")):
        doc = json.loads(file.read_text(encoding="utf-8"))
        if not is_held_out(doc["id"]):
            optional = frozenset(doc.get("optional", {}).get("topics", []))
            release = clean(raw_of(paths[doc["id"]]))
            yield Example(release, doc["relevant"], frozenset(doc.get("topics", [])), optional)


def table(path: Path) -> list[list[str]]:
    """The rows of a file of ours, without comments and names of columns."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def own_texts() -> list[tuple[bool, str, str]]:
    """Short texts of our own writing: whether diplomatic, title, text."""
    return [(label == "1", title, text.replace("\\n", "\n")) for label, title, text in table(TEXTS)]


def topics_of_texts() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By the title of a short text or lead its topics, and those that may be given or not."""
    return {title: (_slugs(topics), _slugs(optional)) for title, topics, optional in table(TOPICS_OF_TEXTS)}


def _slugs(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(",")))


def labels() -> dict[str, tuple[bool, frozenset[str] | None, frozenset[str]]]:
    """By its address what is known of a release of the corpus, unless it is annotated in full."""
    annotated_in_full = addresses()
    return {
        url: (diplomatic == "1", None if topics == UNKNOWN else _slugs(topics), _slugs(optional))
        for url, diplomatic, topics, optional in table(LABELS)
        if url not in annotated_in_full
    }


def labelled_openings() -> dict[str, dict[str, str]]:
    """By address the releases of the corpus whose opening we labelled: main event, topics, who takes part."""
    lines = [x for x in OPENINGS.read_text("utf-8").splitlines() if not x.startswith("#")]
    return {row["url"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


def opened(corpus: Path) -> Iterator[tuple[dict[str, str], CleanRelease]]:
    """Those releases, each with what is known of it."""
    known = labelled_openings()
    for archive in ARCHIVES:
        with gzip.open(corpus / archive) as file:
            for item in map(json.loads, file):
                if row := known.get(item["url"]):
                    yield row, clean(release_of_corpus(item))


def labelled(corpus: Path) -> Iterator[Example]:
    """The releases of the corpus that we labelled."""
    known = labels()
    for archive in ARCHIVES:
        with gzip.open(corpus / archive) as file:
            for line in file:
                item = json.loads(line)
                label = known.pop(item["url"], None)
                if label:
                    yield Example(clean(release_of_corpus(item)), *label)


def release_of_corpus(item: dict[str, str | None]) -> RawRelease:
    day = (item.get("published_at") or "")[:10]
    head = f" date {day} " if day else ""
    return RawRelease(
        schema_version=1,
        release_id=str(item["url"]),
        source_id="corpus",
        source_ref=str(item["url"]),
        content_hash="h1:0",
        fetched_at="1970-01-01T00:00:00.000000Z",
        body=f"{head}{item.get('title') or ''}\n\n{item['text']}".encode(),
    )
