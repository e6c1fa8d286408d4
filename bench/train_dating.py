"""Train which day is that of the main event, from annotated releases.

    python -m bench.train_dating --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scipy (not needed at run time). Writes `streams/events/dating_model.json`. A conditional logit: of all days that
title and lead name, and of naming none, that of the annotators should weigh most. Naming none is right where
they give no day, and where they give that of publication, which is taken then. The held-out third is looked
at for nothing but the figure that is printed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from bench import train_choice
from bench.blind import Blind
from bench.events_data import Document, arguments, documents
from bench.train_choice import DOUBLY, SINGLY
from streams.events import dating
from streams.events.contexts import within
from streams.events.reports import ask_of, main_of, page_of, readings_of, text_of
from streams.extract.dates import find_dates
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences

FOLDS = train_choice.FOLDS
SMALLEST = 0.02
MODEL = Path(dating.__file__).with_name(dating.MODEL)


class Example(NamedTuple):
    """A release: the evidence of naming no day and of each day, which are right, and which one the rules propose."""

    ident: str
    folder: int
    evidence: list[list[str]]
    right: list[bool]
    ruled: int
    trust: float


def example(doc: Document, event: Mapping[str, Any]) -> Example | None:
    sentences = split_sentences(doc.release.text)
    dates = find_dates(doc.release, sentences)
    text = text_of(doc.release, sentences, find_entities(doc.release, sentences), dates)
    readings = readings_of(text)
    main = main_of(text, page_of(text, readings))
    if main is None:
        return None
    ask = ask_of(text, main.reading, main, readings)
    days, wanted, around = dating.days(ask), event.get("start"), dating.contexts(ask)
    taken = ask.published if main.reading.status in {"occurred", "ongoing"} else None
    starts = [d.when.start for d in days]
    return Example(
        doc.annotation["id"],
        doc.folder,
        [
            within(around, dating.pieces_of_none(ask, len(days))),
            *(within(around, dating.pieces(ask, d)) for d in days),
        ],
        [wanted is None or wanted == taken, *(s == wanted for s in starts)],
        1 + starts.index(ask.ruled.start) if ask.is_dated and ask.ruled.start in starts else 0,
        DOUBLY if doc.doubly else SINGLY,
    )


def gather(golds: list[Path], texts: list[Path], blind: Blind | None) -> list[Example]:
    """The releases worked with, each read with models of wording blind to it; without one, those held out."""
    found = []
    for doc in documents(golds, texts, held=blind is None):
        if event := next((e for e in doc.annotation["events"] if e["main"]), None):
            with blind.to(doc.annotation["id"]) if blind else nullcontext():
                found.append(example(doc, event))
    return [e for e in found if e]


def fit(data: Sequence[Example]) -> dict[str, float]:
    """The weights that make the right days likely, as those of the choice are found."""
    return train_choice.fit(
        [
            train_choice.Example(
                e.ident,
                [dict.fromkeys(names, 1.0) for names in e.evidence],
                [("right" if yes else "wrong", "") for yes in e.right],
                ("right", ""),
                None,
                e.trust,
            )
            for e in data
        ]
    )


def fold(ident: str) -> int:
    return hashlib.sha256(ident.encode()).digest()[1] % FOLDS


def best(weights: Mapping[str, float], e: Example) -> int:
    sums = [sum(weights.get(n, 0.0) for n in names) for names in e.evidence]
    return sums.index(max(sums))


def report(title: str, data: Sequence[Example], taken: Sequence[int]) -> None:
    for folder in sorted({e.folder for e in data}):
        here = [(e, t) for e, t in zip(data, taken, strict=True) if e.folder == folder]
        ruled = sum(e.right[e.ruled] for e, _ in here) / len(here)
        print(
            f"{title} folder {folder}: rules {ruled:.3f}, weighed {sum(e.right[t] for e, t in here) / len(here):.3f}"
        )


def main() -> int:
    golds, texts, args = arguments(__doc__)
    data = gather(golds, texts, Blind(golds, texts, args.corpus))
    taken = [0] * len(data)
    for k in range(FOLDS):
        weights = fit([e for e in data if fold(e.ident) != k])
        for i, e in enumerate(data):
            if fold(e.ident) == k:
                taken[i] = best(weights, e)
    report("cross-validated", data, taken)
    weights = fit(data)
    held = gather(golds, texts, None)
    report("held out", held, [best(weights, e) for e in held])
    kept = {n: round(w, 2) for n, w in weights.items() if abs(w) >= SMALLEST}
    lines = (f"{json.dumps(n)}: {w}" for n, w in kept.items())
    MODEL.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    print(f"{len(data)} releases; {len(kept)} pieces of evidence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
