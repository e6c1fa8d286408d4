"""Train the choice of the main event: weights of the evidence for each reading, from annotated releases.

    python -m bench.train_choice --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scipy (not needed at run time). Writes `streams/events/choice_model.json`. A conditional logit: of all
readings of a release those whose type and form are the annotated main event's should weigh most. The third
of the annotated releases that is held out (`bench.score_engine.is_held_out`) is never looked at.
Prints how often type and form are right in an eight-fold cross-validation, beside the rules alone.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.blind import Blind
from bench.events_data import arguments, documents, release_of, rows
from bench.events_data import page as events_page
from streams.events import choice
from streams.events.choice_rules import propose
from streams.events.page import Page
from streams.events.triggers import type_and_form

PRIOR, SEEN = 0.4, 2  # variance of a weight; in how many releases evidence must occur
# Releases with two annotators count most, labelled leads least: what each is worth to the others was cross-validated.
DOUBLY, SINGLY, LEAD = 3.0, 1.0, 0.3
FOLDS = 8
MODEL = Path(choice.__file__).with_name(choice.MODEL)


class Example(NamedTuple):
    """One release: the evidence of each candidate, which are right, and what the rules propose."""

    ident: str
    evidence: list[dict[str, float]]
    kinds: list[tuple[str, str]]
    wanted: tuple[str, str]
    proposed: tuple[str, str] | None
    trust: float  # how much the release counts

    @property
    def right(self) -> list[bool]:
        return [k == self.wanted for k in self.kinds]


def example(page: Page, ident: str, wanted: tuple[str, str], trust: float) -> Example:
    proposed = propose(page)
    found = choice.candidates(page, proposed)
    return Example(
        ident,
        choice.evidence(page, found, proposed),
        [type_and_form(r) for r in found],
        wanted,
        type_and_form(proposed.reading) if proposed else None,
        trust,
    )


def of_releases(golds: list[Path], texts: list[Path], blind: Blind | None) -> list[Example]:
    """The releases that are worked with, each judged by a wording model blind to it; without one, those held out."""
    found = []
    for doc in documents(golds, texts, held=blind is None):
        ident = doc.annotation["id"]
        main = next((e for e in doc.annotation["events"] if e["main"]), None)
        if main:
            with blind.to(ident) if blind else nullcontext():
                wanted = main["type"], main["form"]
                trust = DOUBLY if doc.doubly else SINGLY
                found.append(example(events_page(doc.release), ident, wanted, trust))
    return found


def of_leads(blind: Blind) -> list[Example]:
    """Labelled leads as short releases. How far rules are to be trusted is learned on whole releases only."""
    found = []
    for i, row in enumerate(rows()):
        if row["type"] == "NONE":
            continue
        ident = f"lead {i}"
        with blind.to(ident):
            told = example(
                events_page(release_of(ident, row["headline"], row["lead"])),
                ident,
                (row["type"], row["form"]),
                LEAD,
            )
        unruled = [{n: v for n, v in names.items() if "proposed" not in n} for names in told.evidence]
        found.append(told._replace(evidence=unruled))
    return found


def fit(data: list[Example], prior: float = PRIOR) -> dict[str, float]:
    """The weights that make the right readings likely, of this variance; what hardly occurs is left out."""
    data = [e for e in data if any(e.right)]
    seen = Counter(name for e in data for name in {n for names in e.evidence for n in names})
    names = sorted(n for n, count in seen.items() if count >= SEEN)
    column = {n: i for i, n in enumerate(names)}
    readings = [(g, row) for g, e in enumerate(data) for row in e.evidence]
    cells = [(v, i, column[n]) for i, (_, row) in enumerate(readings) for n, v in row.items() if n in column]
    much, at, columns = zip(*cells, strict=True)
    table = csr_matrix((much, (at, columns)), (len(readings), len(names)))
    across = table.T.tocsr()
    group = np.array([g for g, _ in readings])  # the release of each reading
    first = np.searchsorted(group, np.arange(len(data)))
    right = np.array([r for e in data for r in e.right], float)
    trust = np.array([e.trust for e in data])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = table @ w
        p = np.exp(z - np.maximum.reduceat(z, first)[group])
        p /= np.add.reduceat(p, first)[group]
        hit = np.add.reduceat(p * right, first) + 1e-12
        slope = across @ (trust[group] * (p - p * right / hit[group]))
        return float(w @ w / (2 * prior) - trust @ np.log(hit)), w / prior + slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {n: round(float(x), 3) for n, x in zip(names, found.x, strict=True) if abs(x) >= 0.0005}


def chosen(weights: dict[str, float], e: Example) -> tuple[str, str] | None:
    if not e.kinds:
        return e.proposed
    scores = [sum(weights.get(n, 0.0) * v for n, v in names.items()) for names in e.evidence]
    return e.kinds[choice.likeliest(e.kinds, scores)]


def cross_validated(
    data: list[Example], extra: list[Example]
) -> list[tuple[Example, tuple[str, str] | None]]:
    fold = {e.ident: hashlib.sha256(e.ident.encode()).digest()[1] % FOLDS for e in data}
    found = []
    for k in range(FOLDS):
        weights = fit([*extra, *(e for e in data if fold[e.ident] != k)])
        found += [(e, chosen(weights, e)) for e in data if fold[e.ident] == k]
    return found


def report(title: str, pairs: list[tuple[Example, tuple[str, str] | None]]) -> None:
    type_, form = (sum(bool(got) and got[i] == e.wanted[i] for e, got in pairs) / len(pairs) for i in (0, 1))
    print(f"{title:28} type {type_:.3f}  form {form:.3f}")


def main() -> int:
    golds, texts, args = arguments(__doc__)
    blind = Blind(golds, texts, args.corpus)
    data, extra = of_releases(golds, texts, blind), of_leads(blind)
    pairs = cross_validated(data, extra)
    print(
        f"{len(data)} releases; a right candidate exists in {sum(any(e.right) for e in data) / len(data):.3f}"
    )
    report("rules alone", [(e, e.proposed) for e in data])
    report("cross-validated", pairs)
    if args.errors:
        for e, got in pairs:
            if got != e.wanted:
                print(
                    f"  {e.ident}: {e.wanted}, got {got}, rules {e.proposed}",
                    "" if any(e.right) else "(no candidate)",
                )
    weights = fit([*extra, *data])
    held = of_releases(golds, texts, None)
    if held:
        report("held out, rules alone", [(e, e.proposed) for e in held])
        report("held out", [(e, chosen(weights, e)) for e in held])
    described = {"about": "weights of evidence for the main event; written by bench/train_choice.py"}
    MODEL.write_text(
        json.dumps({**described, "releases": len(data), "weights": weights}, indent=0) + "\n", "utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
