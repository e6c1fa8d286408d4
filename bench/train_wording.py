"""Train how the wording of a sentence suggests the type and form of its event.

    python -m bench.train_wording --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scikit-learn (not needed at run time). Learns from the labelled leads of our own writing (`bench/data`) and from
the sentences of annotated releases, and writes `streams/events/wording_model.npz`. The third of the releases that is
held out is never looked at but to print how often the model is right on the sentences that state their events.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np

from bench.events_data import Statement, arguments, documents, of_document, statements
from bench.wording_model import model_of
from streams.events import wording

MODEL = Path(wording.__file__).with_name(wording.MODEL)


def show(title: str, data: list[Statement]) -> None:
    right = Counter[str]()
    for s in data:
        found = wording.suggestion(s.words)
        for name, likely, wanted in (("type", found.types, s.type), ("form", found.forms, s.form)):
            best = max((x for x in likely if x != wording.NONE), key=lambda x: likely[x])
            right[name] += best == wanted
    print(
        f"{title:24} {len(data)} sentences: type {right['type'] / len(data):.3f} form {right['form'] / len(data):.3f}"
    )


def main() -> int:
    golds, texts, _ = arguments(__doc__)
    data = statements(golds, texts)
    np.savez_compressed(MODEL, **model_of(data).stored())
    print(f"{len(data)} sentences, {MODEL.stat().st_size // 1024} KiB")
    held = [s for d in documents(golds, texts, held=True) for s in of_document(d) if s.type != wording.NONE]
    show("held out, main events", [s for s in held if s.main])
    show("held out, other events", [s for s in held if not s.main])
    return 0


if __name__ == "__main__":
    sys.exit(main())
