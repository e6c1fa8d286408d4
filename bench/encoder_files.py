"""The file of an encoder: its network with weights of eight bits, its pieces and its labels.

Needs torch, onnx and the tools of onnxruntime (not needed at run time).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from bench.encoder_net import HEADS, LABELS, WIDTH, Network


class Single(torch.nn.Module):
    """The network for one opening, which needs no mask."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: torch.Tensor) -> tuple[torch.Tensor, ...]:
        said = self.network(pieces)
        return tuple(said[k] for k in LABELS)


def write(network: Network, pieces: Sequence[str], path: Path) -> int:
    """Write the model; return its size in bytes."""
    path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = f"{folder}/plain.onnx", f"{folder}/fused.onnx"
        torch.onnx.export(
            Single(network).eval(),
            (torch.ones(1, 64, dtype=torch.long),),
            plain,
            input_names=["pieces"],
            output_names=list(LABELS),
            dynamic_axes={"pieces": {1: "length"}, "roles": {1: "length"}, "days": {1: "length"}},
            dynamo=False,
            opset_version=17,
        )
        wanted = FusionOptions("bert")
        wanted.enable_skip_layer_norm = wanted.enable_embed_layer_norm = False
        model = optimize_model(
            plain, "bert", num_heads=HEADS, hidden_size=WIDTH, optimization_options=wanted, opt_level=0
        )
        model.save_model_to_file(fused)
        quantize_dynamic(
            fused,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,  # sums of seven bits fit on all processors
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    model = onnx.load(path)
    told = {"vocabulary": json.dumps(list(pieces), ensure_ascii=False), "labels": json.dumps(LABELS)}
    onnx.helper.set_model_props(model, told)
    onnx.save(model, path)
    return path.stat().st_size
