"""Topics of a release, each with its score and the words that decided it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log
from operator import mul
from typing import Final, NamedTuple, cast

from msgspec.structs import replace

from streams.annotation import Report, TopicScore
from streams.classify.topics_features import FEATURES, STRONGEST, SUGGESTED, Evidence, blanked, collect, rows
from streams.classify.topics_lexicon import hits
from streams.classify.topics_words import Words, parsed, spoken
from streams.closed_sets import TOPICS, Topic
from streams.events.title import title_length
from streams.extract.dates import lowered
from streams.extract.entities import Names
from streams.extract.sentences import Sentence
from streams.records import CleanRelease

MODEL: Final = "topics_model.json"
MOST: Final = 6  # topics that a release is given
NOBODY: Final = Names((), ())
SMOOTH: Final = 5
SCALE: Final = 3
EVENT_MOST: Final = 3
CLEAR: Final = 2.0  # what plain words must say for a topic none of whose terms is found


class Model(NamedTuple):
    """A linear model for each topic, which share most of what they know, and how often each term occurs.

    `forms` and `types` hold what the form and the type of the main event say for each topic.
    """

    weights: Mapping[str, tuple[float, ...]]
    words: Words
    bias: Mapping[str, float]
    forms: Mapping[str, Mapping[str, float]]
    types: Mapping[str, Mapping[str, float]]
    threshold: float
    releases: int
    frequency: Mapping[str, int]


@cache
def model() -> Model:
    """The trained weights; raises ValueError if they are of other features than the code's."""
    data = json.loads(files("streams.classify").joinpath(MODEL).read_text(encoding="utf-8"))
    if tuple(data["features"]) != FEATURES or set(data["bias"]) != set(TOPICS):
        raise ValueError(f"{MODEL} was trained on other features: run `make train`")
    apart = data["apart"]
    return Model(
        {
            t: tuple(w + apart[t].get(f, 0.0) for f, w in zip(FEATURES, data["weights"], strict=True))
            for t in TOPICS
        },
        parsed(data["words"]),
        data["bias"],
        data["forms"],
        data["types"],
        data["threshold"],
        data["releases"],
        data["frequency"],
    )


@cache
def rarity(topic: str, term: str) -> float:
    """A term that every release uses says little."""
    trained = model()
    often = trained.frequency.get(f"{topic} {term}", 0)
    return log((trained.releases + SMOOTH) / (often + SMOOTH)) / SCALE


class Found(NamedTuple):
    """What speaks for each topic in a release, and its text in lower case without offices."""

    evidence: dict[str, Evidence]
    low: str


def evidence(
    release: CleanRelease, sentences: tuple[Sentence, ...], names: Names, main: Report | None
) -> Found:
    """What speaks for each topic in `release`."""
    low = blanked(release.text, lowered(release.text), names)
    return Found(collect(low, sentences, title_length(sentences, release.title), rarity, main), low)


def _prior(topic: str, main: Report | None) -> float:
    """What speaks for `topic` before the words do."""
    trained = model()
    form, kind = (main.form, main.type) if main else ("", "")
    return (
        trained.bias[topic]
        + trained.forms.get(topic, {}).get(form, 0.0)
        + trained.types.get(topic, {}).get(kind, 0.0)
    )


def find_topics(
    release: CleanRelease,
    sentences: tuple[Sentence, ...],
    names: Names = NOBODY,
    reports: Sequence[Report] = (),
) -> tuple[TopicScore, ...]:
    """Rank the topics of `release`, strongest first; the strongest always, others only if likely."""
    if not sentences:
        return ()
    main = next((r for r in reports if r.main), None)
    found, low = evidence(release, sentences, names, main)
    trained = model()
    scored = []
    form = main.form if main else ""
    said = spoken(low, trained.words)
    likely = [t for t in TOPICS if t in found or form in SUGGESTED.get(t, ()) or said[t] > CLEAR]
    for topic, row in rows(found, release.text.count(" ") + 1, len(sentences), main, likely):
        z = _prior(topic, main) + said[topic] + sum(map(mul, trained.weights[topic], row))
        scored.append((1 / (1 + exp(-z)), topic))
    scored.sort(key=lambda s: (-s[0], s[1]))
    chosen = [s for i, s in enumerate(scored[:MOST]) if s[0] >= trained.threshold or i == 0]
    result = []
    for rank, (score, topic) in enumerate(chosen, start=1):
        best = found.get(topic, Evidence()).best
        result.append(
            TopicScore(
                topic=cast("Topic", topic),
                score=round(score, 4),
                rank=rank,
                start_char=best.start if best else None,
                end_char=best.end if best else None,
            )
        )
    return tuple(result)


def with_topics(report: Report, topics: Sequence[TopicScore]) -> Report:
    """`report` with the topics of its release that the sentence of its quote speaks of."""
    allowed = {t.topic for t in topics}
    weights: dict[str, float] = {}
    best: dict[str, tuple[int, int]] = {}
    for hit in hits(lowered(report.quote)):
        if hit.topic in allowed:
            weights[hit.topic] = weights.get(hit.topic, 0.0) + hit.weight / STRONGEST * rarity(
                hit.topic, hit.term
            )
            best.setdefault(hit.topic, (hit.start + report.start_char, hit.end + report.start_char))
    order = sorted(weights, key=lambda t: (-weights[t], t))[:EVENT_MOST]
    found = tuple(
        TopicScore(cast("Topic", t), round(1 - exp(-weights[t]), 4), rank, *best[t])
        for rank, t in enumerate(order, start=1)
    )
    return replace(report, topics=found)
