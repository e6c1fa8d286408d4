"""Train the topic classifier: weights of the lexicon's evidence, from annotated releases.

    python -m bench.train_topics --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Writes `streams/classify/topics_model.json`. Learns from what
`bench.training` reads; the whole corpus only says how common each term is.
Prints micro-F1 of a five-fold cross-validation by threshold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bench.training import annotated, labelled
from streams.classify import topics
from streams.classify.topics_features import FEATURES, rows
from streams.classify.topics_lexicon import hits
from streams.closed_sets import EVENT_FORMS, EVENT_TYPES, TOPICS
from streams.events.reports import find_reports
from streams.extract.dates import find_dates, lowered
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences

SEED = 7
SAMPLE = {"releases.jsonl.gz": 1500, "releases-more.jsonl.gz": 1500}
BIAS_SCALE, STRENGTH, THRESHOLD = 0.7, 0.2, 0.35
REPORTED_SCALE, FAINT = 0.35, 0.005
FORMS, TYPES = (*EVENT_FORMS, ""), (*EVENT_TYPES, "")


class Row(NamedTuple):
    """A release to learn from: features, whether wanted and whether it counts, for each topic."""

    table: list[list[float]]
    wanted: list[int]
    counts: list[bool]
    form: str  # of the main event, empty without one
    type: str


MODEL = Path(topics.__file__).with_name("topics_model.json")


def frequencies(folder: Path) -> tuple[int, dict[str, int]]:
    """In how many releases that have terms of the lexicon each term occurs."""
    counts: Counter[str] = Counter()
    total = 0
    for name, size in SAMPLE.items():
        with gzip.open(folder / name) as file:
            texts = [json.loads(line)["text"] for line in file]
        for text in random.Random(SEED).sample(texts, size):
            seen = {f"{h.topic} {h.term}" for h in hits(lowered(text)) if h.weight > 0}
            total += bool(seen)
            counts.update(seen)
    return total, dict(sorted(counts.items()))


def examples(golds: list[Path], texts: list[Path], corpus: Path) -> list[Row]:
    """For each diplomatic release: a row a topic, whether it is wanted, whether it counts."""
    found = []
    for example in [*annotated(golds, texts), *labelled(corpus)]:
        release = example.release
        sentences = split_sentences(release.text)
        if not example.is_diplomatic or example.topics is None or not sentences:
            continue
        names = find_entities(release, sentences)
        reports = find_reports(release, sentences, names, find_dates(release, sentences))
        main = next((r for r in reports if r.main), None)
        evidence = topics.evidence(release, sentences, names, main)
        table = [row for _, row in rows(evidence, release.text.count(" ") + 1, len(sentences), main)]
        wanted, may = example.topics, example.optional
        found.append(
            Row(
                table,
                [int(t in wanted) for t in TOPICS],
                [t in wanted or t not in may for t in TOPICS],
                main.form if main else "",
                main.type if main else "",
            )
        )
    return found


def design(data: list[Row], mean: np.ndarray, spread: np.ndarray) -> sparse.csr_matrix:
    """Features, and for each topic its bias and what form and type of the main event say for it."""
    count = len(TOPICS)
    numbers = (np.array([r for row in data for r in row.table]) - mean) / spread
    lines, topic = np.arange(len(numbers)), np.tile(np.arange(count), len(data))

    def hot(values: list[int], size: int, scale: float) -> sparse.csr_matrix:
        columns = topic * size + np.repeat(values, count)
        return sparse.csr_matrix(
            (np.full(len(lines), scale), (lines, columns)), shape=(len(lines), count * size)
        )

    return sparse.hstack(
        [
            sparse.csr_matrix(numbers),
            hot([0] * len(data), 1, BIAS_SCALE),
            hot([FORMS.index(r.form) for r in data], len(FORMS), REPORTED_SCALE),
            hot([TYPES.index(r.type) for r in data], len(TYPES), REPORTED_SCALE),
        ]
    ).tocsr()


def fit(data: list[Row]) -> tuple[LogisticRegression, np.ndarray, np.ndarray]:
    x = np.array([r for row in data for r in row.table])
    y = np.array([v for row in data for v in row.wanted])
    counted = np.array([c for row in data for c in row.counts])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(design(data, mean, spread)[counted], y[counted])
    return model, mean, spread


def scores(fitted: tuple, row: Row) -> np.ndarray:
    model, mean, spread = fitted
    return model.predict_proba(design([row], mean, spread))[:, 1]


def cross_validate(data: list[Row]) -> None:
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.45):
        results = []
        for seed in range(3):
            order = list(range(len(data)))
            random.Random(seed).shuffle(order)
            hit = predicted = gold = 0
            for fold in range(5):
                out = order[fold::5]
                fitted = fit([data[i] for i in order if i not in out])
                for i in out:
                    wanted, counts = data[i].wanted, data[i].counts
                    p = scores(fitted, data[i])
                    best = [j for n, j in enumerate(np.argsort(-p)[:4]) if p[j] >= threshold or n == 0]
                    best = [j for j in best if counts[j]]
                    hit += sum(wanted[j] for j in best)
                    predicted += len(best)
                    gold += sum(wanted)
            results.append(2 * hit / (predicted + gold))
        print(f"threshold {threshold:.2f}: micro-F1 {np.mean(results):.3f}")


def reported(values: np.ndarray, names: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """For each topic what each form or type of the main event says for it; faint voices are left out."""
    return {
        topic: {
            name: round(REPORTED_SCALE * float(v), 4)
            for name, v in zip(names, row, strict=True)
            if abs(REPORTED_SCALE * v) > FAINT
        }
        for topic, row in zip(TOPICS, values.reshape(len(TOPICS), len(names)), strict=True)
    }


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--gold", type=Path, action="append", required=True)
    ap.add_argument("--texts", type=Path, action="append", required=True)
    args = ap.parse_args()
    total, frequency = frequencies(args.corpus)
    blank = {"features": list(FEATURES), "weights": [0.0] * len(FEATURES), "bias": dict.fromkeys(TOPICS, 0.0)}
    blank |= {"forms": {}, "types": {}}
    out = {**blank, "threshold": THRESHOLD, "releases": total, "frequency": frequency}
    MODEL.write_text(json.dumps(out, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    topics.model.cache_clear()
    topics.rarity.cache_clear()
    data = examples(args.gold, args.texts, args.corpus)
    cross_validate(data)
    model, mean, spread = fit(data)
    size, topic_count = len(FEATURES), len(TOPICS)
    coefficients = model.coef_[0][:size]
    weights = coefficients / spread
    shift = float(model.intercept_[0] - (weights * mean).sum())
    rest = model.coef_[0][size:]
    out |= {
        "weights": [round(float(w), 5) for w in weights],
        "bias": {
            t: round(shift + BIAS_SCALE * float(b), 5)
            for t, b in zip(TOPICS, rest[:topic_count], strict=True)
        },
        "forms": reported(rest[topic_count : topic_count * (1 + len(FORMS))], FORMS),
        "types": reported(rest[topic_count * (1 + len(FORMS)) :], TYPES),
    }
    MODEL.write_text(json.dumps(out, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, weight in zip(FEATURES, coefficients, strict=True):
        print(f"{name:24} {weight:7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
