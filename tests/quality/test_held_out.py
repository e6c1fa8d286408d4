"""What is held out is held out: no labelled release of the corpus repeats one."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import annotated_corpus
from bench.score_engine import ROOT, default_folders, is_held_out
from bench.training import labelled_openings, labels

PIECE, STEP = 24, 12  # letters
LETTERS = 3000  # of a labelled release that are compared
SAME = 0.8  # share of pieces; two standing letters to Congress, on other subjects, may share three quarters


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def held_out(corpus: Path) -> Iterator[tuple[str, str]]:
    """The released and the corpus's annotated releases that are held out, with their texts."""
    golds, texts = default_folders()
    paths = {p.stem: p for folder in texts for p in folder.glob("*.txt")}
    for file in (f for gold in golds for f in gold.glob("*.json")):
        ident = json.loads(file.read_text("utf-8"))["id"]
        if is_held_out(ident):
            yield ident, paths[ident].read_text("utf-8")
    annotated = {a["url"]: a["id"] for a in annotated_corpus.read_annotations() if is_held_out(a["id"])}
    for item in annotated_corpus.releases(corpus):
        if item["url"] in annotated:
            yield annotated[str(item["url"])], annotated_corpus.text_of(item)


@pytest.mark.shared
def test_no_labelled_release_repeats_one_that_is_held_out() -> None:
    corpus = ROOT.parent / "shared" / "corpus"
    where: dict[str, set[str]] = defaultdict(set)
    for ident, text in held_out(corpus):
        told = letters(text)
        for at in range(len(told) - PIECE):
            where[told[at : at + PIECE]].add(ident)
    assert where
    known, found = labelled_openings().keys() | labels().keys(), []
    for item in annotated_corpus.releases(corpus):
        if item["url"] in known:
            told = letters(str(item["text"]))[:LETTERS]
            pieces = [told[at : at + PIECE] for at in range(0, max(1, len(told) - PIECE), STEP)]
            shared = Counter(ident for piece in pieces for ident in where.get(piece, ()))
            found += [(item["url"], ident) for ident, n in shared.items() if n > SAME * len(pieces)]
    assert found == []
