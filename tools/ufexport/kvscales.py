"""Static scales of an int8 KV cache: the largest key and value of each channel over a calibration text."""
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from . import llama
from .store import TensorStore

CHUNK = 512  # tokens a run; every chunk starts a fresh sequence
MAX_TOKENS = 8192


def calibrate(session, config, token_ids):
    """Runs an fp32 "ours" graph over the tokens; per layer (k_scale, v_scale), each [1, kv heads, 1, head_dim]."""
    shape = (1, config.num_kv_heads, 1, config.head_dim)
    largest = [[np.zeros(shape, np.float32), np.zeros(shape, np.float32)] for _ in range(config.num_layers)]
    for start in range(0, len(token_ids), CHUNK):
        for layer, pair in enumerate(_cache_of(session, config, token_ids[start:start + CHUNK])):
            for part, cache in enumerate(pair):
                largest[layer][part] = np.maximum(largest[layer][part], np.abs(cache).max(axis=2, keepdims=True))
    return [tuple(np.maximum(part / 127, 1e-8).astype(np.float32) for part in pair) for pair in largest]


def _cache_of(session, config, ids):
    empty = np.zeros((1, config.num_kv_heads, 0, config.head_dim), np.float32)
    feeds = {"input_ids": np.array([ids], np.int64), "seqlens_k": np.array([len(ids) - 1], np.int32),
             "total_sequence_length": np.array([len(ids)], np.int32), "logits_idx": np.zeros(0, np.int64)}
    names = []
    for layer in range(config.num_layers):
        for part in ("key", "value"):
            feeds[f"past_key_values.{layer}.{part}"] = empty
            names.append(f"present.{layer}.{part}")
    found = session.run(names, feeds)
    return list(zip(found[0::2], found[1::2]))


def from_text(checkpoint, folder, text):
    """Tokenizes the text with the folder's tokenizer and calibrates on a float32 graph made for the purpose."""
    ids = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(text, add_special_tokens=False).ids
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "model.onnx"
        llama.write(checkpoint, llama.Variant(), TensorStore(path.parent), path, "model.onnx.data")
        return calibrate(onnxruntime.InferenceSession(str(path)), checkpoint.config, ids[:MAX_TOKENS])
