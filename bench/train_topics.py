"""Train the topic classifier: weights of the lexicon's evidence and of plain words, from annotated releases.

    python -m bench.train_topics --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Writes `streams/classify/topics_model.json`. Learns from what
`bench.training` reads; the whole corpus only says how common each term is.
First a model of plain words is learned for each topic. What it says of a text is then evidence among the rest; so that
its memory is not taken for insight, each text is shown with what a model says that has not seen it.
Prints micro-F1 of a five-fold cross-validation by threshold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bench.events_data import release_of
from bench.events_data import rows as leads
from bench.training import Example, annotated, labelled, own_texts, topics_of_texts
from streams.classify import topics
from streams.classify.topics_features import FEATURES, rows
from streams.classify.topics_lexicon import hits
from streams.classify.topics_words import HUNDREDTHS, Words, stems, values
from streams.closed_sets import EVENT_FORMS, EVENT_TYPES, TOPICS
from streams.events.reports import find_reports
from streams.extract.dates import find_dates, lowered
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences

SEED, FOLDS = 7, 5
SAMPLE = {"releases.jsonl.gz": 1500, "releases-more.jsonl.gz": 1500}
STRENGTH, THRESHOLD, MOST = 0.2, 0.4, 4
BIAS_SCALE, REPORTED_SCALE, APART_SCALE, SAID_SCALE = 0.7, 0.35, 0.2, 0.3
WORD_STRENGTH, SEEN, OFTEN, FEWEST = (
    20.0,
    8,
    0.6,
    5,
)  # texts of a word at least, share at most; texts of a topic
FAINT, FAINT_WORD = 0.005, 0.05
UNSAID = -4.0  # of a topic too rare to learn its words
# What each topic weighs in its own way; the rest is weighed alike for all.
APART = ("combined_share", "damped", "in_title", "strong", "sentences", "in_quote", "in_lead")
FORMS, TYPES = (*EVENT_FORMS, ""), (*EVENT_TYPES, "")
MODEL = Path(topics.__file__).with_name(topics.MODEL)


class Row(NamedTuple):
    """A release to learn from: features, whether wanted and whether it counts, for each topic."""

    table: np.ndarray
    wanted: list[bool]
    counts: list[bool]
    form: str  # of the main event, empty without one
    type: str
    stems: Counter[str]


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


def short() -> Iterator[Example]:
    """Short texts and leads of our own writing whose topics we labelled."""
    texts = {lead["headline"]: lead["lead"] for lead in leads()} | {t: text for _, t, text in own_texts()}
    for title, (wanted, optional) in topics_of_texts().items():
        yield Example(release_of("", title, texts[title]), True, wanted, optional)
    for lead in leads():
        if wanted := frozenset(t.strip() for t in (lead.get("topics") or "").split(",") if t.strip()):
            yield Example(release_of("", lead["headline"], lead["lead"]), True, wanted, frozenset())


def learned(examples: Iterator[Example]) -> list[Row]:
    """A row for each diplomatic release whose topics are known."""
    found = []
    for example in examples:
        release = example.release
        sentences = split_sentences(release.text)
        if not example.is_diplomatic or example.topics is None or not sentences:
            continue
        names = find_entities(release, sentences)
        reports = find_reports(release, sentences, names, find_dates(release, sentences))
        main = next((r for r in reports if r.main), None)
        evidence, low = topics.evidence(release, sentences, names, main)
        table = [row for _, row in rows(evidence, release.text.count(" ") + 1, len(sentences), main)]
        wanted, may = example.topics, example.optional
        found.append(
            Row(
                np.array(table),
                [t in wanted for t in TOPICS],
                [t in wanted or t not in may for t in TOPICS],
                main.form if main else "",
                main.type if main else "",
                stems(low),
            )
        )
    return found


class WordModel(NamedTuple):
    """For each topic what the words of a text say."""

    words: Words
    weights: np.ndarray  # words x topics
    bias: np.ndarray

    def said(self, data: list[Row]) -> np.ndarray:
        return _matrix(data, self.words) @ self.weights + self.bias


def _matrix(data: list[Row], words: Words) -> sparse.csr_matrix:
    found = [values(row.stems, words) for row in data]
    lines = np.repeat(np.arange(len(data)), [len(f) for f in found])
    cells = [v for f in found for v in f.values()], (lines, [r for f in found for r in f])
    return sparse.csr_matrix(cells, shape=(len(data), len(words.rows)))


def fit_words(data: list[Row]) -> WordModel:
    texts = Counter(stem for row in data for stem in row.stems)
    known = sorted(s for s, n in texts.items() if SEEN <= n < OFTEN * len(data))
    rarity = [1 + float(np.log((1 + len(data)) / (1 + texts[s]))) for s in known]
    words = Words({s: n for n, s in enumerate(known)}, rarity, np.zeros((0, 0), dtype=np.int64))
    matrix = _matrix(data, words)
    weights, bias = np.zeros((len(known), len(TOPICS))), np.full(len(TOPICS), UNSAID)
    for number in range(len(TOPICS)):
        counted = [i for i, row in enumerate(data) if row.counts[number]]
        wanted = [data[i].wanted[number] for i in counted]
        if sum(wanted) >= FEWEST:
            model = LogisticRegression(C=WORD_STRENGTH, max_iter=500).fit(matrix[counted], wanted)
            weights[:, number], bias[number] = model.coef_[0], model.intercept_[0]
    return WordModel(words, weights, bias)


def said_by_others(data: list[Row]) -> np.ndarray:
    """For each text what word models say that have not seen it."""
    found = np.zeros((len(data), len(TOPICS)))
    order = random.Random(SEED).sample(range(len(data)), len(data))
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        seen = set(out)
        found[out] = fit_words([data[i] for i in order if i not in seen]).said([data[i] for i in out])
    return found


class Fitted(NamedTuple):
    words: WordModel
    model: LogisticRegression
    mean: np.ndarray
    spread: np.ndarray
    said: tuple[float, float]  # mean and spread

    def likely(self, data: list[Row]) -> np.ndarray:
        wide = design(data, self.words.said(data), self.mean, self.spread, self.said)
        return self.model.predict_proba(wide)[:, 1].reshape(len(data), len(TOPICS))


def design(
    data: list[Row], said: np.ndarray, mean: np.ndarray, spread: np.ndarray, level: tuple[float, float]
) -> sparse.csr_matrix:
    """A line for each text and topic: what is weighed alike for all topics, then what is weighed for each."""
    count = len(TOPICS)
    numbers = (np.concatenate([row.table for row in data]) - mean) / spread
    words = ((said - level[0]) / level[1]).reshape(-1, 1)
    topic = np.tile(np.arange(count), len(data))

    def apart(cells: np.ndarray) -> sparse.csr_matrix:
        lines = np.repeat(np.arange(len(cells)), cells.shape[1])
        columns = (topic[:, None] * cells.shape[1] + np.arange(cells.shape[1])).ravel()
        return sparse.csr_matrix(
            (cells.ravel(), (lines, columns)), shape=(len(cells), count * cells.shape[1])
        )

    def hot(names: tuple[str, ...], given: list[str]) -> np.ndarray:
        cells = np.zeros((len(numbers), len(names)))
        cells[np.arange(len(numbers)), np.repeat([names.index(g) for g in given], count)] = REPORTED_SCALE
        return cells

    parts = [
        np.full((len(numbers), 1), BIAS_SCALE),
        hot(FORMS, [row.form for row in data]),
        hot(TYPES, [row.type for row in data]),
        numbers[:, [FEATURES.index(f) for f in APART]] * APART_SCALE,
        words * SAID_SCALE,
    ]
    return sparse.hstack([sparse.csr_matrix(numbers), sparse.csr_matrix(words), *map(apart, parts)]).tocsr()


def fit(data: list[Row]) -> Fitted:
    numbers = np.concatenate([row.table for row in data])
    mean, spread = numbers.mean(0), numbers.std(0) + 1e-9
    said = said_by_others(data)
    level = float(said.mean()), float(said.std())
    wanted = np.array([v for row in data for v in row.wanted])
    counted = np.array([c for row in data for c in row.counts])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(design(data, said, mean, spread, level)[counted], wanted[counted])
    return Fitted(fit_words(data), model, mean, spread, level)


def cross_validate(judged: list[Row], others: list[Row]) -> None:
    likely = np.zeros((len(judged), len(TOPICS)))
    order = random.Random(SEED).sample(range(len(judged)), len(judged))
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        seen = set(out)
        fitted = fit([judged[i] for i in order if i not in seen] + others)
        likely[out] = fitted.likely([judged[i] for i in out])
    for threshold in (0.3, 0.35, 0.4, 0.45):
        hit = predicted = gold = 0
        for row, p in zip(judged, likely, strict=True):
            best = [j for n, j in enumerate(np.argsort(-p)[:MOST]) if p[j] >= threshold or n == 0]
            best = [j for j in best if row.counts[j]]
            hit += sum(row.wanted[j] for j in best)
            predicted += len(best)
            gold += sum(row.wanted)
        print(f"threshold {threshold:.2f}: micro-F1 {2 * hit / (predicted + gold):.3f}")


def written(fitted: Fitted) -> dict[str, object]:
    """The model as `streams.classify.topics` reads it: what is the same for every text is part of the bias."""
    count = len(TOPICS)
    rest = fitted.model.coef_[0]

    def take(size: int) -> np.ndarray:
        nonlocal rest
        taken, rest = rest[: size * count], rest[size * count :]
        return taken.reshape(count, size)

    shared, rest = rest[: len(FEATURES)], rest[len(FEATURES) :]
    word, rest = rest[0], rest[1:]
    bias, forms, types = BIAS_SCALE * take(1)[:, 0], take(len(FORMS)), take(len(TYPES))
    chosen = [FEATURES.index(f) for f in APART]
    apart = APART_SCALE * take(len(APART)) / fitted.spread[chosen]
    said = (word + SAID_SCALE * take(1)[:, 0]) / fitted.said[1]
    weights = shared / fitted.spread
    bias = bias + fitted.model.intercept_[0] - (weights * fitted.mean).sum() - apart @ fitted.mean[chosen]
    bias = bias + said * (fitted.words.bias - fitted.said[0])
    return {
        "features": list(FEATURES),
        "weights": [round(float(w), 5) for w in weights],
        "apart": {
            t: {f: round(float(w), 4) for f, w in zip(APART, row, strict=True)}
            for t, row in zip(TOPICS, apart, strict=True)
        },
        "bias": {t: round(float(b), 5) for t, b in zip(TOPICS, bias, strict=True)},
        "forms": _reported(forms, FORMS),
        "types": _reported(types, TYPES),
        "words": _words(fitted.words, said),
    }


def _reported(table: np.ndarray, names: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """For each topic what each form or type of the main event says for it; faint voices are left out."""
    return {
        topic: {
            name: round(REPORTED_SCALE * float(v), 4)
            for name, v in zip(names, row, strict=True)
            if abs(REPORTED_SCALE * v) > FAINT
        }
        for topic, row in zip(TOPICS, table, strict=True)
    }


def _words(model: WordModel, said: np.ndarray) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for stem, row in model.words.rows.items():
        weights = model.weights[row] * said
        cells = [(n, round(HUNDREDTHS * float(w))) for n, w in enumerate(weights) if abs(w) >= FAINT_WORD]
        found[stem] = [round(model.words.rarity[row], 3), *(x for cell in cells for x in cell)]
    return found


def write(model: dict[str, object]) -> None:
    MODEL.write_text(json.dumps(model, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    topics.model.cache_clear()
    topics.rarity.cache_clear()


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--gold", type=Path, action="append", required=True)
    ap.add_argument("--texts", type=Path, action="append", required=True)
    args = ap.parse_args()
    total, frequency = frequencies(args.corpus)
    common = {"threshold": THRESHOLD, "releases": total, "frequency": frequency}
    blank = dict.fromkeys(TOPICS, 0.0), {t: {} for t in TOPICS}
    write(
        {"features": list(FEATURES), "weights": [0.0] * len(FEATURES), "apart": blank[1], "bias": blank[0]}
        | {"forms": {}, "types": {}, "words": {}}
        | common
    )
    judged = learned(annotated(args.gold, args.texts))
    others = learned(labelled(args.corpus)) + learned(short())
    cross_validate(judged, others)
    fitted = fit(judged + others)
    write(written(fitted) | common)
    print(f"{len(judged) + len(others)} texts, {MODEL.stat().st_size // 1024} KiB")
    for name, weight in zip(FEATURES, fitted.model.coef_[0], strict=False):
        print(f"{name:24} {weight:7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
