"""Attention in its two forms: one GroupQueryAttention node, or standard operators with a growing cache."""
import numpy as np
from onnx import TensorProto

from .graph import MICROSOFT
from .linear import FLOAT, HALF, INT8, cast

KV_TYPES = {"fp32": FLOAT, "fp16": HALF, "int8": INT8}


class GroupQuery:
    """com.microsoft.GroupQueryAttention with packed QKV and rotary inside."""

    def __init__(self, graph, config, options, kv_scales):
        self.graph, self.config, self.options, self.kv_scales = graph, config, options, kv_scales
        self.seqlens, self.total = self._lengths()
        tables = dict(zip(("cos", "sin"), config.rotary_tables()))
        half = options.kv == "fp16"
        self.tables = [graph.weight(name + ("_fp16" if half else "_cache"),
                                    table.astype(np.float16) if half else table) for name, table in tables.items()]

    def _lengths(self):
        g = self.graph
        if self.options.style == "ours":
            return (g.input("seqlens_k", TensorProto.INT32, ["batch"]),
                    g.input("total_sequence_length", TensorProto.INT32, [1]))
        mask = g.input("attention_mask", TensorProto.INT64, ["batch", "total"])
        last = g.node("Sub", [g.node("ReduceSum", [mask, g.const([1])], keepdims=0), g.const([1])])
        total = g.node("Gather", [g.node("Shape", [mask]), g.const(1)], axis=0)
        return cast(g, last, TensorProto.INT32), cast(g, total, TensorProto.INT32)

    def apply(self, layer, qkv, past, present):
        c, g = self.config, self.graph
        narrow = self.options.kv == "fp16" and self.options.precision != "fp16"
        if narrow:
            qkv = cast(g, qkv, HALF)
        inputs = [qkv, "", "", *past, self.seqlens, self.total, *self.tables]
        attributes = dict(num_heads=c.num_heads, kv_num_heads=c.num_kv_heads, do_rotary=1, rotary_interleaved=0,
                          scale=float(1 / np.sqrt(c.head_dim)))
        if self.options.kv == "int8":
            inputs += ["", "", "", *self._scale_inputs(layer)]
            attributes |= dict(k_quant_type="PER_CHANNEL", v_quant_type="PER_CHANNEL", kv_cache_bit_width=8)
        out = g.node("GroupQueryAttention", inputs, [f"attention_{layer}", *present], domain=MICROSOFT, **attributes)[0]
        return cast(g, out, FLOAT) if narrow else out

    def _scale_inputs(self, layer):
        return [self.graph.weight(f"layers.{layer}.{part}_scale", scale)
                for part, scale in zip("kv", self.kv_scales[layer])]


class Plain:
    """What PyTorch exporters write: rotary, mask and softmax spelled out, the cache grown by Concat."""

    def __init__(self, graph, config):
        self.graph, self.config = graph, config
        mask = graph.input("attention_mask", TensorProto.INT64, ["batch", "total"])
        positions = graph.input("position_ids", TensorProto.INT64, ["batch", "sequence"])
        self.cos, self.sin = (self._rows(name, table, positions)
                              for name, table in zip(("cos_cache", "sin_cache"), config.rotary_tables()))
        self.bias = self._bias(mask)

    def _rows(self, name, table, positions):
        g = self.graph
        half = g.node("Gather", [g.weight(name, table), positions])
        return g.node("Unsqueeze", [g.node("Concat", [half, half], axis=-1), g.const([1])])

    def _bias(self, mask):
        """[batch, 1, sequence, total]: query i sees key j if the mask has it and j <= total - sequence + i."""
        g = self.graph
        length = g.node("Gather", [g.node("Shape", ["input_ids"]), g.const(1)], axis=0)
        total = g.node("Gather", [g.node("Shape", [mask]), g.const(1)], axis=0)
        keys = g.node("Range", [g.const(0), total, g.const(1)])
        queries = g.node("Range", [g.node("Sub", [total, length]), total, g.const(1)])
        causal = g.node("LessOrEqual", [g.node("Unsqueeze", [keys, g.const([0])]),
                                        g.node("Unsqueeze", [queries, g.const([1])])])
        real = cast(g, g.node("Unsqueeze", [mask, g.const([1, 2])]), TensorProto.BOOL)
        lowest = float(np.finfo(np.float32).min)
        return g.node("Where", [g.node("And", [real, causal]), g.const(0.0, np.float32), g.const(lowest, np.float32)])

    def apply(self, layer, qkv, past, present):
        c, g = self.config, self.graph
        widths = [c.num_heads * c.head_dim, c.num_kv_heads * c.head_dim, c.num_kv_heads * c.head_dim]
        q, k, v = g.node("Split", [qkv, g.const(widths)], 3, axis=2)
        q, k = self._rotate(self._heads(q, c.num_heads)), self._rotate(self._heads(k, c.num_kv_heads))
        key = g.node("Concat", [past[0], k], [present[0]], axis=2)
        value = g.node("Concat", [past[1], self._heads(v, c.num_kv_heads)], [present[1]], axis=2)
        keys = g.node("Transpose", [self._repeat(key)], perm=[0, 1, 3, 2])
        scores = g.node("Mul", [g.node("MatMul", [q, keys]), g.const(float(1 / np.sqrt(c.head_dim)), np.float32)])
        weights = g.node("Softmax", [g.node("Add", [scores, self.bias])], axis=-1)
        out = g.node("Transpose", [g.node("MatMul", [weights, self._repeat(value)])], perm=[0, 2, 1, 3])
        return g.node("Reshape", [out, g.const([0, 0, c.num_heads * c.head_dim])])

    def _heads(self, x, count):
        g = self.graph
        return g.node("Transpose", [g.node("Reshape", [x, g.const([0, 0, count, self.config.head_dim])])],
                      perm=[0, 2, 1, 3])

    def _rotate(self, x):
        g, half = self.graph, self.config.head_dim // 2
        first, second = g.node("Split", [x, g.const([half, half])], 2, axis=3)
        turned = g.node("Concat", [g.node("Neg", [second]), first], axis=3)
        return g.node("Add", [g.node("Mul", [x, self.cos]), g.node("Mul", [turned, self.sin])])

    def _repeat(self, x):
        """[batch, kv heads, total, dim] -> [batch, heads, total, dim], each key head for its group of queries."""
        c, g = self.config, self.graph
        group = c.num_heads // c.num_kv_heads
        if group == 1:
            return x
        wide = g.node("Tile", [g.node("Unsqueeze", [x, g.const([2])]), g.const([1, 1, group, 1, 1])])
        shape = g.node("Shape", [x])
        ends = [g.node("Slice", [shape, g.const([a]), g.const([b])]) for a, b in ((0, 1), (2, 4))]
        return g.node("Reshape", [wide, g.node("Concat", [ends[0], g.const([c.num_heads]), ends[1]], axis=0)])
