"""Writes one Llama graph: which inputs it has, what the layers compute, which rows get logits."""
from dataclasses import dataclass

import numpy as np
from onnx import TensorProto

from .attention import KV_TYPES, GroupQuery, Plain
from .graph import MICROSOFT, Graph
from .linear import FLOAT, HALF, PRECISIONS, Linears, cast


@dataclass(frozen=True)
class Variant:
    """One graph of a checkpoint.

    style "ours": seqlens_k, total_sequence_length and logits_idx as inputs, logits [rows, vocab];
    style "genai": attention_mask as input, logits [batch, sequence, vocab]. Attention "plain" is always the latter.
    """
    precision: str = "fp32"
    kv: str = "fp32"
    attention: str = "gqa"
    style: str = "ours"
    wide: tuple = ()
    wide_precision: str = "int8"

    def __post_init__(self):
        if self.precision not in PRECISIONS or self.kv not in KV_TYPES:
            raise ValueError(f"precision is one of {PRECISIONS}, kv one of {tuple(KV_TYPES)}; got {self}")
        if self.attention == "plain" and (self.kv != "fp32" or self.precision == "fp16"):
            raise ValueError("plain attention is written with a float32 cache only; use --attention gqa")
        if self.precision == "fp16" and self.kv != "fp16":
            raise ValueError("fp16 graphs keep their cache in fp16: add --kv fp16")

    @property
    def selects_rows(self):
        return self.style == "ours" and self.attention == "gqa"


def write(checkpoint, variant, store, path, data_file, kv_scales=None, importance=None):
    """Writes the graph to `path`; weights not yet in the store go to `data_file` beside it."""
    writer = Writer(checkpoint, variant, Graph(store, data_file), kv_scales, importance)
    writer.build()
    writer.save(path)


