"""Whether a release is diplomacy at all, and of which genre."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp
from operator import mul
from typing import Final, NamedTuple

from streams.classify.relevance_features import NAMES, features, head_words
from streams.closed_sets import Genre, ReleaseKind
from streams.events.title import heading_length, title_length
from streams.events.wording import NONE
from streams.extract.dates import lowered
from streams.extract.entities import Names
from streams.extract.sentences import Sentence
from streams.opening.encoder import impression, odds
from streams.opening.parts import spans
from streams.records import CleanRelease

MODEL: Final = "relevance_model.json"
READOUT: Final = re.compile(
    r"\b(?:readout|meets?|met|meeting|talks|call|conversation|receives?|received|visit|bilateral|consultations)\b"
)
STATEMENT: Final = re.compile(
    r"\b(?:statement|condemns?|welcomes?|declaration|message|condolences?|congratulat\w+|concern|response|comments?)\b"
)
JOINT: Final = re.compile(
    r"\b(?:joint|trilateral|leaders['’]?) (?:press )?(?:statement|communiqu[ée]|declaration)|\bcommuniqu[ée]\b"
)
REMARKS: Final = re.compile(
    r"\b(?:remarks|speech|address|transcript|press conference|interview|toast|keynote|opening words|intervention)\b"
)
NOTICE: Final = re.compile(
    r"\b(?:to visit|will visit|upcoming|agenda|advisory|schedule|programme of|announces?|notice|to attend|to meet|to host|media advisory|travel to)\b"
)
FILED: Final = re.compile(r"^[A-ZÀ-Ý][A-ZÀ-Ý' .,/-]{2,40}(?:,[^.\n]{0,40})?(?:\.|[-–—:])\s")
AGENCY: Final = re.compile(
    r"\b(?:reuters|tass|xinhua|afp|trend|kazinform|azertac|aki|wam|spa|qna|kuna|bna|ona|anadolu agency|ians|pti|apa|interfax|ria novosti|yonhap|kyodo|antara|bernama|vna|tap|aps|map|mena|petra|nna|sana|irna|news agency)\b(?: reports?| correspondent|\)|\s[-–—]|/)"
)
PLAIN_LEAD: Final = 400
DOUBT: Final = 2.0  # between odds of 1 to 7 and of 7 to 1 the encoder of openings is asked too
SECOND: Final = 0.5  # what its odds weigh (`bench/train_relevance.py` prints what others bring)


class Model(NamedTuple):
    weights: tuple[float, ...]
    words: Mapping[str, float]
    bias: float
    threshold: float


@cache
def model() -> Model:
    """The trained weights; raises ValueError if they are of other features than the code's."""
    data = json.loads(files("streams.classify").joinpath(MODEL).read_text(encoding="utf-8"))
    if tuple(data["features"]) != NAMES:
        raise ValueError(f"{MODEL} was trained on other features: run `make train`")
    return Model(tuple(data["weights"]), data["words"], data["bias"], data["threshold"])


def evidence(
    release: CleanRelease, sentences: tuple[Sentence, ...], names: Names
) -> tuple[list[float], list[str]]:
    """What the model weighs: one number for each of `NAMES`, and the words of title and lead."""
    count = title_length(sentences, release.title)
    title = sentences[count - 1].end_char if count else 0
    home = release.publisher_country or names.issuer_country
    row = features(release.text, title, names, home, sentences=sentences)
    body = sentences[min(count, len(sentences) - 1)].start_char if sentences else 0
    return row, head_words(lowered(release.text), title, body, names)


def second_opinion(release: CleanRelease, sentences: tuple[Sentence, ...]) -> float:
    """The odds that `release` is diplomacy, by the encoder of openings; above 0 where it is likely."""
    told = impression(release.text, spans(sentences, heading_length(sentences, release.title)))
    return odds(1 - told.types[NONE])


def relevance(release: CleanRelease, sentences: tuple[Sentence, ...], names: Names) -> float:
    """How likely it is that `release` is diplomacy, 0 to 1."""
    row, words = evidence(release, sentences, names)
    trained = model()
    z = trained.bias + sum(map(mul, trained.weights, row)) + sum([trained.words.get(w, 0.0) for w in words])
    if sentences and abs(z) < DOUBT:
        z += SECOND * second_opinion(release, sentences)
    return 1 / (1 + exp(-z))


def find_genre(release: CleanRelease, sentences: tuple[Sentence, ...]) -> Genre:
    """The genre by title and lead: an agency's dateline first, then the words of the title."""
    if not sentences:
        return "other"
    count = title_length(sentences, release.title)
    head = release.text[: sentences[max(count - 1, 0)].end_char].lower()
    lead = release.text[sentences[min(count, len(sentences) - 1)].start_char :][:PLAIN_LEAD]
    if FILED.match(lead) or AGENCY.search(lead.lower()):
        return "agency_report"
    by_title: tuple[tuple[Genre, re.Pattern[str]], ...] = (
        ("joint_statement", JOINT),
        ("remarks", REMARKS),
        ("notice", NOTICE),
        ("readout", READOUT),
        ("statement", STATEMENT),
    )
    for genre, pattern in by_title:
        if pattern.search(head):
            return genre
    return next((genre for genre, pattern in by_title[3:] if pattern.search(lead.lower())), "other")


def find_kind(
    release: CleanRelease, sentences: tuple[Sentence, ...], names: Names
) -> tuple[ReleaseKind, Genre]:
    """Tell diplomacy from domestic news, navigation pages and adverts."""
    diplomatic = relevance(release, sentences, names) >= model().threshold
    return "diplomatic" if diplomatic else "other", find_genre(release, sentences)
