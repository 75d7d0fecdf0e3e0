"""Write the network that Enregard runs: Gemma 3's decoder as an ONNX graph, without its weights.

    python -m recipe.network --model fr-en-1.0 [--reach reach.npy]

The weights are those of ``model.bin`` in the order in which they stand there, matrices transposed;
``pipeline.engines.embedded.network`` writes them to a file for ONNX Runtime on loading the graph.

Beside it stands a small graph by which the program finds out whether the processor overflows.

Every product is in integers: a state is scaled by its own largest value to eight bits, a row of
weights was by ``convert.py``. Sums of integers are exact, so what comes out for a sentence does not
depend on which others are computed beside it.

Two graphs are written: one that keeps keys and values as floats, and, with what ``reach.py``
measured, one that keeps them as bytes, for a runtime that can.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from pipeline.engines.embedded.files import FLOAT_GRAPH, GRAPH
from pipeline.engines.embedded.network import WEIGHTS, WEIGHTS_FILE

from . import ct2file
from .shape import GLOBAL_EVERY, HEAD, HEADS, LAYERS, LONGEST, WIDTH

CONTRIB = "com.microsoft"
# How much farther than in the sentences that were measured keys and values may reach.
MARGIN = 1.25


def offsets(variables: dict[str, np.ndarray]) -> dict[str, int]:
    """Return where each array of weights begins, if they follow each other in this order."""
    found, position = {}, 0
    for name, array in variables.items():
        if name.endswith(WEIGHTS):
            found[name] = position
            position += array.nbytes
    return found


class Graph:
    """A graph under construction: its nodes, constants, inputs and outputs.

    ``reach`` says how far keys and values of each layer reach in each channel, layers by two by
    ``HEAD``, if they shall be kept as bytes.
    """

    def __init__(self, variables: dict[str, np.ndarray], reach: np.ndarray | None = None) -> None:
        self.variables = variables
        self.reach = reach
        self.offsets = offsets(variables)
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []

    def node(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **options: Any
    ) -> str:
        """Add a node with one output; return the output's name."""
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **options))
        return output

    def constant(self, value: np.ndarray | np.generic) -> str:
        """Return the name of a small constant, which the graph itself holds."""
        value = np.asarray(value)
        name = f"constant/{value.dtype}/{'_'.join(str(x) for x in value.ravel())}/{value.ndim}"
        self.constants.setdefault(name, numpy_helper.from_array(value, name))
        return name

    def weights(self, name: str) -> str:
        """Return the name of an array of ``model.bin``; a matrix is taken transposed."""
        array = self.variables[name]
        kind = TensorProto.INT8 if array.dtype == np.int8 else TensorProto.FLOAT
        outside = TensorProto(name=name, dims=array.shape[::-1], data_type=kind)
        outside.data_location = TensorProto.EXTERNAL
        outside.external_data.add(key="location", value=WEIGHTS_FILE)
        outside.external_data.add(key="offset", value=str(self.offsets[name]))
        outside.external_data.add(key="length", value=str(array.nbytes))
        self.constants[name] = outside
        return name

    def takes(self, name: str, kind: int, *shape: int | str) -> str:
        """Declare an input of the graph."""
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def gives(self, name: str, kind: int, *shape: int | str) -> None:
        """Declare an output of the graph."""
        self.outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def norm(self, x: str, name: str, output: str) -> str:
        """Normalise by the root mean square of the last axis."""
        gain = self.weights(f"decoder/{name}/gamma")
        return self.node("SimplifiedLayerNormalization", [x, gain], output, axis=-1, epsilon=1e-6)

    def eight_bits(self, x: str) -> tuple[str, str]:
        """Scale each row to -127 … 127; return it, moved up by 128, and the unit of each row."""
        largest = self.node("Abs", [x], f"{x}/absolute")
        axis = self.constant(np.array([-1]))
        largest = self.node("ReduceMax", [largest, axis], f"{x}/largest", keepdims=0)
        unit = self.node("Mul", [largest, self.constant(np.float32(1 / 127))], f"{x}/unit")
        unit = self.node("Max", [unit, self.constant(np.float32(1e-9))], f"{x}/unit_above_0")
        shape = self.node("Shape", [unit], f"{x}/rows")
        middle = helper.make_tensor("middle", TensorProto.UINT8, [1], [128])
        middles = self.node("ConstantOfShape", [shape], f"{x}/middles", value=middle)
        return self.node("QuantizeLinear", [x, unit, middles], f"{x}/byte", axis=0), unit

    def product(self, x: tuple[str, str], name: str, in_units: bool = False) -> str:
        """Multiply rows by the matrix of this name.

        ``in_units``: leave each row in the unit of its states, which what comes next takes away: a
        norm, or scaling to eight bits.
        """
        rows, unit = x
        name = f"decoder/{name}"
        inputs = [
            rows,
            self.weights(f"{name}/weight"),
            self.constant(np.float32(1)),
            self.weights(f"{name}/weight_scale"),
            self.constant(np.uint8(128)),
        ]
        y = self.node("MatMulIntegerToFloat", inputs, f"{name}/in_units", CONTRIB)
        if in_units:
            return y
        unit = self.node("Unsqueeze", [unit, self.constant(np.array([1]))], f"{name}/unit")
        return self.node("Mul", [y, unit], f"{name}/product")

    def batched(self, x: str, width: int, shape: str) -> str:
        """Part the rows of states into sequences; ``shape`` holds sequences and their tokens."""
        whole = self.node("Concat", [shape, self.constant(np.array([width]))], f"{x}/shape", axis=0)
        return self.node("Reshape", [x, whole], f"{x}/batch")

    def attention(self, x: str, number: int, shape: str) -> str:
        """Attend to what a sequence has read so far, which is kept in the keys and values."""
        name = f"layer_{number}/self_attention"
        everywhere = (number + 1) % GLOBAL_EVERY == 0
        reach = "global" if everywhere else "local"
        y = self.product(self.eight_bits(x), f"{name}/linear_0")
        sizes = self.constant(np.array([HEADS * HEAD, HEAD, HEAD]))
        query, key, value = (f"{name}/{part}" for part in ("query", "key", "value"))
        self.nodes.append(helper.make_node("Split", [y, sizes], [query, key, value], axis=-1))
        heads = self.constant(np.array([-1, HEAD]))
        query = self.node("Reshape", [query, heads], f"{query}/heads")
        query = self.norm(query, f"{name}/q_norm", f"{query}/normal")
        key = self.norm(key, f"{name}/k_norm", f"{key}/normal")
        query = self.batched(query, HEADS * HEAD, shape)
        key, value = self.batched(key, HEAD, shape), self.batched(value, HEAD, shape)
        kept = [f"{part}_{number}" for part in ("keys", "values")]
        kind = TensorProto.FLOAT if self.reach is None else TensorProto.INT8
        for part in kept:
            self.takes(part, kind, "rows", 1, "positions", HEAD)
            self.gives(f"{part}_now", kind, "rows", 1, "positions", HEAD)
        scales, options = self.scales(number)
        angles = [f"{function}_{reach}" for function in ("cosines", "sines")]
        attended = f"{name}/attended"
        self.nodes.append(
            helper.make_node(
                "GroupQueryAttention",
                [query, key, value, *kept, "last", "longest", *angles, *scales],
                [attended, *(f"{part}_now" for part in kept)],
                domain=CONTRIB,
                num_heads=HEADS,
                kv_num_heads=1,
                scale=HEAD**-0.5,
                do_rotary=1,
                local_window_size=-1 if everywhere else LONGEST,
                **options,
            )
        )
        flat = self.constant(np.array([-1, HEADS * HEAD]))
        y = self.node("Reshape", [attended, flat], f"{attended}/flat")
        return self.product(self.eight_bits(y), f"{name}/linear_1", in_units=True)

    def scales(self, number: int) -> tuple[list[str], dict[str, Any]]:
        """Return what attention takes besides, and its options, if keys and values are bytes."""
        if self.reach is None:
            return [], {}
        names = [f"layer_{number}/{part}/scale" for part in ("keys", "values")]
        for name, farthest in zip(names, self.reach[number], strict=True):
            scale = (farthest * (MARGIN / 127)).astype(np.float32)
            self.constants[name] = numpy_helper.from_array(scale, name)
        quantised = {f"{part}_quant_type": "PER_CHANNEL" for part in "kv"}
        # Positions, a bias and a sink could stand before the scales.
        return ["", "", "", *names], {**quantised, "kv_cache_bit_width": 8}

    def feed_forward(self, x: str, number: int) -> str:
        """Gate and widen each state, and narrow it again."""
        name = f"layer_{number}/ffn"
        rows = self.eight_bits(x)
        gate = self.product(rows, f"{name}/linear_0")
        up = self.product(rows, f"{name}/linear_0_noact", in_units=True)
        gate = self.node("FastGelu", [gate], f"{gate}/gelu", CONTRIB)
        hidden = self.node("Mul", [gate, up], f"{name}/hidden")
        return self.product(self.eight_bits(hidden), f"{name}/linear_1", in_units=True)

    def residual(self, x: str, y: str, name: str) -> str:
        """Add a layer's normalised result to its input."""
        return self.node("Add", [x, self.norm(y, name, f"{name}/normal")], f"{name}/sum")


