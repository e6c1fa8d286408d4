"""The parts of the texts to which encoders are blind, so that what learns from one does not take memory for insight."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bench.score_engine import ROOT

FOLDS = 3


def fold_of(text: str) -> int:
    """The part that a text belongs to."""
    return hashlib.sha256(text.encode()).digest()[0] % FOLDS


def blind_model(fold: int) -> Path:
    """The file of the encoder that has not seen a part."""
    return ROOT / "build" / f"encoder-{fold}.onnx"
