"""Train where the main event was, from annotated releases.

    python -m bench.train_placing --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scipy (not needed at run time). Writes `streams/events/placing_model.json`. A conditional logit, as that of
days: of all places that title and lead name, and of naming none, that of the annotators should weigh most.
Prints how many are right, and of those that annotators name how many are found. The held-out third is looked at for
nothing but the figure that is printed.
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
from streams.events import placing
from streams.events.contexts import within
from streams.events.reports import main_of, page_of, scene_of
from streams.events.text import readings_of, text_of
from streams.events.triggers import type_and_form
from streams.extract.dates import find_dates
from streams.extract.entities import find_entities
from streams.extract.sentences import split_sentences
from tests.quality.score import norm

LEAN = placing.LEAN / 100
SMALLEST = 0.05
MODEL = Path(placing.__file__).with_name(placing.MODEL)


def example(doc: Document, event: Mapping[str, Any]) -> Example | None:
    sentences = split_sentences(doc.release.text)
    names = find_entities(doc.release, sentences)
    text = text_of(doc.release, sentences, names, find_dates(doc.release, sentences))
    main = main_of(text, page_of(text, readings_of(text)))
    if main is None:
        return None
    scene = scene_of(text, main.reading, main)
    ask = placing.ask_of(scene, *type_and_form(main.reading), text.titles)
    sites, around = placing.sites(ask), placing.contexts(ask)
    called = [{norm(m.surface) for m in names.mentions if m.entity_id == s.entity_id} for s in sites]
    for forms, site in zip(called, sites, strict=True):
        entity = text.cast.entities[site.entity_id]
        forms.update(map(norm, (entity.name, *entity.names)))
    wanted = event.get("place")
    return Example(
        doc.annotation["id"],
        doc.folder,
        [
            within(around, placing.pieces_of_none(ask, len(sites))),
            *(within(around, placing.pieces(ask, s, sites)) for s in sites),
        ],
        [wanted is None, *(wanted is not None and norm(wanted) in forms for forms in called)],
        next((1 + i for i, s in enumerate(sites) if s.entity_id == ask.ruled), 0),
        wanted is not None,
        DOUBLY if doc.doubly else SINGLY,
    )


def share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.3f}" if right else "-"


def report(title: str, data: Sequence[Example], taken: Sequence[int]) -> None:
    """Print what share is right, of those that annotators name what share is found, by rules and weighed."""
    for folder in sorted({e.folder for e in data}):
        here = [(e, t) for e, t in zip(data, taken, strict=True) if e.folder == folder]
        named = [(e, t) for e, t in here if e.is_named]
        print(
            f"{title} folder {folder}: right by rules {share([e.right[e.ruled] for e, _ in here])}, "
            f"weighed {share([e.right[t] for e, t in here])}; of those named found by rules "
            f"{share([e.right[e.ruled] for e, _ in named])}, weighed {share([e.right[t] for e, t in named])}; "
            f"of those told right {share([e.right[t] for e, t in here if t])}"
        )


def main() -> int:
    golds, texts, args = arguments(__doc__)
    data = gather(golds, texts, Blind(golds, texts, args.corpus), example)
    report("cross-validated", data, cross_validated(data, LEAN))
    weights = fit(data)
    held = gather(golds, texts, None, example)
    report("held out", held, [best(weights, e, LEAN) for e in held])
    print(f"{len(data)} releases; {write(MODEL, weights, SMALLEST)} pieces of evidence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
