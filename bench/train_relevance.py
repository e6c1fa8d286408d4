"""Train the relevance classifier: diplomatic or not, from annotated releases, our own texts and weak labels.

    python -m bench.train_relevance --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Writes `streams/classify/relevance_model.json`. Learns from what
`bench.training` reads (never from the third of the annotated releases that is held out), from the labelled leads
(`bench/data`) and, with little weight, from weak labels: a corpus release is a weak positive if its title names a
foreign state or an institution and its text goes on about them, a weak negative if it names none; what lies
between teaches nothing. Prints how much a five-fold cross-validation gets right of the annotated and own texts, by when the encoder is asked
and how much its opinion weighs; `streams.classify.relevance` holds what was chosen.
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
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.annotated_corpus import addresses
from bench.blind import blind_encoder
from bench.events_data import release_of
from bench.events_data import rows as leads
from bench.training import annotated, labelled, labelled_openings, labels, opened, own_texts
from streams.classify import relevance
from streams.classify.relevance_features import NAMES, is_institution
from streams.events.title import title_length
from streams.extract.entities import Names, find_entities
from streams.extract.sentences import split_sentences
from streams.records import CleanRelease

SEED, FOLDS = 7, 5
SAMPLES = {"releases.jsonl.gz": 1800, "releases-more.jsonl.gz": 4200}
# How much a text of each kind counts.
ANNOTATED, OWN, LABELLED, OPENING, LEAD, WEAK = 5.0, 4.0, 2.0, 0.5, 0.7, 0.05
STRENGTH, WORD_SCALE = 1.0, 0.3
SEEN = 10  # texts in which a word stands that is learned
SMALLEST = 0.02  # weight of a word that is kept
THRESHOLD = 0.45  # a diplomatic release taken for other loses all its events, the reverse only itself
DOUBTS, SECONDS = (0.0, 1.0, 2.0, 3.0), (0.3, 0.5, 0.8)  # tried for the encoder's opinion
LONG = 300  # words beyond which a single foreign name is chance
LONGEST = 6000  # characters of a corpus release
HOMES = {
    "en.kremlin.ru": "RUS",
    "www.president.gov.ua": "UKR",
    "The White House": "USA",
    "Ministry of Law": "SGP",
    "Prime Min": "AUS",
}
MODEL = Path(relevance.__file__).with_name(relevance.MODEL)


class Row(NamedTuple):
    """A text to learn from."""

    numbers: list[float]
    words: list[str]
    is_diplomatic: bool
    weight: float
    title: str
    told: float = 0.0  # odds that it is diplomatic, by an encoder that has not seen it


def row(release: CleanRelease, is_diplomatic: bool, weight: float) -> Row:
    sentences = split_sentences(release.text)
    numbers, words = relevance.evidence(release, sentences, find_entities(release, sentences))
    return Row(numbers, words, is_diplomatic, weight, release.text[:60])


def judged(release: CleanRelease, is_diplomatic: bool, weight: float) -> Row:
    """The same of a text on which cross-validation asks the encoder too."""
    told = relevance.second_opinion(release, split_sentences(release.text))
    return row(release, is_diplomatic, weight)._replace(told=told)


def weak_label(release: CleanRelease, home: str) -> bool | None:
    sentences = split_sentences(release.text)
    names = find_entities(release, sentences)
    count = title_length(sentences, release.title)
    title = sentences[count - 1].end_char if count else 0
    foreign, bodies = _abroad(names, home)
    if len(foreign) + len(bodies) >= 3 and any(at < title for at in [*foreign, *bodies]):
        return True
    alone = len(foreign) == 1 and len(release.text.split()) > LONG and foreign[0] >= title
    return False if not bodies and (not foreign or alone) else None


def _abroad(names: Names, home: str) -> tuple[list[int], list[int]]:
    """Where foreign states and where institutions are named."""
    kinds = {e.entity_id: (e.kind, e.country) for e in names.entities}
    named = [(m.start_char, *kinds[m.entity_id]) for m in names.mentions]
    foreign = [at for at, kind, country in named if kind == "country" and country != home]
    bodies = [at for at, kind, code in named if kind == "organization" and code and is_institution(code)]
    return foreign, bodies


def weak_rows(folder: Path) -> Iterator[Row]:
    known = labels().keys() | labelled_openings().keys() | addresses()
    for name, size in SAMPLES.items():
        with gzip.open(folder / name) as file:
            items = [json.loads(line) for line in file]
        for item in random.Random(SEED).sample(items, min(size, len(items))):
            publisher = f"{item.get('publisher') or ''} {item.get('url') or ''}"
            home = next((code for key, code in HOMES.items() if key in publisher), "LKA")
            title = str(item.get("title") or "")
            release = release_of("", title, item["text"][:LONGEST])
            if item["url"] in known or not split_sentences(release.text):
                continue
            label = weak_label(release, home)
            if label is not None:
                yield row(release, label, WEAK)


def judged_rows(golds: list[Path], texts: list[Path]) -> Iterator[Row]:
    """What a person labelled text by text, and cross-validation judges."""
    for example in annotated(golds, texts):
        yield judged(example.release, example.is_diplomatic, ANNOTATED)
    for is_diplomatic, title, text in own_texts():
        yield judged(release_of("", title, text), is_diplomatic, OWN)


def other_rows(corpus: Path) -> Iterator[Row]:
    for example in labelled(corpus):
        yield row(example.release, example.is_diplomatic, LABELLED)
    known = labels()
    for opening, release in opened(corpus):
        if opening["url"] not in known:
            yield row(release, opening["type"] != "NONE", OPENING)
    for lead in leads():
        if lead["headline"] and lead["lead"]:
            yield row(release_of("", lead["headline"], lead["lead"]), lead["type"] != "NONE", LEAD)
    yield from weak_rows(corpus)


class Fitted(NamedTuple):
    words: DictVectorizer
    mean: np.ndarray
    spread: np.ndarray
    model: LogisticRegression

    def likely(self, rows: list[Row]) -> np.ndarray:
        return self.model.predict_proba(design(rows, self.words, self.mean, self.spread))[:, 1]


def design(rows: list[Row], words: DictVectorizer, mean: np.ndarray, spread: np.ndarray) -> sparse.csr_matrix:
    numbers = (np.array([r.numbers for r in rows]) - mean) / spread
    hot = words.transform([dict.fromkeys(r.words, WORD_SCALE) for r in rows])
    return sparse.hstack([sparse.csr_matrix(numbers), hot]).tocsr()


def fit(rows: list[Row]) -> Fitted:
    often = Counter(w for r in rows for w in r.words)
    words = DictVectorizer().fit([{w: 1.0 for w, n in sorted(often.items()) if n >= SEEN}])
    numbers = np.array([r.numbers for r in rows])
    mean, spread = numbers.mean(0), numbers.std(0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(
        design(rows, words, mean, spread),
        [r.is_diplomatic for r in rows],
        sample_weight=[r.weight for r in rows],
    )
    return Fitted(words, mean, spread, model)


def cross_validate(rows: list[Row], others: list[Row]) -> None:
    z = np.zeros(len(rows))
    for fold in range(FOLDS):
        fitted = fit([r for n, r in enumerate(rows) if n % FOLDS != fold] + others)
        likely = fitted.likely(rows[fold::FOLDS])
        z[fold::FOLDS] = np.log(likely / (1 - likely))
    told, wanted = np.array([r.told for r in rows]), np.array([r.is_diplomatic for r in rows])
    for doubt in DOUBTS:
        for second in SECONDS if doubt else (0.0,):
            heard = np.where(abs(z) < doubt, z + second * told, z)
            right = (heard >= np.log(THRESHOLD / (1 - THRESHOLD))) == wanted
            print(
                f"encoder asked below {doubt}, weighing {second}: {(abs(z) < doubt).mean():.3f} asked", end=""
            )
            for weight, name in ((ANNOTATED, "annotated"), (OWN, "short texts of our own")):
                here = np.array([r.weight == weight for r in rows])
                print(f"; {name} {right[here].mean():.3f}, missed {(~right & wanted)[here].sum()}", end="")
            print()


def written(fitted: Fitted) -> dict[str, object]:
    coefficients = fitted.model.coef_[0]
    weights = coefficients[: len(NAMES)] / fitted.spread
    words = zip(fitted.words.get_feature_names_out(), coefficients[len(NAMES) :], strict=True)
    return {
        "features": list(NAMES),
        "weights": [round(float(w), 5) for w in weights],
        "words": {w: round(WORD_SCALE * float(c), 3) for w, c in words if abs(WORD_SCALE * c) >= SMALLEST},
        "bias": round(float(fitted.model.intercept_[0] - (weights * fitted.mean).sum()), 5),
        "threshold": THRESHOLD,
    }


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--gold", type=Path, action="append", required=True)
    ap.add_argument("--texts", type=Path, action="append", required=True)
    args = ap.parse_args()
    with blind_encoder():
        known = list(judged_rows(args.gold, args.texts))
    others = list(other_rows(args.corpus))
    cross_validate(known, others)
    fitted = fit(known + others)
    out = written(fitted)
    MODEL.write_text(json.dumps(out, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(known) + len(others)} texts, {MODEL.stat().st_size // 1024} KiB")
    for name, weight in zip(NAMES, fitted.model.coef_[0], strict=False):
        print(f"{name:28} {weight:7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
