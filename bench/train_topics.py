"""Train the topic classifier: weights of the lexicon's evidence, from annotated releases.

    python -m bench.train_topics --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Writes `streams/classify/topics_model.json`. The third of the
annotated releases that is held out (`bench.score_engine.is_held_out`) is never looked at; the corpus only
says how common each term is. Prints micro-F1 of a five-fold cross-validation by threshold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.score_engine import is_held_out, raw_of
from streams.classify import topics
from streams.classify.topics_features import FEATURES, blanked, collect, rows
from streams.classify.topics_lexicon import hits
from streams.clean import clean
from streams.closed_sets import TOPICS
from streams.events.reports import find_reports
from streams.events.title import title_length
from streams.extract.dates import find_dates, lowered
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences

SEED = 7
SAMPLE = {"releases.jsonl.gz": 1500, "releases-more.jsonl.gz": 1500}
BIAS_SCALE, STRENGTH, THRESHOLD = 0.5, 0.2, 0.35
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


def examples(golds: list[Path], texts: list[Path]) -> list[tuple[list[list[float]], list[int], list[bool]]]:
    """For each diplomatic release: a row a topic, whether it is wanted, whether it counts."""
    paths = {p.stem: p for folder in texts for p in folder.glob("*.txt")}
    found = []
    for file in sorted(f for g in golds for f in g.glob("*.json")):
        doc = json.loads(file.read_text(encoding="utf-8"))
        if is_held_out(doc["id"]) or not doc["relevant"]:
            continue
        release = clean(raw_of(paths[doc["id"]]))
        sentences = split_sentences(release.text)
        names = find_entities(release, sentences)
        reports = find_reports(release, sentences, names, find_dates(release, sentences))
        low = blanked(release.text, lowered(release.text), names)
        evidence = collect(low, sentences, title_length(sentences, release.title), topics.rarity)
        main = next((r for r in reports if r.main), None)
        table = [row for _, row in rows(evidence, release.text.count(" ") + 1, len(sentences), main)]
        wanted, may = set(doc["topics"]), set(doc.get("optional", {}).get("topics", []))
        found.append(
            (table, [int(t in wanted) for t in TOPICS], [t in wanted or t not in may for t in TOPICS])
        )
    return found


def fit(data: list) -> tuple[LogisticRegression, np.ndarray, np.ndarray]:
    x = np.array([r for table, _, _ in data for r in table])
    y = np.array([v for _, wanted, _ in data for v in wanted])
    counted = np.array([c for _, _, counts in data for c in counts])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    hot = np.tile(np.eye(len(TOPICS)) * BIAS_SCALE, (len(data), 1))
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(np.hstack([(x - mean) / spread, hot])[counted], y[counted])
    return model, mean, spread


def scores(fitted: tuple, table: list[list[float]]) -> np.ndarray:
    model, mean, spread = fitted
    return model.predict_proba(
        np.hstack([(np.array(table) - mean) / spread, np.eye(len(TOPICS)) * BIAS_SCALE])
    )[:, 1]


def cross_validate(data: list) -> None:
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
                    table, wanted, counts = data[i]
                    p = scores(fitted, table)
                    best = [j for n, j in enumerate(np.argsort(-p)[:4]) if p[j] >= threshold or n == 0]
                    best = [j for j in best if counts[j]]
                    hit += sum(wanted[j] for j in best)
                    predicted += len(best)
                    gold += sum(wanted)
            results.append(2 * hit / (predicted + gold))
        print(f"threshold {threshold:.2f}: micro-F1 {np.mean(results):.3f}")


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--gold", type=Path, action="append", required=True)
    ap.add_argument("--texts", type=Path, action="append", required=True)
    args = ap.parse_args()
    total, frequency = frequencies(args.corpus)
    blank = {"features": list(FEATURES), "weights": [0.0] * len(FEATURES), "bias": dict.fromkeys(TOPICS, 0.0)}
    out = {**blank, "threshold": THRESHOLD, "releases": total, "frequency": frequency}
    MODEL.write_text(json.dumps(out, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    topics.model.cache_clear()
    topics.rarity.cache_clear()
    data = examples(args.gold, args.texts)
    cross_validate(data)
    model, mean, spread = fit(data)
    coefficients = model.coef_[0][: len(FEATURES)]
    weights = coefficients / spread
    shift = float(model.intercept_[0] - (weights * mean).sum())
    biases = {
        t: round(shift + BIAS_SCALE * float(b), 5)
        for t, b in zip(TOPICS, model.coef_[0][len(FEATURES) :], strict=True)
    }
    out |= {"weights": [round(float(w), 5) for w in weights], "bias": biases}
    MODEL.write_text(json.dumps(out, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, weight in zip(FEATURES, coefficients, strict=True):
        print(f"{name:24} {weight:7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