class Writer:
    def __init__(self, checkpoint, variant, graph, kv_scales=None, importance=None):
        self.checkpoint, self.config, self.variant = checkpoint, checkpoint.config, variant
        self.graph, self.kv_scales = graph, kv_scales
        self.half = variant.precision == "fp16"
        self.linears = Linears(graph, variant.precision, variant.wide, variant.wide_precision, importance)

    def build(self):
        g, v = self.graph, self.variant
        ids = g.input("input_ids", TensorProto.INT64, ["batch", "sequence"])
        attention = Plain(g, self.config) if v.attention == "plain" else GroupQuery(g, self.config, v, self.kv_scales)
        if v.selects_rows:
            g.input("logits_idx", TensorProto.INT64, ["rows"])
        hidden = self._layers(g.node("Gather", [self._embedding(), ids]), attention)
        self._logits(hidden)
        self._declare_present()

    def save(self, path):
        v = self.variant
        self.graph.save(path, {"ultrafeedback.precision": v.precision, "ultrafeedback.kv": v.kv,
                               "ultrafeedback.weights": self.checkpoint.origin})

    def _layers(self, x, attention):
        g, c = self.graph, self.config
        normed = self._norm(x, "layers.0.input_layernorm", self.checkpoint.norm(0, "input_layernorm"))
        for layer in range(c.num_layers):
            qkv = self._project(normed, layer, "qkv_proj", "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")
            out = attention.apply(layer, qkv, self._past(layer), self._present(layer))
            out = self._project(out, layer, "o_proj", "self_attn.o_proj")
            x, normed = self._add_norm(x, out, f"layers.{layer}.post_attention_layernorm",
                                       self.checkpoint.norm(layer, "post_attention_layernorm"))
            x, normed = self._add_norm(x, self._mlp(normed, layer), *self._next_norm(layer))
        return normed

    def _next_norm(self, layer):
        if layer == self.config.num_layers - 1:
            return "norm", self.checkpoint.tensors["norm.weight"]
        return f"layers.{layer + 1}.input_layernorm", self.checkpoint.norm(layer + 1, "input_layernorm")

    def _mlp(self, x, layer):
        g, width = self.graph, self.config.intermediate_size
        both = self._project(x, layer, "gate_up_proj", "mlp.gate_proj", "mlp.up_proj")
        gate, up = g.node("Split", [both, g.const([width, width])], 2, axis=2)
        # ONNX Runtime fuses x * sigmoid(x) into one kernel by itself.
        active = g.node("Mul", [g.node("Mul", [gate, g.node("Sigmoid", [gate])]), up])
        return self._project(active, layer, "down_proj", "mlp.down_proj")

    def _project(self, x, layer, name, *parts):
        return self.linears.apply(x, f"layers.{layer}.{name}", self.checkpoint.linear(layer, *parts))

    def _norm_weight(self, name, weight):
        return self.graph.weight(name + ".weight", weight.astype(np.float16) if self.half else weight)

    def _norm(self, x, name, weight):
        scale = self._norm_weight(name, weight)
        if self.variant.attention == "gqa":
            return self.graph.node("SimplifiedLayerNormalization", [x, scale], axis=-1, epsilon=self.config.rms_eps,
                                   stash_type=1)
        g = self.graph
        mean = g.node("ReduceMean", [g.node("Mul", [x, x]), g.const([-1])], keepdims=1)
        root = g.node("Sqrt", [g.node("Add", [mean, g.const(self.config.rms_eps, np.float32)])])
        return g.node("Mul", [g.node("Div", [x, root]), scale])

    def _add_norm(self, x, delta, name, weight):
        """(x + delta, its norm)"""
        if self.variant.attention == "plain":
            total = self.graph.node("Add", [x, delta])
            return total, self._norm(total, name, weight)
        outputs = [name + "_out", "", "", name + "_sum"]
        self.graph.node("SkipSimplifiedLayerNormalization", [x, delta, self._norm_weight(name, weight)], outputs,
                        domain=MICROSOFT, epsilon=self.config.rms_eps)
        return outputs[3], outputs[0]

    def _embedding(self):
        table = self.checkpoint.embedding
        return self.graph.weight("embed_tokens.weight", table.astype(np.float16) if self.half else table)

    def _logits(self, hidden):
        g, c = self.graph, self.config
        flat = g.node("Reshape", [hidden, g.const([-1, c.hidden_size])])
        logits = self._head(flat, "logits_idx" if self.variant.selects_rows else None)
        if self.half:
            logits = cast(g, logits, FLOAT)
        if self.variant.selects_rows:
            g.node("Identity", [logits], ["logits"])
            return g.output("logits", FLOAT, ["rows", c.vocab_size])
        shape = g.node("Concat", [g.node("Shape", ["input_ids"]), g.const([c.vocab_size])], axis=0)
        g.node("Reshape", [logits, shape], ["logits"])
        return g.output("logits", FLOAT, ["batch", "sequence", c.vocab_size])

    def _head(self, x, rows):
        """Gemm reads the [vocab, hidden] table as it lies, so that a tied embedding is stored once."""
        self.linears.inputs["lm_head"] = x
        if self.linears.precision_of("lm_head") not in ("fp32", "fp16"):
            return self.linears.apply(x, "lm_head", np.ascontiguousarray(self.checkpoint.lm_head.T), rows)
        name = "embed_tokens.weight"
        if not self.config.tied or not any(i.name == name for i in self.graph.initializers):
            table = self.checkpoint.lm_head
            name = self.graph.weight("lm_head.weight", table.astype(np.float16) if self.half else table)
        return self.graph.node("Gemm", [self.linears.pick(x, rows), name], transB=1)

    def _past(self, layer):
        shape = ["batch", self.config.num_kv_heads, "past", self.config.head_dim]
        return [self.graph.input(f"past_key_values.{layer}.{part}", KV_TYPES[self.variant.kv], shape)
                for part in ("key", "value")]

    def _present(self, layer):
        return [f"present.{layer}.{part}" for part in ("key", "value")]

    def _declare_present(self):
        shape = ["batch", self.config.num_kv_heads, "present", self.config.head_dim]
        for layer in range(self.config.num_layers):
            for name in self._present(layer):
                self.graph.output(name, KV_TYPES[self.variant.kv], shape)
