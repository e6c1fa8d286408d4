"""How much the encoder's opinion should weigh where the choice of the main event is in doubt.

    python -m bench.second_opinion --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Prints for several weights how often type and form are right on the releases that are worked with, and how many are in
doubt; wording, outline and encoder are those that have not seen the release. The weights of the choice have,
so it doubts too seldom here. `streams.events.choice` holds what was chosen.
"""

from __future__ import annotations

import sys
import unittest.mock
from collections import Counter
from collections.abc import Iterator

from bench.blind import Blind
from bench.events_data import arguments, documents
from bench.events_data import page as events_page
from streams.events import choice
from streams.events.page import Page
from streams.events.triggers import type_and_form

WEIGHTS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.5)


def chosen(page: Page) -> Iterator[tuple[str, str]]:
    """Type and form of the main event by each weight."""
    for weight in WEIGHTS:
        with unittest.mock.patch.object(choice, "SECOND", weight):
            main = choice.choose(page)
        yield type_and_form(main.reading) if main else ("", "")


def main() -> int:
    golds, texts, args = arguments(__doc__)
    blind, right, count = Blind(golds, texts, args.corpus), Counter[tuple[float, int]](), 0
    for doc in documents(golds, texts):
        wanted = next((e for e in doc.annotation["events"] if e["main"]), None)
        if not wanted:
            continue
        with blind.to(doc.annotation["id"]):
            page = events_page(doc.release)
            found = choice.candidates(page, proposed := choice.propose(page))
            if not found or not choice.is_doubtful(found, choice.scores_of(page, found, proposed)):
                continue
            count += 1
            for weight, got in zip(WEIGHTS, chosen(page), strict=True):
                right.update(
                    [(weight, 0)] * (got[0] == wanted["type"]) + [(weight, 1)] * (got[1] == wanted["form"])
                )
    for weight in WEIGHTS:
        print(f"weight {weight}: of {count} in doubt type {right[weight, 0]}, form {right[weight, 1]} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
