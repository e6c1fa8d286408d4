"""Train who takes part in the main event, from annotated releases.

    python -m bench.train_taking_part --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Writes `streams/events/taking_part_model.npz`. An actor of title, lead or
the sentences of the event is right if the annotators name it as participant or target of the main event; those that
they call optional are left out. The threshold is the highest of those that serve all folders in a
cross-validation. The held-out third is looked at for nothing but the figure that is printed.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.blind import Blind
from bench.events_data import Document, arguments, documents, release_of, rows
from bench.taking_part_labels import labels, names_in
from streams.events import taking_part
from streams.events.reports import main_of, page_of, readings_of, scene_of, text_of
from streams.events.roles import participants
from streams.events.triggers import type_and_form
from streams.extract.dates import find_dates
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences

STRENGTH, FOLDS, SMALLEST = 0.1, 5, 0.02
# How much an actor counts in a release with two annotators, with one, and in a labelled lead.
DOUBLY, SINGLY, LEAD = 5.0, 1.0, 0.3
LEADS = -1  # the number of the folder of labelled leads
FLAT = 0.005  # by so much the best threshold is uncertain: of those that are as good, the highest, which serves releases with two annotators
STEPS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
MODEL = Path(taking_part.__file__).with_name(taking_part.MODEL)


class Row(NamedTuple):
    evidence: list[int]  # checksums
    label: str  # one of taking_part.LABELS, or "optional"
    ruled: bool


class Example(NamedTuple):
    """A release: its actors, and how many participants and targets are wanted."""

    ident: str
    folder: int
    trust: float
    rows: list[Row]
    wanted: int


def example(doc: Document) -> Example:
    trust = LEAD if doc.folder == LEADS else DOUBLY if doc.doubly else SINGLY
    sentences = split_sentences(doc.release.text)
    names, dates = find_entities(doc.release, sentences), find_dates(doc.release, sentences)
    text = text_of(doc.release, sentences, names, dates)
    main = main_of(text, page_of(text, readings_of(text)))
    event = next(e for e in doc.annotation["events"] if e["main"])
    wanted = len(event.get("participants", [])) + len(event.get("targets", []))
    if main is None:
        return Example(doc.annotation["id"], doc.folder, trust, [], wanted)
    scene, (_, form) = scene_of(text, main.reading, main), type_and_form(main.reading)
    stage = taking_part.stage_of(scene, form, participants(scene, form))
    actors = taking_part.actors(stage)
    keys = sorted(actors, key=lambda k: k not in stage.proposed)  # what the rules found is compared first
    rows = [
        Row(taking_part.evidence(stage, k, actors[k]), label, k in stage.proposed)
        for k, label in zip(keys, labels(scene.cast, keys, doc.annotation), strict=True)
    ]
    return Example(doc.annotation["id"], doc.folder, trust, rows, wanted)


def gather(golds: list[Path], texts: list[Path], blind: Blind | None) -> list[Example]:
    """The releases worked with, each read with models of wording blind to it; without one, those held out."""
    found = []
    for doc in documents(golds, texts, held=blind is None):
        if any(e["main"] for e in doc.annotation["events"]):
            with blind.to(doc.annotation["id"]) if blind else nullcontext():
                found.append(example(doc))
    return found


def of_leads(blind: Blind) -> list[Example]:
    """The labelled leads that say who takes part, as short releases."""
    found = []
    for i, row in enumerate(rows()):
        if not row.get("actors"):
            continue
        ident, acting, others = f"lead {i}", names_in(row["actors"]), names_in(row["recipients"] or "")
        event = {
            "main": True,
            "type": row["type"],
            "form": row["form"],
            "participants": acting,
            "targets": others,
        }
        release = release_of(ident, row["headline"], row["lead"])
        with blind.to(ident):
            doc = Document(LEADS, False, {"id": ident, "relevant": True, "events": [event]}, release)
            found.append(example(doc))
    return found


class Fitted(NamedTuple):
    trained: LogisticRegression
    checksums: npt.NDArray[np.int64]  # of the columns, in order


def table(rows: list[Row], checksums: npt.NDArray[np.int64]) -> csr_matrix:
    """A line for each row with a one where its evidence is known."""
    told = np.array([c for r in rows for c in dict.fromkeys(r.evidence)], dtype=np.int64)
    lines = np.repeat(np.arange(len(rows)), [len(set(r.evidence)) for r in rows])
    at = np.minimum(np.searchsorted(checksums, told), len(checksums) - 1)
    known = checksums[at] == told
    return csr_matrix((np.ones(known.sum()), (lines[known], at[known])), (len(rows), len(checksums)))


def fit(data: list[Example]) -> Fitted:
    rows = [(r, e.trust) for e in data for r in e.rows if r.label != "optional"]
    checksums = np.unique(np.array([c for r, _ in rows for c in r.evidence], dtype=np.int64))
    trained = LogisticRegression(C=STRENGTH, max_iter=1000)
    trained.fit(
        table([r for r, _ in rows], checksums),
        [r.label for r, _ in rows],
        sample_weight=[w for _, w in rows],
    )
    return Fitted(trained, checksums)


def likely(fitted: Fitted, e: Example) -> list[float]:
    if not e.rows:
        return []
    none = list(fitted.trained.classes_).index("none")
    shares = fitted.trained.predict_proba(table(e.rows, fitted.checksums))
    return [1 - float(p[none]) for p in shares]


def f1(data: list[Example], taken: list[list[bool]]) -> float:
    pairs = [(r, yes) for e, row in zip(data, taken, strict=True) for r, yes in zip(e.rows, row, strict=True)]
    hit = sum(yes and r.label in {"actor", "recipient"} for r, yes in pairs)
    said = sum(yes and r.label != "optional" for r, yes in pairs)
    return 2 * hit / max(1, said + sum(e.wanted for e in data))


def fold(ident: str) -> int:
    return hashlib.sha256(ident.encode()).digest()[1] % FOLDS


def report(title: str, data: list[Example], shares: list[list[float]], threshold: float) -> None:
    for folder in sorted({e.folder for e in data}):
        here = [i for i, e in enumerate(data) if e.folder == folder]
        ruled = f1([data[i] for i in here], [[r.ruled for r in data[i].rows] for i in here])
        taken = [[p >= threshold for p in shares[i]] for i in here]
        print(f"{title} folder {folder}: rules {ruled:.3f}, weighed {f1([data[i] for i in here], taken):.3f}")


def write(fitted: Fitted, threshold: float) -> int:
    """Write the model without what weighs next to nothing; return how many pieces of evidence are left."""
    order = [list(fitted.trained.classes_).index(label) for label in taking_part.LABELS]
    weights = np.round(100 * fitted.trained.coef_[order].T).astype(np.int16)
    kept = np.abs(weights).max(axis=1) >= round(100 * SMALLEST)
    np.savez_compressed(
        MODEL,
        checksums=fitted.checksums[kept].astype(np.uint32),
        weights=weights[kept],
        bias=np.round(100 * fitted.trained.intercept_[order]).astype(np.int32),
        threshold=np.float64(threshold),
    )
    return int(kept.sum())


def main() -> int:
    golds, texts, _ = arguments(__doc__)
    blind = Blind(golds, texts)
    data, extra = gather(golds, texts, blind), of_leads(blind)
    shares: list[list[float]] = [[] for _ in data]
    for k in range(FOLDS):
        fitted = fit([*extra, *(e for e in data if fold(e.ident) != k)])
        for i, e in enumerate(data):
            if fold(e.ident) == k:
                shares[i] = likely(fitted, e)
    reached = {s: f1(data, [[p >= s for p in row] for row in shares]) for s in STEPS}
    threshold = max([s for s in STEPS if reached[s] >= max(reached.values()) - FLAT])
    report("cross-validated", data, shares, threshold)
    fitted = fit([*extra, *data])
    held = gather(golds, texts, None)
    report("held out", held, [likely(fitted, e) for e in held], threshold)
    known = write(fitted, threshold)
    print(f"{len(data)} releases, {len(extra)} leads; threshold {threshold}; {known} pieces of evidence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
