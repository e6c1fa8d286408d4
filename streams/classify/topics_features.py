"""What speaks for a topic: its terms by place and weight, and what the release reports."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import log, log1p, sqrt
from typing import Final, NamedTuple

from streams.annotation import Report
from streams.classify.topics_lexicon import Hit, hits
from streams.closed_sets import TOPICS
from streams.extract.countries import common_names
from streams.extract.entities import Names
from streams.extract.sentences import Sentence

SHORTEST: Final = 150  # words
STRONGEST: Final = 3  # weight of a term that names its topic
NOWHERE: Final = 50
PAIR: Final = 2  # sides
REPORTED: Final = 10  # features of the main event
NEAR: Final = 12  # characters between an office and its holder
# Which forms of the main event suggest a topic.
SUGGESTED: Final = {
    "bilateral-relations": frozenset({"meeting", "call", "visit", "negotiation"}),
    "protocol": frozenset({"message", "credentials", "appointment"}),
    "treaties-law": frozenset({"signing"}),
    "humanitarian-aid": frozenset({"aid"}),
    "development": frozenset({"aid"}),
    "multilateral-cooperation": frozenset({"summit", "conference"}),
    "sanctions": frozenset({"sanctions"}),
}
FEATURES: Final = (
    "in_title",
    "in_lead",
    "damped",
    "share",
    "relative",
    "distinct",
    "density",
    "rank",
    "is_in_title",
    "is_in_lead",
    "first",
    "among_three",
    "absent",
    "length",
    "combined_share",
    "strongest",
    "coverage",
    "sentences",
    "early",
    "in_first_sentence",
    "in_quote",
    "focused",
    "focused_share",
    "strong",
    "alone",
    "densest_sentence",
    "suggested",
    "suggested_of_two",
    "accused_terror",
    "accused_conflict",
    "statement_on_relations",
    "body_multilateral",
    "many_multilateral",
    "body_bilateral",
    "two_bilateral",
    "union_integration",
)


class Places(NamedTuple):
    """Where title, first sentence and lead (the first paragraph of the body) end, and where the main event stands."""

    title: int
    first: int
    lead: int
    quote: tuple[int, int]


@dataclass(slots=True)
class Evidence:
    """The terms of one topic, added up."""

    title: float = 0.0
    lead: float = 0.0
    damped: float = 0.0  # the second mention of a term counts half, the third a third
    distinct: int = 0
    total: float = 0.0
    strongest: float = 0.0
    first: float = 0.0  # in the first sentence of the body
    quote: float = 0.0  # in the sentence that states the main event
    focused: float = 0.0  # damped, and divided among the topics of a sentence that names many
    strong: int = 0  # distinct terms that name the topic
    alone: int = 0  # terms in sentences that speak of no other topic
    sentences: set[int] = field(default_factory=set)
    by_sentence: dict[int, float] = field(default_factory=dict)
    best: Hit | None = None

    @property
    def combined(self) -> float:
        return 3 * self.title + 1.5 * self.lead + self.damped + self.quote

    def add(self, hit: Hit, weight: float, *, nth: int, sentence: int, topics: int, places: Places) -> None:
        """Add a term, the `nth` of its kind, in a sentence that speaks of so many `topics`."""
        at = hit.start
        if at < places.title:
            self.title += weight
        elif at < places.lead:
            self.lead += weight
            self.first += weight * (at < places.first)
        if places.quote[0] <= at < places.quote[1]:
            self.quote += weight
        self.total += weight
        self.damped += weight / nth
        self.focused += weight / nth / sqrt(topics)
        self.by_sentence[sentence] = self.by_sentence.get(sentence, 0.0) + weight
        if nth == 1:
            self.distinct += 1
            self.strong += hit.weight == STRONGEST
        if hit.weight > 1:
            self.sentences.add(sentence)
            self.alone += topics == 1
        if self.best is None or weight > self.strongest:
            self.best = hit
        self.strongest = max(self.strongest, weight)


def blanked(text: str, low: str, names: Names) -> str:
    """`low` without the offices of persons: a Minister of Transport is no talk of transport."""
    spans = []
    for m in names.mentions:
        if m.office:
            at = text.find(
                m.office,
                max(0, m.start_char - len(m.office) - NEAR),
                m.end_char + len(m.office) + NEAR,
            )
            if at >= 0:
                spans.append((at, at + len(m.office)))
    kept, done = [], 0
    for start, end in sorted(spans):
        kept += [low[done:start], "\x00" * (end - max(start, done))]
        done = max(done, end)
    return "".join([*kept, low[done:]])


def places_of(sentences: tuple[Sentence, ...], titles: int, main: Report | None) -> Places:
    body = sentences[min(titles, len(sentences) - 1)]
    return Places(
        title=sentences[titles - 1].end_char if titles else 0,
        first=body.end_char,
        lead=max(s.end_char for s in sentences if s.paragraph == body.paragraph),
        quote=(main.start_char, main.end_char) if main else (-1, -1),
    )


def _topics_by_sentence(found: Sequence[Hit], starts: Sequence[int]) -> dict[int, set[str]]:
    topics: dict[int, set[str]] = {}
    for hit in found:
        if hit.weight > 1:
            topics.setdefault(bisect_right(starts, hit.start) - 1, set()).add(hit.topic)
    return topics


def collect(
    low: str,
    sentences: tuple[Sentence, ...],
    titles: int,
    rarity: Callable[[str, str], float],
    main: Report | None = None,
) -> dict[str, Evidence]:
    """The evidence for each topic that has any."""
    places = places_of(sentences, titles, main)
    starts = [s.start_char for s in sentences]
    counts: Counter[tuple[str, str]] = Counter()
    found: dict[str, Evidence] = {}
    all_hits = tuple(hits(low))
    by_sentence = _topics_by_sentence(all_hits, starts)
    for hit in all_hits:
        weight = hit.weight / STRONGEST * rarity(hit.topic, hit.term)
        counts[hit.topic, hit.term] += 1
        where = bisect_right(starts, hit.start) - 1
        if hit.topic not in found:
            found[hit.topic] = Evidence()
        found[hit.topic].add(
            hit,
            weight,
            nth=counts[hit.topic, hit.term],
            sentence=where,
            topics=max(1, len(by_sentence.get(where, ()))),
            places=places,
        )
    return found


def _reported(topic: str, main: Report | None, codes: frozenset[str]) -> list[float]:
    """What the main event, in which parties of these codes take part, says of a topic."""
    if main is None:
        return [0.0] * REPORTED
    bodies, sides = len(codes - common_names().keys()), len(codes)
    suggested = main.form in SUGGESTED.get(topic, ())
    return [
        float(suggested),
        float(suggested and sides == PAIR),
        float(topic == "terrorism-crime" and main.type == "ACCUSE"),
        float(topic == "conflict-peace" and main.type in {"ACCUSE", "REQUEST", "RETREAT"}),
        float(topic == "bilateral-relations" and main.form in {"statement", "attack"}),
        float(topic == "multilateral-cooperation" and bodies > 0),
        float(topic == "multilateral-cooperation" and sides > PAIR),
        float(topic == "bilateral-relations" and bodies > 0),
        float(topic == "bilateral-relations" and sides == PAIR and not bodies),
        float(topic == "integration-enlargement" and "EU" in codes),
    ]


def rows(
    found: dict[str, Evidence],
    words: int,
    sentences: int,
    main: Report | None,
    topics: Iterable[str] = TOPICS,
) -> Sequence[tuple[str, list[float]]]:
    """For each of `topics` its features, in the order of `FEATURES`."""
    length = max(SHORTEST, words)
    total = sum(e.damped for e in found.values()) or 1.0
    most = max((e.damped for e in found.values()), default=1.0) or 1.0
    combined = sum(e.combined for e in found.values()) or 1.0
    focused = sum(e.focused for e in found.values()) or 1.0
    order = {t: i for i, t in enumerate(sorted(found, key=lambda t: (-found[t].combined, t)))}
    codes = frozenset(p.country for p in main.participants if p.country) if main else frozenset()
    result = []
    for topic in topics:
        e = found.get(topic) or Evidence()
        rank = order.get(topic, NOWHERE)
        row = [
            min(e.title, 2.0),
            min(e.lead, 3.0),
            log1p(e.damped),
            e.damped / total,
            e.damped / most,
            log1p(e.distinct),
            100 * e.total / length,
            1 / (1 + rank),
            float(e.title > 0),
            float(e.lead > 0),
            float(rank < 1),
            float(rank < 3),
            float(not e.distinct),
            log(length / SHORTEST),
            e.combined / combined,
            e.strongest,
            len(e.sentences) / max(1, sentences),
            log1p(len(e.sentences)),
            1 / (1 + min(e.sentences, default=NOWHERE)),
            min(e.first, 2.0),
            min(e.quote, 2.0),
            log1p(e.focused),
            e.focused / focused,
            log1p(e.strong),
            log1p(e.alone),
            min(3.0, max(e.by_sentence.values(), default=0.0)),
            *_reported(topic, main, codes),
        ]
        result.append((topic, row))
    return result
