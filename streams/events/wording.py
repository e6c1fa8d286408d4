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
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, pairwise, repeat
from math import exp, sqrt
from operator import attrgetter
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from streams.annotation import DateMention
from streams.extract.entities import Names

MODEL: Final = "wording_model.npz"
# Most words are of plain letters before a space or stop: asked for first, they are found in half the time.
PLAIN_WORD: Final = r"[a-z]++(?=[ ,.\n])"
WORD: Final = re.compile(rf"(?=\S)(?:{PLAIN_WORD}|[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+|[“”\"])")
FIRST: Final = 3  # words of a sentence that count as its first
LONGEST: Final = 45  # words of a sentence that are read: what it reports stands at its beginning
NONE: Final = "none"
ADJECTIVE: Final = "<adj>"
DAY: Final = "<day>"
AT_FIRST: Final = "^"  # before a word among the first
STEM: Final = "~"  # before a stem
GAP: Final = ("",) * FIRST  # stands behind each sentence where several are read at once
BITS: Final = 32
MOST: Final = (1 << BITS) - 1
NO_PAIR: Final = (1 << 63) - 1
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


Whole = npt.NDArray[np.int64]


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


def _key(one: Whole, other: Whole) -> Whole:
    """One whole number for two, in the same order."""
    return (one << BITS) | other


class Pairs(NamedTuple):
    """The rows of pairs of words, by the numbers of both."""

    keys: Whole  # in order; the last is of no pair
    rows: Whole

    def of(self, lines: Whole, first: Whole, second: Whole) -> Whole:
        """Line and row of the pairs that are known."""
        wanted = _key(first, second)
        at = np.searchsorted(self.keys, wanted)
        known = np.flatnonzero(self.keys[at] == wanted)
        return _key(lines[known], self.rows[at[known]])


class Rows(NamedTuple):
    """The rows of terms, to be looked up for many sentences at once: words by number, pairs in tables that stay in cache."""

    numbers: Mapping[str, int]  # of each word of a term; that of all others is 0
    words: Whole  # by number; of words that are not known the bias
    first: Whole  # likewise, of a word among the first
    stems: Mapping[str, int]  # for words that are not known
    pairs: Pairs
    apart: Pairs  # with a word between

    def of(self, sentences: Sequence[Sequence[str]]) -> tuple[Whole, Whole]:
        """The rows of all `terms` of each sentence, each once, and its bias; where those of each sentence begin.

        Words that are not known have the rows of their stems.
        """
        bias = self.words[0]
        words = [w for sentence in sentences for w in (*sentence, *GAP)]
        numbers = np.fromiter(map(self.numbers.get, words, repeat(0)), np.int64, len(words))
        lengths = np.array([len(sentence) + len(GAP) for sentence in sentences])
        lines = np.repeat(np.arange(len(sentences)), lengths)
        first = ((lengths.cumsum() - lengths)[:, None] + np.arange(FIRST)).ravel()
        rows = self.words[numbers]
        unknown = np.flatnonzero(rows == bias)
        rows[unknown] = [self.stems.get(stem(words[i]), bias) for i in unknown.tolist()]
        found = (
            _key(lines, rows),
            _key(lines[first], self.first[numbers[first]]),
            self.pairs.of(lines[1:], numbers[:-1], numbers[1:]),
            self.apart.of(lines[2:], numbers[:-2], numbers[2:]),
            (NO_PAIR,),
        )
        keys = np.sort(np.concatenate(found))
        keys = keys[:-1][keys[1:] != keys[:-1]]  # `np.unique` takes thrice as long
        return keys & MOST, np.searchsorted(keys >> BITS, np.arange(len(sentences)))


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


def _rows(terms: Sequence[str]) -> Rows:
    numbers = {"": 0}
    words: dict[int, int] = {}
    first: dict[int, int] = {}
    stems: dict[str, int] = {}
    pairs: tuple[dict[int, int], dict[int, int]] = ({}, {})

    def number(word: str) -> int:
        return numbers.setdefault(word, len(numbers))

    for row, term in enumerate(terms):
        if " " in term:
            one, *between, other = map(number, term.split(" "))
            pairs[bool(between)][(one << BITS) | other] = row
        elif term.startswith(STEM):
            stems[term.removeprefix(STEM)] = row
        elif term.startswith(AT_FIRST):
            first[number(term.removeprefix(AT_FIRST))] = row
        else:
            words[number(term)] = row
    size, bias = len(numbers), len(terms)
    return Rows(
        numbers,
        _by_number(words, size, bias),
        _by_number(first, size, bias),
        stems,
        _pairs(pairs[0]),
        _pairs(pairs[1]),
    )


def _by_number(rows: Mapping[int, int], size: int, bias: int) -> Whole:
    found = np.full(size, bias)
    found[list(rows)] = list(rows.values())
    return found


def _pairs(rows: Mapping[int, int]) -> Pairs:
    keys = sorted(rows)
    return Pairs(np.array([*keys, NO_PAIR]), np.array([rows[key] for key in keys]))


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
    rows, column = trained.rows, trained.labels.index(label)
    best, found = 0, (start, start)
    for word in WORD.finditer(low, start, end):
        row = rows.words[rows.numbers.get(word[0], 0)]
        weight = int(trained.weights[row, column]) if row != rows.words[0] else 0
        if weight > best or found == (start, start):
            best, found = weight, word.span()
    return found


def suggestions(sentences: Sequence[Sequence[str]]) -> list[Suggestion]:
    """What the words of each sentence suggest; all at once costs half of one by one."""
    if not sentences:
        return []
    trained = model()
    rows, starts = trained.rows.of(sentences)
    sums = np.add.reduceat(trained.weights.take(rows, axis=0), starts, axis=0, dtype=np.int32)
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
