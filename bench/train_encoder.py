"""Train the encoder of openings on annotated releases, labelled openings of the corpus and labelled leads.

    python -m bench.train_encoder --corpus DIR --gold DIR [--gold DIR ...] --texts DIR [--texts DIR ...]

Needs torch, safetensors and onnx (not needed at run time); takes 45 minutes on two cores. Writes
`streams/opening/encoder_model.onnx` and, for what is chosen by what the encoder says, three of its kind that each
have not seen a third of the texts (`build/encoder-*.onnx`). The third of the annotated releases that is held out
is never looked at.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import torch
from torch.nn import functional

from bench.encoder_data import Example, examples
from bench.encoder_files import write
from bench.encoder_folds import FOLDS, blind_model, fold_of
from bench.encoder_net import LABELS, Network, vocabulary
from bench.events_data import parser
from streams.events.wording import NONE
from streams.opening import encoder
from streams.opening.encoder import LENGTH
from streams.opening.wordpieces import Piece, Wordpieces

EPOCHS, BATCH, RATE, RATE_OF_HEADS, WARM = 4, 32, 3e-4, 1e-3, 0.06
SMOOTHED, SHOWN = 0.05, 100
# What each thing that is learned counts; topics are many and mostly absent.
WEIGHTS = {"types": 1.0, "forms": 1.0, "statuses": 0.5, "topics": 9.0, "roles": 1.0, "days": 0.5}
UNKNOWN = -100  # what torch leaves out
MODEL = Path(encoder.__file__).with_name(encoder.MODEL)


class Row(NamedTuple):
    """An example as the network sees it."""

    example: Example
    pieces: list[Piece]
    whole: dict[str, int]
    topics: list[float] | None
    asked: list[float]  # topics that count: those that may be given or not do not
    each: dict[str, list[int]]  # a label for each piece


def row(e: Example, cutter: Wordpieces) -> Row:
    known, pieces = e.known, cutter.opening(e.text, e.spans, LENGTH)
    main = known.main or ({} if known.diplomatic else {"type": NONE, "form": NONE})
    wanted = {"types": main.get("type"), "forms": main.get("form"), "statuses": main.get("status")}
    whole = {k: LABELS[k].index(v) if v in LABELS[k] else UNKNOWN for k, v in wanted.items()}
    each = {"roles": [UNKNOWN] * len(pieces), "days": [UNKNOWN] * len(pieces)}
    for name, told in (("roles", e.roles), ("days", e.days)):
        for start, end, label in told:
            number = LABELS["roles"].index(label) if isinstance(label, str) else int(label)
            for i, p in enumerate(pieces):
                if p.start < end and p.end > start:
                    each[name][i] = number
    topics = None if known.topics is None else [float(t in known.topics) for t in LABELS["topics"]]
    asked = [float(t not in known.optional) for t in LABELS["topics"]]
    return Row(e, pieces, whole, topics, asked, each)


def padded(lines: Iterable[Sequence[int]], filler: int) -> torch.Tensor:
    told = [list(x) for x in lines]
    longest = max(map(len, told))
    return torch.tensor([x + [filler] * (longest - len(x)) for x in told])


def said_of(network: Network, rows: Sequence[Row]) -> dict[str, torch.Tensor]:
    numbers = padded(([p.number for p in r.pieces] for r in rows), 0)
    return network(numbers, padded(([1] * len(r.pieces) for r in rows), 0))


def loss_of(said: dict[str, torch.Tensor], rows: Sequence[Row]) -> torch.Tensor:
    """How wrong the network is, weighed by how far each example is to be trusted."""
    trust = torch.tensor([r.example.known.trust for r in rows])
    loss = torch.zeros(())
    for name in ("types", "forms", "statuses"):
        wanted = torch.tensor([r.whole[name] for r in rows])
        wrong = functional.cross_entropy(said[name], wanted, reduction="none", label_smoothing=SMOOTHED)
        loss = loss + WEIGHTS[name] * (wrong * trust).sum() / trust.sum()
    diplomatic = torch.tensor([r.example.known.diplomatic and r.whole["types"] == UNKNOWN for r in rows])
    none = said["types"].softmax(1)[:, LABELS["types"].index(NONE)].clamp(max=0.999)
    loss = loss - (torch.log1p(-none) * trust * diplomatic).sum() / trust.sum()
    blank = [0.0] * len(LABELS["topics"])
    given = torch.tensor([r.topics or blank for r in rows])
    asked = torch.tensor([r.asked if r.topics is not None else blank for r in rows]) * trust[:, None]
    wrong = functional.binary_cross_entropy_with_logits(said["topics"], given, reduction="none")
    loss = loss + WEIGHTS["topics"] * (wrong * asked).sum() / (trust.sum() * len(blank))
    roles = padded((r.each["roles"] for r in rows), UNKNOWN)
    if (roles != UNKNOWN).any():
        loss = loss + WEIGHTS["roles"] * functional.cross_entropy(said["roles"].transpose(1, 2), roles)
    days = padded((r.each["days"] for r in rows), UNKNOWN)
    if (days != UNKNOWN).any():
        at = days != UNKNOWN
        wrong = functional.binary_cross_entropy_with_logits(said["days"][at], days[at].float())
        loss = loss + WEIGHTS["days"] * wrong
    return loss


def batches(rows: Sequence[Row]) -> list[list[Row]]:
    """Batches of about the same length, in random order."""
    order = sorted(random.sample(rows, len(rows)), key=lambda r: len(r.pieces) + 20 * random.random())
    found = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    random.shuffle(found)
    return found


def trained(pieces: Sequence[str], rows: Sequence[Row]) -> Network:
    torch.manual_seed(0)
    random.seed(0)
    network = Network(pieces)
    heads = [*network.of_opening.parameters(), *network.of_pieces.parameters()]
    of_heads = {id(p) for p in heads}
    base = [p for p in network.parameters() if id(p) not in of_heads]
    groups = [{"params": base, "lr": RATE}, {"params": heads, "lr": RATE_OF_HEADS}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * -(-len(rows) // BATCH)
    slope = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1, n / (WARM * steps)) * max(0.0, 1 - n / steps)
    )
    network.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for step, batch in enumerate(batches(rows), 1):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = said_of(network, batch)
            loss = loss_of({k: v.float() for k, v in said.items()}, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimizer.step()
            slope.step()
            total += float(loss.detach())
            if step % SHOWN == 0:
                print(f"  epoch {epoch + 1}, step {step}: loss {total / step:.3f}", flush=True)
    return network.eval()


def made(job: tuple[list[str], list[Example], Path]) -> str:
    """Train on some examples and write the model; a job of its own process."""
    pieces, data, path = job
    torch.set_num_threads(1)
    cutter = Wordpieces(pieces)
    rows = [row(e, cutter) for e in data]
    size = write(trained(pieces, rows), pieces, path)
    return f"{path.name}: {len(rows)} openings, {size // 1024} KiB"


def main() -> int:
    ap = parser(__doc__)
    args = ap.parse_args()
    data = [e for e in examples(args.gold, args.texts, args.corpus) if not e.held]
    pieces = vocabulary((e.text[a:b] for e in data for a, b in e.spans), args.corpus)
    jobs = [(pieces, data, MODEL)]
    jobs += [(pieces, [e for e in data if fold_of(e.text) != k], blind_model(k)) for k in range(FOLDS)]
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(made, jobs):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
