"""Train what the beginning of a release suggests that it exists to report.

    python -m bench.train_outline --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Learns from the openings of annotated releases, from those of the
corpus that are labelled (`bench/openings_corpus.tsv`) and from the labelled leads of our own writing (`bench/data`), and writes `streams/events/outline_model.npz`. The third of the releases that is held out
is never looked at but to print how often the model is right.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bench.events_data import arguments, of_releases, openings
from bench.outline_model import model_of, packed
from streams.events import outline

MODEL = Path(outline.__file__).with_name(outline.MODEL)


def main() -> int:
    golds, texts, args = arguments(__doc__)
    data = openings(golds, texts, args.corpus)
    np.savez_compressed(MODEL, **packed(model_of(data)))
    print(f"{len(data)} openings, {MODEL.stat().st_size // 1024} KiB")
    outline.model.cache_clear()
    for number, gold in enumerate(golds):
        held = [*of_releases([gold], texts, held=True)]
        told = [(o, outline.suggestion(o.parts)) for o in held]
        right = [
            sum(max(t.types, key=lambda k: t.types[k]) == o.type for o, t in told),
            sum(max(t.forms, key=lambda k: t.forms[k]) == o.form for o, t in told),
        ]
        print(
            f"held out, folder {number}: {len(held)} openings, type {right[0] / len(held):.3f} form {right[1] / len(held):.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
