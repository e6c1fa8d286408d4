"""How a sentence is worded: which type and form of event its words suggest, by a trained linear model.

Names give way to what they are (a person, a country, an organisation, a day, a figure), so that the
wording counts and not who is in it. The model is a softmax over types and one over forms, each with
`none` for a sentence that reports no event; `bench/train_wording.py` trains it. It knows words also
by their kin and by those that stand among the same words in other releases (`bench/wording_model.py`).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, chain, islice, pairwise, repeat
from math import exp, sqrt
from operator import attrgetter
from sys import intern
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from streams.annotation import DateMention
from streams.extract.entities import Names

MODEL: Final = "wording_model.npz"
WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+|[“”\"]")
FIRST: Final = 3  # words of a sentence that count as its first
LONGEST: Final = 45  # words of a sentence that are read: what it reports stands at its beginning
NONE: Final = "none"
ADJECTIVE: Final = "<adj>"
DAY: Final = "<day>"
AT_FIRST: Final = "^"  # before a word among the first
STEM: Final = "~"  # before a stem
NOTHING: Final[dict[str, int]] = {}
ENDINGS: Final = re.compile(
    r"(?<=\w{4})(?:ations|ation|ingly|ments|ment|ings|ing|edly|ies|ied|ions|ion|ers|er|ed|es|s|ly|e|y)$"
)
MASKS: Final = {
    "person": "<per>",
    "organization": "<org>",
    "country": "<cty>",
    "region": "<plc>",
    "place": "<plc>",
    "agreement": "<agr>",
    "initiative": "<agr>",
}


class Mask(NamedTuple):
    """A span that counts as one word."""

    start: int
    end: int
    word: str


def masks_of(names: Names, dates: Sequence[DateMention]) -> list[Mask]:
    """What stands for names and days, in order of the text and without overlap."""
    kinds = {e.entity_id: MASKS[e.kind] for e in names.entities}
    spans = [
        Mask(m.start_char, m.end_char, ADJECTIVE if m.use == "adjective" else kinds[m.entity_id])
        for m in names.mentions
        if m.use != "title"
    ]
    spans += [Mask(d.start_char, d.end_char, DAY) for d in dates]
    found: list[Mask] = []
    for mask in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not found or mask.start >= found[-1].end:
            found.append(mask)
    return found


_end: Final = attrgetter("end")


def masked(low: str, start: int, end: int, masks: Sequence[Mask]) -> list[str]:
    """The words of a span in lower case; `masks`, in order and without overlap, stand for what they cover."""
    found: list[str] = []
    at = start
    for mask in islice(masks, bisect_right(masks, start, key=_end), None):
        if mask.start >= end:
            break
        found += WORD.findall(low, at, max(at, mask.start))
        found.append(mask.word)
        at = mask.end
        if len(found) >= LONGEST:
            break
    found += WORD.findall(low, at, max(at, end))
    return ["<num>" if w[0].isdigit() else w for w in found[:LONGEST]]


def terms(words: Sequence[str]) -> set[str]:
    """Words and pairs of words; the first words also as such."""
    seen = {*words, *(f"{a} {b}" for a, b in pairwise(words)), *(AT_FIRST + w for w in words[:FIRST])}
    seen.update([f"{a} _ {b}" for a, b in zip(words, words[2:], strict=False)])
    return seen


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """What a word shares with those of its kin: "condemn" of "condemned"."""
    return ENDINGS.sub("", word, count=1)


class Suggestion(NamedTuple):
    """How likely each type and each form is."""

    types: Mapping[str, float]
    forms: Mapping[str, float]

    def of(self, kind: str, form: str) -> float:
        """How likely both are, 0 to 1."""
        return sqrt(self.types.get(kind, 0.0) * self.forms.get(form, 0.0))


class Rows(NamedTuple):
    """The row of each term, to be looked up by its words: most pairs of a text are not among them."""

    words: Mapping[str, int]
    first: Mapping[str, int]  # of a word among the first
    stems: Mapping[str, int]  # for words that are not known
    pairs: Mapping[str, dict[str, int]]  # by the first word, then the second
    apart: Mapping[str, dict[str, int]]  # of pairs with a word between

    def of(self, words: Sequence[str]) -> list[int]:
        """The rows of all `terms` of some words, each once; for words that are not known those of their stems."""
        found = {*map(self.words.get, words), *map(self.first.get, words[:FIRST])}
        found.update([self.stems.get(stem(w)) for w in words if w not in self.words])
        # Loops in C: `dict.get` of what may follow each word, asked for the word that follows.
        found.update(map(dict.get, map(self.pairs.get, words, repeat(NOTHING)), words[1:]))
        found.update(map(dict.get, map(self.apart.get, words, repeat(NOTHING)), words[2:]))
        return [row for row in found if row is not None]


class Model(NamedTuple):
    """Weights in hundredths: sums of whole numbers are the same in every order."""

    labels: tuple[str, ...]  # types first, then forms
    types: int
    rows: Rows
    weights: npt.NDArray[np.int16]  # terms x labels; the last row is the bias


class Packed(NamedTuple):
    """A model as it is stored: for each term how many weights it has, then their labels and values one after another."""

    terms: Sequence[str]
    counts: npt.NDArray[np.uint8]
    columns: npt.NDArray[np.uint8]
    values: npt.NDArray[np.int16]


def unpacked(head: Mapping[str, Any], given: Packed) -> Model:
    """The model of labels, number of types and bias (`head`), and of packed weights."""
    labels = tuple(head["labels"])
    weights = np.zeros((len(given.terms) + 1, len(labels)), dtype=np.int16)
    weights[np.repeat(np.arange(len(given.terms)), given.counts), given.columns] = given.values
    weights[-1] = [round(100 * b) for b in head["bias"]]
    return Model(labels, head["types"], _rows(given.terms), weights)


def _rows(terms: Iterable[str]) -> Rows:
    words: dict[str, int] = {}
    marked: dict[str, dict[str, int]] = {AT_FIRST: {}, STEM: {}}
    pairs: tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]] = ({}, {})
    for row, term in enumerate(terms):
        if " " in term:
            first, *between, second = map(intern, term.split(" "))
            pairs[bool(between)].setdefault(first, {})[second] = row
        else:
            kind = marked.get(term[0])
            if kind is None:
                words[intern(term)] = row
            else:
                kind[intern(term[1:])] = row
    return Rows(words, marked[AT_FIRST], marked[STEM], *pairs)


@cache
def model() -> Model:
    """The model that `bench/train_wording.py` wrote."""
    with files("streams.events").joinpath(MODEL).open("rb") as file, np.load(file) as data:
        head = json.loads(bytes(data["head"]).decode())
        terms = bytes(data["terms"]).decode().split("\n")
        return unpacked(head, Packed(terms, data["counts"], data["columns"], data["values"]))


def strongest(low: str, start: int, end: int, label: str) -> tuple[int, int]:
    """The word of a span that speaks most for `label`; the first where none does."""
    trained = model()
    column = trained.labels.index(label)
    best, found = 0, (start, start)
    for word in WORD.finditer(low, start, end):
        row = trained.rows.words.get(word[0])
        weight = int(trained.weights[row, column]) if row is not None else 0
        if weight > best or found == (start, start):
            best, found = weight, word.span()
    return found


def suggestions(sentences: Sequence[Sequence[str]]) -> list[Suggestion]:
    """What the words of each sentence suggest; all at once costs half of one by one."""
    if not sentences:
        return []
    trained = model()
    bias = len(trained.weights) - 1  # every sentence has this row, so none is empty
    rows = [[bias, *trained.rows.of(words)] for words in sentences]
    starts = [0, *accumulate(map(len, rows[:-1]))]
    sums = np.add.reduceat(trained.weights[[*chain.from_iterable(rows)]], starts, axis=0, dtype=np.int32)
    cut = trained.types
    types, forms = trained.labels[:cut], trained.labels[cut:]
    return [
        Suggestion(softmax(types, line[:cut]), softmax(forms, line[cut:])) for line in (sums / 100).tolist()
    ]


def suggestion(words: Sequence[str]) -> Suggestion:
    """What the words of a sentence suggest."""
    return suggestions([words])[0]


def softmax(labels: Sequence[str], scores: Sequence[float]) -> dict[str, float]:
    top = max(scores)
    raised = [exp(s - top) for s in scores]
    total = sum(raised)
    return dict(zip(labels, [r / total for r in raised], strict=True))
