"""Models of wording and of openings, and encoders, that are blind to the texts that they judge.

They have learned from most texts that the other models learn from. So that those do not take memory for insight,
each text is shown to them with the suggestions of models that have not seen it.
"""

from __future__ import annotations

import hashlib
import pickle
import unittest.mock
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from bench import outline_model, wording_model
from bench.encoder_folds import FOLDS, blind_model, fold_of
from bench.events_data import Opening, Statement, openings, statements
from bench.score_engine import ROOT
from streams.events import outline, wording
from streams.opening import encoder
from streams.opening.parts import Span

CROSSED = 4
Models = tuple[wording.Model, outline.Model]


def fold(ident: str) -> int:
    return hashlib.sha256(ident.encode()).digest()[2] % CROSSED


def models_of(told: list[Statement], opened: list[Opening]) -> Models:
    learned = wording_model.model_of(told)
    return wording.unpacked(learned.head, learned.packed()), outline_model.model_of(opened)


def made(told: list[Statement], opened: list[Opening]) -> list[Models]:
    """The models that have not seen each fold; kept in `build/`, since several programs learn from the same texts."""
    sources = [Path(m.__file__).read_bytes() for m in (wording_model, outline_model, outline)]
    digest = hashlib.sha256(repr((told, opened, sources)).encode()).hexdigest()[:16]
    kept = ROOT / "build" / f"blind-{digest}.pickle"
    if not kept.exists():
        parts = [
            ([s for s in told if fold(s.ident) != k], [o for o in opened if fold(o.ident) != k])
            for k in range(CROSSED)
        ]
        with ProcessPoolExecutor(2) as pool:
            found = list(pool.map(models_of, *zip(*parts, strict=True)))
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(pickle.dumps(found))
    models: list[Models] = pickle.loads(kept.read_bytes())
    return models


@cache
def encoders() -> list[encoder.Encoder]:
    """For each part of the texts the encoder that has not seen it."""
    return [encoder.loaded(blind_model(k)) for k in range(FOLDS)]


@contextmanager
def blind_encoder() -> Iterator[None]:
    """Within, each opening is read by an encoder that has not seen it (`bench/train_encoder.py` makes them)."""
    models, read = encoders(), encoder.read

    def blind(_: encoder.Encoder, text: str, spans: tuple[Span, ...]) -> wording.Suggestion:
        return read(models[fold_of(text)], text, spans)

    with unittest.mock.patch.object(encoder, "read", blind):
        yield


class Blind:
    """Models that each have not seen a quarter of the texts."""

    def __init__(self, golds: list[Path], texts: list[Path], corpus: Path) -> None:
        self.models = made(statements(golds, texts), openings(golds, texts, corpus))

    @contextmanager
    def to(self, ident: str) -> Iterator[None]:
        """Within, texts are judged by models that have not seen the text `ident`."""
        worded, outlined = self.models[fold(ident)]
        with (
            unittest.mock.patch.object(wording, "model", return_value=worded),
            unittest.mock.patch.object(outline, "model", return_value=outlined),
            blind_encoder(),
        ):
            yield
