"""How a projection is computed in each precision. All take x [..., in] and a weight [in, out]."""
import numpy as np
from onnx import TensorProto

from .graph import MICROSOFT
from .quantize import BLOCK, blocks4, blocks8, columns

PRECISIONS = ("fp32", "int8", "int4", "w8a8", "fp16")


class Linears:
    """Writes projections into a graph.

    `wide` names those of a w8a8 or int4 graph that stay in `wide_precision`; `importance` maps projections to the mean
    square of each input channel, which int4 spends its few levels by.
    """

    def __init__(self, graph, precision, wide=(), wide_precision="int8", importance=None):
        self.graph, self.precision, self.importance = graph, precision, importance or {}
        self.wide, self.wide_precision = frozenset(wide), wide_precision
        self.inputs = {}  # projection -> its input in the graph, for whoever wants to look at activations
        self._writers = {"fp32": self._float, "fp16": self._half, "int8": self._int8, "int4": self._int4}

    def apply(self, x, name, weight, rows=None):
        """`name` is like "layers.3.down_proj"; wide entries match all of it, its last part or "3.down_proj".

        `rows`, a graph input, picks the rows of a two-dimensional x that are computed at all.
        """
        self.inputs[name] = x
        if self.precision_of(name) == "w8a8":
            return self._w8a8(x, name, weight, rows)
        return self._writers[self.precision_of(name)](self.pick(x, rows), name, weight)

    def pick(self, x, rows):
        return x if rows is None else self.graph.node("Gather", [x, rows], axis=0)

    def precision_of(self, name):
        short = name.removeprefix("layers.")
        if self.precision in ("w8a8", "int4") and self.wide & {name, short, name.split(".")[-1]}:
            return self.wide_precision
        return self.precision

    def _float(self, x, name, weight):
        return self.graph.node("MatMul", [x, self.graph.weight(name + ".weight", weight)])

    def _half(self, x, name, weight):
        return self.graph.node("MatMul", [x, self.graph.weight(name + ".weight", weight.astype(np.float16))])

    def _int8(self, x, name, weight):
        codes, scales = blocks8(weight)
        return self._blocks(x, weight, 8, self.graph.weight(name + ".q8", codes),
                            self.graph.weight(name + ".q8_scale", scales))

    def _int4(self, x, name, weight):
        codes, scales, zeros = blocks4(weight, self.importance.get(name))
        return self._blocks(x, weight, 4, self.graph.weight(name + ".q4", codes),
                            self.graph.weight(name + ".q4_scale", scales), self.graph.weight(name + ".q4_zero", zeros))

    def _blocks(self, x, weight, bits, *parts):
        # accuracy_level 4: without it 8-bit weights ran 60 times slower (measured), 4-bit ones 3 times from two rows up.
        return self.graph.node("MatMulNBits", [x, *parts], domain=MICROSOFT, K=weight.shape[0], N=weight.shape[1],
                               bits=bits, block_size=BLOCK, accuracy_level=4)

    def _w8a8(self, x, name, weight, rows):
        """One scale per row of x, so that a row never depends on its neighbours; sums of integers are exact.

        The activations are uint8 with zero point 128: the int8 form is not prepacked and was 13 times slower.
        """
        g = self.graph
        largest = g.node("ReduceMax", [g.node("Abs", [x]), g.const([-1])], keepdims=1)
        scale = g.node("Mul", [largest, g.const(1 / 127, np.float32)])
        scale = g.node("Max", [scale, g.const(1e-12, np.float32)])  # a row of zeros must not divide by zero
        zero = g.node("Expand", [g.const(128, np.uint8), g.node("Shape", [scale])])
        codes = g.node("QuantizeLinear", [x, scale, zero], axis=-1, block_size=weight.shape[0])
        # Rows are picked after quantizing: picking none must work, and ReduceMax of an empty tensor has a wrong shape.
        codes, scale = self.pick(codes, rows), self.pick(scale, rows)
        q, column_scale = columns(weight)
        y = g.node("MatMulIntegerToFloat", [codes, g.weight(name + ".c8", q), g.const(1.0, np.float32),
                                            g.weight(name + ".c8_scale", column_scale), g.const(128, np.uint8)],
                   domain=MICROSOFT)
        return g.node("Mul", [y, scale])


def cast(graph, x, data_type):
    return graph.node("Cast", [x], to=data_type)


FLOAT, HALF, INT8 = TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.INT8
