"""Train which readings state an event beside the main one, from annotated releases.

    python -m bench.train_further --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Writes `streams/events/further_model.json`. A reading is right if its type
is that of an annotated event whose quote stands in its sentence; those of optional events are left out.
Each folder of annotations has its own rate of further events: that is learned apart and not kept. The threshold is
the lowest of those that serve all folders of some size alike best in a cross-validation. The held-out third is never looked at.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.annotated_corpus import flat
from bench.blind import Blind
from bench.events_data import Document, arguments, documents
from bench.events_data import page as events_page
from streams.events import further
from streams.events.choice import choose
from streams.events.triggers import type_and_form

STRENGTH, FOLDS = 0.3, 5
DOUBLY = 3.0  # how much a reading of a release with two annotators counts beside one with one
FLAT = 0.008  # by so much the best threshold is uncertain: of those that are as good, the one that misses least, since `kept` weighs them again
FEW = 100  # readings of a folder that say nothing of a threshold
MODEL = Path(further.__file__).with_name(further.MODEL)


class Row(NamedTuple):
    ident: str
    folder: int
    evidence: dict[str, float]
    right: bool
    missed: int  # events of the release that no reading states, on its first row only
    trust: float  # how much it counts


def of_release(doc: Document) -> list[Row]:
    read = events_page(doc.release)
    main = choose(read)
    if main is None:
        return []
    wanted = [e for e in doc.annotation["events"] if not e["main"]]
    optional = doc.annotation.get("optional", {}).get("events", [])
    found, stated = [], set()
    trust = DOUBLY if doc.doubly else 1.0
    for reading in further.readings(read):
        if not further.is_candidate(read, reading, main):
            continue
        here = flat(read.sentences[reading.trigger.sentence].text)
        kind = type_and_form(reading)[0]

        def says(event: dict[str, Any], here: str = here, kind: str = kind) -> bool:
            quote = flat(event["quote"])
            return event["type"] == kind and (quote[:50] in here or here in quote)

        hits = [i for i, e in enumerate(wanted) if says(e)]
        if not hits and any(says(e) for e in optional):
            continue
        stated.update(hits)
        names = further.evidence(read, reading, main) | {f"folder {doc.folder}": 1.0}
        found.append(Row(doc.annotation["id"], doc.folder, names, bool(hits), 0, trust))
    if found:
        found[0] = found[0]._replace(missed=len(wanted) - len(stated))
    return found


def gather(golds: list[Path], texts: list[Path], corpus: Path) -> list[Row]:
    blind, found = Blind(golds, texts, corpus), []
    for doc in documents(golds, texts):
        with blind.to(doc.annotation["id"]):
            found += of_release(doc)
    return found


def fit(data: list[Row]) -> tuple[LogisticRegression, DictVectorizer]:
    vectors = DictVectorizer()
    trained = LogisticRegression(C=STRENGTH, max_iter=1000)
    seen = vectors.fit_transform([r.evidence for r in data])
    trained.fit(seen, [r.right for r in data], sample_weight=[r.trust for r in data])
    return trained, vectors


def fold(row: Row) -> int:
    return hashlib.sha256(row.ident.encode()).digest()[1] % FOLDS


def f1(data: list[Row], likely: np.ndarray, threshold: float, folder: int) -> float:
    pairs = [(r, p >= threshold) for r, p in zip(data, likely, strict=True) if r.folder == folder]
    hit = sum(r.right and yes for r, yes in pairs)
    said, there = sum(yes for _, yes in pairs), sum(r.right + r.missed for r, _ in pairs)
    return 2 * hit / max(1, said + there)


def main() -> int:
    golds, texts, args = arguments(__doc__)
    data = gather(golds, texts, args.corpus)
    likely = np.zeros(len(data))
    for k in range(FOLDS):
        trained, vectors = fit([r for r in data if fold(r) != k])
        test = [i for i, r in enumerate(data) if fold(r) == k]
        plain = [
            {n: v for n, v in data[i].evidence.items() if not n.startswith("folder")} | {"folder 0": 1.0}
            for i in test
        ]
        likely[test] = trained.predict_proba(vectors.transform(plain))[:, 1]
    steps = [round(0.15 + 0.05 * i, 2) for i in range(12)]
    for step in steps:
        print(step, *(f"{f1(data, likely, step, k):.3f}" for k in range(len(golds))))
    large = [k for k in range(len(golds)) if sum(r.folder == k for r in data) >= FEW]
    reached = {s: sum(f1(data, likely, s, k) for k in large) / len(large) for s in steps}
    threshold = min(s for s in steps if reached[s] >= max(reached.values()) - FLAT)
    trained, vectors = fit(data)
    names = dict(zip(vectors.get_feature_names_out(), trained.coef_[0], strict=True))
    weights = {
        str(n): round(float(w), 3) for n, w in names.items() if abs(w) >= 0.005 and not n.startswith("folder")
    }
    bias = round(float(trained.intercept_[0] + names.get("folder 0", 0.0)), 3)
    found = {"weights": weights, "bias": bias, "threshold": threshold}
    MODEL.write_text(json.dumps(found, indent=0) + "\n", "utf-8")
    print(f"{len(data)} readings, {sum(r.right for r in data)} right; threshold {threshold}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
