"""What flows through a float32 model on a calibration text: its KV cache and the inputs of its projections."""
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from . import llama
from .graph import Graph
from .linear import FLOAT
from .store import TensorStore

CHUNK = 512  # tokens a run; every chunk starts a fresh sequence
MAX_TOKENS = 8192
HELD_OUT = 256  # tokens after the calibrating ones, to report errors on
LARGEST, POWER = "largest.", "power."


class Activations:
    """Over the text: `largest` magnitude and sum of squares (`power`) of each projection's input channels, and the
    largest magnitude of each channel of the cache. `held_out` tokens and their `logits` were not part of it."""

    def __init__(self, checkpoint, folder, text):
        self.largest, self.power, self.caches = {}, {}, {}
        ids = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(text, add_special_tokens=False).ids
        used = min(MAX_TOKENS, len(ids) * 3 // 4)
        self.held_out = ids[used:used + HELD_OUT]
        with tempfile.TemporaryDirectory() as scratch:
            session = _probed_session(checkpoint, Path(scratch))
            for start in range(0, used, CHUNK):
                self._take(session, _feeds(session, checkpoint.config, ids[start:min(used, start + CHUNK)]))
            self.logits = session.run(["logits"], _feeds(session, checkpoint.config, self.held_out))[0]

    def _take(self, session, feeds):
        names = [value.name for value in session.get_outputs() if value.name != "logits"]
        for name, found in zip(names, session.run(names, feeds)):
            if name.startswith(POWER):
                key = name.removeprefix(POWER)
                self.power[key] = self.power.get(key, 0) + found
            elif name.startswith(LARGEST):
                _keep(self.largest, name.removeprefix(LARGEST), found)
            else:
                _keep(self.caches, name, np.abs(found).max(axis=2, keepdims=True))

    def kv_scales(self):
        """Per layer (k_scale, v_scale) for an int8 cache, each [1, kv heads, 1, head_dim]."""
        layers = len(self.caches) // 2
        return [tuple(np.maximum(self.caches[f"present.{layer}.{part}"] / 127, 1e-8).astype(np.float32)
                      for part in ("key", "value")) for layer in range(layers)]


def _feeds(session, config, ids):
    empty = np.zeros((1, config.num_kv_heads, 0, config.head_dim), np.float32)
    feeds = {value.name: empty for value in session.get_inputs() if value.name.startswith("past_key_values.")}
    return feeds | {"input_ids": np.array([ids], np.int64), "seqlens_k": np.array([len(ids) - 1], np.int32),
                    "total_sequence_length": np.array([len(ids)], np.int32), "logits_idx": np.arange(len(ids))}


def _keep(largest, name, found):
    largest[name] = np.maximum(largest[name], found) if name in largest else found


def _probed_session(checkpoint, scratch):
    """The fp32 graph with two more outputs a projection: largest magnitude and power of each channel of its input."""
    writer = llama.Writer(checkpoint, llama.Variant(), Graph(TensorStore(scratch), "model.onnx.data"))
    writer.build()
    g = writer.graph
    for name, x in writer.linears.inputs.items():
        axes = g.const([0] if name == "lm_head" else [0, 1])
        g.node("ReduceMax", [g.node("Abs", [x]), axes], [LARGEST + name], keepdims=0)
        g.node("ReduceSum", [g.node("Mul", [x, x]), axes], [POWER + name], keepdims=0)
        g.output(LARGEST + name, FLOAT, None)
        g.output(POWER + name, FLOAT, None)
    writer.save(scratch / "model.onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # two that spin for each other are slower on a busy machine
    return onnxruntime.InferenceSession(str(scratch / "model.onnx"), options, providers=["CPUExecutionProvider"])
