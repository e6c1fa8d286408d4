"""Train how the wording of a sentence suggests the type and form of its event, on leads of our own writing.

    python -m bench.train_wording [--gold DIR ... --texts DIR ...]

Needs scikit-learn (not needed at run time). Reads `bench/data/leads_*.tsv` (headline and lead, labelled) and writes
`streams/events/wording_model.json`. With annotated releases given, prints how often the model is right on the
sentences that state their main events; it never learns from those.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.score_engine import is_held_out, raw_of
from streams.clean import clean
from streams.events import wording
from streams.extract.dates import find_dates, lowered
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences
from streams.records import CleanRelease

DATA = Path(__file__).parent / "data"
MODEL = Path(wording.__file__).with_name(wording.MODEL)
STRENGTH, SMALLEST, SEEN = 2.0, 0.05, 2
Example = tuple[list[str], str, str]  # words, type, form


def words_of(text: str) -> list[str]:
    release = CleanRelease(
        schema_version=1,
        release_id="",
        source_id="",
        source_ref="",
        content_hash="",
        fetched_at="",
        text=text,
    )
    sentences = split_sentences(text)
    masks = wording.masks_of(find_entities(release, sentences), find_dates(release, sentences))
    return wording.masked(lowered(text), 0, len(text), masks)


def rows() -> list[dict[str, str]]:
    """The labelled leads: type, form, status, headline (may be empty) and lead."""
    found: list[dict[str, str]] = []
    for file in sorted(DATA.glob("leads_*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return found


def leads(labelled: list[dict[str, str]]) -> Iterator[Example]:
    """Headline and first sentences of each labelled lead, as examples of their own."""
    for row in labelled:
        none = row["type"] == "NONE"
        kind, form = (wording.NONE, wording.NONE) if none else (row["type"], row["form"])
        yield from ((words_of(row[part]), kind, form) for part in ("headline", "lead") if row[part])


def stated(golds: list[Path], texts: list[Path], *, held: bool) -> Iterator[Example]:
    """The sentences of annotated releases that state their main events."""
    paths = {p.stem: p for folder in texts for p in folder.glob("*.txt")}
    for file in sorted(f for g in golds for f in g.glob("*.json")):
        doc = json.loads(file.read_text("utf-8"))
        main = next((e for e in doc.get("events", []) if e["main"]), None)
        if main is None or is_held_out(doc["id"]) != held:
            continue
        text = clean(raw_of(paths[doc["id"]])).text
        for s in split_sentences(text):
            if " ".join(main["quote"].split())[:60] in " ".join(s.text.split()):
                yield words_of(s.text), main["type"], main["form"]


def fit(data: list[Example], index: int) -> tuple[LogisticRegression, DictVectorizer]:
    seen = Counter(t for words, *_ in data for t in wording.terms(words))
    kept = [{t: 1.0 for t in wording.terms(words) if seen[t] >= SEEN} for words, *_ in data]
    vectors = DictVectorizer()
    trained = LogisticRegression(C=STRENGTH, max_iter=200)
    trained.fit(vectors.fit_transform(kept), [example[index] for example in data])
    return trained, vectors


def model_of(data: list[Example]) -> dict[str, object]:
    weights: dict[str, list[int]] = {}
    labels: list[str] = []
    bias: list[float] = []
    for index in (1, 2):
        trained, vectors = fit(data, index)
        first = len(labels)
        labels += [str(c) for c in trained.classes_]
        bias += [round(float(b), 3) for b in trained.intercept_]
        for term, column in vectors.vocabulary_.items():
            for i, w in enumerate(trained.coef_[:, column]):
                if abs(w) >= SMALLEST:
                    weights.setdefault(term, []).extend((first + i, round(100 * float(w))))
        types = first or len(labels)
    return {"labels": labels, "types": types, "bias": bias, "weights": dict(sorted(weights.items()))}


def show(title: str, data: list[Example]) -> None:
    right = Counter[str]()
    for words, kind, form in data:
        found = wording.suggestion(words)
        for name, likely, wanted in (("type", found.types, kind), ("form", found.forms, form)):
            best = max((x for x in likely if x != wording.NONE), key=lambda x: likely[x])
            right[name] += best == wanted
    print(
        f"{title:12} {len(data)} sentences: type {right['type'] / len(data):.3f} form {right['form'] / len(data):.3f}"
    )


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=Path, action="append", default=[])
    ap.add_argument("--texts", type=Path, action="append", default=[])
    args = ap.parse_args()
    data = list(leads(rows()))
    MODEL.write_text(json.dumps(model_of(data), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(data)} examples, {MODEL.stat().st_size // 1024} KiB")
    for part in ("work", "held") if args.gold else ():
        show(part, list(stated(args.gold, args.texts, held=part == "held")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
