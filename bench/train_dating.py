"""Train which day is that of the main event, from annotated releases.

    python -m bench.train_dating --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scipy (not needed at run time). Writes `streams/events/dating_model.json`. A conditional logit: of all days that
title and lead name, and of naming none, that of the annotators should weigh most. Naming none is right where
they give no day, and where they give that of publication, which is taken then. The held-out third is looked
at for nothing but the figure that is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.blind import Blind
from bench.events_data import Document, arguments
from bench.one_of_many import Example, best, cross_validated, fit, gather, write
from bench.train_choice import DOUBLY, SINGLY
from streams.events import dating
from streams.events.contexts import within
from streams.events.reports import ask_of, main_of, page_of
from streams.events.text import readings_of, text_of
from streams.extract.dates import find_dates
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences

SMALLEST = 0.02
MODEL = Path(dating.__file__).with_name(dating.MODEL)


def example(doc: Document, event: Mapping[str, Any]) -> Example | None:
    sentences = split_sentences(doc.release.text)
    dates = find_dates(doc.release, sentences)
    text = text_of(doc.release, sentences, find_entities(doc.release, sentences), dates)
    readings = readings_of(text)
    main = main_of(text, page_of(text, readings))
    if main is None:
        return None
    ask = ask_of(text, main.reading, main, readings)
    days, wanted, around = dating.days(ask), event.get("start"), dating.contexts(ask)
    taken = ask.published if main.reading.status in {"occurred", "ongoing"} else None
    starts = [d.when.start for d in days]
    return Example(
        doc.annotation["id"],
        doc.folder,
        [
            within(around, dating.pieces_of_none(ask, len(days))),
            *(within(around, dating.pieces(ask, d)) for d in days),
        ],
        [wanted is None or wanted == taken, *(s == wanted for s in starts)],
        1 + starts.index(ask.ruled.start) if ask.is_dated and ask.ruled.start in starts else 0,
        wanted is not None,
        DOUBLY if doc.doubly else SINGLY,
    )


def report(title: str, data: Sequence[Example], taken: Sequence[int]) -> None:
    for folder in sorted({e.folder for e in data}):
        here = [(e, t) for e, t in zip(data, taken, strict=True) if e.folder == folder]
        ruled = sum(e.right[e.ruled] for e, _ in here) / len(here)
        print(
            f"{title} folder {folder}: rules {ruled:.3f}, weighed {sum(e.right[t] for e, t in here) / len(here):.3f}"
        )


def main() -> int:
    golds, texts, args = arguments(__doc__)
    data = gather(golds, texts, Blind(golds, texts, args.corpus), example)
    report("cross-validated", data, cross_validated(data))
    weights = fit(data)
    held = gather(golds, texts, None, example)
    report("held out", held, [best(weights, e) for e in held])
    print(f"{len(data)} releases; {write(MODEL, weights, SMALLEST)} pieces of evidence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
