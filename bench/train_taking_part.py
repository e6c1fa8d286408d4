"""Train who takes part in the main event, from annotated releases.

    python -m bench.train_taking_part --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Writes `streams/events/taking_part_model.npz`. An actor of title, lead or
the sentences of the event is right if the annotators name it as participant or target of the main event; those that
they call optional are left out. First each actor is weighed alone, by a logistic regression; then, by boosted trees
that are shown what a regression says that has not seen the release, beside the others. The threshold is the highest of
those that serve all folders in a cross-validation. The held-out third is looked at for nothing but the figure that is printed.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.blind import Blind
from bench.boosted import trees_of
from bench.events_data import Document, arguments, documents, release_of, rows
from bench.taking_part_labels import labels, names_in
from bench.training import opened
from streams.events import taking_part
from streams.events.reports import main_of, page_of, scene_of
from streams.events.roles import participants
from streams.events.taking_part_beside import company, shared, standing
from streams.events.taking_part_evidence import Places, actors, evidence, stage_of
from streams.events.text import readings_of, text_of
from streams.events.trees import Trees, likely, stored
from streams.events.triggers import type_and_form
from streams.extract.dates import find_dates
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences
from streams.records import CleanRelease

STRENGTH, FOLDS, SMALLEST = 0.1, 5, 0.02
# How much an actor counts in a release with two annotators, with one, in a labelled opening and in a lead.
DOUBLY, SINGLY, OPENING, LEAD = 5.0, 1.0, 0.3, 0.3
LEADS, OPENINGS = -1, -2  # the numbers of the folders of labelled leads and openings
LABELLED = 900  # characters from the start of a release whose actors those who labelled openings have seen
FLAT = 0.005  # by so much the best threshold is uncertain: of those that are as good, the highest, which serves releases with two annotators
STEPS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
MODEL = Path(taking_part.__file__).with_name(taking_part.MODEL)


class Row(NamedTuple):
    key: str
    evidence: list[int]  # checksums
    standing: list[float]
    label: str  # one of taking_part.LABELS, or "optional"
    ruled: bool


class Example(NamedTuple):
    """A release: its actors, and how many participants and targets are wanted."""

    ident: str
    folder: int
    trust: float
    rows: list[Row]
    wanted: int
    together: dict[str, list[str]]  # who stands in one list


def example(doc: Document) -> Example:
    trust = {LEADS: LEAD, OPENINGS: OPENING}.get(doc.folder, DOUBLY if doc.doubly else SINGLY)
    sentences = split_sentences(doc.release.text)
    names, dates = find_entities(doc.release, sentences), find_dates(doc.release, sentences)
    text = text_of(doc.release, sentences, names, dates)
    main = main_of(text, page_of(text, readings_of(text)))
    event = next(e for e in doc.annotation["events"] if e["main"])
    wanted = len(event.get("participants", [])) + len(event.get("targets", []))
    if main is None:
        return Example(doc.annotation["id"], doc.folder, trust, [], wanted, {})
    scene, (_, form) = scene_of(text, main.reading, main), type_and_form(main.reading)
    stage = stage_of(scene, form, participants(scene, form))
    named = actors(stage)
    keys = sorted(named, key=lambda k: k not in stage.proposed)  # what the rules found is compared first
    rows = [
        Row(k, evidence(stage, k, named[k]), standing(stage, k, named[k]), label, k in stage.proposed)
        for k, label in zip(keys, labels(scene.cast, keys, doc.annotation), strict=True)
    ]
    if doc.folder == OPENINGS:
        unknown = {k for k in keys if not is_seen(named[k])}
        rows = [r._replace(label="optional") if r.key in unknown and r.label == "none" else r for r in rows]
    return Example(doc.annotation["id"], doc.folder, trust, rows, wanted, shared(stage, named))


def is_seen(at: Places) -> bool:
    """Whether who labelled an opening has read of an actor, who stands at these places."""
    return not at or min(m.start_char for *_, m in at) < LABELLED


def gather(golds: list[Path], texts: list[Path], blind: Blind | None) -> list[Example]:
    """The releases worked with, each read with models of wording blind to it; without one, those held out."""
    found = []
    for doc in documents(golds, texts, held=blind is None):
        if any(e["main"] for e in doc.annotation["events"]):
            with blind.to(doc.annotation["id"]) if blind else nullcontext():
                found.append(example(doc))
    return found


def labelled(folder: int, row: Mapping[str, str], release: CleanRelease) -> Document:
    """A labelled lead or opening as an annotated release."""
    event = {"main": True, "type": row["type"], "form": row["form"]}
    taking = {"participants": names_in(row["actors"]), "targets": names_in(row["recipients"] or "")}
    return Document(
        folder, False, {"id": release.release_id, "relevant": True, "events": [event | taking]}, release
    )


def of_labelled(blind: Blind, corpus: Path) -> list[Example]:
    """The labelled openings and leads that say who takes part."""
    told = [labelled(OPENINGS, row, release) for row, release in opened(corpus) if row["actors"]]
    for i, row in enumerate(rows()):
        if row.get("actors"):
            told.append(labelled(LEADS, row, release_of(f"lead {i}", row["headline"], row["lead"])))
    found = []
    for doc in told:
        with blind.to(doc.annotation["id"]):
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


def alone(fitted: Fitted, e: Example) -> dict[str, list[float]]:
    """How likely each of `LABELS` is for each actor of a release."""
    if not e.rows:
        return {}
    order = [list(fitted.trained.classes_).index(label) for label in taking_part.LABELS]
    shares = fitted.trained.predict_proba(table(e.rows, fitted.checksums))[:, order]
    return {r.key: row for r, row in zip(e.rows, shares.tolist(), strict=True)}


def beside(e: Example, told: dict[str, list[float]]) -> list[list[float]]:
    kinds = {r.key: int(r.standing[0]) for r in e.rows}
    return company({r.key: r.standing for r in e.rows}, kinds, e.together, told)


def trees(data: list[Example], told: list[list[list[float]]]) -> Trees:
    pairs = [
        (row, r.label, e.trust)
        for e, rows in zip(data, told, strict=True)
        for r, row in zip(e.rows, rows, strict=True)
        if r.label != "optional"
    ]
    rows, named, trust = zip(*pairs, strict=True)
    return trees_of(rows, [label != "none" for label in named], trust)


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


def write(fitted: Fitted, grown: Trees, threshold: float) -> int:
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
        **stored(grown, taking_part.TREES),
    )
    return int(kept.sum())


def main() -> int:
    golds, texts, args = arguments(__doc__)
    blind = Blind(golds, texts, args.corpus)
    data, extra = gather(golds, texts, blind), of_labelled(blind, args.corpus)
    told: list[list[list[float]]] = [[] for _ in data]
    folds = [fold(e.ident) for e in data]
    for k in range(FOLDS):
        fitted = fit([*extra, *(e for e, own in zip(data, folds, strict=True) if own != k)])
        told = [
            beside(e, alone(fitted, e)) if own == k else t
            for e, own, t in zip(data, folds, told, strict=True)
        ]
    shares: list[list[float]] = [[] for _ in data]
    for k in range(FOLDS):
        seen = [i for i, own in enumerate(folds) if own != k]
        grown = trees([data[i] for i in seen], [told[i] for i in seen])
        shares = [likely(grown, t) if own == k else s for t, own, s in zip(told, folds, shares, strict=True)]
    reached = {s: f1(data, [[p >= s for p in row] for row in shares]) for s in STEPS}
    threshold = max([s for s in STEPS if reached[s] >= max(reached.values()) - FLAT])
    report("cross-validated", data, shares, threshold)
    fitted, grown = fit([*extra, *data]), trees(data, told)
    held = gather(golds, texts, None)
    report("held out", held, [likely(grown, beside(e, alone(fitted, e))) for e in held], threshold)
    known = write(fitted, grown, threshold)
    print(
        f"{len(data)} releases, {len(extra)} labelled leads and openings; threshold {threshold}; {known} pieces of evidence"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
