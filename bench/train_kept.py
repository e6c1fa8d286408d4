"""Train which reports of further events are kept, from annotated releases.

    python -m bench.train_kept --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Writes `streams/events/kept_model.json`. Of the reports that the scorer
would match with one annotated event, the likeliest is right and the others are not; what matches an optional event only
is left out. The threshold is the best in a cross-validation that counts as the scorer does. The held-out third is never looked at.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.blind import Blind
from bench.events_data import Document, arguments, documents
from streams.annotation import Entity, Report
from streams.events import kept
from streams.events.further import is_condemned
from streams.events.reports import main_of, main_report, page_of, told_beside
from streams.events.secondary import parties
from streams.events.text import readings_of, text_of
from streams.extract.dates import find_dates
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences
from tests.quality import score

STRENGTH, FOLDS, FEWEST = 0.05, 5, 10  # reports that a piece of evidence is seen in at least
SMALLEST = 0.005
MODEL = Path(kept.__file__).with_name(kept.MODEL)


class Row(NamedTuple):
    """A report: what speaks for it, whether it is right (None: it may be), and whether it is kept in any case."""

    evidence: dict[str, float]
    right: bool | None
    always: bool


class Read(NamedTuple):
    """A release: its further reports, the annotated events, and those of them that the main report matches."""

    ident: str
    folder: int
    rows: list[Row]
    wanted: int
    main: bool | None


def as_scored(report: Report, entities: dict[str, Entity]) -> score.Event:
    """A report as the scorer sees it."""
    named = (entities[p.entity_id].country for p in report.participants if p.entity_id in entities)
    codes = {c for c in (*parties(report), *named) if c}
    return score.Event(
        report.type, report.form, report.started_on, report.date_basis, report.main, countries=codes
    )


def rightness(
    reports: Sequence[score.Event], wanted: Sequence[score.Event], may: Sequence[score.Event]
) -> list[bool | None]:
    """Whether each of the reports, the likeliest first, is one of the wanted events that no other takes."""
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for g, event in enumerate(wanted):
            if g not in seen and score.event_match(event, reports[i]):
                seen.add(g)
                if g not in taken or place(taken[g], seen):
                    taken[g] = i
                    return True
        return False

    placed = [place(i, set()) for i in range(len(reports))]
    optional = [any(score.event_match(m, r) for m in may) for r in reports]
    return [True if yes else None if loose else False for yes, loose in zip(placed, optional, strict=True)]


def of_release(doc: Document) -> Read:
    release, gold = doc.release, score.gold_reading(doc.annotation)
    may = gold.optional.events if gold.optional else []
    sentences = split_sentences(release.text)
    names = find_entities(release, sentences)
    text = text_of(release, sentences, names, find_dates(release, sentences))
    readings = readings_of(text)
    page = page_of(text, readings)
    main = main_of(text, page)
    ident = doc.annotation["id"]
    if main is None:
        return Read(ident, doc.folder, [], len(gold.events), None)
    first = main_report(text, main, readings)
    told = told_beside(text, page, main, first, readings)
    entities = {e.entity_id: e for e in names.entities}
    order = sorted(range(len(told)), key=lambda i: -told[i].likelihood)
    events = [as_scored(first, entities), *(as_scored(told[i].report, entities) for i in order)]
    right = rightness(events, gold.events, may)
    rows = []
    for i, yes in zip(order, right[1:], strict=True):
        others = [*told[:i], *told[i + 1 :]]
        rows.append(
            Row(
                kept.evidence(told[i], others, main, first, text.titles),
                yes,
                is_condemned(told[i].reading, main),
            )
        )
    return Read(ident, doc.folder, rows, len(gold.events), right[0])


def gather(golds: list[Path], texts: list[Path], corpus: Path) -> list[Read]:
    blind, found = Blind(golds, texts, corpus), []
    for doc in documents(golds, texts):
        with blind.to(doc.annotation["id"]):
            found.append(of_release(doc))
    return found


def fit(data: Sequence[Read]) -> tuple[LogisticRegression, DictVectorizer]:
    rows = [r for read in data for r in read.rows if r.right is not None]
    seen: dict[str, int] = {}
    for row in rows:
        for name in row.evidence:
            seen[name] = seen.get(name, 0) + 1
    vectors = DictVectorizer()
    table = vectors.fit_transform([{n: v for n, v in r.evidence.items() if seen[n] >= FEWEST} for r in rows])
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(table, [r.right for r in rows]), vectors


def fold(ident: str) -> int:
    return hashlib.sha256(ident.encode()).digest()[1] % FOLDS


def f1(data: Sequence[Read], likely: Sequence[npt.NDArray[np.float64]], threshold: float) -> float:
    hit = said = there = 0
    for read, chances in zip(data, likely, strict=True):
        stand = [r.right for r, p in zip(read.rows, chances, strict=True) if r.always or p >= threshold]
        stand += [] if not read.rows and read.main is None else [read.main]
        hit += sum(r is True for r in stand)
        said += sum(r is not None for r in stand)
        there += read.wanted
    return 2 * hit / max(1, said + there)


def cross_validated(data: Sequence[Read]) -> list[npt.NDArray[np.float64]]:
    """How likely each report is right, by models that have not seen its release."""
    likely = [np.zeros(0)] * len(data)
    for k in range(FOLDS):
        trained, vectors = fit([r for r in data if fold(r.ident) != k])
        for i, read in enumerate(data):
            if fold(read.ident) == k and read.rows:
                table = vectors.transform([r.evidence for r in read.rows])
                likely[i] = trained.predict_proba(table)[:, 1]
    return likely


def main() -> int:
    golds, texts, args = arguments(__doc__)
    data = gather(golds, texts, args.corpus)
    likely = cross_validated(data)
    folders = sorted({r.folder for r in data})
    reached: dict[float, float] = {}
    for step in (0.0, *(round(0.2 + 0.05 * i, 2) for i in range(8))):
        parts = [[i for i, r in enumerate(data) if r.folder == k] for k in folders]
        each = [f1([data[i] for i in part], [likely[i] for i in part], step) for part in parts]
        reached[step] = f1(data, likely, step)
        print(step, f"{reached[step]:.4f}", *(f"{x:.4f}" for x in each))
    threshold = max(reached, key=lambda s: reached[s])
    trained, vectors = fit(data)
    names = zip(vectors.get_feature_names_out(), trained.coef_[0], strict=True)
    weights = {str(n): round(float(w), 3) for n, w in names if abs(w) >= SMALLEST}
    found = {"weights": weights, "bias": round(float(trained.intercept_[0]), 3), "threshold": threshold}
    MODEL.write_text(json.dumps(found, indent=0) + "\n", "utf-8")
    print(f"{sum(len(r.rows) for r in data)} reports; threshold {threshold}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
