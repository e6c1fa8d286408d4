"""Train whom a person represents where neither text nor vocabularies say, from annotated releases.

    python -m bench.train_person_states --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs scipy (not needed at run time). Writes `streams/extract/person_states_model.json`: weights of a conditional logit
over the parties that a release names, and the words and endings of the names that persons of each bear. The names
are those of annotated releases, of leaders (`streams/vocabulary/leaders.tsv`) and of persons of the corpus whose party their
release says beside the name. What a release itself says of a name is not known when it is learned from. Prints what
share is right, by rules and weighed, of all and of those that annotators give a party. The held-out third is looked
at for nothing but the figure that is printed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.annotated_corpus import addresses, releases
from bench.events_data import Document, arguments, documents
from bench.one_of_many import Example, best, cross_validated, fit
from bench.train_choice import DOUBLY, SINGLY
from bench.train_placing import report
from bench.training import release_of_corpus
from streams.clean import clean
from streams.extract import person_states
from streams.extract.folding import normal
from streams.extract.name_states import Borne, leans, pieces_of
from streams.extract.offices import find_offices
from streams.extract.people import company_of
from streams.extract.person_states import NONE, Group, Stage, candidates, evidence, stage_of
from streams.extract.persons import find_persons
from streams.extract.sentences import split_sentences
from streams.extract.tables import split, table
from streams.extract.units import split_units
from streams.records import CleanRelease
from tests.quality import score

PRIOR = 0.1  # variance of a weight; .4, .2 and .05 were no better in cross-validation
SMALLEST = 0.05
FEWEST = 2  # persons by whom a piece of a name is known
LONGEST = 20_000  # characters of a release of the corpus that is read
MODEL = Path(person_states.__file__).with_name(person_states.MODEL)


class Named(NamedTuple):
    """A person whose party is known."""

    name: str
    party: str


class Names:
    """Who bears which name: each name and party once, with the annotated releases that say so."""

    def __init__(self) -> None:
        self.sources: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.persons: Counter[str] = Counter()
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, person: Named, source: str = "") -> None:
        key = normal(person.name), person.party
        if key not in self.sources:
            self.persons[person.party] += 1
            for piece in _pieces(person.name):
                self.counts[piece][person.party] += 1
        self.sources[key].add(source)

    def without(self, source: str) -> Borne:
        """What is known of names without what only this release says."""
        own: dict[str, Counter[str]] = defaultdict(Counter)
        for name, party in (key for key, sources in self.sources.items() if sources == {source}):
            for piece in _pieces(name):
                own[piece][party] += 1
        return lambda piece: self._known(piece, own)

    def _known(self, piece: str, own: Mapping[str, Counter[str]]) -> Mapping[str, int]:
        known = self.counts.get(piece, Counter())
        known = known - own[piece] if piece in own else known
        return known if known.total() >= FEWEST else {}

    def stored(self) -> dict[str, dict[str, int]]:
        return {
            piece: dict(sorted(by.items()))
            for piece, by in sorted(self.counts.items())
            if by.total() >= FEWEST
        }


def _pieces(name: str) -> list[str]:
    words, endings = pieces_of(name)
    return [*words, *endings]


def company(release: CleanRelease) -> Stage:
    u = split_units(release.text, split_sentences(release.text))
    offices = find_offices(u)
    return stage_of(u, *company_of(u, find_persons(u, offices), offices, release.publisher_country))


def of_corpus(corpus: Path) -> Iterator[Named]:
    """Persons of releases that nobody annotated whose party stands beside their name."""
    annotated = addresses()
    for item in releases(corpus):
        if item["url"] not in annotated and len(item["text"] or "") < LONGEST:
            told = company(clean(release_of_corpus(item))).groups
            yield from (Named(g.name, g.standing.said) for g in told if g.standing.said)


def of_annotations(docs: Sequence[Document]) -> Iterator[tuple[str, Named]]:
    for doc in docs:
        for person in doc.annotation.get("people", []):
            if isinstance(person, dict) and person.get("country") and " " in person["name"]:
                yield doc.annotation["id"], Named(person["name"], person["country"])


def names_of(docs: Sequence[Document], corpus: Path) -> Names:
    found = Names()
    for party, leaders in table("leaders.tsv"):
        for leader in split(leaders):
            found.add(Named(leader, party))
    for person in of_corpus(corpus):
        found.add(person)
    for source, person in of_annotations(docs):
        found.add(person, source)
    return found


def unsettled(stage: Stage, doc: Document) -> Iterator[tuple[Group, str]]:
    """The persons whose party nothing says, each with the one that the annotators give, or none."""
    gold = [e for e in score.gold_reading(doc.annotation).entities if e.kind == "person"]
    forms = [{score.norm(stage.u.surface(p.first, p.last)) for p in g.persons} for g in stage.groups]
    mine = [score.Entity("person", f, g.ruled) for f, g in zip(forms, stage.groups, strict=True)]
    known = {id(found): person.country for person, found in score.pair(gold, mine, score.entity_match)}
    for group, entity in zip(stage.groups, mine, strict=True):
        if not group.settled and id(entity) in known:
            yield group, known[id(entity)] or NONE


def examples(docs: Sequence[Document], names: Names) -> Iterator[Example]:
    for doc in docs:
        stage, borne = company(doc.release), names.without(doc.annotation["id"])
        for group, wanted in unsettled(stage, doc):
            codes = candidates(stage, group)
            told = leans(group.name, codes[1:], borne, names.persons)
            yield Example(
                doc.annotation["id"],
                doc.folder,
                evidence(stage, group, codes, told),
                [c == wanted for c in codes],
                codes.index(group.ruled) if group.ruled in codes else 0,
                bool(wanted),
                DOUBLY if doc.doubly else SINGLY,
            )


def written(told: Mapping[str, Any]) -> str:
    """A part of the model, a line for each entry."""
    lines = (f"{json.dumps(name)}: {json.dumps(x, separators=(',', ':'))}" for name, x in told.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def write(weights: Mapping[str, float], names: Names) -> str:
    """Write the model; returns how much it holds."""
    kept = {n: round(w, 2) for n, w in weights.items() if abs(w) >= SMALLEST}
    stored, persons = names.stored(), dict(sorted(names.persons.items()))
    parts = {"weights": kept, "names": stored, "persons": persons}
    MODEL.write_text(
        "{\n" + ",\n".join(f'"{name}": {written(told)}' for name, told in parts.items()) + "\n}\n", "utf-8"
    )
    return f"{len(kept)} pieces of evidence, {len(stored)} pieces of names of {names.persons.total()} persons"


def main() -> int:
    golds, texts, args = arguments(__doc__)
    docs = list(documents(golds, texts))
    names = names_of(docs, args.corpus)
    data = list(examples(docs, names))
    report("cross-validated", data, cross_validated(data, prior=PRIOR))
    weights = fit(data, PRIOR)
    held = list(examples(list(documents(golds, texts, held=True)), names))
    report("held out", held, [best(weights, e) for e in held])
    print(f"{len(data)} persons of {len(docs)} releases; {write(weights, names)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
