"""What the opening of a release as a whole says, by a small transformer that `bench/train_encoder.py` trained.

Three layers of MiniLM (Wang et al. 2020) with weights of eight bits, which learned on annotated releases what they exist
to report. It takes half as long as all other reading, so it is a second opinion: asked where the linear models of
the main event or of relevance are in doubt. `docs/extraction/encoder.md` is its model card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from json import loads
from math import log
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnxruntime

from streams.events.wording import Suggestion, softmax
from streams.opening.parts import Span
from streams.opening.wordpieces import Wordpieces

MODEL: Final = "encoder_model.onnx"
LENGTH: Final = 64  # pieces of an opening that are read
DIGITS: Final = 2  # of what the network says; more are noise of its small weights
SLOWER: Final = ("SkipLayerNormFusion",)  # sum and norm in one step take six times as long as apart
LEAST: Final = 0.01  # a likelihood that says no more than none


@dataclass(frozen=True, eq=False)
class Encoder:
    """A network, the pieces that it reads, and the labels of what it says, by the name of each output."""

    session: Any
    pieces: Wordpieces
    labels: Mapping[str, Sequence[str]]


def loaded(model: Path) -> Encoder:
    """The encoder of a model file; on one core, for a worker has one."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(
        str(model), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
    )
    told = session.get_modelmeta().custom_metadata_map
    return Encoder(session, Wordpieces(loads(told["vocabulary"])), loads(told["labels"]))


@cache
def encoder() -> Encoder:
    """The encoder that reads releases."""
    with as_file(files("streams.opening").joinpath(MODEL)) as path:  # read from a file it takes 9 MiB less
        return loaded(path)


def impression(text: str, spans: Sequence[Span]) -> Suggestion:
    """How likely each type and form of main event is, with `none` for a text that is not diplomatic.

    `spans` are the parts of the opening of `text` (`streams.opening.parts`).
    """
    return read(encoder(), text, tuple(spans))


@lru_cache(maxsize=1)  # relevance and events may both be in doubt
def read(reader: Encoder, text: str, spans: tuple[Span, ...]) -> Suggestion:
    """What `reader` makes of an opening."""
    words = reader.pieces.opening(text, spans, LENGTH)
    numbers = np.array([[w.number for w in words]], dtype=np.int64)
    types, forms = reader.session.run(["types", "forms"], {"pieces": numbers})
    return Suggestion(_shares(reader.labels["types"], types[0]), _shares(reader.labels["forms"], forms[0]))


def odds(likely: float) -> float:
    """How far something is likely, as a number that models weigh: 0 where it is as likely as not."""
    return log((likely + LEAST) / (1 - likely + LEAST))


def _shares(labels: Sequence[str], said: npt.NDArray[np.float32]) -> dict[str, float]:
    return softmax(labels, np.round(said.astype(np.float64), DIGITS).tolist())
