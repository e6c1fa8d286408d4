"""Train the relevance classifier: diplomatic or not, from annotated releases, weak labels and our own texts.

    python -m bench.train_relevance --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Writes `streams/classify/relevance_model.json`. The third of
the annotated releases that is held out (`bench.score_engine.is_held_out`) is never looked at.
A corpus release is a weak positive if its title names a foreign state or an institution and its text
goes on about them, a weak negative if it names none; what lies between teaches nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.score_engine import is_held_out, raw_of
from streams.classify.relevance_features import NAMES, features, is_institution
from streams.clean import clean
from streams.events.title import title_length
from streams.extract.dates import lowered
from streams.extract.entities import Names, find_entities
from streams.extract.sentences import split_sentences
from streams.records import CleanRelease

SEED = 7
SAMPLES = {"releases.jsonl.gz": 1800, "releases-more.jsonl.gz": 4200}
GOLD_WEIGHT, OWN_WEIGHT = 15.0, 25.0
THRESHOLD = 0.3  # a diplomatic release taken for other loses all its events, the reverse only itself
LONG = 300  # words beyond which a single foreign name is chance
HOMES = {
    "en.kremlin.ru": "RUS",
    "www.president.gov.ua": "UKR",
    "The White House": "USA",
    "Ministry of Law": "SGP",
    "Prime Min": "AUS",
}
MODEL = Path(__file__).resolve().parent.parent / "streams" / "classify" / "relevance_model.json"


def release_of(text: str, title: str | None) -> CleanRelease:
    return CleanRelease(
        schema_version=1, release_id="", source_id="", source_ref="", content_hash="", fetched_at="",
        text=text, title=title, language="en",
    )  # fmt: skip


def row(release: CleanRelease) -> tuple[list[float], Names, int]:
    sentences = split_sentences(release.text)
    names = find_entities(release, sentences)
    count = title_length(sentences, release.title)
    title = sentences[count - 1].end_char if count else 0
    home = release.publisher_country or names.issuer_country
    return features(release.text, lowered(release.text), title, names, home), names, title


def weak_label(release: CleanRelease, names: Names, title: int, home: str) -> int | None:
    kinds = {e.entity_id: (e.kind, e.country) for e in names.entities}
    foreign = [
        m.start_char
        for m in names.mentions
        if kinds[m.entity_id][0] == "country" and kinds[m.entity_id][1] != home
    ]
    bodies = [
        m.start_char
        for m in names.mentions
        if kinds[m.entity_id][0] == "organization"
        and (code := kinds[m.entity_id][1])
        and is_institution(code)
    ]
    if len(foreign) + len(bodies) >= 3 and any(at < title for at in [*foreign, *bodies]):
        return 1
    if not bodies and (
        not foreign or (len(foreign) == 1 and len(release.text.split()) > LONG and foreign[0] >= title)
    ):
        return 0
    return None


def corpus_rows(folder: Path) -> list[tuple[list[float], int, float]]:
    found = []
    for name, size in SAMPLES.items():
        with gzip.open(folder / name) as file:
            rows = [json.loads(line) for line in file]
        for item in random.Random(SEED).sample(rows, min(size, len(rows))):
            publisher = str(item.get("publisher") or "") + " " + str(item.get("url") or "")
            home = next((code for key, code in HOMES.items() if key in publisher), "LKA")
            title = str(item.get("title") or "")
            release = release_of(f"{title}\n\n{item['text']}"[:6000], title)
            x, names, length = row(release)
            label = weak_label(release, names, length, home)
            if label is not None:
                found.append((x, label, 1.0))
    return found


def gold_rows(golds: list[Path], texts: list[Path]) -> list[tuple[list[float], int, float]]:
    paths = {p.stem: p for folder in texts for p in folder.glob("*.txt")}
    found = []
    for file in sorted(f for g in golds for f in g.glob("*.json")):
        doc = json.loads(file.read_text(encoding="utf-8"))
        if not is_held_out(doc["id"]):
            found.append((row(clean(raw_of(paths[doc["id"]])))[0], int(doc["relevant"]), GOLD_WEIGHT))
    return found


def own_rows(path: Path) -> list[tuple[list[float], int, float]]:
    lines = [
        line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return [
        (row(release_of(f"{title}\n\n{text}", title))[0], int(label), OWN_WEIGHT)
        for label, title, text in lines[1:]
    ]


def fit(rows: list[tuple[list[float], int, float]]) -> tuple[LogisticRegression, np.ndarray, np.ndarray]:
    x = np.array([r[0] for r in rows])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=0.1, max_iter=1000, class_weight="balanced")
    model.fit((x - mean) / spread, [r[1] for r in rows], sample_weight=[r[2] for r in rows])
    return model, mean, spread


def cross_validate(rows: list[tuple[list[float], int, float]], few: list[int]) -> float:
    """Accuracy on the rows of weight above 1, five folds."""
    right = 0
    for fold in range(5):
        out = {i for n, i in enumerate(few) if n % 5 == fold}
        model, mean, spread = fit([r for i, r in enumerate(rows) if i not in out])
        for i in sorted(out):
            right += int(model.predict([(np.array(rows[i][0]) - mean) / spread])[0] == rows[i][1])
    return right / len(few)


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--gold", type=Path, action="append", required=True)
    ap.add_argument("--texts", type=Path, action="append", required=True)
    args = ap.parse_args()
    rows = gold_rows(args.gold, args.texts) + own_rows(Path(__file__).with_name("classify_texts.tsv"))
    few = list(range(len(rows)))
    rows += corpus_rows(args.corpus)
    print(
        f"{len(rows)} texts; five-fold accuracy on {len(few)} annotated and own texts: {cross_validate(rows, few):.3f}"
    )
    model, mean, spread = fit(rows)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (weights * mean).sum())
    out = {
        "features": list(NAMES),
        "weights": [round(float(w), 5) for w in weights],
        "bias": round(bias, 5),
        "threshold": THRESHOLD,
    }
    MODEL.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    for name, weight in zip(NAMES, model.coef_[0], strict=True):
        print(f"{name:28} {weight:7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
