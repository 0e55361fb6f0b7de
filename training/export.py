"""A trained network -> two ONNX graphs in one int8 form: the encoder, and the head that reads one cue at a time.

The graphs are built by hand, because onnxruntime has fused operators that exporters do not reach
(attention, skip + norm, bias + gelu).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import Layer, Reader

FUSED = "com.microsoft"


class Graph:
    """Nodes and weights of a graph while it grows; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def hold(self, value: Tensor | NDArray[np.generic], name: str = "") -> str:
        """A constant."""
        array = value.detach().numpy() if isinstance(value, Tensor) else value
        name = name or f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def do(self, kind: str, *inputs: str, out: str | int = 1, domain: str = "", **settings: object) -> str:
        """One operator; `out` names its result or counts its results (their names are joined by blanks)."""
        stem = f"{kind.lower()}{len(self.nodes)}"
        names = [out] if isinstance(out, str) else [f"{stem}_{i}" for i in range(out)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=stem, domain=domain, **settings))
        return " ".join(names)

    def linear(self, x: str, layer: nn.Linear, out: str | int = 1) -> str:
        """x W + b."""
        return self.do("Add", self.do("MatMul", x, self.hold(layer.weight.T)), self.hold(layer.bias), out=out)

    def norm(self, x: str, layer: nn.LayerNorm) -> str:
        """Layer normalisation over the last axis."""
        return self.do(
            "LayerNormalization", x, self.hold(layer.weight), self.hold(layer.bias), axis=-1, epsilon=layer.eps
        )

    def skip(self, x: str, y: str, layer: nn.LayerNorm, bias: Tensor) -> str:
        """norm(x + y + bias), in plain operators: the fused one is slower by half."""
        return self.norm(self.do("Add", self.do("Add", y, self.hold(bias)), x), layer)

    def layer(self, x: str, layer: Layer, mask: str = "") -> str:
        """One transformer layer; `mask` is an int32 [batch, length] of what may be looked at, without one all of it."""
        import torch

        parts = (layer.query, layer.key, layer.value)
        weight, bias = torch.cat([p.weight.T for p in parts], 1), torch.cat([p.bias for p in parts])
        packed = self.do("Add", self.do("MatMul", x, self.hold(weight)), self.hold(bias))
        width = layer.mixed.in_features
        q, k, v = self.do("Split", packed, self.hold(np.array([width] * 3)), out=3, axis=-1).split()
        masked = ("", mask) if mask else ()
        seen = self.do("MultiHeadAttention", q, k, v, *masked, domain=FUSED, num_heads=layer.heads)
        x = self.skip(x, self.do("MatMul", seen, self.hold(layer.mixed.weight.T)), layer.norm_mixed, layer.mixed.bias)
        up = self.do("MatMul", x, self.hold(layer.up.weight.T))
        up = self.do("BiasGelu", up, self.hold(layer.up.bias), domain=FUSED)
        return self.skip(x, self.do("MatMul", up, self.hold(layer.down.weight.T)), layer.norm_out, layer.down.bias)

    def embed(self, table: nn.Embedding, ids: str) -> str:
        """Rows of a table."""
        return self.do("Gather", self.hold(table.weight), ids)

    def model(self, inputs: dict[str, list[str | int]], floats: set[str], outputs: list[str]) -> onnx.ModelProto:
        """The finished model; inputs are int64 unless named in `floats`."""
        shown = [
            helper.make_tensor_value_info(n, TensorProto.FLOAT if n in floats else TensorProto.INT64, shape)
            for n, shape in inputs.items()
        ]
        got = [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in outputs]
        graph = helper.make_graph(self.nodes, "attribution", shown, got, self.weights)
        sets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=sets, ir_version=9)


def encoder_graph(reader: Reader) -> onnx.ModelProto:
    """ids, features [1, length] -> cue [1, length, 6], vectors [1, length, head width].

    One window at a time: without padding there is nothing to mask, and attention without a mask is faster.
    """
    graph, encoder = Graph(), reader.encoder
    zero, one = graph.hold(np.array([0])), graph.hold(np.array([1]))
    length = graph.do("Slice", graph.do("Shape", "ids"), one, graph.hold(np.array([2])))
    places = graph.do("Slice", graph.hold(encoder.places.weight), zero, length)
    x = graph.do("Add", graph.embed(encoder.words, "ids"), graph.embed(encoder.features, "features"))
    x = graph.norm(graph.do("Add", x, places), encoder.norm)
    for layer in encoder.layers:
        assert isinstance(layer, Layer)
        x = graph.layer(x, layer)
    graph.linear(x, encoder.cue, out="cue")
    graph.linear(x, encoder.project, out="vectors")
    shape: list[str | int] = [1, "length"]
    return graph.model({"ids": shape, "features": shape}, set(), ["cue", "vectors"])


def head_graph(reader: Reader) -> onnx.ModelProto:
    """near [cues, reach, head width], marks, distances [cues, reach] -> roles [cues, reach, 9], real [cues, 1]."""
    graph, head = Graph(), reader.head
    zero, one, middle, least = (
        graph.hold(x) for x in (np.array(0), np.array(1), np.array([1]), np.array(1, np.float32))
    )
    last = graph.hold(np.array([2]))

    def mean(x: str, chosen: str) -> str:
        wide = graph.do("Unsqueeze", graph.do("Cast", chosen, to=TensorProto.FLOAT), last)
        total = graph.do("ReduceSum", graph.do("Mul", x, wide), middle, keepdims=0)
        count = graph.do("Max", graph.do("ReduceSum", wide, middle, keepdims=0), least)
        return graph.do("Div", total, count)

    on_cue = graph.do("Equal", "marks", one)
    kept = graph.do("Not", graph.do("Equal", "distances", zero))
    mask = graph.do("Cast", kept, to=TensorProto.INT32)
    from_cue = graph.do("Unsqueeze", graph.linear(mean("near", on_cue), head.from_cue), middle)
    x = graph.do("Add", graph.do("Add", "near", from_cue), graph.embed(head.marks, "marks"))
    x = graph.norm(graph.do("Add", x, graph.embed(head.distances, "distances")), head.norm)
    x = graph.layer(x, head.layer, mask)
    graph.linear(x, head.roles, out="roles")
    graph.linear(graph.do("Concat", mean(x, on_cue), mean(x, kept), axis=-1), head.real, out="real")
    shape: list[str | int] = ["cues", "reach"]
    inputs = {"near": [*shape, reader.shape.head_width], "marks": shape, "distances": shape}
    return graph.model(inputs, {"near"}, ["roles", "real"])


def export(reader: Reader, folder: Path, spare: Path, reduce_range: bool = True) -> None:
    """Write model.onnx and head.onnx in int8 into `folder`, and as floats into `spare`.

    `reduce_range` keeps weights to 7 bits: processors without VNNI add pairs of 8-bit products in 16 bits and overflow.
    """
    spare.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in (("model", encoder_graph(reader)), ("head", head_graph(reader))):
        onnx.save(model, str(spare / f"{name}.onnx"))
        quantize_dynamic(
            str(spare / f"{name}.onnx"),
            str(folder / f"{name}.onnx"),
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
