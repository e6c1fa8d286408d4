"""What speaks for a topic: its terms by place and weight, and what the release reports."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import log, log1p
from typing import Final

from msgspec import Struct, field

from streams.annotation import Report
from streams.classify.topics_lexicon import Hit, hits
from streams.closed_sets import TOPICS
from streams.extract.entities import Names
from streams.extract.sentences import Sentence

SHORTEST: Final = 150  # words
STRONGEST: Final = 3  # weight of a term that names its topic
NOWHERE: Final = 50
NEAR: Final = 12  # characters between an office and its holder
# Which forms of the main event suggest a topic.
SUGGESTED: Final = {
    "bilateral-relations": frozenset({"meeting", "call", "visit"}),
    "protocol": frozenset({"message", "credentials", "appointment"}),
    "treaties-law": frozenset({"signing"}),
    "humanitarian-aid": frozenset({"aid"}),
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
    "suggested",
    "suggested_of_two",
    "accused_terror",
    "accused_conflict",
    "statement_on_relations",
)


class Evidence(Struct):
    """The terms of one topic, added up."""

    title: float = 0.0
    lead: float = 0.0
    damped: float = 0.0  # the second mention of a term counts half, the third a third
    distinct: int = 0
    total: float = 0.0
    strongest: float = 0.0
    sentences: set[int] = field(default_factory=set)
    best: Hit | None = None

    @property
    def combined(self) -> float:
        return 3 * self.title + 1.5 * self.lead + self.damped

    def add(self, hit: Hit, weight: float, nth: int) -> None:
        """Add the `nth` mention of a term, whatever its place."""
        self.damped += weight / nth
        self.distinct += nth == 1
        self.total += weight
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


def ends_of(sentences: tuple[Sentence, ...], titles: int) -> tuple[int, int]:
    """Where title and lead end: the lead is the first paragraph of the body."""
    title = sentences[titles - 1].end_char if titles else 0
    paragraph = sentences[titles].paragraph
    lead = max(s.end_char for s in sentences if s.paragraph == paragraph)
    return title, lead


def collect(
    low: str, sentences: tuple[Sentence, ...], titles: int, rarity: Callable[[str, str], float]
) -> dict[str, Evidence]:
    """The evidence for each topic that has any."""
    title, lead = ends_of(sentences, titles)
    starts = [s.start_char for s in sentences]
    counts: Counter[tuple[str, str]] = Counter()
    found: dict[str, Evidence] = {}
    for hit in hits(low):
        weight = hit.weight / STRONGEST * rarity(hit.topic, hit.term)
        counts[hit.topic, hit.term] += 1
        evidence = found.get(hit.topic) or found.setdefault(hit.topic, Evidence())
        evidence.add(hit, weight, counts[hit.topic, hit.term])
        if hit.start < title:
            evidence.title += weight
        elif hit.start < lead:
            evidence.lead += weight
        if hit.weight > 1:
            evidence.sentences.add(bisect_right(starts, hit.start) - 1)
    return found


def _reported(topic: str, main: Report | None, sides: int) -> list[float]:
    if main is None:
        return [0.0] * 5
    suggested = main.form in SUGGESTED.get(topic, ())
    return [
        float(suggested),
        float(suggested and sides == 2),
        float(topic == "terrorism-crime" and main.type == "ACCUSE"),
        float(topic == "conflict-peace" and main.type in {"ACCUSE", "REQUEST", "RETREAT"}),
        float(topic == "bilateral-relations" and main.form in {"statement", "attack"}),
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
    order = {t: i for i, t in enumerate(sorted(found, key=lambda t: (-found[t].combined, t)))}
    sides = len({p.country for p in main.participants if p.country}) if main else 0
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
            *_reported(topic, main, sides),
        ]
        result.append((topic, row))
    return result