def build(variables: dict[str, np.ndarray], reach: np.ndarray | None = None) -> onnx.ModelProto:
    """Give the graph for the weights of a container; ``reach`` as ``Graph`` takes it."""
    graph = Graph(variables, reach)
    x = graph.takes("embedded", TensorProto.FLOAT, "rows", "tokens", WIDTH)
    graph.takes("last", TensorProto.INT32, "rows")
    graph.takes("longest", TensorProto.INT32)
    for near in ("local", "global"):
        for function in ("cosines", "sines"):
            graph.takes(f"{function}_{near}", TensorProto.FLOAT, "positions", HEAD // 2)
    wanted = graph.takes("wanted", TensorProto.INT64, "states")
    forced = graph.takes("forced", TensorProto.INT64, "states", 1)
    width = graph.takes("width", TensorProto.INT64, 1)

    shape = graph.node("Shape", [x], "shape", start=0, end=2)
    x = graph.node("Reshape", [x, graph.constant(np.array([-1, WIDTH]))], "embedded/flat")
    for number in range(LAYERS):
        layer = f"layer_{number}"
        y = graph.norm(x, f"{layer}/input_layer_norm", f"{layer}/attention/input")
        y = graph.attention(y, number, shape)
        x = graph.residual(x, y, f"{layer}/post_attention_layer_norm")
        y = graph.norm(x, f"{layer}/pre_feedforward_layer_norm", f"{layer}/ffn/input")
        y = graph.feed_forward(y, number)
        x = graph.residual(x, y, f"{layer}/post_feedforward_layer_norm")
    x = graph.node("Gather", [x, wanted], "wanted/states", axis=0)
    x = graph.norm(x, "layer_norm", "normal")
    x = graph.product(graph.eight_bits(x), "embeddings")
    x = graph.node("LogSoftmax", [x], "log_probs", axis=-1)
    graph.nodes.append(helper.make_node("TopK", [x, width], ["best", "pieces"], axis=-1))
    graph.node("GatherElements", [x, forced], "told", axis=-1)
    graph.gives("best", TensorProto.FLOAT, "states", "width")
    graph.gives("pieces", TensorProto.INT64, "states", "width")
    graph.gives("told", TensorProto.FLOAT, "states", 1)
    constants = list(graph.constants.values())
    return _model(helper.make_graph(graph.nodes, "gemma3", graph.inputs, graph.outputs, constants))


def build_overflow() -> onnx.ModelProto:
    """Give a product of bytes whose sum tells whether the processor adds them without overflow."""
    names = ("weights", "one", "scale", "middle")
    values = (
        np.full((64, 16), 127, np.int8),
        np.float32(1),
        np.ones(16, np.float32),
        np.uint8(128),
    )
    node = helper.make_node("MatMulIntegerToFloat", ["bytes", *names], ["sums"], domain=CONTRIB)
    return _model(
        helper.make_graph(
            [node],
            "overflow",
            [helper.make_tensor_value_info("bytes", TensorProto.UINT8, [1, 64])],
            [helper.make_tensor_value_info("sums", TensorProto.FLOAT, [1, 16])],
            [numpy_helper.from_array(np.asarray(v), n) for n, v in zip(names, values, strict=True)],
        )
    )


def _model(graph: onnx.GraphProto) -> onnx.ModelProto:
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="converted model folder")
    parser.add_argument("--reach", type=Path, help="what reach.py wrote")
    options = parser.parse_args()
    weights = ct2file.read(options.model / "model.bin")
    graphs = {FLOAT_GRAPH: build(weights), "overflow.onnx": build_overflow()}
    if options.reach:
        graphs[GRAPH] = build(weights, np.load(options.reach))
    for name, model in graphs.items():
        (options.model / name).write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
